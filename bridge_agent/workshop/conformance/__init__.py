"""Measures a core in its test environment: what it must keep for the promise to hold, and how it is."""
