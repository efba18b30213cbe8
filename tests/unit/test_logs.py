"""No line of a log carries a resident's data, whatever way it came in."""

from __future__ import annotations

import errno
import io
import json
import logging
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from loguru import logger

from bridge_agent import logs
from bridge_agent.domain.errors import ConfigError, SystemDown
from bridge_agent.logs import MASK, Redactor, escape, is_mynumber, redact, set_up

MYNUMBER = "123456789018"
"""The ordinance's check digit of 12345678901 is 8."""


@pytest.fixture(autouse=True)
def _clean_sinks() -> Iterator[None]:
    handlers = logging.root.handlers[:]
    yield
    logger.remove()
    logging.captureWarnings(False)
    logging.root.handlers[:] = handlers


def test_check_digit_is_the_ordinances() -> None:
    assert is_mynumber(MYNUMBER)
    assert not any(is_mynumber(MYNUMBER[:-1] + str(n)) for n in range(10) if n != 8)
    assert not is_mynumber(MYNUMBER[:-1])


@pytest.mark.parametrize(
    "text",
    [
        MYNUMBER,
        "1234-5678-9018",
        "1234 5678 9018",
        "１２３４５６７８９０１８",
        "１２３４－５６７８－９０１８",
        f"個人番号={MYNUMBER}。",
        f"2026 1123 {MYNUMBER[:4]} {MYNUMBER[4:8]} {MYNUMBER[8:]}",
    ],
)
def test_my_numbers_are_masked_in_every_way_of_writing(text: str) -> None:
    masked = Redactor().redact(text)
    assert MASK in masked
    assert "9018" not in unicodedata.normalize("NFKC", masked)


@pytest.mark.parametrize(
    "text", ["02026112300001", "123456789012", "件数 40/60", "2026-11-05 07:14", "K0016-2026-000123"]
)
def test_receipt_numbers_and_counts_stay_readable(text: str) -> None:
    assert Redactor().redact(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "090-1234-5678",
        "0312345678",
        "（03）1234-5678",
        "０９０－１２３４－５６７８",
        "+81-90-1234-5678",
        "a.b@example.jp",
    ],
)
def test_telephones_and_mail_addresses_are_masked(text: str) -> None:
    masked = Redactor().redact(f"連絡先 {text} です")
    assert MASK in masked
    assert not {"5678", "５６７８", "example"} & set(masked.replace("－", "-").replace(MASK, " ").split())
    assert "5678" not in unicodedata.normalize("NFKC", masked)


def test_a_permitted_number_is_kept_although_it_looks_like_a_telephone() -> None:
    redactor = Redactor()
    redactor.permit(["0312345678", MYNUMBER])
    assert redactor.redact(f"受付番号 0312345678 と {MYNUMBER}") == f"受付番号 0312345678 と {MYNUMBER}"


@pytest.mark.parametrize(
    "shown",
    [
        "髙橋　ガブリエル",
        "髙橋ガブリエル",
        "髙橋 ｶﾞﾌﾞﾘｴﾙ",
        unicodedata.normalize("NFD", "髙橋　ガブリエル"),
        "ガブリエル",
        "髙\U000e0101橋",
        "ＭＡＲＩＡ　ＧＡＲＣＩＡ",
        "maria garcia",
        "1234567",
        "１２３４５６７",
    ],
)
def test_the_texts_of_the_application_in_hand_are_masked(shown: str) -> None:
    redactor = Redactor()
    with redactor.current(frozenset({"髙橋　ガブリエル", "Maria Garcia", "1234567"})):
        masked = redactor.redact(f"申請者「{shown}」で失敗")
    assert masked.startswith("申請者「■")
    assert masked.endswith("」で失敗")
    assert shown not in masked


def test_texts_are_forgotten_afterwards_and_nesting_counts() -> None:
    redactor = Redactor()
    with redactor.current(frozenset({"山田太郎"})):
        with redactor.current(frozenset({"山田太郎"})):
            pass
        assert "山田" not in redactor.redact("山田太郎")
    assert redactor.redact("山田太郎") == "山田太郎"


def test_short_digits_do_not_tear_holes_into_lines() -> None:
    redactor = Redactor()
    with redactor.current(frozenset({"05", "1", "1985"})):
        assert redactor.redact("05件 02026112319850 西暦1985年") == f"05件 02026112319850 西暦{MASK}年"


def test_a_short_text_inside_a_systems_name_leaves_the_name_whole() -> None:
    by = Redactor()
    by.keep(["わかば子育て支援システム"])
    with by.current(frozenset({"シス", "わかば", "わかば子育て支援システム太郎"})):
        assert by.redact("基幹システムに接続できません") == "基幹システムに接続できません"
        assert (
            by.redact("わかば子育て支援システム: 利用者 わかば シス")
            == f"わかば子育て支援システム: 利用者 {MASK} {MASK}"
        )
        assert by.redact("システ わかば子育て支援システム太郎") == f"{MASK}テ {MASK}"
    with by.current(frozenset({"システム"})):
        assert by.redact("氏名 システム") == f"氏名 {MASK}"


def test_no_value_starts_a_line_or_turns_its_direction() -> None:
    assert escape("a\r\nERROR 偽\u202e\u2028") == "a\\r\\nERROR 偽\\u202e\\u2028"


def test_console_and_file_lines_are_redacted_after_rendering(tmp_path: Path) -> None:
    console, redactor = io.StringIO(), Redactor()
    set_up(folder=tmp_path, console=console, by=redactor)
    with redactor.current(frozenset({"山田　太郎"})):
        logger.bind(field="<red>{x}</red>", who="山田太郎").info("入力 {} {}", "山田 太郎", MYNUMBER)
    (line,) = (tmp_path / "agent.jsonl").read_text(encoding="utf-8").splitlines()
    fields = json.loads(line)
    assert fields["message"] == f"入力 {MASK} {MASK}"
    assert fields["field"] == "<red>{x}</red>"
    assert fields["who"] == MASK
    assert console.getvalue().endswith(f"情報 入力 {MASK} {MASK}\n")


def test_a_foreign_exceptions_text_is_never_written(tmp_path: Path) -> None:
    console = io.StringIO()
    set_up(folder=tmp_path, console=console)
    for error in (ValueError("秘密の値 typed"), SystemDown("基幹システムが応答しません。")):
        try:
            raise error
        except Exception:
            logger.exception("失敗しました")
    written = console.getvalue() + (tmp_path / "agent.jsonl").read_text(encoding="utf-8")
    assert "秘密" not in written
    assert "typed" not in written
    assert "Traceback" not in written
    assert written.count("ValueError") == 2
    assert written.count("基幹システムが応答しません。") == 2
    assert len(console.getvalue().splitlines()) == 2


def test_standard_logging_and_warnings_pass_the_same_redaction(tmp_path: Path) -> None:
    set_up(folder=tmp_path, console=None)
    logging.getLogger("a library").error("bad %s", MYNUMBER)
    logging.getLogger("other").info("quiet")
    (line,) = (tmp_path / "agent.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["message"] == f"a library: bad {MASK}"
    assert json.loads(line)["level"] == "ERROR"


def test_the_console_survives_a_character_it_cannot_show() -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="cp932")
    set_up(folder=None, console=stream)
    logger.info("葛{}", "\U00020bb7")
    stream.flush()
    assert "\\U00020bb7" in raw.getvalue().decode("cp932")


def test_a_progress_bar_can_take_the_lines() -> None:
    lines: list[str] = []
    set_up(folder=None, console=lines.append)
    logger.warning("注意です")
    assert len(lines) == 1
    assert lines[0].endswith("注意 注意です")


def test_the_module_function_uses_the_processes_redactor() -> None:
    assert redact(MYNUMBER) == MASK


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"ログのフォルダ .*file.logs に書き込めません"):
        set_up(folder=tmp_path / "file" / "logs", console=None)

    def read_only(*_: object) -> int:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(logs, "_private_opener", read_only)
    with pytest.raises(ConfigError, match=r"ログのフォルダ .*logs に書き込めません。書き込みの権限がありません"):
        set_up(folder=tmp_path / "logs", console=None)
