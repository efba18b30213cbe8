"""The ledger commands as IT staff type them, on a site of its own: backup, restore, verify, rekey, audit, purge, new."""

from __future__ import annotations

import errno
import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bridge_agent import wiring
from bridge_agent.cli import sheet, site_books
from bridge_agent.credentials import SITE_KEY, SITE_KEY_FORMER, SITE_KEY_NEXT, MemoryStore, Secret
from bridge_agent.domain.errors import BridgeError, ConfigError, StopRunError
from bridge_agent.domain.work_item import State
from bridge_agent.ledger.in_use import alone, in_use
from bridge_agent.ledger.opening import check_value_in
from bridge_agent.outputs import report
from bridge_agent.pipeline.night import RunOptions
from bridge_agent.pipeline.run import run
from bridge_agent.settings import load_settings
from tests.unit.cli.home_site import MY_NUMBER, SETTINGS, HomeSite
from tests.unit.pipeline.imitation import application


def rows(site: HomeSite, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(site.settings.ledger_file)) as db:
        return db.execute(query).fetchall()


def test_backup_and_restore_through_the_commands(site: HomeSite, tmp_path: Path) -> None:
    site.night(limit=2)
    made = site.command("ledger", "backup", str(tmp_path / "b.db"), "--json")
    assert made.exit_code == 0, made.exception
    assert json.loads(made.stdout)["file"] == str(tmp_path / "b.db")
    site.night(limit=2)
    refused = site.command("ledger", "restore", str(tmp_path / "b.db"), typed="n\n")
    assert refused.exit_code != 0
    assert site.states() == {State.REPORTED, State.PENDING}
    done = site.command("ledger", "restore", str(tmp_path / "b.db"), "--yes")
    assert done.exit_code == 0, done.exception
    site.night()
    assert site.states() == {State.REPORTED, State.HELD}
    released = site.command("ledger", "release-absent", "--all", "--first", "甲", "--second", "乙", "--yes")
    assert released.exit_code == 0, released.exception
    site.night()
    assert site.states() == {State.REPORTED}
    assert site.town.core.duplicates() == 0
    assert site.command("audit", "verify").exit_code == 0
    assert site.command("ledger", "verify").stdout == "問題はありません。\n"


def test_a_ledger_put_back_by_hand_is_accepted_with_the_rules_of_a_restore(site: HomeSite) -> None:
    site.night(limit=2)
    copy = site.settings.ledger_file.read_bytes()
    site.night(limit=2)
    site.settings.ledger_file.write_bytes(copy)
    with pytest.raises(ConfigError, match="古いもの"):
        site.night()
    verified = site.command("ledger", "verify", "--json")
    assert any("控えの行" in p for p in json.loads(verified.stdout)["problems"])
    site.settings.heads_file.unlink()
    done = site.command("ledger", "verify", "--accept-restore", "--yes")
    assert done.exit_code == 0, done.exception
    site.night()
    assert site.town.core.duplicates() == 0
    assert len(site.town.core.log) == 4


def test_a_deleted_ledger_is_not_begun_anew_in_silence(site: HomeSite) -> None:
    site.night(limit=2)
    site.settings.ledger_file.unlink()
    with pytest.raises(ConfigError, match="ledger new"):
        site.night()
    for words in (("status",), ("hold", "list")):
        assert isinstance(site.command(*words).exception, ConfigError)
    assert site.command("ledger", "new", typed="n\n").exit_code != 0
    assert site.command("ledger", "new", "--yes").exit_code == 0
    site.night()
    assert site.town.core.duplicates() == 0


def test_a_ledger_that_is_there_is_never_thrown_away(site: HomeSite) -> None:
    site.night(limit=1)
    assert isinstance(site.command("ledger", "new", "--yes").exception, ConfigError)


def test_a_deleted_ledger_and_a_lost_key_make_no_new_key(site: HomeSite) -> None:
    site.night(limit=1)
    site.settings.ledger_file.unlink()
    site.store.delete(SITE_KEY)
    with pytest.raises(ConfigError, match="鍵"):
        site.night()
    assert site.store.get(SITE_KEY) is None


# ---- keys ---------------------------------------------------------------------------------------------------------


def test_a_new_key_opens_everything_and_the_former_one_nothing(site: HomeSite) -> None:
    site.night(limit=2)
    before = rows(site, "SELECT app_key, person_key, content FROM item ORDER BY item_id")
    events = rows(site, "SELECT hash FROM event ORDER BY event_id")
    former = site.store.get(SITE_KEY)
    done = site.command("ledger", "rekey", "--yes", "--json")
    assert done.exit_code == 0, done.exception
    assert json.loads(done.stdout) == {"items": 6, "plans": 2, "persons_lost": 0}
    after = rows(site, "SELECT app_key, person_key, content FROM item ORDER BY item_id")
    assert all(x != y for old, new in zip(before, after, strict=True) for x, y in zip(old, new, strict=True))
    assert rows(site, "SELECT hash FROM event ORDER BY event_id")[: len(events)] == events
    content = site.settings.ledger_file.read_bytes()
    for app_key, _person, sealed in before:
        assert str(app_key).encode() not in content
        assert isinstance(sealed, bytes)
        assert sealed not in content
    assert site.store.get(SITE_KEY) != former
    assert site.store.get(SITE_KEY_FORMER) == former
    site.night()
    assert site.states() == {State.REPORTED}
    assert len(site.town.core.log) == 6
    assert site.command("audit", "verify").exit_code == 0
    again = site.command("ledger", "rekey", "--yes").exception
    assert isinstance(again, ConfigError)
    assert site.command("ledger", "rekey", "--forget-former", "--yes").exit_code == 0
    assert site.store.get(SITE_KEY_FORMER) is None


class DyingStore(MemoryStore):
    """Dies before or after its nth change."""

    def __init__(self, dies_at: int, *, after: bool) -> None:
        super().__init__()
        self.left, self.after, self.armed = dies_at, after, False

    def _change(self, work: object) -> None:
        assert callable(work)
        if self.armed:
            self.left -= 1
        if self.armed and self.left == 0:
            if self.after:
                work()
            raise KeyboardInterrupt
        work()

    def set(self, name: str, secret: Secret) -> None:
        self._change(lambda: MemoryStore.set(self, name, secret))

    def delete(self, name: str) -> None:
        self._change(lambda: MemoryStore.delete(self, name))


@pytest.mark.parametrize("step", [1, 2, 3, 4])
@pytest.mark.parametrize("after", [False, True])
def test_a_change_of_keys_that_dies_leaves_a_ledger_with_exactly_one_key(
    site: HomeSite, step: int, after: bool
) -> None:
    site.store = store = DyingStore(step, after=after)
    site.night(limit=2)
    store.armed = True
    with pytest.raises(KeyboardInterrupt):
        site_books.SiteBooks(site.settings, store).rekey()
    store.armed = False
    check = check_value_in(site.settings.ledger_file)
    keys = [store.get(name) for name in (SITE_KEY, SITE_KEY_NEXT, SITE_KEY_FORMER)]
    fitting = {k.reveal() for k in keys if k is not None and wiring.sealer_of(k.reveal()).check_value() == check}
    assert len(fitting) == 1
    site.night()
    assert site.states() == {State.REPORTED}
    assert len(site.town.core.log) == 6
    assert site.command("audit", "verify").exit_code == 0


def test_a_change_of_keys_that_dies_before_its_commit_changed_nothing(
    site: HomeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.night(limit=2)
    before = rows(site, "SELECT * FROM item")

    def die(connection: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("bridge_agent.ledger.rekey.make_triggers", die)
    with pytest.raises(KeyboardInterrupt):
        site_books.SiteBooks(site.settings, site.store).rekey()
    monkeypatch.undo()
    assert rows(site, "SELECT * FROM item") == before
    assert site_books.SiteBooks(site.settings, site.store).rekey().items == 6
    for place in (wiring, wiring.ledgers):
        monkeypatch.setattr(place, "open_store", lambda start, settings: site.store)
    site.night()
    assert site.states() == {State.REPORTED}


def test_a_backup_with_the_former_key_can_still_be_restored(site: HomeSite, tmp_path: Path) -> None:
    site.night(limit=2)
    assert site.command("ledger", "backup", str(tmp_path / "b.db")).exit_code == 0
    assert site.command("ledger", "rekey", "--yes").exit_code == 0
    done = site.command("ledger", "restore", str(tmp_path / "b.db"), "--yes")
    assert done.exit_code == 0, done.exception
    site.night()
    assert site.town.core.duplicates() == 0
    assert isinstance(site.command("ledger", "rekey", "--forget-former", "--yes").exception, ConfigError)


# ---- one at a time ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        ("ledger", "restore", "b.db", "--yes"),
        ("ledger", "rekey", "--yes"),
        ("purge", "--yes"),
        ("ledger", "new", "--yes"),
    ],
)
def test_what_changes_the_whole_ledger_waits_for_the_run(
    site: HomeSite, tmp_path: Path, words: tuple[str, ...]
) -> None:
    site.night(limit=2)
    assert site.command("ledger", "backup", str(tmp_path / "b.db")).exit_code == 0
    words = tuple(str(tmp_path / w) if w == "b.db" else w for w in words)
    if "new" in words:
        site.settings.ledger_file.write_bytes(b"")
    with in_use(wiring.lock_folder(site.settings)):
        assert isinstance(site.command(*words).exception, StopRunError)


def test_a_lane_that_is_owned_keeps_the_ledger_from_being_changed(site: HomeSite) -> None:
    with site.books() as ledger, ledger.lane("sogo-1"):
        pass
    folder = wiring.lock_folder(site.settings)
    with closing(sqlite3.connect(folder / "sogo-1.lock", isolation_level=None)) as lock:
        lock.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StopRunError), alone(folder):
            pass
    with alone(folder), pytest.raises(StopRunError), in_use(folder):
        pass


def test_a_backup_is_taken_while_a_run_goes_on(site: HomeSite, tmp_path: Path) -> None:
    done: list[Any] = []
    site.town.core.at_register = lambda: done.append(
        site.command("ledger", "backup", str(tmp_path / f"b{len(done)}.db"))
    )
    site.night(limit=3)
    assert [r.exit_code for r in done] == [0, 0, 0]


# ---- purge --------------------------------------------------------------------------------------------------------


def sealed_values(site: HomeSite) -> list[bytes]:
    found = rows(site, "SELECT content FROM item WHERE content IS NOT NULL")
    found += rows(site, "SELECT plan FROM attempt WHERE length(plan) > 0")
    return [value for (value,) in found if isinstance(value, bytes)]


def purge(site: HomeSite, days: int) -> tuple[int, int]:
    site.town.clock.wait(days * 86400)
    site.town.options = RunOptions()
    with site.books() as ledger:
        run(site.town.night())
        done = ledger.purge(timedelta(days=90))
    return done.contents, done.plans


def test_what_is_done_with_is_gone_from_the_file_after_its_days(site: HomeSite) -> None:
    site.town.source.applications["R006"] = application(6, "bad")  # stays held
    site.night()
    sealed = sealed_values(site)
    assert len(sealed) == 11
    assert purge(site, 30) == (0, 0)
    assert purge(site, 61) == (5, 5)
    kept = sealed_values(site)
    assert len(kept) == 1
    everything = b"".join(p.read_bytes() for p in site.settings.site.data.glob("ledger.db*"))
    assert [s for s in sealed if s in everything] == kept
    assert MY_NUMBER.encode() not in everything
    (body,) = rows(site, "SELECT body FROM event WHERE kind = 'purged'")
    assert json.loads(str(body[0]))["contents"] == 5
    site.night()
    assert site.states() == {State.REPORTED, State.HELD}
    assert site.command("audit", "verify").exit_code == 0
    with site.books() as ledger:
        assert ledger.registered_since("sogo", datetime.min.replace(year=2000, tzinfo=UTC)) == []


def test_a_clock_set_forward_deletes_nothing_early(site: HomeSite) -> None:
    site.night()
    site.town.clock.wait(365 * 86400)
    with site.books() as ledger:
        assert ledger.purge(timedelta(days=90)).contents == 0


def test_what_was_not_looked_up_again_is_kept(site: HomeSite) -> None:
    site.night()
    with closing(sqlite3.connect(site.settings.ledger_file)) as db:
        db.execute("DELETE FROM control WHERE key LIKE 'reconciled:%'")
        db.commit()
    with site.books() as ledger:
        site.town.clock.wait(365 * 86400)
        ledger.end_run(ledger.start_run("run"), 0, {})
        assert ledger.purge(timedelta(days=90), dry=True).contents == 0


def test_purge_asks_before_it_deletes(site: HomeSite) -> None:
    site.night()
    assert site.command("purge", "--dry-run", "--json").exit_code == 0
    assert len(sealed_values(site)) == 12


# ---- audit --------------------------------------------------------------------------------------------------------


def test_the_audit_reads_heads_from_elsewhere_and_exports_every_record(site: HomeSite, tmp_path: Path) -> None:
    site.night(limit=2)
    kept = tmp_path / "elsewhere.jsonl"
    kept.write_text(site.settings.heads_file.read_text(encoding="utf-8"), encoding="utf-8")
    assert site.command("audit", "verify", "--head", str(kept)).exit_code == 0
    kept.write_text(kept.read_text(encoding="utf-8").replace('"hash": "', '"hash": "0'), encoding="utf-8")
    assert site.command("audit", "verify", "--head", str(kept)).exit_code == 4
    kept.write_text("なにか\n", encoding="utf-8")
    assert isinstance(site.command("audit", "verify", "--head", str(kept)).exception, ConfigError)
    made = site.command("audit", "export", str(tmp_path / "events.jsonl"), "--json")
    count = json.loads(made.stdout)["events"]
    lines = (tmp_path / "events.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == count + 1
    assert count == rows(site, "SELECT count(*) FROM event")[0][0]


def test_an_export_that_cannot_be_written_names_the_folder_and_leaves_no_part(
    site: HomeSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.night(limit=1)
    refused = site.command("audit", "export", str(tmp_path / "no" / "such" / "x.jsonl")).exception
    assert isinstance(refused, ConfigError)
    assert f"{tmp_path / 'no'} がありません。" in refused.message

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(site_books, "head_of", full)
    refused = site.command("audit", "export", str(tmp_path / "x.jsonl")).exception
    assert isinstance(refused, ConfigError)
    assert "空きがありません" in refused.message
    assert not (tmp_path / "x.jsonl").exists()


def test_a_sheet_that_cannot_be_written_is_told_with_the_folder(
    site: HomeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_only(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(report, "write_sheet", read_only)
    monkeypatch.setattr(sheet, "sheet_data", lambda *_: None)
    with site.books() as ledger:
        night: Any = SimpleNamespace(ledger=ledger)
        with pytest.raises(StopRunError, match=r"突合表をフォルダ .*reports に書けませんでした。.*権限がありません"):
            sheet.write_sheet(SimpleNamespace(settings=site.settings), night, None)  # type: ignore[arg-type]


def test_every_command_has_help(site: HomeSite) -> None:
    for words in (["ledger"], ["audit"], ["purge"]):
        shown = site.command(*words, "--help")
        assert shown.exit_code == 0
    for name in ("backup", "restore", "verify", "rekey", "release-absent", "new"):
        assert "。" in site.command("ledger", name, "--help").stdout


@pytest.mark.parametrize("place", ["data/epoch.json", "data/../data/x.json"])
def test_the_witness_may_not_lie_where_the_ledger_lies(site: HomeSite, place: str) -> None:
    site.config.write_text(SETTINGS + f'[ledger]\nepoch_file = "{place}"\n', encoding="utf-8")
    with pytest.raises(ConfigError, match="同じ場所"):
        load_settings(site.config)


def test_a_witness_that_cannot_be_written_stops_the_start(site: HomeSite) -> None:
    site.settings.site.reports.parent.mkdir(exist_ok=True)
    site.settings.site.reports.write_text("", encoding="utf-8")  # a file where the folder should be
    with pytest.raises(BridgeError, match="世代の控え"):
        site.night()
