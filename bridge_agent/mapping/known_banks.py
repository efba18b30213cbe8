"""Whether a bank's or branch's name is that of its code, by the public list of zengin codes (offline, as of the library).

For checking only: no code or name is completed or replaced. The only module that knows the list.
"""

from __future__ import annotations

from typing import Any

from bridge_agent.domain.reasons import Reason
from bridge_agent.mapping.transforms.unfit import Unfit
from bridge_agent.mapping.transforms.width import full_width

# The list writes the kinds of institutions short; longest first, so that none hides another.
_SHORT = (
    ("信用漁業協同組合連合会", "信漁連"),
    ("信用農業協同組合連合会", "信連"),
    ("農業協同組合", "農協"),
    ("漁業協同組合", "漁協"),
    ("信用金庫", "信金"),
    ("信用組合", "信組"),
    ("労働金庫", "労金"),
    ("信託銀行", "信託"),
)
_ZEROS = str.maketrans("○◯", "〇〇")
_BLANKS = str.maketrans(dict.fromkeys(" \u3000"))
_NUMBERS = str.maketrans("〇一二三四五六七八九", "０１２３４５６７８９")


def check_bank(code: str, name: str) -> None:
    """Raises Unfit when the code is not known or the name is another bank's."""
    if _short(name) != _short(_bank(code).name):
        raise Unfit(Reason.VALUE_INVALID, "金融機関コードと名称が合いません")


def check_branch(bank_code: str, code: str, name: str) -> None:
    """Raises Unfit when the bank or its branch is not known or the name is another branch's."""
    branch = _bank(bank_code).branches.get(code)
    if branch is None:
        raise Unfit(Reason.VALUE_INVALID, "この金融機関の一覧に無い店番です")
    if _branch(name) != _branch(branch.name):
        raise Unfit(Reason.VALUE_INVALID, "店番と支店名が合いません")


def _bank(code: str) -> Any:
    from zengin_code import Bank  # reads some thousand files: only where a recipe asks for this check

    found = Bank.all.get(code)
    if found is None:
        raise Unfit(Reason.VALUE_INVALID, "金融機関の一覧に無いコードです")
    return found


def _short(name: str) -> str:
    plain = _plain(name)
    for long, short in _SHORT:
        plain = plain.replace(long, short)
    return plain.removesuffix("銀行")


def _branch(name: str) -> str:
    """ゆうちょ's branches are numbers, written 〇一八店, 018 or 〇一八."""
    plain = _plain(name).translate(_ZEROS).removesuffix("支店")
    number = plain.removesuffix("店").translate(_NUMBERS)
    return number if number.isdecimal() else plain


def _plain(name: str) -> str:
    return full_width(name).translate(_BLANKS)
