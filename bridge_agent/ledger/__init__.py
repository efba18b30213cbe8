"""The ledger: what has happened to every application, on disk before anything follows from it."""
