"""The further 認定 screens of the 介護認定システム: 区分変更 (NK0230) and 転入者 (NK0220). No 整理番号 on either."""

from __future__ import annotations

from tests.e2e.inverse.days import nintei_day
from tests.e2e.inverse.ltci_certification import APPLIED_ON, DOCTOR, FILER, INSURANCE, INSURED, VISIT
from tests.e2e.inverse.places import Sheet, code, lines, text

_HELD_NOW = (
    # 要支援 has the numbers 12 and 13 on the screen, 11 and 12 on the form: 12 means two things.
    code(
        "prev_class",
        "SEL_0090",
        {"12": "11", "13": "12", "21": "21", "22": "22", "23": "23", "24": "24", "25": "25"},
    ),
    nintei_day("prev_from", ("SEL_0091", "TXT_0092", "TXT_0093", "TXT_0094")),
    nintei_day("prev_to", ("SEL_0095", "TXT_0096", "TXT_0097", "TXT_0098")),
)

CATEGORY_CHANGE = Sheet(
    date_item="apply_date",
    places=(
        *INSURED,
        APPLIED_ON,
        *FILER,
        *_HELD_NOW,
        code("change_reason", "RDO_0121", {"K": "2", "A": "1", "Z": "3"}),  # 改善, 悪化, 他
        lines("change_reason_text", "TXT_0122"),
        *DOCTOR,
        *INSURANCE,
        *VISIT,
    ),
)

AFTER_MOVE = Sheet(
    date_item="apply_date",
    places=(
        *INSURED,
        code("cert_no", "RDO_0131", {"1": "0", "2": "1"}),  # 無, 有
        nintei_day("move_in_date", ("SEL_0132", "TXT_0133", "TXT_0134", "TXT_0135")),
        text("prev_insurer_no", "TXT_0136"),
        text("prev_municipality", "TXT_0137"),
        text("prev_address", "TXT_0138"),
        *_HELD_NOW,
        APPLIED_ON,
        *FILER,
        *INSURANCE,
    ),
)
