"""Dialect A, 総合行政システム: labelled forms rendered by the server, registration by POST and redirect."""

from mock_core_ui.core.sogo.app import create_app

__all__ = ["create_app"]
