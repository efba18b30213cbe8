"""The vendor's column names in the downloaded CSV, one table a procedure: national item key -> column.

The vendor named its columns long before the national item names, and each form's team did it in its own way.
"""

from __future__ import annotations

from mock_core_ui.management.vendor_columns import care, disaster, family
from mock_core_ui.management.vendor_columns.shape import ENVELOPE, Group, Table

__all__ = ["ENVELOPE", "TABLES", "Group", "Table", "all_columns"]

TABLES: dict[str, Table] = {
    "J0001": family.CHILD_ALLOWANCE,
    "K0016": care.LTCI_CERTIFICATION,
    "K0017": care.LTCI_RENEWAL,
    "K0018": care.LTCI_CARE_PLAN,
    "K0019": care.LTCI_CARD_REISSUE,
    "K0020": care.BURDEN_RATIO_REISSUE,
    "K0021": care.LTCI_CATEGORY_CHANGE,
    "S0027": disaster.DISASTER_CERTIFICATE,
    "K0099": care.DOMICILE_EXCEPTION,
}
"""手続コード -> columns."""


def all_columns(table: Table) -> list[tuple[str, str]]:
    """Every column after the envelope in the order of the file, with its item (`group.row.item` in groups)."""
    columns = [(column, item) for item, column in table.columns.items()]
    for key, group in table.groups.items():
        columns += [
            (group.column(row, item), f"{key}.{row}.{item}")
            for row in range(1, group.rows + 1)
            for item in group.columns
        ]
    return columns
