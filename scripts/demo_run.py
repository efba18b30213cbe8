"""The demonstration itself: one night in a made-up town, then a second run that must enter nothing; judged from outside.

`run_demo` returns what the tests and `--json` read.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.demo_agent import AgentSite
from scripts.demo_books import read_standings
from scripts.demo_judge import Night, judge, own_commits
from scripts.demo_town import Town
from scripts.demo_ways import SCREEN, WayIn
from scripts.display import Display, DisplayFailed
from scripts.steps_shown import SetupFailed, say, step

if TYPE_CHECKING:
    from scripts.demo_values import ReadBack

MARK = "this-folder-is-the-demonstrations-own"


@dataclass(frozen=True, slots=True)
class DemoOptions:
    """`data` is emptied first; only a folder that a demonstration made, or an empty one, is taken."""

    data: Path
    browser: Path
    applications: int = 60
    seed: int = 1
    headed: bool = False
    desktop: bool = False
    """Whether the core with a client program takes part: on a display of its own, or with `headed` on the person's."""
    procedures: str = ""
    """Ids with commas between, `all` for all of them, '' for the usual ones."""
    ways: tuple[WayIn, ...] = (SCREEN,)
    """How the applications come in; the first takes whatever comes by no other."""
    started: float = 0.0
    """`time.monotonic()` at the start of the script, so that the total includes the set-up."""


@dataclass(frozen=True, slots=True)
class DemoResult:
    """`numbers` is what --json writes; `problems` says what was not as expected, one line each."""

    numbers: dict[str, object]
    problems: list[str]


def take_folder(folder: Path) -> None:
    """Raises SetupFailed instead of emptying a folder that holds anything else."""
    if folder.exists() and any(folder.iterdir()):
        if not (folder / MARK).exists():
            raise SetupFailed(
                f"{folder} は空ではありません。別のフォルダーを指定してください / the folder is not empty."
            )
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).touch()


def run_demo(options: DemoOptions, finish: Callable[[Town, DemoResult], None]) -> DemoResult:
    """Both runs in a fresh folder. `finish` is called while the servers are still up."""
    take_folder(options.data)
    with step(f"模擬の町を始めます / starting the mock town ({options.applications} applications)"):
        town = Town(options.data / "town", options.seed, options.applications, _asked_of_the_town(options))
    with town, _display(options) as display:
        with step("エージェントの設定と鍵を作ります / writing the agent's settings and keys"):
            sites = [
                AgentSite(options.data, way, town, options.browser, headed=options.headed, display=display)
                for way in options.ways
            ]
        result = _two_nights(options, town, sites)
        finish(town, result)
    return result


def _asked_of_the_town(options: DemoOptions) -> list[str]:
    return [*_what_is_applied_for(options), *(word for way in options.ways for word in way.asked_for_by)]


def _what_is_applied_for(options: DemoOptions) -> list[str]:
    if options.procedures == "all" and not options.desktop:
        return ["--procedures", "all-web"]
    if options.procedures:
        return ["--procedures", options.procedures]
    return ["--every-core"] if options.desktop else []


@contextmanager
def _display(options: DemoOptions) -> Iterator[str]:
    """The display that the client program stands on; '' = the one that is there."""
    if not options.desktop or options.headed:
        yield ""
        return
    try:
        with Display(options.data) as display:
            yield display.name
    except DisplayFailed as error:
        raise SetupFailed(f"{error} が起動しませんでした / {error} did not start: {options.data / 'x11.log'}") from None


def _two_nights(options: DemoOptions, town: Town, sites: Sequence[AgentSite]) -> DemoResult:
    """Every site's first run, then every site's second: by then each source and core holds what the others left."""
    started = time.monotonic()
    nights = []
    for site in sites:
        say(f"・1回目の実行{_by(site, sites, '（{0.title}）')} / first run{_by(site, sites, ' ({0.name})')}")
        begun = time.monotonic()
        nights.append(Night(site, site.call("run", "--json"), time.monotonic() - begun))
    entered = own_commits(town)
    for night in nights:
        site = night.site
        say(
            f"・2回目の実行{_by(site, sites, '（{0.title}）')}（何も入力しないはず）"
            f" / second run{_by(site, sites, ' ({0.name})')} (must enter nothing)"
        )
        night.second = site.call("run", "--json")
    numbers, problems = judge(town, nights, options.applications)
    again = own_commits(town) - entered
    if again:
        problems.append(f"the second run entered {again} applications")
    values = _values(options, town, sites)
    problems += values.wrong
    seconds = sum(night.seconds for night in nights)
    numbers |= {
        "sheet": nights[0].first.content().get("sheet", ""),
        "second_run_entered": again,
        "values_read_back_of": values.registrations,
        "values_wrong": len(values.wrong),
        "seconds": round(seconds, 1),
        "entries_per_minute": round(entered / seconds * 60, 1),
        "total_seconds": round(time.monotonic() - (options.started or started), 1),
        "problems": problems,
    }
    return DemoResult(numbers, problems)


def _values(options: DemoOptions, town: Town, sites: Sequence[AgentSite]) -> ReadBack:
    from mock_core_ui.__main__ import procedures_named  # needs the environment, which the script may yet have to make
    from mock_core_ui.people import build_world
    from scripts.demo_values import read_back

    words = _what_is_applied_for(options)
    asked = procedures_named(words[1] if len(words) > 1 else "", every_core="--every-core" in words)
    world = build_world(options.seed, options.applications, asked)
    ledgers = [read_standings(site.ledger) for site in sites if site.ledger.exists()]
    numbers = {(one.core, one.record): number for ledger in ledgers for number, one in ledger.items() if one.record}
    return read_back({core: place.database for core, place in town.cores.items()}, numbers, world.applications)


def _by(site: AgentSite, sites: Sequence[AgentSite], words: str) -> str:
    """Which site a line is about, where there are several."""
    return words.format(site.way) if len(sites) > 1 else ""
