"""The server thread: a free port, real answers, and an end that frees everything."""

from __future__ import annotations

from urllib.error import URLError
from urllib.request import urlopen

import pytest

from mock_core_ui.management import serve

from .conftest import Desk


def test_serves_on_a_free_port_and_stops(desk: Desk) -> None:
    served = serve(desk.app)
    try:
        assert served.port > 0
        with urlopen(f"{served.url}/login") as answer:
            assert "申請管理システム みなも" in answer.read().decode()
    finally:
        served.close()
    served.close()
    with pytest.raises(URLError):
        urlopen(f"{served.url}/login")
