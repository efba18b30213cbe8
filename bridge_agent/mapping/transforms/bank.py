"""Bank transfers: 全銀 kana and the conversion of ゆうちょ symbols and numbers."""

from __future__ import annotations

import re

import jaconv

from bridge_agent.domain.reasons import Reason
from bridge_agent.mapping.transforms.unfit import Unfit
from bridge_agent.mapping.transforms.width import full_width, marks_joined

_LARGE = str.maketrans("ァィゥェォッャュョヮヵヶ", "アイウエオツヤユヨワカケ")
_HYPHEN_LIKE = str.maketrans(dict.fromkeys("\u30fc\uff70\u2010\u2212\uff0d", "-"))
# Which of ヲ ￥ 「 」 and the comma a bank's file takes differs and is told by nobody: a recipe chooses one of three sets.
_LEAST = " ()\\-./0-9A-Z\uff71-\uff9f"
_USUAL = _LEAST + "\uff66"
_MOST = _USUAL + ",\uff62\uff63\\\\"
_YEN = str.maketrans({"\uffe5": "\\", "\u00a5": "\\"})
"""全銀 writes ￥ as the byte 5C."""


def zengin_kana(text: str) -> str:
    """口座名義を全銀の文字にする（半角の大文字カナ、長音はハイフン）。全銀に無い文字があれば保留。

    >>> zengin_kana("ワタナベ　ショウコ")
    'ﾜﾀﾅﾍﾞ ｼﾖｳｺ'
    >>> zengin_kana("スズキ　ケーキ")
    'ｽｽﾞｷ ｹ-ｷ'
    """
    return _zengin(text, _USUAL)


def zengin_kana_least(text: str) -> str:
    """`zengin_kana` と同じ。ただし「ヲ」も保留する（「ヲ」を受け取らない金融機関のため）。

    >>> zengin_kana_least("サトウ　ハナコ")
    'ｻﾄｳ ﾊﾅｺ'
    """
    return _zengin(text, _LEAST)


def zengin_kana_most(text: str) -> str:
    """`zengin_kana` と同じ。ただし「，」「￥」とかぎかっこも使う（￥は 5C になる）。

    >>> zengin_kana_most("カ）サトウ，ハナコ")
    'ｶ)ｻﾄｳ,ﾊﾅｺ'
    """
    return _zengin(text.translate(_YEN), _MOST)


def _zengin(text: str, allowed: str) -> str:
    whole = marks_joined(full_width(text.translate(_HYPHEN_LIKE)))
    narrow = str(jaconv.z2h(whole.translate(_LARGE).translate(_HYPHEN_LIKE), kana=True, ascii=True, digit=True)).upper()
    if not re.fullmatch(f"[{allowed}]*", narrow):
        raise Unfit(Reason.VALUE_INVALID, "口座名義に使えない文字があります")
    return narrow


def yucho_parts(kigou: str, bangou: str) -> tuple[str, ...]:
    """ゆうちょの記号と番号を、振込用の店番・預金種目（普通か当座）・口座番号にする。

    記号が 1 で始まるときは番号の末尾の 1 を除き、0 で始まるときは番号をそのまま使う。1 で終わらない通常貯金の番号は保留。

    >>> yucho_parts("10530", "12345671")
    ('058', '普通', '1234567')
    >>> yucho_parts("00100", "12345")
    ('019', '当座', '0012345')
    """
    sound = kigou.isascii() and kigou.isdigit() and bangou.isascii() and bangou.isdigit()
    if not sound or len(kigou) != 5 or len(bangou) > 8:
        raise Unfit(Reason.NUMBER_INVALID, "ゆうちょの記号は 5 桁、番号は 8 桁以内です")
    if kigou[0] == "1" and not bangou.endswith("1"):  # a digit that would be cut unseen, and may belong to the account
        raise Unfit(Reason.NUMBER_INVALID, "記号が 1 で始まるゆうちょの番号は、1 で終わります")
    if kigou[0] == "1" and len(bangou) >= 2:
        return kigou[1:3] + "8", "普通", bangou[:-1].rjust(7, "0")
    if kigou[0] == "0" and len(bangou) <= 7:
        return kigou[1:3] + "9", "当座", bangou.rjust(7, "0")
    raise Unfit(Reason.NUMBER_INVALID, "ゆうちょの記号・番号から店番を決められません")
