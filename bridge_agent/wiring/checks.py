"""Checks before the night: log-ins, the browser, missing secrets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from bridge_agent.credentials import (
    needed,
)
from bridge_agent.domain.core_profile import CoreProfile
from bridge_agent.domain.errors import BridgeError
from bridge_agent.drivers.browser.find import find_browser
from bridge_agent.settings import Settings
from bridge_agent.wiring.keys import Start, secret_names
from bridge_agent.wiring.nights import core_session, source_of
from bridge_agent.wiring.sites import Site, open_site


def try_log_ins(start: Start) -> Iterator[tuple[str, str | None]]:
    """One log-in each; name and what went wrong (None = it worked)."""
    site = open_site(start)
    if not site.settings.source.path:  # a drop folder has nothing to log in to, and looking for files would take them
        yield site.source.name, _outcome(lambda: _log_in_source(site))
    for core, profile in site.cores.items():
        yield profile.name, _outcome(partial(_log_in_core, site, core))


def _outcome(work: Callable[[], None]) -> str | None:
    try:
        work()
    except BridgeError as error:
        return error.message
    return None


def _log_in_source(site: Site) -> None:
    source = source_of(site)
    try:
        source.approved()
    finally:
        source.close()


def _log_in_core(site: Site, core: str) -> None:
    session = core_session(site, core, site.settings.cores[core].user)
    try:
        session.start()
    finally:
        session.close()


def browser_found(settings: Settings) -> Path:
    """The browser that would be used. Raises ConfigError with what to install."""
    return find_browser(settings.browser.path, headed=not settings.browser.headless).path


def desk_state(profile: CoreProfile) -> str:
    """What pre-flight can tell before the client runs. Raises UnfitDesk, ConfigError."""
    from bridge_agent.drivers.desktop.opening import open_desk
    from bridge_agent.drivers.desktop.preflight import check_desk

    assert profile.desktop is not None
    desk = open_desk()
    try:
        check_desk(desk, profile.desktop)
        state = desk.state()
    finally:
        desk.close()
    return f"{state.width}×{state.height}"


def secrets_missing(site: Site) -> None:
    """Raises ConfigError for the first password that is not stored."""
    for name in secret_names(site.settings):
        needed(site.store, name)
