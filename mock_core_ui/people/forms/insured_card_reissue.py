"""介護保険被保険者証等の再交付申請: how the town's insured residents fill it in."""

from __future__ import annotations

from datetime import date

from mock_core_ui.people.forms.form import Form, Values, filing_person_items, person_items
from mock_core_ui.people.residents import Household, Town

_CARDS = ("1", "1", "1", "1|4", "1|5", "4", "1|4|5", "2", "1|3", "1|2|3|4|5")
"""再交付する証明書, several codes divided by a bar."""
_OTHER_REASONS = (
    "転居の際に見当たらなくなったため",
    "入所先の施設から返却されていないため",
    "氏名の「髙」が「高」と印字されているため",
)


def _fill(town: Town, household: Household, day: date) -> Values:
    rng = town.rng
    insured = household.applicant
    reason = rng.choice(("1", "1", "2", "3"))
    values: Values = {"apply_date": day.isoformat(), "insured_no": insured.insured_no}
    values |= person_items("insured", insured, rng)
    values |= filing_person_items(household)
    values["cards"] = rng.choice(_CARDS)
    values["reason"] = reason
    values["reason_text"] = rng.choice(_OTHER_REASONS) if reason == "3" else ""
    # Only insured persons under 65 (第2号) name it; everybody here is older.
    values["ins_name"] = ""
    values["delivery"] = rng.choice(("1", "1", "2"))
    return values


def _attach(values: Values) -> tuple[str, ...]:
    files = ["本人確認書類.pdf"]
    if values["reason"] == "2":
        files.append("破損した証の写し.jpg")
    return tuple(files)


FORM = Form(person="insured", date_key="apply_date", settle=Town.elder, fill=_fill, attach=_attach)
