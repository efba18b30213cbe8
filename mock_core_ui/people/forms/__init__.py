"""How residents fill in the national forms: one module a procedure, all listed in FORMS."""

from __future__ import annotations

from mock_core_ui.people import procedures
from mock_core_ui.people.forms import (
    burden_ratio_reissue,
    care_plan_request,
    child_allowance,
    child_rearing_status,
    childcare,
    disaster_certificate,
    domicile_exception,
    insured_card_reissue,
    ltci_certification,
    ltci_renewal,
    parking_space,
    pregnancy,
    vehicle_tax,
)
from mock_core_ui.people.forms.form import Form, Values

FORMS: dict[str, Form] = {
    procedures.BURDEN_RATIO_REISSUE: burden_ratio_reissue.FORM,
    procedures.CHILD_ALLOWANCE: child_allowance.FORM,
    procedures.DISASTER_CERTIFICATE: disaster_certificate.FORM,
    procedures.LTCI_CERTIFICATION: ltci_certification.FORM,
    procedures.LTCI_RENEWAL: ltci_renewal.FORM,
    procedures.LTCI_CARE_PLAN: care_plan_request.FORM,
    procedures.LTCI_CARD_REISSUE: insured_card_reissue.FORM,
    procedures.PREGNANCY: pregnancy.FORM,
    procedures.CHILDCARE: childcare.CERTIFICATION,
    procedures.NURSERY: childcare.APPLICATION,
    procedures.NURSERY_STATUS: childcare.STATUS,
    procedures.REARING_STATUS: child_rearing_status.FORM,
    procedures.VEHICLE_ENV_TAX: vehicle_tax.ENVIRONMENT,
    procedures.VEHICLE_REPORT: vehicle_tax.REPORT,
    procedures.VEHICLE_ADDRESS: vehicle_tax.ADDRESS,
    procedures.PARKING: parking_space.FORM,
    procedures.DOMICILE_EXCEPTION: domicile_exception.FORM,
}

__all__ = ["FORMS", "Form", "Values"]
