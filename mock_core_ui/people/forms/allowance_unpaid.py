"""未支払の児童手当: a child whose parent died claims the rest, represented by the other parent or a grandparent."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from mock_core_ui.people.forms.child_allowance import bank_items
from mock_core_ui.people.forms.form import Form, Values, person_items
from mock_core_ui.people.forms.recipients import month
from mock_core_ui.people.model import Resident
from mock_core_ui.people.names import SPACE
from mock_core_ui.people.residents import Household, Town

_FORMER_HOMES = (
    ("0000111", "汐見原市港町８－１－２", "メゾン・ド・ミナト２０３"),
    ("0000204", "汐見原市上之郷字邉野２５番地の３", ""),
)


def _settle(town: Town) -> Household:
    """The eldest child applies; beside it the parent who died, and the other parent if there is one."""
    family = town.family()
    beside = [(family.applicant, "死亡した受給者")]
    if family.spouse:
        beside.append((family.spouse, "法定代理人"))
    return Household(family.children[0], others=tuple(beside))


def _deceased_items(rng: Random, deceased: Resident, day: date) -> dict[str, str]:
    items = person_items("deceased", deceased, rng, sex=False)
    del items["deceased_tel"], items["deceased_mynumber"]
    if rng.random() < 0.25:
        # Parent and child had lived apart: two addresses that must not be mixed up.
        home = rng.choice(_FORMER_HOMES)
        items |= dict(zip(("deceased_postal", "deceased_address", "deceased_katagaki"), home, strict=True))
    items["death_date"] = (day - timedelta(days=rng.randrange(10, 80))).isoformat()
    return items


def _guardian_items(rng: Random, household: Household, deceased: Resident) -> dict[str, str]:
    """法定代理人: the other parent, else a grandparent with the same family name."""
    if len(household.others) > 1:
        parent, _ = household.others[1]
        return {"guardian_name": parent.name, "guardian_tel": parent.tel if rng.random() < 0.8 else ""}
    family = deceased.name.partition(SPACE)[0]
    return {"guardian_name": f"{family}{SPACE}{rng.choice(('節子', '義春', '和子'))}", "guardian_tel": "0123-00-2002"}


def _unpaid_items(rng: Random, death: str) -> dict[str, str]:
    """From the last pair of months on (they begin with an even one) to the month of death; some leave it open."""
    if rng.random() < 0.3:
        return {"unpaid_from": "", "unpaid_to": ""}
    died = date.fromisoformat(death)
    return {"unpaid_from": month(died, -(died.month % 2)), "unpaid_to": month(died)}


def _fill(town: Town, household: Household, day: date) -> Values:
    rng = town.rng
    deceased, _ = household.others[0]
    of_deceased = _deceased_items(rng, deceased, day)
    values: Values = {"claim_date": day.isoformat()}
    values |= of_deceased
    values |= person_items("claimant", household.applicant, rng, sex=False)
    values["claimant_rel"] = rng.choice(("1", "1", "1", "1", "2", "3"))
    values |= _guardian_items(rng, household, deceased)
    values |= _unpaid_items(rng, of_deceased["death_date"])
    values |= bank_items(town, household.applicant, at_post=rng.random() < 0.35)
    return values


def _attach(_values: Values) -> tuple[str, ...]:
    return ("戸籍謄本.pdf", "通帳の写し.jpg")


FORM = Form(person="claimant", date_key="claim_date", settle=_settle, fill=_fill, attach=_attach)
