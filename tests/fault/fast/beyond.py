"""What the fast driver cannot do must be loud: it raises this, and the test belongs into a browser."""

from __future__ import annotations


class BeyondFastDriver(Exception):
    """A page or a recipe asks for something that needs a browser. The text names it, never a value."""
