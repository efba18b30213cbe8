"""A town of a few chosen applications, and nights over Chromium with recipes of which a line was changed."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from bridge_agent.drivers.browser import BrowserCoreSession
from bridge_agent.mapping.recipe_files import load_recipe
from bridge_agent.pipeline.night import RunOptions
from bridge_agent.pipeline.recipe_book import RecipeBook
from mock_core_ui.people import build_world
from mock_core_ui.people.model import Application, World
from tests.e2e.inverse import committed, differences
from tests.fault.fast.nights import RECIPES, book, mine
from tests.fault.fast.town import FINISHED, FastTown
from tests.fault.row_nights import in_browser

LIMITS = {"page_s": 8.0, "submit_s": 4.0, "settle_s": 0.5, "visibility_max_s": 0.1, "back_off_s": 0.05}
"""Long enough for a busy machine: only what never comes is waited for so long."""
Values = Mapping[str, str | list[dict[str, str]]]


@dataclass(frozen=True, slots=True)
class Change:
    """What is written otherwise in a file of the recipes folder. `old` must stand there, once."""

    file: str
    old: str
    new: str


def edited(folder: Path, procedure: str, core: str, *changes: Change) -> RecipeBook:
    """The recipes as they are, but for one that is read from a changed copy."""
    copy = folder / "recipes"
    shutil.copytree(RECIPES, copy)
    for change in changes:
        file = copy / change.file
        text = file.read_text(encoding="utf-8")
        assert text.count(change.old) == 1, f"{change.old!r} stands {text.count(change.old)} times in {change.file}"
        file.write_text(text.replace(change.old, change.new), encoding="utf-8")
    loaded = load_recipe(copy, copy / core / procedure)
    others = [one for one in book().recipes if one.recipe.procedure != procedure]
    return RecipeBook([*others, loaded], book().variants)


def world_of(procedure: str, given: Sequence[Values], seed: int = 41) -> World:
    """As many plain applications of a procedure as are given; what is given takes the place of their own values."""
    world = build_world(seed, len(given), (procedure,), plain=True)
    made = tuple(_with(one, values) for one, values in zip(world.applications, given, strict=True))
    return replace(world, applications=made)


def _with(application: Application, values: Values) -> Application:
    unknown = set(values) - set(application.values)
    assert not unknown, f"no such items: {sorted(unknown)}"
    return replace(application, values={**application.values, **values})


class KeptOpen(BrowserCoreSession):
    """One browser for several nights; each has a context and a log-in of its own, as after any other renewal."""

    _open = False

    def start(self) -> None:
        if self._open:
            self._open = False  # a browser that has gone is started anew
            self.renew()
        else:
            super().start()
        self._open = True

    def close(self) -> None:
        """The night is over, the browser stays."""

    def end(self) -> None:
        super().close()


class HabitTown(FastTown):
    """A town for one procedure, whose applications are entered one by one over Chromium."""

    def __init__(self, folder: Path, world: World, procedure: str, browser: Path) -> None:
        super().__init__(folder, world=world, procedures=(procedure,), limits=LIMITS)
        self.world = world
        [access] = [in_browser(self, one, browser) for one in mine(self.plan)]
        assert isinstance(access.open_session, partial)
        self.session = KeptOpen(*access.open_session.args)
        self.lane = replace(access, open_session=lambda: self.session)

    def close(self) -> None:
        self.session.end()
        super().close()

    def enter(self, recipes: RecipeBook | None = None, limit: int = 1) -> dict[str, tuple[str, str]]:
        """A night of `limit` applications by these recipes, or the real ones; state and reason of those in hand."""
        before = self.decided()

        def enough() -> bool:
            return len(self.decided()) >= len(before) + limit  # what is held before the press counts as well

        options = RunOptions(limit=limit, look_back_days=0)
        self.run(options, lanes=[self.lane], recipes=recipes or book(), stop_flag=enough)
        return {number: end for number, end in self.decided().items() if number not in before}

    def decided(self) -> dict[str, tuple[str, str]]:
        """State and reason of the applications that are in nobody's hand any more."""
        return {number: end for number, end in self.states().items() if end[0] in FINISHED}

    def stored(self) -> dict[str, list[str]]:
        """宛名番号 -> where the record at the core differs from the application, read by hand-written tables."""
        said = {one.atena_no: one for one in self.world.applications}
        rows = [row for path in self.databases.values() for row in committed(path) if not row.before_run]
        return {row.atena_no: [str(one) for one in differences(said[row.atena_no], row)] for row in rows}
