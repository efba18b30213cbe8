"""Characters as the cores keep them, led back to those of an application: kana widths, transfer kana, cp932 twins."""

from __future__ import annotations

import re
import unicodedata

_TWINS = str.maketrans({"\u301c": "\uff5e", "\u2212": "\uff0d"})
"""〜/～ and −/－ are one character of cp932 each: which of the two comes back depends on who decodes."""

_FULL_ASCII = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}

_HALF_KANA = re.compile("[\uff61-\uff9f]+")
"""Nothing else is normalized: names must come back letter by letter."""

_LARGE = str.maketrans("ァィゥェォッャュョヮヵヶ", "アイウエオツヤユヨワカケ")


def without_twins(text: str) -> str:
    """The text with each cp932 twin in the form that Windows decodes to."""
    return text.translate(_TWINS)


def full_width(half: str) -> str:
    """Half-width kana, Latin letters and spaces as full-width ones; a voiced mark joins the kana before it.

    >>> full_width("ｶﾞｰ K")
    'ガー\u3000Ｋ'
    """
    kana = _HALF_KANA.sub(lambda run: unicodedata.normalize("NFKC", run[0]), half)
    return kana.translate(_FULL_ASCII)


def transfer_kana(text: str) -> str:
    """A bank transfer's kana (全銀) in full width, all that can be compared of an account holder.

    The transfer form knows no small kana and writes a hyphen for 長音; both are gone for good, so the holder that an
    application names must be led to the same form: small kana large, 長音 and hyphen the same, letters capital.

    >>> transfer_kana("ｼﾖ-ｼﾞ") == transfer_kana("ショージ")
    True
    """
    return full_width(text).upper().translate(_LARGE).replace("－", "ー")
