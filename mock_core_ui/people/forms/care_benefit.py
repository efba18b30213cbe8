"""What the forms about 介護給付 share."""

from __future__ import annotations

from mock_core_ui.people.forms.form import Values, person_items
from mock_core_ui.people.residents import Household, Town


def insured_items(town: Town, household: Household) -> Values:
    """被保険者."""
    insured = household.applicant
    return {"insured_no": insured.insured_no, **person_items("insured", insured, town.rng)}
