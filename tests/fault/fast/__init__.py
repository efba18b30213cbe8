"""The fast driver of tests and campaigns: the agent's own path over real HTTP, without a browser. Begin at town.py."""
