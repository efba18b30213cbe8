"""Dialect C: cores whose screens are one page that a script draws, with JSON behind it. Two vendors use it."""

from __future__ import annotations

from mock_core_ui.core.wizard.app import create_app

__all__ = ["create_app"]
