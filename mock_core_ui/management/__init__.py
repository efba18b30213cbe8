"""The mock 申請管理システム: a web screen over its own database, filled from the invented town."""

from __future__ import annotations

from mock_core_ui.management.app import create_app
from mock_core_ui.management.server import Served, serve

__all__ = ["Served", "create_app", "serve"]
