"""Which characters are in which set; the sets are written down here from the standards, not from the code."""

from __future__ import annotations

import string

import pytest

from bridge_agent.domain.charsets import TITLES, Charset, holds, is_wider

ASCII = string.ascii_letters + string.digits + string.punctuation + " "
HALF_KANA = "".join(map(chr, range(0xFF61, 0xFFA0)))
LEVEL_1_AND_2 = "亜腕弌熙あアＡ１　、。〜−‖ー①"[:-1]
EXTENSIONS = "髙﨑①㈱Ⅳ㍻"
ELSEWHERE = "—¥‾ゔ㋿\u00a0\ufa4c"
MEMBERS = {
    Charset.UTF_8: ASCII + HALF_KANA + LEVEL_1_AND_2 + EXTENSIONS + ELSEWHERE,
    Charset.CP932: ASCII + HALF_KANA + LEVEL_1_AND_2 + EXTENSIONS,
    Charset.JIS_X_0208: ASCII + LEVEL_1_AND_2,
    Charset.FULL_WIDTH: LEVEL_1_AND_2 + EXTENSIONS,
    Charset.HALF_KANA: ASCII + HALF_KANA,
    Charset.ASCII: ASCII,
    Charset.DIGITS: string.digits,
}


@pytest.mark.parametrize("charset", Charset)
def test_members_and_no_others(charset: Charset) -> None:
    tried = ASCII + HALF_KANA + LEVEL_1_AND_2 + EXTENSIONS + ELSEWHERE
    assert {character for character in tried if holds(charset, character)} == set(MEMBERS[charset])


def test_jis_x_0208_has_all_of_its_6879_characters() -> None:
    """94 rows; each place decoded through ISO-2022-JP, the standard's own encoding."""
    table = set()
    for row in range(0x21, 0x7F):
        for cell in range(0x21, 0x7F):
            try:
                table.add((b"\x1b$B" + bytes([row, cell]) + b"\x1b(B").decode("iso2022_jp"))
            except UnicodeDecodeError:
                continue
    assert len(table) == 6879
    twins = set("～－∥￠￡￢")
    wide = {chr(code) for code in range(0x80, 0x10000) if holds(Charset.JIS_X_0208, chr(code))}
    assert twins <= wide, "a core that has the one gives back the other"
    assert wide - twins == table - {"\\"} - twins


def test_half_a_pair_is_in_none() -> None:
    for code in (0xD800, 0xDBFF, 0xDC00, 0xDFFF):
        assert not any(holds(charset, chr(code)) for charset in Charset)


def test_only_unicode_is_wider_than_a_code_page() -> None:
    assert is_wider(Charset.UTF_8, Charset.CP932)
    assert is_wider(Charset.CP932, Charset.JIS_X_0208)
    assert not is_wider(Charset.CP932, Charset.CP932)
    assert not any(is_wider(charset, Charset.UTF_8) for charset in Charset)


def test_every_set_has_a_name_for_the_clerk_and_a_codec_for_lengths() -> None:
    assert set(TITLES) == set(Charset)
    assert {charset.codec for charset in Charset} == {"cp932", "utf-8"}
