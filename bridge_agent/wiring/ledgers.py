"""The ledger of a site: opened for a run, for a command, or for a person."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bridge_agent.domain.errors import ConfigError
from bridge_agent.ledger.in_use import in_use
from bridge_agent.ledger.keeping import refuse_missing
from bridge_agent.ledger.opening import open_ledger
from bridge_agent.ledger.place import check_room
from bridge_agent.ledger.store import SqlLedger
from bridge_agent.logs import set_up
from bridge_agent.outputs.papers import PaperFiles
from bridge_agent.sealing import SiteSealer
from bridge_agent.settings import Settings, load_settings
from bridge_agent.wiring.keys import Start, open_store, site_sealer
from bridge_agent.wiring.parts import SystemClock, this_process


@dataclass(frozen=True, slots=True)
class Desk:
    """The ledger for a person: no browser, no recipes."""

    ledger: SqlLedger
    papers: PaperFiles
    who: str


def open_books(settings: Settings, sealer: SiteSealer) -> SqlLedger:
    check_room(settings.site.data)
    refuse_missing(settings.ledger_file, settings.epoch_file)
    engine = open_ledger(settings.ledger_file, sealer.check_value(), sealer)
    ledger = SqlLedger(engine, SystemClock(), sealer, this_process()).with_locks(lock_folder(settings))
    try:
        ledger.check_witness(settings.epoch_file)
    except BaseException:
        engine.dispose()
        raise
    return ledger


def lock_folder(settings: Settings) -> Path:
    return settings.site.data / "lanes"


@contextmanager
def books(settings: Settings, sealer: SiteSealer, *, heads: bool = False) -> Iterator[SqlLedger]:
    """The ledger in use; at the end its witness (and with `heads` the list of heads) elsewhere says how far it came."""
    with in_use(lock_folder(settings)):
        ledger = open_books(settings, sealer)
        try:
            yield ledger
        finally:
            ledger.keep_elsewhere(settings.epoch_file, settings.heads_file if heads else None)
            ledger.engine.dispose()


@contextmanager
def desk(start: Start) -> Iterator[Desk]:
    settings = load_settings(start.config)
    set_up(folder=None)
    if not settings.ledger_file.exists() and not settings.epoch_file.exists():
        raise ConfigError("台帳がまだありません。先に bridge-agent run を実行してください。")
    sealer = site_sealer(settings, open_store(start, settings))
    with books(settings, sealer) as ledger:
        yield Desk(ledger, PaperFiles(settings.papers_folder, sealer), person())


def person() -> str:
    """Who started the command, for the record; the operating system's log-in name."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "不明"
