"""要介護・要支援更新認定の申請: as the first application, with the class and the term that end soon."""

from __future__ import annotations

from datetime import date, timedelta

from mock_core_ui.people.forms import ltci_certification
from mock_core_ui.people.forms.form import Form, Values, month_begins
from mock_core_ui.people.residents import Household, Town

_CLASSES = ("11", "12", "21", "21", "22", "22", "23", "24", "25")
_TERM_YEARS = (1, 1, 2, 3)
_EARLIEST_DAYS = 60
"""An application may come from the 60th day before the end of the term on."""
_LATEST_DAYS = 12


def _term_items(town: Town, day: date) -> dict[str, str]:
    """前回認定: whole months that end in the time in which a renewal may be asked for."""
    rng = town.rng
    within = day + timedelta(days=rng.randrange(_LATEST_DAYS, _EARLIEST_DAYS - 31))
    ends = month_begins(within.year, within.month + 1) - timedelta(days=1)
    return {
        "prev_class": rng.choice(_CLASSES),
        "prev_from": month_begins(ends.year - rng.choice(_TERM_YEARS), ends.month + 1).isoformat(),
        "prev_to": ends.isoformat(),
    }


def _fill(town: Town, household: Household, day: date) -> Values:
    first = ltci_certification.FORM.fill(town, household, day)
    values: Values = {}
    for item, value in first.items():
        if item == "apply_kind":
            continue
        if item == "ins_name":
            values |= _term_items(town, day)
        values[item] = value
    return values


FORM = Form(
    person="insured",
    date_key="apply_date",
    settle=Town.elder,
    fill=_fill,
    attach=ltci_certification.FORM.attach,
)
