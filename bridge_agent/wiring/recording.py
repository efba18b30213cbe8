"""A client program's window, walked round for an author: the desk is opened for the walk alone and closed after it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bridge_agent.domain.core_profile import CoreProfile
from bridge_agent.domain.errors import ConfigError, StopRunError
from bridge_agent.drivers.desktop.walked import Picture, Walk


@dataclass(frozen=True, slots=True)
class WindowRecord:
    walk: Walk
    count: Callable[[Picture, Picture], int]
    """How often the second picture is found in the first, as the driver will look for it."""
    png: Callable[[Picture], bytes]


def record_window(
    profile: CoreProfile, title: str, keys: Sequence[str], scaling: int | None, tell: Callable[[str], None]
) -> WindowRecord:
    """`scaling`: per cent; None = the terminal's own. Raises ConfigError, whatever it is that cannot be done."""
    if profile.desktop is None:
        raise ConfigError(f"{profile.name} はクライアントの基幹システム（driver: desktop）ではありません。")
    from bridge_agent.drivers.desktop.opening import open_desk

    try:
        desk = open_desk()
    except StopRunError as error:
        raise ConfigError(error.message) from None
    from bridge_agent.drivers.desktop.pictures import places_of, png_of
    from bridge_agent.drivers.desktop.preflight import SENTENCES, Unfit
    from bridge_agent.drivers.desktop.walking import walk

    try:
        if not desk.claim():
            raise ConfigError(SENTENCES[Unfit.DESK_TAKEN])
        found = walk(desk, title, keys, scaling or desk.state().scaling or 100, tell)
    finally:
        desk.close()
    return WindowRecord(found, lambda shown, wanted: len(places_of(shown, wanted)), png_of)
