"""Backups and restores, through whole nights: what was entered after the backup is never entered again."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bridge_agent.domain.errors import ConfigError
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.work_item import State
from bridge_agent.ledger import restore as restoring
from bridge_agent.ledger.audit import problems
from bridge_agent.ledger.keeping import append_head, read_heads, read_witness, write_witness
from bridge_agent.ledger.opening import open_ledger
from bridge_agent.ledger.restore import Keys, back_up, restore
from bridge_agent.ledger.store import SqlLedger
from bridge_agent.ledger.writing import Owner
from bridge_agent.pipeline.night import RunOptions
from bridge_agent.pipeline.run import run
from bridge_agent.sealing import SiteSealer
from tests.unit.ledger.test_store import take_in
from tests.unit.pipeline.imitation import ImitatedRecipes, Town, application
from tests.unit.pipeline.test_night import states

SEALER = SiteSealer(bytes(range(32)))
KEYS = Keys(SEALER, SEALER.check_value())
OWNER = Owner(1, 1.0, "host", "boot")


class Place:
    """A town on a ledger file, with a witness and heads elsewhere."""

    def __init__(self, folder: Path, count: int = 6) -> None:
        self.file = folder / "data" / "ledger.db"
        self.witness = folder / "reports" / "epoch.json"
        self.heads = folder / "reports" / "heads.jsonl"
        self.backup = folder / "backup.db"
        self.town = Town([application(n) for n in range(1, count + 1)])
        self.town.ledger.engine.dispose()
        self.open()

    def open(self) -> None:
        engine = open_ledger(self.file, KEYS.check, SEALER)
        self.town.ledger = SqlLedger(engine, self.town.clock, SEALER, OWNER)
        try:
            self.town.ledger.check_witness(self.witness)
        except BaseException:
            engine.dispose()
            raise

    def close(self) -> None:
        self.town.ledger.keep_witness(self.witness)
        append_head(self.heads, self.town.ledger.head())
        self.town.ledger.engine.dispose()

    def night(self, limit: int = 0) -> int:
        self.town.options = RunOptions(limit=limit)
        self.town.clock.wait(3600)
        return run(self.town.night()).exit_code

    def back_up(self) -> None:
        self.town.clock.wait(600)
        back_up(self.file, self.backup, KEYS, self.town.clock.now())
        self.town.clock.wait(600)

    def restore(self) -> Path:
        self.town.clock.wait(600)
        head, aside = restore(self.backup, self.file, self.witness, KEYS, self.town.clock, OWNER, "担当")
        write_witness(self.witness, head)
        self.open()
        assert aside is not None
        return aside

    def problems(self) -> list[str]:
        with self.town.ledger.engine.connect() as connection:
            return problems(connection, SEALER, read_heads(self.heads))


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def test_a_night_after_a_restore_enters_nothing_twice(place: Place) -> None:
    place.night(limit=2)
    place.back_up()
    place.night(limit=2)  # R003, R004: the backup does not know of them
    place.close()
    place.restore()
    assert {s for s, _ in states(place.town).values()} == {State.REPORTED, State.IN_DOUBT}
    place.night()
    found = states(place.town)
    assert {n: found[n] for n in ("R001", "R002", "R003", "R004")} == dict.fromkeys(
        ("R001", "R002", "R003", "R004"), (State.REPORTED, "")
    )
    assert found["R005"] == found["R006"] == (State.HELD, Reason.ABSENT_AFTER_RESTORE)
    assert len(place.town.core.log) == 4
    assert place.town.core.duplicates() == 0
    assert place.problems() == []


def test_two_persons_release_what_is_absent_and_it_is_entered_once(place: Place) -> None:
    place.night(limit=2)
    place.back_up()
    place.close()
    place.restore()
    place.night()
    absent = place.town.ledger.absent_after_restore()
    assert absent == ["R003", "R004", "R005", "R006"]
    with pytest.raises(ConfigError, match="release-absent"):
        place.town.ledger.release("R003", "一人")
    for second in ("", "山田 太郎", "山田　太郎"):
        with pytest.raises(ConfigError, match="2人"):
            place.town.ledger.release_absent(absent, "山田太郎", second)
    place.town.ledger.release_absent(absent, "山田太郎", "佐藤花子")
    place.night()
    assert {s for s, _ in states(place.town).values()} == {State.REPORTED}
    assert len(place.town.core.log) == 6
    assert place.town.core.duplicates() == 0
    with place.town.ledger.engine.connect() as connection:
        why = connection.exec_driver_sql("SELECT body FROM event WHERE kind = 'held->pending'").scalars().all()
    assert len(why) == 4
    assert all("山田太郎" in body and "佐藤花子" in body for body in why)
    assert place.problems() == []


@pytest.mark.parametrize("fault", ["before", "after", "interrupt"])
def test_a_backup_taken_in_the_armed_window_is_settled_by_look_up(place: Place, fault: str) -> None:
    place.town.core.at_register = lambda: place.back_up() if place.town.core.requests == 2 else None
    place.town.core.faults = {2: fault}
    try:
        place.night()
    except KeyboardInterrupt:
        place.town.core.faults = {}
    place.close()
    place.restore()
    place.night()
    expected = (State.HELD, Reason.ABSENT_AFTER_RESTORE) if fault == "before" else (State.REPORTED, "")
    assert states(place.town)["R002"] == expected
    assert place.town.core.duplicates() == 0
    assert place.problems() == []


def test_applications_that_the_backup_never_knew_are_looked_up_first(place: Place) -> None:
    late = place.town.source.applications.pop("R006")
    unapproved = place.town.source.applications.pop("R005")
    place.night(limit=1)
    place.back_up()
    place.town.source.applications["R006"] = late
    place.night(limit=5)
    del place.town.source.linked["R006"]  # its report was lost: the source lists it again
    place.close()
    place.restore()
    place.town.source.applications["R005"] = unapproved
    place.night()
    found = states(place.town)
    assert found["R006"] == (State.REPORTED, "")
    assert found["R005"] == (State.HELD, Reason.ABSENT_AFTER_RESTORE)
    assert place.town.core.duplicates() == 0
    # the caution ends with the first complete collection
    fresh = application(7)
    place.town.applications = [*place.town.applications, fresh]
    place.town.source.applications["R007"] = fresh
    place.night()
    assert states(place.town)["R007"] == (State.REPORTED, "")


def test_a_collection_that_is_cut_short_does_not_end_the_caution(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    place.night(limit=1)
    place.back_up()
    place.close()
    place.restore()
    place.town.source.applications["R007"] = application(7)

    def cut(wanted: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(place.town.source, "deliver", cut)
    place.night()
    monkeypatch.undo()
    place.night()
    assert states(place.town)["R007"] == (State.HELD, Reason.ABSENT_AFTER_RESTORE)


def test_what_was_held_at_the_backup_is_looked_up_before_it_is_released(place: Place) -> None:
    place.town.core.screen_faults = {}
    bad = application(3, "bad")
    place.town.source.applications["R003"] = bad
    place.night(limit=1)
    assert states(place.town)["R003"][0] is State.HELD
    place.back_up()
    place.town.core.commit("R003", f"{3:010}", "bad")  # a clerk released it, and it was entered; then the disk died
    place.close()
    place.restore()
    recipes = ImitatedRecipes.plan
    assert place.town.ledger.release("R003", "職員") is State.IN_DOUBT
    place.town.source.applications["R003"] = application(3)
    ImitatedRecipes.plan = lambda self, app, waived=(): recipes(  # type: ignore[method-assign,assignment]
        self, replace(app, columns={"値": "良い"}), waived
    )
    try:
        place.night()
    finally:
        ImitatedRecipes.plan = recipes  # type: ignore[method-assign]
    assert states(place.town)["R003"][0] is State.HELD
    assert [r.reference for r in place.town.core.log].count("R003") == 1


def test_a_record_older_than_the_backup_is_not_taken_for_ours(place: Place) -> None:
    place.town.core.commit("R006", f"{6:010}", "良い")
    place.town.clock.wait(3600)
    place.night(limit=1)
    place.back_up()
    place.close()
    place.restore()
    place.night()
    assert states(place.town)["R006"] == (State.HELD, Reason.MISMATCH)


def test_a_ledger_copied_back_by_hand_is_refused_and_can_be_accepted(place: Place, tmp_path: Path) -> None:
    place.night(limit=1)
    place.close()
    copy = place.file.read_bytes()
    place.open()
    place.night(limit=2)
    place.close()
    place.file.write_bytes(copy)
    with pytest.raises(ConfigError, match="古いもの"):
        place.open()


def test_a_ledger_whose_witness_is_gone_is_refused(place: Place) -> None:
    place.close()
    place.witness.unlink()
    with pytest.raises(ConfigError, match="世代の控え"):
        place.open()


def test_the_ledger_of_another_site_is_refused(place: Place, tmp_path: Path) -> None:
    place.close()
    other = Place(tmp_path / "other")
    other.close()
    place.file.write_bytes(other.file.read_bytes())
    with pytest.raises(ConfigError, match="別の台帳"):
        place.open()


def test_a_backup_is_no_ledger_and_is_closed_to_others(place: Place) -> None:
    place.night(limit=1)
    place.back_up()
    place.close()
    place.file.write_bytes(place.backup.read_bytes())
    with pytest.raises(ConfigError, match="控えです"):
        place.open()
    assert place.backup.stat().st_mode & 0o077 == 0
    assert place.backup.with_name("backup.db.head").exists()


def test_a_damaged_backup_is_not_restored(place: Place) -> None:
    place.night(limit=1)
    place.back_up()
    with closing(sqlite3.connect(place.backup)) as db:
        db.execute("UPDATE item SET note = 'x'")
        db.commit()
    before = place.file.read_bytes()
    place.close()
    with pytest.raises(ConfigError):
        restore(place.backup, place.file, place.witness, KEYS, place.town.clock, OWNER, "担当")
    assert place.file.read_bytes()[:100] == before[:100]
    place.open()


@pytest.mark.parametrize("step", ["set_aside", "sync_folder"])
def test_a_restore_that_dies_can_be_made_again(place: Place, step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    place.night(limit=2)
    place.back_up()
    place.night(limit=2)
    place.close()
    plain = getattr(restoring, step)

    def die(*given: object) -> object:
        plain(*given)
        raise KeyboardInterrupt

    monkeypatch.setattr(restoring, step, die)
    with pytest.raises(KeyboardInterrupt):
        restore(place.backup, place.file, place.witness, KEYS, place.town.clock, OWNER, "担当")
    monkeypatch.undo()
    restore(place.backup, place.file, place.witness, KEYS, place.town.clock, OWNER, "担当")
    place.open()  # the witness is one epoch behind: the ledger was restored properly, and it follows
    witness = read_witness(place.witness)
    assert witness is not None
    assert witness.epoch >= 2
    place.night()
    assert place.town.core.duplicates() == 0
    assert len(place.town.core.log) == 4


def test_a_restore_twice_from_the_same_backup_enters_nothing_twice(place: Place) -> None:
    place.night(limit=2)
    place.back_up()
    for _ in range(2):
        place.night(limit=2)
        place.close()
        place.restore()
    place.night()
    place.town.ledger.release_absent(place.town.ledger.absent_after_restore(), "甲", "乙")
    place.night()
    assert len(place.town.core.log) == 6
    assert place.town.core.duplicates() == 0
    assert {s for s, _ in states(place.town).values()} == {State.REPORTED}
    assert place.problems() == []


def test_a_clock_put_back_after_the_restore_does_not_end_the_caution(place: Place) -> None:
    place.night(limit=2)
    place.back_up()
    place.night(limit=2)
    place.close()
    place.restore()
    place.town.clock.seconds -= timedelta(hours=1).total_seconds()
    place.night()
    assert place.town.core.duplicates() == 0
    assert len(place.town.core.log) == 4


def test_an_application_marked_as_restored_is_never_claimed(place: Place) -> None:
    take_in(place.town.ledger)
    with place.town.ledger.engine.connect() as connection:
        connection.exec_driver_sql("UPDATE item SET restored = 1")
        connection.commit()
    assert place.town.ledger.claim("lane", "sogo", None) is None
