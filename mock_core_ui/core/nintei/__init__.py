"""Dialect B, 介護認定システム: frames, numbered controls, pop-up windows and script dialogs on one address."""

from mock_core_ui.core.nintei.app import create_app

__all__ = ["create_app"]
