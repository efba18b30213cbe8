"""妊娠届: how expectant mothers of the town fill it in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from mock_core_ui.people.forms.form import Form, Values, person_items
from mock_core_ui.people.places import CLINICS
from mock_core_ui.people.residents import Household, Town

_FEMALE = "2"
_OCCUPATIONS = ("会社員", "看護師", "自営業", "公務員", "")
_DOCTORS = ("渚　美咲", "澤田　健", "")


def _fill(town: Town, household: Household, day: date) -> Values:
    rng = town.rng
    mother = household.applicant
    spouse = household.spouse
    weeks = rng.randrange(6, 17)
    values: Values = {"notify_date": day.isoformat()}
    values |= person_items("mother", mother, rng, sex=False)
    values["occupation"] = rng.choice(_OCCUPATIONS)
    values["household_head"] = spouse.name if spouse and rng.random() < 0.7 else mother.name
    values["weeks"] = str(weeks)
    values["due_date"] = (day + timedelta(days=(40 - weeks) * 7)).isoformat()
    values["multiple"] = "2" if rng.random() < 0.05 else "1"
    values["clinic"] = rng.choice(CLINICS).name
    values["doctor"] = rng.choice(_DOCTORS)
    values["std_check"] = "1" if rng.random() < 0.8 else "2"
    values["tb_check"] = "1" if rng.random() < 0.8 else "2"
    values["first_birth"] = "2" if household.children and rng.random() < 0.6 else "1"
    values["partner_name"] = spouse.name if spouse else ""
    values["interview_date"] = (day + timedelta(days=rng.randrange(5, 20))).isoformat() if rng.random() < 0.6 else ""
    values["smoking"] = rng.choice(("0", "0", "1", ""))
    return values


def _settle(town: Town) -> Household:
    """A household whose mother applies."""
    while True:
        household = town.family()
        if household.applicant.sex == _FEMALE:
            return household
        if household.spouse is not None:
            return replace(household, applicant=household.spouse, spouse=household.applicant)


def _attach(values: Values) -> tuple[str, ...]:
    return ("妊娠届出書.pdf",)


FORM = Form(person="mother", date_key="notify_date", settle=_settle, fill=_fill, attach=_attach)
