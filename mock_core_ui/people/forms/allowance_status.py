"""児童手当の現況届: the yearly report of those households that still have to file one."""

from __future__ import annotations

from datetime import date
from random import Random

from mock_core_ui.people.forms.child_allowance import child_row
from mock_core_ui.people.forms.form import Form, Values
from mock_core_ui.people.forms.recipients import certificate_no_or_none, month, recipient_items
from mock_core_ui.people.model import Resident
from mock_core_ui.people.residents import Household, Town

_ELSEWHERE = ("東浜県青波市南町二丁目４番５号", "東浜県青波市北町１－２－３　学生寮２１２")


def _spouse_items(rng: Random, spouse: Resident | None) -> dict[str, str]:
    """Without a spouse the area is asked all the same; people choose the first one."""
    return {
        "spouse_exists": "1" if spouse else "0",
        "spouse_name": spouse.name if spouse else "",
        "spouse_job": rng.choice("123") if spouse else "",
        "spouse_jan1_area": rng.choice("11123") if spouse else "1",
    }


def _child_row(rng: Random, child: Resident, day: date) -> dict[str, str]:
    row = child_row(rng, child)
    abroad = row["child_live"] == "2" and rng.random() < 0.5
    row["study_abroad_ym"] = month(day, -rng.randrange(2, 30)) if abroad else ""
    return row


def _fill(town: Town, household: Household, day: date) -> Values:
    rng = town.rng
    values: Values = {"notify_date": day.isoformat(), "certificate_no": certificate_no_or_none(rng)}
    values |= recipient_items(household.applicant, rng)
    values["claimant_addr_jan1"] = rng.choice(_ELSEWHERE) if rng.random() < 0.2 else ""
    # 公務員 report to their workplace, so no good application names that job.
    job = rng.choice(("1", "1", "3"))
    values["claimant_job"] = job
    values["claimant_pension"] = rng.choice("1345") if job == "1" else rng.choice("267")
    values |= _spouse_items(rng, household.spouse)
    values["children"] = [_child_row(rng, child, day) for child in household.children]
    values["capital_gain"] = rng.choice(("1", "0", "0", ""))
    return values


def _attach(values: Values) -> tuple[str, ...]:
    children = values["children"]
    rows = children if isinstance(children, list) else []
    files = ["資格確認書.pdf"]
    if any(row["child_live"] == "2" for row in rows):
        files.append("別居監護申立書.pdf")
    if any(row["study_abroad_ym"] for row in rows):
        files.append("海外留学に関する申立書.pdf")
    return tuple(files)


FORM = Form(person="claimant", date_key="notify_date", settle=Town.family, fill=_fill, attach=_attach)
