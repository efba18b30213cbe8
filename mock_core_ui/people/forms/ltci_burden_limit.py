"""介護保険負担限度額認定申請: how insured residents in a facility, or with short stays, declare their means."""

from __future__ import annotations

from datetime import date, timedelta

from mock_core_ui.people.forms.care_benefit import insured_items
from mock_core_ui.people.forms.form import Form, Values, filing_person_items
from mock_core_ui.people.places import CARE_OFFICES, TOWN
from mock_core_ui.people.residents import Household, Town

_FACILITIES = CARE_OFFICES[4:]
_KINDS = {"3": "1", "4": "2", "5": "3"}
"""Kind of the office -> 施設・サービスの種類."""
_PLACES = {
    "0070300014": (f"{TOWN}緑ケ丘９－１－２", "0123-00-9201"),
    "0070400012": (f"{TOWN}港町１１番地", "0123-00-9202"),
    "0070500019": (f"{TOWN}緑ケ丘８－３－１", "0123-00-9203"),
}
"""事業所番号 -> address and telephone."""
_SHORT_STAY = "56"
_ELSEWHERE = "東浜県青波市北町１－２－３"
_PENSIONS = ("1", "2", "1|2")
_PAYERS = ("1", "1", "1|2", "3", "2", "1|4")


def _facility_items(town: Town, day: date) -> dict[str, str]:
    rng = town.rng
    if rng.random() < 0.25:
        short = dict.fromkeys(("facility_name", "facility_address", "facility_tel", "admit_date"), "")
        return {"facility_kind": rng.choice(_SHORT_STAY)} | short
    office = rng.choice(_FACILITIES)
    address, tel = _PLACES[office.number]
    told = rng.random() < 0.8
    return {
        "facility_kind": _KINDS[office.kind],
        "facility_name": office.name.replace(" ", "\u3000") if rng.random() < 0.5 else office.name,
        "facility_address": address if told else "",
        "facility_tel": tel if told else "",
        "admit_date": (day - timedelta(days=rng.randrange(10, 900))).isoformat(),
    }


def _spouse_items(town: Town, household: Household) -> dict[str, str]:
    rng = town.rng
    spouse = household.spouse
    if spouse is None:
        return {"spouse_exists": "0"} | {
            f"spouse_{item}": "" for item in ("name", "kana", "birth", "mynumber", "address", "addr_jan1", "tax")
        }
    return {
        "spouse_exists": "1",
        "spouse_name": spouse.name,
        "spouse_kana": spouse.kana,
        "spouse_birth": spouse.birth.isoformat(),
        "spouse_mynumber": spouse.mynumber if rng.random() < 0.6 else "",
        "spouse_address": spouse.address,
        "spouse_addr_jan1": _ELSEWHERE if rng.random() < 0.15 else "",
        "spouse_tax": "1" if rng.random() < 0.15 else "2",
    }


def _means_items(town: Town) -> dict[str, str]:
    rng = town.rng
    pension = rng.choice(_PENSIONS) if rng.random() < 0.4 else ""
    return {
        "income_class": rng.choice("12334"),
        "nontax_pension": pension,
        "pension_payer": rng.choice(_PAYERS) if pension else "",
        "asset_deposit": str(rng.randrange(12_000, 6_400_000)),
        "asset_securities": str(rng.choice((0, 0, 0, 120_000, 1_050_000))),
        "asset_other": str(rng.choice((0, 30_000, 48_500))) if rng.random() < 0.6 else "",
        "asset_under_limit": "1",
    }


def _fill(town: Town, household: Household, day: date) -> Values:
    values: Values = {"apply_date": day.isoformat()}
    values |= insured_items(town, household)
    values |= _facility_items(town, day)
    values |= _spouse_items(town, household)
    values |= _means_items(town)
    values["consent"] = "1"
    values |= filing_person_items(household)
    return values


def _attach(values: Values) -> tuple[str, ...]:
    own = ("通帳の写し_本人.pdf",)
    return (*own, "通帳の写し_配偶者.pdf") if values["spouse_exists"] == "1" else own


FORM = Form(person="insured", date_key="apply_date", settle=Town.elders, fill=_fill, attach=_attach)
