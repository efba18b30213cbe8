"""A person is told which file, why, and what to do: a missing folder, a missing right and a full disk are told apart."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from bridge_agent.domain.errors import ConfigError
from bridge_agent.file_errors import cause_and_remedy, readable, writable


def test_the_first_missing_folder_is_named(tmp_path: Path) -> None:
    file = tmp_path / "a" / "b" / "x.jsonl"
    with pytest.raises(ConfigError) as told, writable("控え", file):
        file.write_text("", encoding="utf-8")
    assert told.value.message.startswith(f"控え {file} に書き込めません。{tmp_path / 'a'} がありません。")


def test_a_file_in_a_folders_place_and_a_folder_in_a_files_place(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(ConfigError, match="フォルダがあるはずの場所に、ファイルがあります"), writable("控え", tmp_path):
        (tmp_path / "file").mkdir()
    error = IsADirectoryError(errno.EISDIR, "Is a directory")
    assert "ファイルではなくフォルダです" in cause_and_remedy(error, tmp_path)


@pytest.mark.parametrize(
    ("number", "cause"),
    [
        (errno.EACCES, "読み取りの権限がありません"),
        (errno.ENOSPC, "空きがありません"),
        (errno.EROFS, "読み取り専用のディスク"),
        (errno.EIO, "もう一度試してください（OSError）"),
    ],
)
def test_causes_are_told_apart_without_the_systems_text(number: int, cause: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as told, readable("設定ファイル", tmp_path):
        raise OSError(number, "the system's text")
    assert cause in told.value.message
    assert "the system's text" not in told.value.message
    assert told.value.__cause__ is None
