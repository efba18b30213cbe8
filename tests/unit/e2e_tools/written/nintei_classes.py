"""区分変更 and 転入者 on the 介護認定システム: applications and what the core must store, by hand."""

from __future__ import annotations

from tests.unit.e2e_tools.written.case import Stored, blank, from_number, written

_PERSON = """
    TXT_0012 TXT_0013 TXT_0014 SEL_0015 TXT_0016 TXT_0017 TXT_0018 SEL_0019 TXT_0020 TXT_0021 TXT_0022 TXT_0023
    TXT_0024 TXT_0025 TXT_0026 TXT_0027 SEL_0031 TXT_0032 TXT_0033 TXT_0034 SEL_0036 TXT_0037 TXT_0038 TXT_0039
    TXT_0040 TXT_0041 TXT_0042 SEL_0043 TXT_0044 TXT_0045
    SEL_0090 SEL_0091 TXT_0092 TXT_0093 TXT_0094 SEL_0095 TXT_0096 TXT_0097 TXT_0098
    TXT_0062 TXT_0063 TXT_0064 TXT_0065 TXT_0066 SEL_0067
"""
_CATEGORY = blank(_PERSON) | blank("""
    RDO_0121 TXT_0122 TXT_0051 TXT_0052 TXT_0053 TXT_0054 TXT_0055 TXT_0056 TXT_0057 SEL_0058 TXT_0059 TXT_0060
    TXT_0061 RDO_0071 TXT_0072 SEL_0073 TXT_0074 TXT_0075 TXT_0076 TXT_0077 TXT_0078 TXT_0079 TXT_0080 CHK_0081
""")
_MOVE = blank(_PERSON) | blank("RDO_0131 SEL_0132 TXT_0133 TXT_0134 TXT_0135 TXT_0136 TXT_0137 TXT_0138")

# fmt: off
_SOMEBODY: Stored = {
    "TXT_0012": "0001234006", "TXT_0013": "勅使河原　ハツヱ", "TXT_0014": "ﾃｼｶﾞﾜﾗ ﾊﾂｴ", **from_number(15, "S 1 12 25", "SEL"),
    "SEL_0019": "2", "TXT_0020": "990060000050", **from_number(21, "000 0203"),
    "TXT_0023": "汐見原市上之郷字髙台１２０番地の３", "TXT_0024": "", **from_number(25, "0123 00 6021"),
}
_SOMEBODY_SAYS = {
    "insured_no": "0001234006", "insured_name": "勅使河原　ハツヱ", "insured_kana": "テシガワラ　ハツエ",
    "insured_birth": "1926-12-25", "insured_sex": "2", "insured_mynumber": "990060000050", "insured_postal": "0000203",
    "insured_address": "汐見原市上之郷字髙台１２０番地の３", "insured_katagaki": "", "insured_tel": "0123-00-6021",
}
_WORSE = "１０月初旬に自宅の浴室で転倒。\n①立ち上がりに介助が要る\n②屋内は歩行器で１０～１５ｍまで"

CATEGORY_CHANGE = written(
    "ltci_category_change", "filed by a care office, 要支援２ now, in hospital, three lines of what changed",
    "2026-11-05T16:20:00", ("02026110500321", "0009500321"), ("insured", "2"),
    {
        "apply_date": "2026-11-05", **_SOMEBODY_SAYS, "applicant_kind": "4", "applicant_name": "潮田　久美",
        "applicant_rel": "担当介護支援専門員", "applicant_address": "", "applicant_tel": "0123-00-9100", "agent_kind": "2",
        "agent_office_no": "0070200123", "agent_name": "居宅介護支援事業所 沖ノ﨑", "prev_class": "12",
        "prev_from": "2026-04-01", "prev_to": "2027-03-31", "change_reason": "1", "change_reason_text": _WORSE,
        "ins_name": "みなも県後期高齢者医療広域連合", "ins_no": "39009901", "ins_symbol": "", "ins_number": "00123456",
        "ins_branch": "", "disease": "", "doc_name": "岬　良子", "doc_clinic": "港町クリニック", "doc_dept": "整形外科",
        "doc_address": "汐見原市港町５番地", "doc_tel": "0123-00-9002", "doc_last_visit": "2026-10-20", "stay": "2",
        "stay_name": "汐見原市民病院　３階東病棟", "stay_from": "2026-10-03", "visit_contact": "勅使河原　彩",
        "visit_tel": "090-0021-6022", "consent": "1",
    },
    {
        **_CATEGORY, **_SOMEBODY, **from_number(31, "R 8 11 5", "SEL"), "SEL_0036": "04", "TXT_0037": "潮田　久美",
        "TXT_0038": "担当介護支援専門員", **from_number(40, "0123 00 9100"), "SEL_0043": "1", "TXT_0044": "0070200123",
        "TXT_0045": "居宅介護支援事業所 沖ノ﨑", "SEL_0090": "13", **from_number(91, "R 8 4 1", "SEL"),
        **from_number(95, "R 9 3 31", "SEL"), "RDO_0121": "A", "TXT_0122": _WORSE, "TXT_0051": "港町クリニック",
        "TXT_0052": "岬　良子", "TXT_0053": "整形外科", "TXT_0054": "汐見原市港町５番地", **from_number(55, "0123 00 9002"),
        **from_number(58, "R 8 10 20", "SEL"), "TXT_0062": "39009901", "TXT_0063": "みなも県後期高齢者医療広域連合",
        "TXT_0065": "00123456", "RDO_0071": "2", "TXT_0072": "汐見原市民病院　３階東病棟",
        **from_number(73, "R 8 10 3", "SEL"), "TXT_0077": "勅使河原　彩", **from_number(78, "090 0021 6022"),
        "CHK_0081": "1",
    },
)

CATEGORY_BETTER = written(
    "ltci_category_change", "a younger insured person, better now, filed alone; born on the last day of 昭和",
    "2026-11-06T16:20:00", ("02026110600322", "0009500322"), ("insured", "2"),
    {
        "apply_date": "2026-11-06", **_SOMEBODY_SAYS, "insured_birth": "1989-01-07", "applicant_kind": "1",
        "applicant_name": "", "applicant_rel": "", "applicant_address": "", "applicant_tel": "", "agent_kind": "",
        "agent_office_no": "", "agent_name": "", "prev_class": "23", "prev_from": "2025-12-01", "prev_to": "2026-11-30",
        "change_reason": "2", "change_reason_text": "身の回りのことは自分でできる。", "ins_name": "汐見原市国民健康保険",
        "ins_no": "00099010", "ins_symbol": "汐見１２", "ins_number": "0123456", "ins_branch": "01", "disease": "10",
        "doc_name": "岬　良子", "doc_clinic": "港町クリニック", "doc_dept": "", "doc_address": "", "doc_tel": "",
        "doc_last_visit": "", "stay": "4", "stay_name": "", "stay_from": "", "visit_contact": "", "visit_tel": "",
        "consent": "1",
    },
    {
        **_CATEGORY, **_SOMEBODY, **from_number(15, "S 64 1 7", "SEL"), **from_number(31, "R 8 11 6", "SEL"),
        "SEL_0036": "01", "SEL_0090": "23", **from_number(91, "R 7 12 1", "SEL"), **from_number(95, "R 8 11 30", "SEL"),
        "RDO_0121": "K", "TXT_0122": "身の回りのことは自分でできる。", "TXT_0051": "港町クリニック", "TXT_0052": "岬　良子",
        "TXT_0062": "00099010", "TXT_0063": "汐見原市国民健康保険", "TXT_0064": "汐見１２", "TXT_0065": "0123456",
        "TXT_0066": "01", "SEL_0067": "10", "RDO_0071": "9", "CHK_0081": "1",
    },
)

AFTER_MOVE = written(
    "ltci_after_move", "moved in with a certificate, 要支援１ before, address before and after",
    "2026-11-09T10:05:00", ("02026110900323", "0009500323"), ("insured", "2"),
    {
        "apply_date": "2026-11-09", **_SOMEBODY_SAYS, "applicant_kind": "2", "applicant_name": "勅使河原　彩",
        "applicant_rel": "長女", "applicant_address": "汐見原市上之郷字髙台１２０番地の３", "applicant_tel": "090-0021-6022",
        "agent_kind": "", "agent_office_no": "", "agent_name": "", "move_in_date": "2026-11-02",
        "prev_municipality": "青波市", "prev_insurer_no": "990127", "prev_address": "東浜県青波市北町１－２－３", "cert_no": "1",
        "prev_class": "11", "prev_from": "2026-02-01", "prev_to": "2028-01-31",
        "ins_name": "みなも県後期高齢者医療広域連合", "ins_no": "39009901", "ins_symbol": "", "ins_number": "00123456",
        "ins_branch": "", "disease": "",
    },
    {
        **_MOVE, **_SOMEBODY, "RDO_0131": "2", **from_number(132, "R 8 11 2", "SEL"), "TXT_0136": "990127",
        "TXT_0137": "青波市", "TXT_0138": "東浜県青波市北町１－２－３", "SEL_0090": "12", **from_number(91, "R 8 2 1", "SEL"),
        **from_number(95, "R 10 1 31", "SEL"), **from_number(31, "R 8 11 9", "SEL"), "SEL_0036": "02",
        "TXT_0037": "勅使河原　彩", "TXT_0038": "長女", "TXT_0039": "汐見原市上之郷字髙台１２０番地の３",
        **from_number(40, "090 0021 6022"), "TXT_0062": "39009901", "TXT_0063": "みなも県後期高齢者医療広域連合",
        "TXT_0065": "00123456",
    },
)
# fmt: on

CASES = (CATEGORY_CHANGE, CATEGORY_BETTER, AFTER_MOVE)
