"""Postal codes, telephone numbers and names in several boxes. What cannot be divided for certain is held."""

from __future__ import annotations

import re

from bridge_agent.domain.reasons import Reason
from bridge_agent.mapping.transforms.text import digits
from bridge_agent.mapping.transforms.unfit import Unfit
from bridge_agent.mapping.transforms.width import half_width

_MARKED = re.compile(r"(0\d{1,4})[-(](\d{1,4})[-)](\d{3,4})")
_AREA_IN_BRACKETS = re.compile(r"\((0\d{1,4})\)(\d{1,4})-(\d{3,4})")
_LENGTHS = (10, 11)

# Without hyphens the places of the divisions are certain only for these beginnings (総務省 電気通信番号計画).
_UNMARKED = (
    re.compile(r"(0800)(\d{3})(\d{4})"),
    re.compile(r"(0[25789]0)(\d{4})(\d{4})"),
    re.compile(r"(0120|0570)(\d{3})(\d{3})"),
    re.compile(r"(0[36])(\d{4})(\d{4})"),
)


def postal_parts(text: str) -> tuple[str, ...]:
    """郵便番号を上 3 桁と下 4 桁に分ける。

    >>> postal_parts("０００-０１０１")
    ('000', '0101')
    """
    number = digits(text.removeprefix("〒"))
    if len(number) != 7:
        raise Unfit(Reason.VALUE_INVALID, "郵便番号が 7 桁ではありません")
    return number[:3], number[3:]


def postal_hyphen(text: str) -> str:
    """郵便番号を 123-4567 の形にする。

    >>> postal_hyphen("〒０００－０１０１")
    '000-0101'
    """
    return "-".join(postal_parts(text))


def phone_parts(text: str) -> tuple[str, ...]:
    """電話番号を市外局番・市内局番・加入者番号に分ける。ハイフンが無く、分け方が決まらない番号は保留。

    >>> phone_parts("０９０１２３４５６７８")
    ('090', '1234', '5678')
    >>> phone_parts("0123-45-6789")
    ('0123', '45', '6789')
    """
    plain = half_width(text).replace("\u2010", "-").strip(" ")
    for shape in (_MARKED, _AREA_IN_BRACKETS, *_UNMARKED):
        found = shape.fullmatch(plain)
        if found and sum(len(part) for part in found.groups()) in _LENGTHS:
            return tuple(found.groups())
    raise Unfit(Reason.VALUE_INVALID, "電話番号を 3 つに分けられません")


def name_parts(text: str) -> tuple[str, ...]:
    """氏名を姓と名に分ける。区切りの空白がちょうど 1 つのときだけ分け、ほかは保留。

    >>> name_parts("髙橋　花子")
    ('髙橋', '花子')
    """
    parts = text.replace("\u3000", " ").split(" ")
    if len(parts) != 2 or not all(parts):
        raise Unfit(Reason.VALUE_INVALID, "姓と名の区切りが決まりません")
    return tuple(parts)
