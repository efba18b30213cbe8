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
    long = _LONG_AFTER_KANA.sub("\u30fc", full_width(text))
    joined = _APART.sub(_join, long)
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


def _join(found: re.Match[str]) -> str:
    kana, mark = found[1], found[2]
    table = _VOICED if mark in "\u3099\u309b" else _HALF_VOICED
    return table.get(kana, found[0])
