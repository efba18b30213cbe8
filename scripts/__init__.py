"""Commands for people and CI. Each starts with the standard library only and makes its own environment."""
