"""The invented town: everything follows from a seed, nothing is real."""

from __future__ import annotations

from mock_core_ui.people.world import build_world, leak_needles

__all__ = ["build_world", "leak_needles"]
