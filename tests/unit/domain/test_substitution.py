"""The table of approved substitutions: what may stand in it, and where in a text it applies."""

from __future__ import annotations

import pytest

from bridge_agent.domain.substitution import Substituted, SubstitutionTable

YOSHI, KUZU = "\U00020bb7", "葛\U000e0100"


@pytest.mark.parametrize(
    ("was", "now", "message"),
    [
        ("", "吉", "1 文字ではありません"),
        ("吉田", "吉", r"U\+5409\+U\+7530 は"),
        ("A", "Ａ", r"U\+0041 は"),
        ("〓", "吉", r"U\+3013 は"),
        ("\u200b", "吉", r"U\+200B は"),
        ("　", "吉", r"U\+3000 は"),
        ("\U000e0100", "吉", r"U\+E0100 は"),
        (YOSHI, "", "入力できる 1 文字ではありません"),
        (YOSHI, "吉田", "入力できる 1 文字ではありません"),
        (YOSHI, "〓", "入力できる 1 文字ではありません"),
        (YOSHI, "　", "入力できる 1 文字ではありません"),
        (YOSHI, "\ue000", "入力できる 1 文字ではありません"),
        (YOSHI, "\U00020bb8", "入力できる 1 文字ではありません"),
        (YOSHI, "\u3099", "入力できる 1 文字ではありません"),
        ("髙", "髙", "置き換える字の方にもあります"),
    ],
)
def test_what_may_not_stand_in_it(was: str, now: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        SubstitutionTable.of({was: now})


def test_no_chain() -> None:
    with pytest.raises(ValueError, match="方にもあります"):
        SubstitutionTable.of({YOSHI: "髙", "髙": "高"})


def test_where_it_applies() -> None:
    table = SubstitutionTable.of({YOSHI: "吉", KUZU: "葛", "\ue123": "辻"})
    text = f"{YOSHI}{KUZU}葛x\ue123"
    assert table.at(text, 0) == (YOSHI, "吉")
    assert table.at(text, 1) == (KUZU, "葛")
    assert table.at(text, 2) is None
    assert table.at(text, 5) == ("\ue123", "辻")
    assert table.places(text) == {1, 2, 3, 6}
    assert SubstitutionTable().places(text) == frozenset()


def test_a_clerk_sees_code_points_and_no_character() -> None:
    note = Substituted(("氏名", "通称"), 3, KUZU, "葛").note
    assert note == "氏名と通称 3文字目 U+845B+U+E0100→U+845B"
