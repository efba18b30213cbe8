"""What enters data into core systems' screens: a browser, later a desktop. Drivers do not know where the commit is."""
