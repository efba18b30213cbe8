"""Mutation testing of the protocol's modules: small changes that a test must notice."""
