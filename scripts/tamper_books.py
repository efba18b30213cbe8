"""An imitated town on a ledger file, as the tampering campaigns need it: nights behind it, work still before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bridge_agent.ledger.audit import Head, head_of
from bridge_agent.ledger.opening import open_ledger
from bridge_agent.ledger.store import SqlLedger
from bridge_agent.ledger.writing import Owner
from bridge_agent.pipeline.night import RunOptions
from bridge_agent.pipeline.run import run
from bridge_agent.sealing import SiteSealer
from tests.unit.pipeline.imitated_core import ImitatedScreen
from tests.unit.pipeline.imitation import Town, application

SITE_KEY = bytes(range(32))
SEALER = SiteSealer(SITE_KEY)
OWNER = Owner(1, 1.0, "host", "boot")
FIRST, ALL = 7, 12
"""Applications that have been entered when the ledger is altered, and applications in all."""


class Died(BaseException):
    """The process dies here."""


@dataclass(frozen=True, slots=True)
class Books:
    """The town at the moment of the tampering; `heads` were exported at the end of its runs."""

    file: Path
    town: Town
    heads: Sequence[Head]


def ledger_on(file: Path, town: Town) -> SqlLedger:
    """Raises ConfigError when the file is refused."""
    engine = open_ledger(file, SEALER.check_value(), SEALER)
    return SqlLedger(engine, town.clock, SEALER, OWNER)


def make_books(file: Path, *, armed: bool) -> Books:
    """Two nights: found, held, absent and reported applications, five still waiting; with `armed`, a process died."""
    town = Town([application(n) for n in range(1, ALL + 1)])
    town.ledger.engine.dispose()
    town.ledger = ledger_on(file, town)
    heads: list[Head] = []
    for limit, faults in ((4, {2: "after", 3: "before"}), (3, {6: "dialog"})):
        town.core.faults = faults
        town.options = RunOptions(limit=limit)
        run(town.night())
        with town.ledger.engine.connect() as connection:
            heads.append(head_of(connection, town.ledger.now()))
    town.core.faults = {}
    town.options = RunOptions()
    if armed:
        _die_after_commit(town)
    town.ledger.engine.dispose()
    return Books(file, town, heads)


def _die_after_commit(town: Town) -> None:
    """A run whose process dies between the core's commit and everything that would have followed."""
    plain, quiet = ImitatedScreen.register, town.ledger.in_doubt

    def register(self: ImitatedScreen, *given: object) -> None:
        plain(self, *given)  # type: ignore[arg-type]
        raise Died

    ImitatedScreen.register = register  # type: ignore[method-assign,assignment]
    town.ledger.in_doubt = lambda *given, **named: None  # type: ignore[method-assign]
    try:
        run(town.night())
    except Died:
        return
    finally:
        ImitatedScreen.register = plain  # type: ignore[method-assign]
        town.ledger.in_doubt = quiet  # type: ignore[method-assign]


def again(books: Books) -> Town:
    """The same town once more, independent of the first; its ledger has still to be opened."""
    town = Town(books.town.applications)
    town.ledger.engine.dispose()
    town.clock.seconds = books.town.clock.seconds
    town.core.log = [replace(r) for r in books.town.core.log]
    town.core.requests = books.town.core.requests
    town.source.linked = dict(books.town.source.linked)
    return town
