"""Two campaigns against the ledger, seeded: altered audit logs must all be found, altered files must do no harm.

`--count N`: N tamperings of a ledger's story, each must be reported by the audit; unaltered copies must not be.
`--ledgers N`: N damaged files, each is refused or the nights that follow enter nothing twice and lose nothing.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from scripts.environment import go_on_in_environment  # noqa: E402

if __name__ == "__main__":
    go_on_in_environment()  # what follows needs the installed packages

from loguru import logger  # noqa: E402

from bridge_agent.domain.errors import BridgeError, ConfigError  # noqa: E402
from bridge_agent.domain.work_item import State  # noqa: E402
from bridge_agent.ledger.audit import problems  # noqa: E402
from bridge_agent.ledger.opening import make_engine  # noqa: E402
from bridge_agent.ledger.row_seals import install  # noqa: E402
from bridge_agent.pipeline.run import run  # noqa: E402
from scripts import tamper_chain, tamper_files  # noqa: E402
from scripts.tamper_books import SEALER, Books, again, ledger_on, make_books  # noqa: E402
from tests.unit.pipeline.imitation import Town  # noqa: E402

CONTROL_EVERY = 10
"""One unaltered copy for so many altered ones."""


def audited(file: Path, books: Books) -> list[str]:
    engine = make_engine(file)
    install(engine, SEALER)
    try:
        with engine.connect() as connection:
            return problems(connection, SEALER, books.heads)
    finally:
        engine.dispose()


def tamper_stories(count: int, seed: int, folder: Path) -> dict[str, object]:
    """Altered stories: `missed` names way and number of every one that the audit did not find."""
    random = Random(seed)
    books = make_books(folder / "books.db", armed=False)
    copy = folder / "copy.db"
    ways = list(tamper_chain.WAYS)
    tried: Counter[str] = Counter()
    missed: list[str] = []
    false_alarms, controls = 0, 0
    for number in range(count):
        shutil.copyfile(books.file, copy)
        way = ways[number % len(ways)]
        if not tamper_chain.tamper(copy, tamper_chain.WAYS[way], random):
            raise AssertionError(f"{way} changed nothing (seed {seed}, number {number})")
        tried[way] += 1
        if not audited(copy, books):
            missed.append(f"{way} {number}")
        if number % CONTROL_EVERY == 0:
            shutil.copyfile(books.file, copy)
            controls += 1
            false_alarms += bool(audited(copy, books))
    return {
        "tamperings": count,
        "found": count - len(missed),
        "missed": missed,
        "ways": dict(tried),
        "controls": controls,
        "false_alarms": false_alarms,
    }


def harm_of(file: Path, books: Books) -> tuple[str, str]:
    """What came of a damaged file (refused | ran | stopped), and the harm done: '' or what happened."""
    town = again(books)
    try:
        town.ledger = ledger_on(file, town)
    except ConfigError:
        return "refused", ""
    codes: list[int] = []
    stopped = False
    try:
        for _night in range(2):
            codes.append(run(town.night()).exit_code)
    except BridgeError:
        stopped = True
    except Exception as error:  # a foreign exception is no sentence for a clerk
        return "crashed", f"{type(error).__name__}"
    finally:
        town.ledger.engine.dispose()
    outcome = "stopped" if stopped or max(codes, default=3) >= 3 else "ran"
    return outcome, _harm(file, town, told=outcome == "stopped")


def _harm(file: Path, town: Town, *, told: bool) -> str:
    if town.core.duplicates():
        return "entered twice"
    if told:
        return ""  # the run was red: a person looks before anything else is entered
    ledger = ledger_on(file, town)
    try:
        states = {item.receipt_no: item.state for item in ledger.items()}
    finally:
        ledger.engine.dispose()
    at_core = {r.reference for r in town.core.log}
    for application in town.applications:
        number = application.key.receipt_no
        entered = states.get(number) in (State.REGISTERED, State.REPORTED)
        if number not in states:
            return "lost from the ledger"
        if entered and number not in at_core:
            return "believed to be entered"
        if not entered and states[number] not in (State.HELD, State.IN_DOUBT):
            return f"left as {states[number]}"
    return ""


def damage_files(count: int, seed: int, folder: Path) -> dict[str, object]:
    """Damaged files: `harmed` names way, number and harm of every one that was not refused or harmless."""
    random = Random(seed)
    books = make_books(folder / "books.db", armed=True)
    copy = folder / "copy.db"
    outcomes: dict[str, Counter[str]] = {way: Counter() for way in tamper_files.WAYS}
    harmed: list[str] = []
    controls: Counter[str] = Counter()
    for number in range(count):
        way = list(tamper_files.WAYS)[number % len(tamper_files.WAYS)]
        outcome, harm = _one_damaged(books, copy, way, random)
        outcomes[way][outcome] += 1
        if harm:
            harmed.append(f"{way} {number}: {harm}")
        if number % CONTROL_EVERY == 0:
            shutil.copyfile(books.file, copy)
            outcome, harm = harm_of(copy, books)
            controls[harm or outcome] += 1
    return {
        "ledgers": count,
        "refused": sum(o["refused"] for o in outcomes.values()),
        "stopped": sum(o["stopped"] for o in outcomes.values()),
        "ran_unharmed": sum(o["ran"] for o in outcomes.values()),
        "harmed": harmed,
        "ways": {way: dict(o) for way, o in outcomes.items()},
        "controls": dict(controls),
    }


def _one_damaged(books: Books, copy: Path, way: str, random: Random) -> tuple[str, str]:
    shutil.copyfile(books.file, copy)
    tamper_files.WAYS[way](copy, random)
    try:
        return harm_of(copy, books)
    finally:
        for rest in copy.parent.glob("copy.db-*"):
            rest.unlink()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=0, help="tamperings of the story")
    parser.add_argument("--ledgers", type=int, default=0, help="damaged files")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path)
    wanted = parser.parse_args()
    logger.remove()
    result: dict[str, object] = {"seed": wanted.seed}
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        for part, work, count in (("audit", tamper_stories, wanted.count), ("files", damage_files, wanted.ledgers)):
            if count:
                home = Path(folder) / part
                home.mkdir()
                result[part] = work(count, wanted.seed, home)
    result["seconds"] = round(time.monotonic() - begun, 1)
    text = json.dumps(result, ensure_ascii=False, indent=1)
    print(text)
    if wanted.json:
        wanted.json.write_text(text + "\n", encoding="utf-8")
    return 0 if _clean(result) else 1


def _clean(result: Mapping[str, object]) -> bool:
    audit, files = result.get("audit", {}), result.get("files", {})
    assert isinstance(audit, dict)
    assert isinstance(files, dict)
    unaltered = set(files.get("controls", {})) <= {"ran"}
    return not (audit.get("missed") or audit.get("false_alarms") or files.get("harmed")) and unaltered


if __name__ == "__main__":
    sys.exit(main())
