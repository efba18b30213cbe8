"""要介護・要支援認定の申請: how the town's insured residents, their families and care offices fill it in."""

from __future__ import annotations

from datetime import date, timedelta

from mock_core_ui.people.forms.form import Form, Values, filing_person_items, person_items
from mock_core_ui.people.model import Resident
from mock_core_ui.people.places import CARE_OFFICES, CLINICS, TOWN
from mock_core_ui.people.residents import Household, Town

_CARE_MANAGERS = ("潮田　久美", "渚　健二", "﨑本　洋子")
_DOCTORS = ("潮田　一郎", "岬　良子", "髙倉　実", "浦部　恵")


def _office_items(town: Town) -> dict[str, str]:
    """提出代行者: every fourth application is filed by a care office."""
    if town.rng.random() >= 0.25:
        return {"agent_kind": "", "agent_office_no": "", "agent_name": ""}
    office = town.rng.choice(CARE_OFFICES)
    return {"agent_kind": office.kind, "agent_office_no": office.number, "agent_name": office.name}


def _care_manager_items(town: Town) -> dict[str, str]:
    """申請者, when a care office files: the person in charge there."""
    return {
        "applicant_kind": "4",
        "applicant_name": town.rng.choice(_CARE_MANAGERS),
        "applicant_rel": "担当介護支援専門員",
        "applicant_address": "",
        "applicant_tel": "0123-00-9100",
    }


def _insurance_items(town: Town, insured: Resident, day: date) -> dict[str, str]:
    """医療保険: 後期高齢者 from the age of 75, national health insurance before."""
    number = f"0{town.rng.randrange(10**6):06d}"
    if (day - insured.birth).days >= 75 * 365 + 19:
        return {
            "ins_name": "みなも県後期高齢者医療広域連合",
            "ins_no": "39009901",
            "ins_symbol": "",
            "ins_number": f"0{number}",
            "ins_branch": "",
        }
    return {
        "ins_name": f"{TOWN}国民健康保険",
        "ins_no": "00099010",
        "ins_symbol": "汐見１２",
        "ins_number": number,
        "ins_branch": "01",
    }


def _doctor_items(town: Town, day: date) -> dict[str, str]:
    rng = town.rng
    clinic = rng.choice(CLINICS)
    seen = day - timedelta(days=rng.randrange(3, 60))
    return {
        "doc_name": rng.choice(_DOCTORS),
        "doc_clinic": clinic.name,
        "doc_dept": clinic.department,
        "doc_address": clinic.address,
        "doc_tel": clinic.tel,
        "doc_last_visit": seen.isoformat() if rng.random() < 0.8 else "",
    }


def _stay_items(town: Town, day: date) -> dict[str, str]:
    """訪問調査: most live at home, some are in hospital."""
    if town.rng.random() < 0.75:
        return {"stay": "1", "stay_name": "", "stay_from": ""}
    since = day - timedelta(days=town.rng.randrange(5, 90))
    return {"stay": "2", "stay_name": "汐見原市民病院　３階東病棟", "stay_from": since.isoformat()}


def _fill(town: Town, household: Household, day: date) -> Values:
    insured = household.applicant
    values: Values = {"apply_date": day.isoformat(), "apply_kind": "2" if town.rng.random() < 0.15 else "1"}
    values["insured_no"] = insured.insured_no
    values |= person_items("insured", insured, town.rng)
    office = _office_items(town)
    if office["agent_kind"]:
        values |= _care_manager_items(town)
    else:
        values |= filing_person_items(household)
    values |= office
    values |= _insurance_items(town, insured, day)
    # 特定疾病 is for insured persons under 65; everybody here is older.
    values["disease"] = ""
    values |= _doctor_items(town, day)
    values |= _stay_items(town, day)
    contact = household.others[0][0] if household.others else None
    values["visit_contact"] = contact.name if contact else ""
    values["visit_tel"] = contact.tel if contact else ""
    values["consent"] = "1"
    return values


def _attach(_values: Values) -> tuple[str, ...]:
    return ("介護保険被保険者証.pdf", "資格確認書.pdf")


FORM = Form(person="insured", date_key="apply_date", settle=Town.elder, fill=_fill, attach=_attach)
