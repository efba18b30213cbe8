"""When the nightly run starts: opening days of the town hall."""
