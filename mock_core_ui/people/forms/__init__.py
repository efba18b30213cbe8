"""How residents fill in the national forms: one module a procedure, all listed in FORMS."""

from __future__ import annotations

from mock_core_ui.people import procedures
from mock_core_ui.people.forms import (
    allowance_amount_change,
    allowance_donation,
    allowance_donation_change,
    allowance_extinction,
    allowance_name_address_change,
    allowance_school_fee,
    allowance_school_fee_change,
    allowance_status,
    allowance_unpaid,
    burden_ratio_reissue,
    care_plan_request,
    child_allowance,
    disaster_certificate,
    domicile_exception,
    insured_card_reissue,
    ltci_after_move,
    ltci_burden_limit,
    ltci_category_change,
    ltci_certification,
    ltci_equipment,
    ltci_high_cost,
    ltci_home_renovation,
    ltci_renewal,
    pregnancy,
)
from mock_core_ui.people.forms.form import Form, Values

FORMS: dict[str, Form] = {
    procedures.BURDEN_RATIO_REISSUE: burden_ratio_reissue.FORM,
    procedures.CHILD_ALLOWANCE: child_allowance.FORM,
    procedures.CHILD_AMOUNT_CHANGE: allowance_amount_change.FORM,
    procedures.CHILD_NAME_ADDRESS_CHANGE: allowance_name_address_change.FORM,
    procedures.CHILD_EXTINCTION: allowance_extinction.FORM,
    procedures.CHILD_UNPAID: allowance_unpaid.FORM,
    procedures.CHILD_DONATION: allowance_donation.FORM,
    procedures.CHILD_DONATION_CHANGE: allowance_donation_change.FORM,
    procedures.CHILD_SCHOOL_FEE: allowance_school_fee.FORM,
    procedures.CHILD_SCHOOL_FEE_CHANGE: allowance_school_fee_change.FORM,
    procedures.CHILD_STATUS: allowance_status.FORM,
    procedures.DISASTER_CERTIFICATE: disaster_certificate.FORM,
    procedures.LTCI_CERTIFICATION: ltci_certification.FORM,
    procedures.LTCI_RENEWAL: ltci_renewal.FORM,
    procedures.LTCI_CARE_PLAN: care_plan_request.FORM,
    procedures.LTCI_CARD_REISSUE: insured_card_reissue.FORM,
    procedures.PREGNANCY: pregnancy.FORM,
    procedures.LTCI_CATEGORY_CHANGE: ltci_category_change.FORM,
    procedures.LTCI_HIGH_COST: ltci_high_cost.FORM,
    procedures.LTCI_BURDEN_LIMIT: ltci_burden_limit.FORM,
    procedures.LTCI_EQUIPMENT: ltci_equipment.FORM,
    procedures.LTCI_HOME_RENOVATION: ltci_home_renovation.FORM,
    procedures.LTCI_AFTER_MOVE: ltci_after_move.FORM,
    procedures.DOMICILE_EXCEPTION: domicile_exception.FORM,
}

__all__ = ["FORMS", "Form", "Values"]
