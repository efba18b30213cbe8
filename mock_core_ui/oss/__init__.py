"""The mock 自動車OSS: a prefecture's system for vehicle applications, with an interface and no screens.

Another vendor than the management system: its own field names, states, and numbering of the applications.
"""

from __future__ import annotations

from mock_core_ui.oss.app import create_oss
from mock_core_ui.oss.share import shares

__all__ = ["create_oss", "shares"]
