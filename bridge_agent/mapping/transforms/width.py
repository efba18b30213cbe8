"""Conversions between full and half width, and between kinds of kana. jaconv's h2z and z2h only: its normalize
turns hyphens into long-vowel marks."""

from __future__ import annotations

import re

import jaconv

from bridge_agent.domain.reasons import Reason
from bridge_agent.mapping.transforms.unfit import Unfit

# z2h leaves these alone, so they are folded to the forms it knows.
_TWINS = str.maketrans({"\u2212": "\uff0d", "\u301c": "\uff5e"})
_LONG_AFTER_KANA = re.compile("(?<=[\u30a1-\u30fa\u30fc])[-\uff0d\u2212\u2010]")
_VOICED = dict(
    zip("カキクケコサシスセソタチツテトハヒフヘホウ", "ガギグゲゴザジズゼゾダヂヅデドバビブベボヴ", strict=True)
)
_HALF_VOICED = dict(zip("ハヒフヘホ", "パピプペポ", strict=True))
_APART = re.compile("([\u30a1-\u30fa])([\u3099\u309a\u309b\u309c])")
_HALF_KANA = re.compile("[ -~\uff61-\uff9f]*")
_FULL_KANA = re.compile("[\u30a1-\u30fa\u30fb\u30fc\u3000\uff01-\uff5e]*")
_ANY_FULL_KANA = re.compile("[\u30a1-\u30fa\u30fc-\u30ff]")
_TO_FULL_DIGITS = {0x30 + n: 0xFF10 + n for n in range(10)}
_TO_HALF_DIGITS = {wide: narrow for narrow, wide in _TO_FULL_DIGITS.items()}
_TO_FULL_LETTERS = {first + n: first + n + 0xFEE0 for first in (0x41, 0x61) for n in range(26)}
_TO_HALF_LETTERS = {wide: narrow for narrow, wide in _TO_FULL_LETTERS.items()}
_TO_FULL_MARKS = str.maketrans("\uff9e\uff9f", "゛゜")
_TO_KATAKANA = {code: code + 0x60 for code in (*range(0x3041, 0x3097), 0x309D, 0x309E)}


def half_width(text: str) -> str:
    """英数字・記号・空白を半角にする（カナはそのまま）。

    >>> half_width("１－２－３　Ａ棟")
    '1-2-3 A棟'
    """
    return str(jaconv.z2h(text.translate(_TWINS), kana=False, ascii=True, digit=True))


def full_width(text: str) -> str:
    """英数字・記号・空白・カナを全角にする。

    >>> full_width("1-2 ｱﾊﾟｰﾄ")
    '１－２　アパート'
    """
    return str(jaconv.h2z(text, kana=True, ascii=True, digit=True)).replace(" ", "\u3000")


def full_kana(text: str) -> str:
    """全角カナにする。カナの直後のハイフンは長音にし、離れた濁点は付ける。カナと英数字のほかがあれば保留。

    >>> full_kana("ｼﾙｳﾞｧ ｻﾄ-")
    'シルヴァ　サトー'
    """
    joined = marks_joined(_LONG_AFTER_KANA.sub("\u30fc", full_width(text)))
    if not _FULL_KANA.fullmatch(joined):
        raise Unfit(Reason.VALUE_INVALID, "カナに直せない文字があります")
    return joined


def half_kana(text: str) -> str:
    """半角カナにする（英数字と空白も半角）。カナの直後のハイフンは長音にする。カナと英数字のほかがあれば保留。

    >>> half_kana("シルヴァ　サトー")
    'ｼﾙｳﾞｧ ｻﾄｰ'
    """
    narrow = str(jaconv.z2h(full_kana(text), kana=True, ascii=True, digit=True))
    if not _HALF_KANA.fullmatch(narrow):
        raise Unfit(Reason.VALUE_INVALID, "半角カナに無い文字があります")
    return narrow


def half_digits(text: str) -> str:
    """数字だけを半角にする（ほかの文字はそのまま）。

    >>> half_digits("１０１号室　Ａ")
    '101号室　Ａ'
    """
    return text.translate(_TO_HALF_DIGITS)


def full_digits(text: str) -> str:
    """数字だけを全角にする（ほかの文字はそのまま）。

    >>> full_digits("101号室 A")
    '１０１号室 A'
    """
    return text.translate(_TO_FULL_DIGITS)


def half_letters(text: str) -> str:
    """英字だけを半角にする（ほかの文字はそのまま）。

    >>> half_letters("Ａ－１　ｂ")
    'A－１　b'
    """
    return text.translate(_TO_HALF_LETTERS)


def full_letters(text: str) -> str:
    """英字だけを全角にする（ほかの文字はそのまま）。

    >>> full_letters("A-1 b")
    'Ａ-1 ｂ'
    """
    return text.translate(_TO_FULL_LETTERS)


def half_spaces(text: str) -> str:
    """空白だけを半角にする（数は変えない。ほかの文字はそのまま）。

    >>> half_spaces("渡邉　花子")
    '渡邉 花子'
    """
    return text.replace("\u3000", " ")


def full_spaces(text: str) -> str:
    """空白だけを全角にする（数は変えない。ほかの文字はそのまま）。

    >>> full_spaces("渡邉 花子")
    '渡邉　花子'
    """
    return text.replace(" ", "\u3000")


def kana_to_full(text: str) -> str:
    """半角カナだけを全角にする（ほかの文字はそのまま）。

    >>> kana_to_full("ﾊﾟｰｸﾊｲﾂ A-1")
    'パークハイツ A-1'
    """
    return marks_joined(str(jaconv.h2z(text, kana=True, ascii=False, digit=False)).translate(_TO_FULL_MARKS))


def kana_to_half(text: str) -> str:
    """全角カナだけを半角にする（ほかの文字はそのまま）。半角に無いカナがあれば保留。

    >>> kana_to_half("パークハイツ　Ａ－１")
    'ﾊﾟｰｸﾊｲﾂ　Ａ－１'
    """
    narrow = str(jaconv.z2h(marks_joined(text), kana=True, ascii=False, digit=False))
    if _ANY_FULL_KANA.search(narrow):
        raise Unfit(Reason.VALUE_INVALID, "半角カナに無い文字があります")
    return narrow


def katakana(text: str) -> str:
    """ひらがなを全角カタカナにする（ほかの文字はそのまま）。

    >>> katakana("わたなべ　しょうこ")
    'ワタナベ　ショウコ'
    """
    return text.translate(_TO_KATAKANA)


def marks_joined(text: str) -> str:
    """Voicing marks that stand apart, joined to their full-width kana; elsewhere they stay."""
    return _APART.sub(_join, text)


def _join(found: re.Match[str]) -> str:
    kana, mark = found[1], found[2]
    table = _VOICED if mark in "\u3099\u309b" else _HALF_VOICED
    return table.get(kana, found[0])
