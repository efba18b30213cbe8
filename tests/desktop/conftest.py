"""A display, a server and a client for the tests of the windowed client; skipped where there can be no display."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.desktop.driver import MENU, Clerk, Core
from tests.desktop.x11 import Display, missing


@pytest.fixture(scope="session")
def display(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Display]:
    reason = missing()
    if reason:
        pytest.skip(reason)
    shown = Display(tmp_path_factory.mktemp("display"))
    yield shown
    shown.close()


@pytest.fixture(scope="session")
def _server(display: Display, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Core]:
    del display  # without one nothing here can run
    served = Core(tmp_path_factory.mktemp("core"))
    yield served
    served.stop()


@pytest.fixture
def core(_server: Core) -> Core:
    """The server without faults."""
    _server.faults()
    return _server


StartClient = Callable[..., Clerk]


@pytest.fixture
def start(display: Display, core: Core) -> Iterator[StartClient]:
    """Starts a client that stands at its log-in window. An error inside any client fails the test."""
    clerks: list[Clerk] = []

    def begin(*more: str) -> Clerk:
        clerks.append(Clerk(display, core, *more))
        return clerks[-1]

    yield begin
    complaints = [clerk.close() for clerk in clerks]
    assert complaints == [""] * len(clerks)


@pytest.fixture
def clerk(start: StartClient, display: Display) -> Clerk:
    """Logged in, at the menu."""
    begun = start()
    begun.log_in()
    display.wait_active(MENU)
    return begun
