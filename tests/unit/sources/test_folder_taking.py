"""The drop folder: how a file is taken, where it goes afterwards, and what is no damaged file."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path

import pytest

from bridge_agent.domain.errors import SystemDown
from bridge_agent.domain.reasons import Reason
from bridge_agent.sources.drop_folder import REASON, kept_name
from tests.unit.sources.packages import NUMBER, folder, zipped
from tests.unit.sources.small_drop import OTHER, aged, collected, names, put, source


def test_a_file_goes_from_the_folder_over_taking_to_done(tmp_path: Path) -> None:
    put(tmp_path, "a.zip", NUMBER, OTHER)
    found = source(tmp_path)
    assert set(collected(found)) == {NUMBER, OTHER}
    assert names(tmp_path / "taking") == ["a.zip"]
    found.put_away([NUMBER])
    assert names(tmp_path / "taking") == ["a.zip"]
    found.put_away([OTHER])
    assert (names(tmp_path / "taking"), names(tmp_path / "done")) == ([], ["a.zip"])


def test_a_second_file_of_the_same_name_never_covers_the_first(tmp_path: Path) -> None:
    put(tmp_path)
    first = source(tmp_path)
    first.approved()
    put(tmp_path, "a.zip", OTHER)
    assert {line.receipt_no for line in source(tmp_path).approved()} == {NUMBER, OTHER}
    assert names(tmp_path / "taking") == ["a.zip", "a.zip"]


def test_one_refused_application_sends_its_file_to_failed_with_code_number_and_sentence(tmp_path: Path) -> None:
    files = folder(NUMBER) | folder(OTHER)
    del files[f"{OTHER}/申請書.pdf"]
    zipped(tmp_path / "a.zip", files)
    found = source(tmp_path)
    delivered = collected(found)
    found.put_away(delivered)
    assert delivered[NUMBER].application is not None
    assert names(tmp_path / "failed") == ["a.zip", f"a.zip{REASON}"]
    (reason,) = (tmp_path / "failed").glob(f"*{REASON}")
    code, number, sentence = reason.read_text(encoding="utf-8-sig").strip().split("\t")
    assert (code, number) == ("package_damaged", OTHER)
    assert "「申請書.pdf」がありません" in sentence
    assert "花子" not in sentence
    assert found.remarks() == []  # it stands on the hold desk


def test_the_reason_says_how_a_file_comes_in_once_the_profile_is_mended(tmp_path: Path) -> None:
    zipped(tmp_path / "a.zip", folder(増えた列="x"))
    found = source(tmp_path)
    found.put_away(collected(found))
    (reason,) = (tmp_path / "failed").glob(f"*{REASON}")
    told = reason.read_text(encoding="utf-8-sig")
    assert "申請データの列が決まりと違います。（列「増えた列」が増えています" in told
    assert "設定が直ったら、このファイルを受け渡しフォルダーに戻すと、もう一度読みます。" in told


def test_a_file_of_which_nothing_can_be_told_is_told_every_night_until_it_is_cleared_away(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04")
    first = source(tmp_path)
    assert first.approved() == []
    assert "読めなかったファイルが1件" in first.remarks()[0]
    later = source(tmp_path)
    later.approved()
    assert len(later.remarks()) == 1
    next(path for path in (tmp_path / "failed").iterdir() if path.suffix == ".zip").unlink()
    assert later.remarks() == []


def test_one_damaged_application_does_not_keep_the_others_of_its_file_back(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", folder(NUMBER) | folder(OTHER))
    raw = bytearray(path.read_bytes())
    name = f"{OTHER}/申請データ.csv".encode()  # its own bytes come after its name
    raw[raw.index(name) + len(name) + 5] ^= 0xFF
    path.write_bytes(raw)
    delivered = collected(source(tmp_path))
    assert delivered[NUMBER].application is not None
    assert delivered[OTHER].refusal == Reason.PACKAGE_DAMAGED


def failing(error: OSError) -> Callable[..., object]:
    """Path.open that fails for packages."""
    opened = Path.open

    def fails(self: Path, *given: object, **named: object) -> object:
        if self.suffix == ".zip":
            raise error
        return opened(self, *given, **named)  # type: ignore[call-overload]

    return fails


def test_a_file_that_cannot_be_read_now_is_no_damaged_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path)
    found = source(tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", failing(PermissionError(errno.EACCES, "in use")))
        assert found.approved() == []
        assert "1 件のファイルを読めません" in found.remarks()[0]
    assert [line.receipt_no for line in found.approved()] == [NUMBER]
    assert found.remarks() == []


def test_a_share_that_fails_while_it_is_read_is_no_damaged_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path)
    found = source(tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", failing(OSError(errno.EIO, "away")))
        with pytest.raises(SystemDown):
            found.approved()
    assert names(tmp_path / "failed") == []
    assert len(found.approved()) == 1


def test_files_in_done_are_deleted_after_the_declared_days(tmp_path: Path) -> None:
    put(tmp_path)
    found = source(tmp_path, keep_days=3)
    found.put_away(collected(found))
    (done,) = (tmp_path / "done").iterdir()
    aged(done, 2 * 86400)
    source(tmp_path, keep_days=3).approved()
    assert done.exists()
    aged(done, 3 * 86400 + 10)
    source(tmp_path, keep_days=3).approved()
    assert not done.exists()


def test_a_folder_that_is_not_there_is_never_made(tmp_path: Path) -> None:
    away = tmp_path / "share"
    with pytest.raises(SystemDown) as told:
        source(away).approved()
    assert not away.exists()
    assert str(away) in told.value.message


@pytest.mark.parametrize(
    "name", ["x" * 300 + ".zip", "a\n.zip", "..\\..\\b.zip", "名前" * 100 + ".csv", "a." + "z" * 99]
)
def test_a_kept_name_can_be_written_on_every_disk(name: str) -> None:
    kept = kept_name(name)
    assert len(f"{'0' * 12}-{kept}{REASON}.part".encode()) <= 255
    assert not set(kept) & set('\n\\/:*?"<>|')
