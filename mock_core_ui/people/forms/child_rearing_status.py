"""児童扶養手当現況届: how single parents of the town fill it in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from mock_core_ui.people.forms.form import Form, Values, person_items
from mock_core_ui.people.names import SPACE
from mock_core_ui.people.residents import Household, Town

_WORKPLACES = ("パート（汐見原スーパー）", "会社員　みなも製作所", "看護助手", "無職", "")


def _settle(town: Town) -> Household:
    """A parent alone with the children; who was beside them lives elsewhere."""
    return replace(town.family(), spouse=None)


def _supporters(town: Town, household: Household) -> list[dict[str, str]]:
    """Grandparents at home, up to two."""
    rng = town.rng
    family = household.applicant.name.split(SPACE)[0]
    found = [("父", "正雄"), ("母", "千代子")][: rng.choice((0, 0, 1, 2))]
    return [
        {
            "supporter_name": f"{family}{SPACE}{given}",
            "supporter_rel": relation,
            "supporter_mynumber": town.numbers.mynumber() if rng.random() < 0.5 else "",
        }
        for relation, given in found
    ]


def _fill(town: Town, household: Household, day: date) -> Values:
    rng = town.rng
    values: Values = {"notify_date": day.isoformat(), "certificate_no": f"0{rng.randrange(10**6):06d}"}
    values |= person_items("claimant", household.applicant, rng, sex=False)
    values["occupation"] = rng.choice(_WORKPLACES)
    pension = rng.choice("11123")
    values["pension"] = pension
    values["pension_kind"] = "遺族基礎年金　0123-456789" if pension == "2" else ""
    values["support_claimant"] = rng.choice(("0", "240000", "360000", "1200000"))
    values["support_child"] = rng.choice(("", "0", "60000"))
    values["dependents"] = str(len(household.children))
    values["income"] = rng.choice(("", "0", "1234567", "985000"))
    values["house"] = rng.choice("12345")
    values["children"] = [
        {
            "child_name": child.name,
            "child_birth": child.birth.isoformat(),
            "child_rel": "1",
            "child_live": "2" if rng.random() < 0.1 else "1",
            "child_reason": rng.choice(("1", "1", "2", "8")),
        }
        for child in household.children
    ]
    values["supporters"] = _supporters(town, household)
    return values


def _attach(values: Values) -> tuple[str, ...]:
    return ("養育費等に関する申告書.pdf",)


FORM = Form(person="claimant", date_key="notify_date", settle=_settle, fill=_fill, attach=_attach)
