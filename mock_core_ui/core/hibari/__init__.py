"""Dialect D, ひばり介護保険システム: what a windowed client program asks its server, in JSON."""

from mock_core_ui.core.hibari.app import create_app

__all__ = ["create_app"]
