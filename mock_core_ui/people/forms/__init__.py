"""How residents fill in the national forms: one module a procedure, all listed in FORMS."""

from __future__ import annotations

from mock_core_ui.people import procedures
from mock_core_ui.people.forms import (
    burden_ratio_reissue,
    child_allowance,
    disaster_certificate,
    domicile_exception,
    ltci_certification,
)
from mock_core_ui.people.forms.form import Form, Values

FORMS: dict[str, Form] = {
    procedures.BURDEN_RATIO_REISSUE: burden_ratio_reissue.FORM,
    procedures.CHILD_ALLOWANCE: child_allowance.FORM,
    procedures.DISASTER_CERTIFICATE: disaster_certificate.FORM,
    procedures.LTCI_CERTIFICATION: ltci_certification.FORM,
    procedures.DOMICILE_EXCEPTION: domicile_exception.FORM,
}

__all__ = ["FORMS", "Form", "Values"]
