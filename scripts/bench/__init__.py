"""Measurements that anyone can repeat: each is a script with --json."""
