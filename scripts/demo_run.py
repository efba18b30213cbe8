"""The demonstration itself: one night in a made-up town, judged from outside, then a second run that must enter nothing.

Standard library only. `run_demo` returns what the tests and `--json` read.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from scripts import demo_books as books
from scripts.demo_agent import AgentSite, Answer
from scripts.demo_town import Town
from scripts.display import Display, DisplayFailed
from scripts.steps_shown import SetupFailed, say, step

MARK = "this-folder-is-the-demonstrations-own"
RUN_WAS_WHOLE = (0, 1)  # balanced: nothing to decide, or a person is needed
TITLES = {
    "approved": "承認済",
    "registered": "登録確認済",
    "already_there": "登録済だった",
    "held": "保留",
    "in_doubt": "結果不明",
    "withdrawn": "取下げ",
    "closed": "職員が終了",
    "not_yet_entered": "未入力",
    "duplicates": "二重登録",
    "missing": "登録の消失",
    "lost": "行方不明",
}


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
        town = Town(options.data / "town", options.seed, options.applications, _what_is_applied_for(options))
    with town, _display(options) as display:
        with step("エージェントの設定と鍵を作ります / writing the agent's settings and keys"):
            site = AgentSite(options.data / "site", town, options.browser, headed=options.headed, display=display)
        result = _two_nights(options, town, site)
        finish(town, result)
    return result


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


def _two_nights(options: DemoOptions, town: Town, site: AgentSite) -> DemoResult:
    say("・1回目の実行 / first run")
    started = time.monotonic()
    first = site.call("run", "--json")
    seconds = time.monotonic() - started
    entered = _own_commits(town)
    say("・2回目の実行（何も入力しないはず） / second run (must enter nothing)")
    second = site.call("run", "--json")
    numbers, problems = judge(town, site, first, second)
    again = _own_commits(town) - entered
    if again:
        problems.append(f"the second run entered {again} applications")
    numbers |= {
        "second_run_entered": again,
        "seconds": round(seconds, 1),
        "entries_per_minute": round(entered / seconds * 60, 1),
        "total_seconds": round(time.monotonic() - (options.started or started), 1),
        "sheet": str(first.content().get("sheet", "")),
        "problems": problems,
    }
    return DemoResult(numbers, problems)


def _commits(town: Town) -> list[books.Commit]:
    return books.read_commits({core: place.database for core, place in town.cores.items()})


def _own_commits(town: Town) -> int:
    """All cores know the agent under one account name."""
    return sum(c.operator == town.management.user and not c.before_run for c in _commits(town))


def judge(town: Town, site: AgentSite, first: Answer, second: Answer) -> tuple[dict[str, object], list[str]]:
    """The agent's own sums, what the cores' logs say of them, and every difference."""
    problems = []
    for name, answer in (("first", first), ("second", second)):
        stops = "; ".join(map(str, answer.content().get("stops", [])))
        if answer.exit_code not in RUN_WAS_WHOLE or stops:
            problems.append(f"the {name} run ended with {answer.exit_code} {stops}".rstrip())
    sums = first.content()
    if not sums:
        return {}, [*problems, "the first run printed no balance"]
    standings = books.read_standings(site.ledger)
    expected = books.read_expectations(town.management.database)
    commits = _commits(town)
    operator = town.management.user
    numbers: dict[str, object] = {column: int(sums[column]) for column in ("approved", *books.COLUMNS)}
    counted = {
        "duplicates": len(books.duplicates(commits, operator)),
        "missing": len(books.missing(standings, commits)),
        "lost": len(set(expected) - set(standings)) + int(sums["lost"]),
    }
    problems += [f"{word}: {number}" for word, number in counted.items() if number]
    if sums["approved"] != sum(int(sums[column]) for column in books.COLUMNS):
        problems.append("the books do not balance")
    problems += books.differences(standings, expected)
    problems += [
        f"{commit.core} {commit.record}: entered, but not registered in the ledger"
        for commit in books.unaccounted(standings, commits, operator)
    ]
    return numbers | counted, problems


def say_result(result: DemoResult) -> None:
    """The balance and what was found, for a person."""
    say("")
    for word, title in TITLES.items():
        if word in result.numbers:
            say(f"  {title:　<8}{result.numbers[word]!s:>6}   {word}")
    say("")
    for word in ("second_run_entered", "seconds", "entries_per_minute", "total_seconds"):
        say(f"  {word}: {result.numbers[word]}")
    say(f"  突合表 / morning sheet: {result.numbers['sheet'] or '-'}")
    for problem in result.problems:
        say(f"  × {problem}")
    say(
        "すべて期待どおりです / everything is as expected"
        if not result.problems
        else "期待と違います / not as expected"
    )
