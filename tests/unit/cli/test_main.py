"""The last net of the command line: what nobody expected is told in one sentence, with its place and without its text."""

from __future__ import annotations

import re

import pytest

from bridge_agent import cli


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
