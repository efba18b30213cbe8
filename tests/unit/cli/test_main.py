"""The last net of the command line: what nobody expected is told in one sentence, with its place and without its text."""

from __future__ import annotations

import errno
import re
from pathlib import Path

import pytest

from bridge_agent import cli
from bridge_agent.domain.errors import ConfigError


def test_an_unexpected_error_is_told_with_its_place_and_never_with_its_text(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def breaks(**_: object) -> int:
        raise TypeError("山田太郎 の欄")

    monkeypatch.setattr(cli, "app", breaks)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    told = "".join(capsys.readouterr().err.split())
    assert ended.value.code == 3
    assert re.search(r"TypeError__init__\.py:\d+", told)
    assert "台帳は無事です" in told
    assert "山田" not in told


def ended_by(error: Exception, monkeypatch: pytest.MonkeyPatch) -> int:
    def breaks(**_: object) -> int:
        raise error

    monkeypatch.setattr(cli, "app", breaks)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert isinstance(ended.value.code, int)
    return ended.value.code


def test_a_settings_heading_is_not_taken_for_mark_up(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended_by(ConfigError("bridge.toml の [site] data を直してください。"), monkeypatch) == 2
    assert capsys.readouterr().err == "bridge.toml の [site] data を直してください。\n"


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (PermissionError(errno.EACCES, "Permission denied", "reports/x"), "権限がありません"),
        (OSError(errno.ENOSPC, "No space left on device", "reports/x"), "空きがありません"),
        (OSError(errno.EROFS, "Read-only file system", "reports/x"), "読み取り専用"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_with_the_cause(
    error: OSError, cause: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended_by(error, monkeypatch) == 3
    told = capsys.readouterr().err
    assert str(Path("reports/x")) in told
    assert cause in told
    assert "想定外" not in told


def test_a_broken_connection_is_no_file(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert ended_by(ConnectionResetError(errno.ECONNRESET, "reset"), monkeypatch) == 3
    assert "想定外のエラー" in capsys.readouterr().err


def test_ctrl_c_at_a_question_is_told_and_ends_as_stopped(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("sys.argv", ["bridge-agent", "--config", str(tmp_path / "bridge.toml"), "init"])
    monkeypatch.setattr(Path, "write_text", interrupted)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 3
    assert "中断しました" in capsys.readouterr().err
