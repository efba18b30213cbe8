"""児童手当認定請求: how the town's parents fill it in."""

from __future__ import annotations

from datetime import date
from random import Random

from mock_core_ui.people.forms.form import Form, Values, person_items
from mock_core_ui.people.model import Resident
from mock_core_ui.people.places import BRANCHES
from mock_core_ui.people.residents import Household, Town

_EMPLOYERS = ("株式会社みなも製作所", "汐見原運輸㈱", "医療法人なぎさ会", "有限会社﨑田商店")
_ELSEWHERE = ("東浜県青波市南町二丁目４番５号", "東浜県青波市北町１－２－３　学生寮２１２")
_ACCOUNT_ITEMS = (
    "payee_bank_kind",
    "payee_bank_name",
    "payee_bank_code",
    "payee_branch_name",
    "payee_branch_code",
    "payee_account_type",
    "payee_account_no",
    "payee_yucho_kigou",
    "payee_yucho_bangou",
    "payee_holder_kana",
)


def _claimant_items(town: Town, parent: Resident) -> dict[str, str]:
    rng = town.rng
    # 公務員 claim at their workplace, so no good application names that job.
    job = rng.choice(("1", "1", "1", "3", "4"))
    items = person_items("claimant", parent, rng)
    items["claimant_addr_jan1"] = rng.choice(_ELSEWHERE) if rng.random() < 0.15 else ""
    items["claimant_job"] = job
    items["claimant_employer"] = rng.choice(_EMPLOYERS) if job == "1" else ""
    items["claimant_pension"] = {"1": "1", "3": "2", "4": rng.choice("26")}[job]
    return items


def _spouse_items(rng: Random, spouse: Resident | None) -> dict[str, str]:
    return {
        "spouse_exists": "1" if spouse else "0",
        "spouse_name": spouse.name if spouse else "",
        "spouse_kana": spouse.kana if spouse else "",
        "spouse_birth": spouse.birth.isoformat() if spouse else "",
        "spouse_mynumber": spouse.mynumber if spouse and rng.random() < 0.7 else "",
        "spouse_job": rng.choice("134") if spouse else "",
        "spouse_address": rng.choice(_ELSEWHERE) if spouse and rng.random() < 0.08 else "",
    }


def child_row(rng: Random, child: Resident) -> dict[str, str]:
    """支給要件児童: one line of the form."""
    away = rng.random() < 0.08
    return {
        "child_name": child.name,
        "child_kana": child.kana,
        "child_birth": child.birth.isoformat(),
        "child_rel": "2" if rng.random() < 0.04 else "1",
        "child_live": "2" if away else "1",
        "child_address": rng.choice(_ELSEWHERE) if away else "",
        "child_kango": "1",
        "child_seikei": "1",
        # 別居監護 asks for the child's number.
        "child_mynumber": child.mynumber if away or rng.random() < 0.3 else "",
    }


def _older_children(rng: Random, parent: Resident) -> list[dict[str, str]]:
    """A grown child up to the school year of 22; only parents who are old enough have one."""
    if parent.birth.year > 1985 or rng.random() < 0.6:
        return []
    family = parent.name.split("\u3000")[0]
    return [
        {
            "older_child_name": f"{family}\u3000{rng.choice(('壮一', '琴音', '亘'))}",
            "older_child_birth": date(
                rng.choice((2005, 2006, 2007)), 6 + rng.randrange(6), 1 + rng.randrange(28)
            ).isoformat(),
            "older_child_support": "1",
        }
    ]


def account_items(town: Town, parent: Resident) -> dict[str, str]:
    """振込口座: the registered 公金受取口座 (all fields empty), ゆうちょ銀行 or a bank."""
    draw = town.rng.random()
    if draw < 0.3:
        return {"payee_use_public_account": "1"} | dict.fromkeys(_ACCOUNT_ITEMS, "")
    return {"payee_use_public_account": "0"} | bank_items(town, parent, at_post=draw < 0.55)


def bank_items(town: Town, holder: Resident, *, at_post: bool) -> dict[str, str]:
    """An account at ゆうちょ銀行 or at a bank; what the other kind would have stays empty."""
    rng = town.rng
    items = dict.fromkeys(_ACCOUNT_ITEMS, "")
    items["payee_holder_kana"] = holder.kana
    if at_post:
        items["payee_bank_kind"] = "2"
        items["payee_yucho_kigou"], items["payee_yucho_bangou"] = town.numbers.yucho(rng)
        return items
    branch = rng.choice(BRANCHES)
    items["payee_bank_kind"] = "1"
    items["payee_bank_name"] = branch.bank_name
    items["payee_bank_code"] = branch.bank_code
    items["payee_branch_name"] = branch.branch_name
    items["payee_branch_code"] = branch.branch_code
    items["payee_account_type"] = "2" if rng.random() < 0.1 else "1"
    items["payee_account_no"] = town.numbers.account()
    return items


def _fill(town: Town, household: Household, day: date) -> Values:
    parent = household.applicant
    values: Values = {"claim_date": day.isoformat()}
    values |= _claimant_items(town, parent)
    values |= _spouse_items(town.rng, household.spouse)
    values["children"] = [child_row(town.rng, child) for child in household.children]
    values["older_children"] = _older_children(town.rng, parent)
    values |= account_items(town, parent)
    return values


def _attach(values: Values) -> tuple[str, ...]:
    files = ["資格確認書.pdf"]
    if values["payee_use_public_account"] == "0":
        files.append("通帳の写し.jpg")
    children = values["children"]
    if isinstance(children, list) and any(row["child_live"] == "2" for row in children):
        files.append("別居監護申立書.pdf")
    if values["older_children"]:
        files.append("監護相当・生計費の負担についての確認書.pdf")
    return tuple(files)


FORM = Form(person="claimant", date_key="claim_date", settle=Town.family, fill=_fill, attach=_attach)
