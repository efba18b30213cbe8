"""Chaos: a town whose agent, senders and cores are killed in turn while faults strike; then it must drain. Begin at fast.py."""
