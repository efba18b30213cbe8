"""Deterministic simulation of the pipeline and the ledger: one seed is one schedule, and it can be played again."""
