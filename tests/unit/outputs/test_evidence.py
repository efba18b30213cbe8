"""Evidence is sealed, limited and forgotten in time, and its trouble never reaches an attempt."""

from __future__ import annotations

import hashlib
import sys
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import pytest

from bridge_agent.domain.errors import ConfigError
from bridge_agent.domain.ports import Evidence
from bridge_agent.outputs.evidence import EvidenceFiles, find, opened, purge
from bridge_agent.sealing import SiteSealer, new_key

SEALER = SiteSealer(bytes(32))
SEAL = partial(SEALER.seal, purpose="evidence")
UNSEAL = partial(SEALER.unseal, purpose="evidence")


class StoppedClock:
    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment

    def monotonic(self) -> float:
        return 0.0

    def wait(self, seconds: float) -> None: ...


CLOCK = StoppedClock(datetime(2026, 11, 5, 15, 30, tzinfo=UTC))
"""Already the 6th in Japan."""


def evidence(folder: Path, quota: int = 10**6) -> EvidenceFiles:
    return EvidenceFiles(folder, SEAL, CLOCK, quota_bytes=quota)


def test_what_is_stored_is_sealed_and_found_by_its_hash(tmp_path: Path) -> None:
    port: Evidence = evidence(tmp_path)
    digest = port.outline("02026110500001", "After Register!", "完了画面 受付番号 □□□")
    path = find(tmp_path, digest)
    assert path is not None
    assert path.relative_to(tmp_path).as_posix() == f"2026-11-06/outline-after-register-{digest}.sealed"
    raw = path.read_bytes()
    assert hashlib.sha256(raw).hexdigest() == digest
    assert "完了画面".encode() not in raw
    assert b"02026110500001" not in raw
    head, content = opened(raw, UNSEAL)
    assert content.decode() == "完了画面 受付番号 □□□"
    assert (head["receipt_no"], head["moment"], head["kind"]) == ("02026110500001", "After Register!", "outline")
    if sys.platform != "win32":
        assert path.stat().st_mode & 0o077 == 0


def test_a_picture_comes_back_byte_for_byte(tmp_path: Path) -> None:
    png = b"\x89PNG\r\n\x1a\n\n\n" + bytes(range(256))
    digest = evidence(tmp_path).picture("1", "before", png)
    path = find(tmp_path, digest)
    assert path is not None
    assert opened(path.read_bytes(), UNSEAL)[1] == png
    with pytest.raises(ConfigError):
        opened(path.read_bytes(), partial(SiteSealer(new_key()).unseal, purpose="evidence"))


def test_a_moment_cannot_lead_out_of_the_folder(tmp_path: Path) -> None:
    evidence(tmp_path / "e").outline("../../x", "../../x", "text")
    evidence(tmp_path / "e").outline("x", "完了", "text")
    assert [entry.name for entry in tmp_path.iterdir()] == ["e"]
    assert len(list((tmp_path / "e" / "2026-11-06").iterdir())) == 2


def test_the_quota_counts_what_is_already_there(tmp_path: Path) -> None:
    assert evidence(tmp_path, 1000).outline("1", "after", "x" * 500)
    again = evidence(tmp_path, 1000)
    assert again.outline("2", "after", "x" * 500) == ""
    assert again.outline("3", "after", "x")
    assert len(list(tmp_path.glob("*/*.sealed"))) == 2


def test_no_trouble_reaches_the_attempt(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    assert evidence(tmp_path / "file").outline("1", "after", "x") == ""

    def broken(plain: bytes) -> bytes:
        raise RuntimeError("key store gone")

    assert EvidenceFiles(tmp_path, broken, CLOCK, quota_bytes=10**6).picture("1", "after", b"x") == ""
    assert evidence(tmp_path).outline("1", "after", "half a character \ud800") != ""


def test_a_failed_write_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, target: Path) -> Path:
        raise OSError(28, "disk full")

    monkeypatch.setattr(Path, "replace", refuse)
    assert evidence(tmp_path).outline("1", "after", "x") == ""
    assert list(tmp_path.glob("*/*")) == []


def test_a_hash_that_is_none_finds_nothing(tmp_path: Path) -> None:
    evidence(tmp_path).outline("1", "after", "x")
    for digest in ("", "*", "0" * 64, "../" + "0" * 61):
        assert find(tmp_path, digest) is None


def test_old_days_are_deleted_and_nothing_else(tmp_path: Path) -> None:
    for day in ("2026-08-01", "2026-08-02", "2026-11-06", "2026-13-99", "notes"):
        (tmp_path / day).mkdir()
        (tmp_path / day / "outline-after-0.sealed").write_bytes(b"x")
    (tmp_path / "2026-08-01" / ".writing-abc").write_bytes(b"half")
    (tmp_path / "2026-08-01" / "読んでください.txt").write_text("kept", encoding="utf-8")
    assert purge(tmp_path, keep_days=96, today=date(2026, 11, 6)) == 2
    assert sorted(entry.name for entry in (tmp_path / "2026-08-01").iterdir()) == ["読んでください.txt"]
    assert len(list(tmp_path.glob("*/*.sealed"))) == 4
    assert purge(tmp_path, keep_days=95, today=date(2026, 11, 6)) == 1
    assert not (tmp_path / "2026-08-02").exists()
    assert purge(tmp_path / "nowhere", 1, date(2026, 11, 6)) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_link_is_never_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "a.sealed").write_bytes(b"x")
    (tmp_path / "e").mkdir()
    (tmp_path / "e" / "2020-01-01").symlink_to(tmp_path / "elsewhere")
    assert purge(tmp_path / "e", 1, date(2026, 11, 6)) == 0
    assert (tmp_path / "elsewhere" / "a.sealed").exists()
