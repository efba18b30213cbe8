"""What each type of item must look like before anything of the application is typed; one function a kind of rule."""

from __future__ import annotations

import re
from collections.abc import Callable

from bridge_agent.domain.eras import iso_day
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.recipe import InputType
from bridge_agent.mapping.transforms.divided import postal_parts
from bridge_agent.mapping.transforms.text import MULTI_SEPARATOR
from bridge_agent.mapping.transforms.unfit import Unfit
from bridge_agent.mapping.transforms.width import full_kana, half_width

_YEAR_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_INTEGER = re.compile(r"-?[0-9]+")
_DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_PHONE = re.compile(r"\(?0[0-9()-]{8,15}")


_FACILITY_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
_FACILITY = re.compile(f"[0-9]{{2}}[0-9{_FACILITY_LETTERS}][0-9]{{7}}")


def mynumber_digit(first_eleven: str) -> str:
    """Check digit of an 個人番号: weights 2-7, then 2-6, from the lowest digit, modulo 11 (番号利用法施行規則 第5条)."""
    weights = (2, 3, 4, 5, 6, 7, 2, 3, 4, 5, 6)
    total = sum(int(digit) * weight for digit, weight in zip(reversed(first_eleven), weights, strict=True))
    remainder = total % 11
    return "0" if remainder <= 1 else str(11 - remainder)


def facility_digit(first_nine: str) -> str:
    """Check digit of a 介護保険事業所番号: modulus 10, weights 2 and 1 from the right, digits of a product summed.

    A letter at the third place (A for 総合事業) counts A=10 … Z=32 without I, O and Q (厚生労働省, 事業所番号の考え方).
    """
    values = (int(sign) if sign.isdigit() else 10 + _FACILITY_LETTERS.index(sign) for sign in reversed(first_nine))
    products = (value * (2 if place % 2 == 0 else 1) for place, value in enumerate(values))
    return str(-sum(int(digit) for product in products for digit in str(product)) % 10)


def check_item(kind: InputType, text: str) -> None:
    """Raises Unfit when a value that is there cannot be right; says nothing of empty ones."""
    if text and kind in _CHECKS:
        _CHECKS[kind](text)


def _date(text: str) -> None:
    if iso_day(text) is None:
        raise Unfit(Reason.DATE_INVALID)


def _shaped(shape: re.Pattern[str], reason: Reason) -> Callable[[str], None]:
    def check(text: str) -> None:
        if not shape.fullmatch(text):
            raise Unfit(reason)

    return check


def _number(shortest: int, longest: int) -> Callable[[str], None]:
    def check(text: str) -> None:
        if not (text.isascii() and text.isdigit() and shortest <= len(text) <= longest):
            wanted = f"{longest} 桁" if shortest == longest else f"{longest} 桁以内"
            raise Unfit(Reason.NUMBER_INVALID, f"{wanted}の半角数字ではありません")

    return check


def _mynumber(text: str) -> None:
    _number(12, 12)(text)
    if mynumber_digit(text[:11]) != text[11]:
        raise Unfit(Reason.NUMBER_INVALID, "検査数字が合いません")


def _facility(text: str) -> None:
    if not _FACILITY.fullmatch(text):
        raise Unfit(Reason.NUMBER_INVALID, "10 桁の半角数字ではありません")


def _phone(text: str) -> None:
    plain = half_width(text).replace("\u2010", "-")
    if not _PHONE.fullmatch(plain) or len(re.sub(r"[()-]", "", plain)) not in (10, 11):
        raise Unfit(Reason.VALUE_INVALID, "電話番号の桁数が違います")


def _ticked(text: str) -> None:
    if text not in ("0", "1"):
        raise Unfit(Reason.CODE_UNKNOWN)


def _choices(text: str) -> None:
    """An empty or repeated choice would leave a line of a list empty, or fill two with the same."""
    given = text.split(MULTI_SEPARATOR)
    if "" in given or len(set(given)) < len(given):
        raise Unfit(Reason.VALUE_INVALID, "空の選択か、同じ選択が2つあります")


def _kana(text: str) -> None:
    full_kana(text)


def _postal(text: str) -> None:
    postal_parts(text)


_CHECKS: dict[InputType, Callable[[str], None]] = {
    InputType.DATE: _date,
    InputType.YEAR_MONTH: _shaped(_YEAR_MONTH, Reason.DATE_INVALID),
    InputType.TIME: _shaped(_TIME, Reason.VALUE_INVALID),
    InputType.BOOL: _ticked,
    InputType.YEN: _shaped(_INTEGER, Reason.VALUE_INVALID),
    InputType.INTEGER: _shaped(_INTEGER, Reason.VALUE_INVALID),
    InputType.DECIMAL: _shaped(_DECIMAL, Reason.VALUE_INVALID),
    InputType.MYNUMBER: _mynumber,
    InputType.INSURED_NO: _number(10, 10),
    InputType.FACILITY_NO: _facility,
    InputType.BANK_CODE: _number(4, 4),
    InputType.BRANCH_CODE: _number(3, 3),
    InputType.ACCOUNT_NO: _number(7, 7),
    InputType.YUCHO_KIGOU: _number(5, 5),
    InputType.YUCHO_BANGOU: _number(1, 8),
    InputType.POSTAL: _postal,
    InputType.PHONE: _phone,
    InputType.KANA: _kana,
    InputType.MULTI_CHOICE: _choices,
}
