"""The deliberately bad or special applications: what is wrong with each, and where it must stand after a correct night.

The order of HAZARDS is fixed; a small world takes as many from the front as fit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from mock_core_ui.people import names, numbers
from mock_core_ui.people.forms import FORMS, Values
from mock_core_ui.people.model import EarlierRecord, Expectation
from mock_core_ui.people.names import SPACE, Name
from mock_core_ui.people.procedures import (
    BURDEN_RATIO_REISSUE,
    CHILD_ALLOWANCE,
    DISASTER_CERTIFICATE,
    DOMICILE_EXCEPTION,
    LTCI_AFTER_MOVE,
    LTCI_CARD_REISSUE,
    LTCI_CARE_PLAN,
    LTCI_CERTIFICATION,
    LTCI_EQUIPMENT,
    LTCI_RENEWAL,
)
from mock_core_ui.people.residents import Household, Town

COUNTER_DAY = date(2026, 11, 12)
"""Arrival day of applications that meet an earlier record, so that the clerk's entry is not in the future."""
OLD_FORM_DAY = date(2026, 3, 20)
"""Arrival before the recipes' first day, on the form that was valid then."""


@dataclass(slots=True)
class Draft:
    """An application while it is being spoiled."""

    procedure_id: str
    receipt_no: str
    received_at: datetime
    household: Household
    atena_no: str
    values: Values
    form_version: str = "2026-04"
    signature_result: str = "1"
    later: str = ""
    broken: str = ""
    by_post: str = ""
    """Word in the name of an attachment that is not uploaded but sent on paper."""
    earlier: list[EarlierRecord] = field(default_factory=list)

    @property
    def person(self) -> str:
        """Prefix of the items about the applicant."""
        return FORMS[self.procedure_id].person


Spoil = Callable[[Draft, Town], None]


@dataclass(frozen=True, slots=True)
class Hazard:
    """One kind of trouble. `procedures`: where it can happen, best first; or with `together` one application each."""

    name: str
    expected: Expectation
    spoil: Spoil
    procedures: tuple[str, ...]
    together: bool = False
    """One person files all `procedures`, one application each."""
    arrives: date | None = None
    """Fixed arrival day, or None for any."""
    family: Name | None = None
    """Registered family name of its household, or None for any."""
    children: int | None = None
    """Fixed number of children, or None for any."""

    def procedures_within(self, allowed: Sequence[str]) -> tuple[str, ...]:
        """The procedures of its applications in a town that knows only `allowed`; empty when it cannot happen there."""
        known = [procedure for procedure in self.procedures if procedure in allowed or procedure == DOMICILE_EXCEPTION]
        if self.together:
            return self.procedures if len(known) == len(self.procedures) else ()
        return tuple(known[:1])


def _nothing(_draft: Draft, _town: Town) -> None:
    """Nothing is wrong with the application itself."""


def _old_form(draft: Draft, _town: Town) -> None:
    draft.form_version = "2025-10"


def _empty_required(draft: Draft, _town: Town) -> None:
    draft.values[f"{draft.person}_tel"] = ""


_CODED_ITEM = {
    BURDEN_RATIO_REISSUE: "delivery",
    CHILD_ALLOWANCE: "claimant_job",
    DISASTER_CERTIFICATE: "ownership",
    LTCI_CERTIFICATION: "stay",
    LTCI_RENEWAL: "stay",
    LTCI_CARE_PLAN: "plan_kind",
    LTCI_CARD_REISSUE: "delivery",
}


def _unknown_code(draft: Draft, _town: Town) -> None:
    draft.values[_CODED_ITEM[draft.procedure_id]] = "9"


def _written_by_bearer(draft: Draft, _town: Town) -> None:
    """The applicant writes the family name as at home; the register holds the plainer form."""
    for lost in (names.PRIVATE_AREA_FAMILY, names.IVS_FAMILY, names.NON_BMP_FAMILY):
        family, given = draft.household.applicant.name.split(SPACE, 1)
        if family == lost.registered.text:
            draft.values[f"{draft.person}_name"] = lost.written + SPACE + given


def _long_katagaki(draft: Draft, _town: Town) -> None:
    text = "汐見原市営緑ケ丘第二住宅団地再開発事業仮設住宅Ｃ街区第１２号棟３０５号室"
    text += "（管理人室経由・連絡先は入居者名簿による。）"
    draft.values[f"{draft.person}_katagaki"] = text[:55]


def _strange_number(draft: Draft, town: Town) -> None:
    draft.atena_no = town.numbers.atena()


def _other_person(draft: Draft, town: Town) -> None:
    own = draft.household.applicant
    family = next(family for family in names.PLAIN_FAMILY if not own.name.startswith(family.text))
    sex = "2" if own.sex == "1" else "1"
    other = names.whole(family, names.pick(town.rng, names.GIVEN["adult", sex]))
    draft.values[f"{draft.person}_name"] = other.text
    draft.values[f"{draft.person}_kana"] = other.kana


def _earlier(draft: Draft, day: date, reference: str, registered_at: datetime) -> None:
    values = dict(draft.values)
    values[FORMS[draft.procedure_id].date_key] = day.isoformat()
    draft.earlier.append(
        EarlierRecord(draft.procedure_id, draft.atena_no, day, reference, registered_at, values),
    )


def _earlier_other_day(draft: Draft, _town: Town) -> None:
    at_counter = draft.received_at.replace(hour=10, minute=25, second=0) - timedelta(days=38)
    _earlier(draft, at_counter.date(), "", at_counter)


def _earlier_same_reference(draft: Draft, _town: Town) -> None:
    next_morning = draft.received_at.replace(hour=9, minute=12, second=0) + timedelta(days=1)
    _earlier(draft, draft.received_at.date(), draft.receipt_no, next_morning)


def _earlier_same_day(draft: Draft, _town: Town) -> None:
    next_morning = draft.received_at.replace(hour=9, minute=40, second=0) + timedelta(days=1)
    _earlier(draft, draft.received_at.date(), "", next_morning)


def _number_not_given(draft: Draft, town: Town) -> None:
    """The register has the person, but not yet the 被保険者番号 that the application already names."""
    held = draft.household.applicant
    waiting = replace(held, insured_no="")
    town.residents[town.residents.index(held)] = waiting
    draft.household = replace(draft.household, applicant=waiting)


def _later(what: str) -> Spoil:
    def spoil(draft: Draft, _town: Town) -> None:
        draft.later = what

    return spoil


def _broken(what: str) -> Spoil:
    def spoil(draft: Draft, _town: Town) -> None:
        draft.broken = what

    return spoil


def _receipt_by_post(draft: Draft, _town: Town) -> None:
    draft.by_post = "領収書"


_PAST_DATE_ITEM = {
    BURDEN_RATIO_REISSUE: "insured_birth",
    CHILD_ALLOWANCE: "claimant_birth",
    DISASTER_CERTIFICATE: "disaster_date",
    LTCI_CERTIFICATION: "doc_last_visit",
    LTCI_RENEWAL: "prev_from",
    LTCI_CARE_PLAN: "start_date",
    LTCI_CARD_REISSUE: "insured_birth",
}


def _no_such_date(draft: Draft, _town: Town) -> None:
    draft.values[_PAST_DATE_ITEM[draft.procedure_id]] = "2026-02-30"


def _wrong_check_digit(draft: Draft, _town: Town) -> None:
    wrong = numbers.with_wrong_check_digit(draft.household.applicant.mynumber)
    draft.values[f"{draft.person}_mynumber"] = wrong


def _expired_signature(draft: Draft, _town: Town) -> None:
    draft.signature_result = "2"


def _held(reason: str) -> Expectation:
    return Expectation("held", reason)


_AT_CORE = Expectation("already_there", "already_at_core")
_CARD = (LTCI_CARD_REISSUE, LTCI_RENEWAL, LTCI_CARE_PLAN)
_RENEWAL = (LTCI_RENEWAL, LTCI_CARE_PLAN, LTCI_CARD_REISSUE)
"""Last of each list: they carry a trouble only where no other procedure can."""
_BURDEN = (BURDEN_RATIO_REISSUE, DISASTER_CERTIFICATE, CHILD_ALLOWANCE, LTCI_CERTIFICATION, *_CARD)
_CHILD = (CHILD_ALLOWANCE, DISASTER_CERTIFICATE, BURDEN_RATIO_REISSUE, LTCI_CERTIFICATION, *_RENEWAL)
_DISASTER = (DISASTER_CERTIFICATE, BURDEN_RATIO_REISSUE, CHILD_ALLOWANCE, LTCI_CERTIFICATION, *_RENEWAL)
_CERTIFICATION = (LTCI_CERTIFICATION, BURDEN_RATIO_REISSUE, CHILD_ALLOWANCE, DISASTER_CERTIFICATE, *_RENEWAL)
_WITH_REFERENCE = (BURDEN_RATIO_REISSUE, DISASTER_CERTIFICATE, CHILD_ALLOWANCE, *_CARD)

HAZARDS: tuple[Hazard, ...] = (
    Hazard("no_recipe", _held("no_recipe"), _nothing, (DOMICILE_EXCEPTION,)),
    Hazard("required_missing", _held("required_missing"), _empty_required, _CHILD),
    Hazard("resident_differs", _held("resident_differs"), _other_person, _BURDEN),
    Hazard("already_by_reference", _AT_CORE, _earlier_same_reference, _WITH_REFERENCE, arrives=COUNTER_DAY),
    Hazard("withdrawn_later", Expectation("withdrawn", "withdrawn"), _later("withdraw"), _BURDEN),
    Hazard("code_unknown", _held("code_unknown"), _unknown_code, _DISASTER),
    Hazard(
        "private_area",
        _held("character_unencodable"),
        _written_by_bearer,
        _BURDEN,
        family=names.PRIVATE_AREA_FAMILY.registered,
    ),
    Hazard("duplicate_warning", _held("duplicate_warning"), _earlier_other_day, _WITH_REFERENCE),
    Hazard("too_many_rows", _held("too_many_rows"), _nothing, (CHILD_ALLOWANCE,), children=7),
    Hazard("column_missing", _held("package_column"), _broken("column_missing"), _CERTIFICATION),
    Hazard("already_by_day", _AT_CORE, _earlier_same_day, (LTCI_CERTIFICATION,), arrives=COUNTER_DAY),
    Hazard("recipe_not_valid", _held("recipe_not_valid"), _old_form, _CHILD, arrives=OLD_FORM_DAY),
    Hazard(
        "variation_sequence",
        _held("character_lost"),
        _written_by_bearer,
        _BURDEN,
        family=names.IVS_FAMILY.registered,
    ),
    Hazard(
        "beyond_bmp",
        _held("character_lost"),
        _written_by_bearer,
        _DISASTER,
        family=names.NON_BMP_FAMILY.registered,
    ),
    Hazard("too_long", _held("too_long"), _long_katagaki, _BURDEN),
    Hazard("resident_not_found", _held("resident_not_found"), _strange_number, _BURDEN),
    Hazard("revised_later", _held("content_changed"), _later("revise"), _DISASTER),
    Hazard("encoding", _held("package_encoding"), _broken("encoding"), _BURDEN),
    Hazard("conflict", _held("receipt_conflict"), _broken("conflict"), _BURDEN),
    Hazard("date_invalid", _held("date_invalid"), _no_such_date, _DISASTER),
    Hazard("number_invalid", _held("number_invalid"), _wrong_check_digit, _CERTIFICATION),
    Hazard("signature_invalid", _held("signature_invalid"), _expired_signature, _CHILD),
    Hazard(
        "same_person_twice",
        _held("same_person_twice"),
        _nothing,
        (BURDEN_RATIO_REISSUE, BURDEN_RATIO_REISSUE),
        together=True,
    ),
    Hazard(
        "two_procedures",
        Expectation("registered"),
        _nothing,
        (BURDEN_RATIO_REISSUE, LTCI_CERTIFICATION),
        together=True,
    ),
    Hazard(
        "same_person_twice",
        _held("same_person_twice"),
        _nothing,
        (LTCI_CARD_REISSUE, LTCI_CARD_REISSUE),
        together=True,
    ),
    Hazard(
        "two_procedures",
        Expectation("registered"),
        _nothing,
        (LTCI_RENEWAL, LTCI_CARE_PLAN),
        together=True,
    ),
    Hazard("number_awaited", Expectation("not_yet_entered", "prerequisite"), _number_not_given, (LTCI_AFTER_MOVE,)),
    Hazard("receipt_by_post", _held("paper_awaited"), _receipt_by_post, (LTCI_EQUIPMENT,)),
)
