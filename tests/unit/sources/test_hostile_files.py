"""Whatever lies in a drop folder: it is refused by a code, nothing outside is touched, in little time and memory."""

from __future__ import annotations

import hashlib
import time
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bridge_agent.domain.application import Application, Delivered
from bridge_agent.domain.folder_profile import FolderProfile, FolderStanding, PlainCsv, Ready, ResultFile
from bridge_agent.sources.drop_folder import REASON
from bridge_agent.sources.folder import FolderSource
from tests.unit.sources.hostile import CASES, Case
from tests.unit.sources.hostile.case import ACCEPTED, HOSTILE_SHAPE, LEFT_ALONE
from tests.unit.sources.packages import NUMBER

MOST_MEMORY = 48 * 1024 * 1024
MOST_SECONDS = 20.0  # under a memory meter, on a busy machine

PROFILE = FolderProfile(
    source="minamo",
    name="みなも",
    scope="shi",
    kind="folder",
    ready=Ready(by="rename"),
    package=HOSTILE_SHAPE,
    csv=PlainCsv(charset="cp932"),
    standing=FolderStanding(),
    result=ResultFile(
        file="連携結果.csv", charset="cp932", columns={"receipt_no": "受付番号", "core_number": "基幹側受付番号"}
    ),
)


class Clock:
    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()

    def wait(self, seconds: float) -> None:
        raise AssertionError("nothing here has to be waited for")


def everything(folder: Path) -> dict[str, str]:
    """Path -> kind and content, of all below."""
    found = {}
    for path in sorted(folder.rglob("*")):
        kind = "link" if path.is_symlink() else "file" if path.is_file() else "other"
        content = hashlib.sha256(path.read_bytes()).hexdigest() if kind == "file" else ""
        found[path.relative_to(folder).as_posix()] = f"{kind} {content}"
    return found


def collected(source: FolderSource) -> list[Delivered]:
    listed = source.approved()
    found = list(source.deliver(listed))
    source.put_away([line.receipt_no for line in listed])
    return found


def codes(drop: Path, found: list[Delivered]) -> set[str]:
    written = [
        line.split("\t")[0]
        for reason in (drop / "failed").glob(f"*{REASON}")
        for line in reason.read_text(encoding="utf-8-sig").splitlines()
    ]
    return {*written, *(delivered.refusal for delivered in found if delivered.refusal)}


def test_there_are_enough_of_them_and_each_has_its_name() -> None:
    assert len(CASES) >= 60
    assert len({case.name for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_hostile_file(case: Case, tmp_path: Path) -> None:
    drop, outside = tmp_path / "a" / "b" / "drop", tmp_path / "outside"
    drop.mkdir(parents=True)
    outside.mkdir()
    (outside / "secret.txt").write_text("secret", encoding="utf-8")
    case.put(drop, outside)
    before = everything(outside)
    source = FolderSource(PROFILE.model_copy(update={"package": case.shape}), drop, Clock())
    began = time.monotonic()
    tracemalloc.start()
    try:
        found = collected(source)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    took = time.monotonic() - began
    assert everything(outside) == before
    assert {path.name for path in tmp_path.iterdir()} == {"a", "outside"}
    assert {path.name for path in (tmp_path / "a").rglob("*")} & {"evil", "evil.dll", "secret.txt"} == set()
    assert took < MOST_SECONDS
    assert peak < MOST_MEMORY
    judge(case, drop, found)


def judge(case: Case, drop: Path, found: list[Delivered]) -> None:
    applications = [delivered.application for delivered in found if delivered.application]
    assert list((drop / "taking").iterdir()) == []
    failed = [path for path in (drop / "failed").iterdir() if not path.name.endswith(REASON)]
    match case.comes_to:
        case str() if case.comes_to == ACCEPTED:
            assert applications
            assert all(isinstance(application, Application) for application in applications)
            assert (codes(drop, found), failed) == (set(), [])
        case str() if case.comes_to == LEFT_ALONE:
            assert (found, failed, len(list((drop / "done").iterdir()))) == ([], [], 0)
        case _:
            assert codes(drop, found) == {case.comes_to}
            assert applications == [] or NUMBER not in {a.key.receipt_no for a in applications}
            assert len(failed) == 1


def test_texts_that_look_like_formulas_stay_the_texts_they_are(tmp_path: Path) -> None:
    case = next(case for case in CASES if case.name == "cells that begin like formulas")
    case.put(tmp_path, tmp_path)
    (delivered,) = collected(FolderSource(PROFILE, tmp_path, Clock()))
    assert delivered.application is not None
    assert delivered.application.columns["氏名"] == "=cmd|' /C calc'!A0"
    assert delivered.application.columns["住所"] == "@SUM(1+1)"
