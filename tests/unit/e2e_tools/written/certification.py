"""要介護認定: four applications and what the 介護認定システム must store, written by hand."""

from __future__ import annotations

from tests.unit.e2e_tools.written.case import Case, Items, Stored, application, blank, resident

_PROCEDURE = "ltci_certification"

_BLANK = blank("""
    TXT_0012 TXT_0013 TXT_0014 SEL_0015 TXT_0016 TXT_0017 TXT_0018 SEL_0019 TXT_0020 TXT_0021 TXT_0022 TXT_0023
    TXT_0024 TXT_0025 TXT_0026 TXT_0027
    SEL_0031 TXT_0032 TXT_0033 TXT_0034 SEL_0035 SEL_0036 TXT_0037 TXT_0038 TXT_0039 TXT_0040 TXT_0041 TXT_0042
    SEL_0043 TXT_0044 TXT_0045
    TXT_0051 TXT_0052 TXT_0053 TXT_0054 TXT_0055 TXT_0056 TXT_0057 SEL_0058 TXT_0059 TXT_0060 TXT_0061
    TXT_0062 TXT_0063 TXT_0064 TXT_0065 TXT_0066 SEL_0067
    RDO_0071 TXT_0072 SEL_0073 TXT_0074 TXT_0075 TXT_0076 TXT_0077 TXT_0078 TXT_0079 TXT_0080 CHK_0081
""")


def _case(about: str, received: str, keys: tuple[str, str], values: Items, stored: Stored, name: str = "") -> Case:
    made = application(_PROCEDURE, keys[0], received, keys[1], values)
    sex = str(values["insured_sex"])
    return Case(about, made, resident(made, "insured", sex, name), _BLANK | stored)


# fmt: off
_AT_HOME = _case(
    "lives at home and applies alone, over 75, seen by the doctor in the same month",
    "2026-11-05T14:10:00",
    ("02026110500401", "0009500401"),
    {
        "apply_date": "2026-11-05", "apply_kind": "1", "insured_no": "0000500401",
        "insured_name": "瀨川　きよ", "insured_kana": "セガワ　キヨ",
        "insured_birth": "1926-12-25", "insured_sex": "2",
        "insured_postal": "0000311", "insured_address": "汐見原市十一番町８－３－１２", "insured_katagaki": "",
        "insured_tel": "0123-05-4401", "insured_mynumber": "990050001059",
        "applicant_kind": "1", "applicant_name": "", "applicant_rel": "",
        "applicant_address": "", "applicant_tel": "",
        "agent_kind": "", "agent_office_no": "", "agent_name": "",
        "ins_name": "みなも県後期高齢者医療広域連合", "ins_no": "39009901", "ins_symbol": "",
        "ins_number": "00500401", "ins_branch": "", "disease": "",
        "doc_name": "岬　良子", "doc_clinic": "髙台内科医院", "doc_dept": "内科",
        "doc_address": "汐見原市上之郷字髙台１２０番地", "doc_tel": "0123-00-9003", "doc_last_visit": "2026-11-02",
        "stay": "1", "stay_name": "", "stay_from": "", "visit_contact": "", "visit_tel": "", "consent": "1",
    },
    {
        "TXT_0012": "0000500401", "TXT_0013": "瀨川　きよ", "TXT_0014": "ｾｶﾞﾜ ｷﾖ",
        "SEL_0015": "S", "TXT_0016": "1", "TXT_0017": "12", "TXT_0018": "25", "SEL_0019": "2",
        "TXT_0020": "990050001059", "TXT_0021": "000", "TXT_0022": "0311", "TXT_0023": "汐見原市十一番町８－３－１２",
        "TXT_0025": "0123", "TXT_0026": "05", "TXT_0027": "4401",
        "SEL_0031": "R", "TXT_0032": "8", "TXT_0033": "11", "TXT_0034": "5", "SEL_0035": "11", "SEL_0036": "01",
        "TXT_0051": "髙台内科医院", "TXT_0052": "岬　良子", "TXT_0053": "内科",
        "TXT_0054": "汐見原市上之郷字髙台１２０番地",
        "TXT_0055": "0123", "TXT_0056": "00", "TXT_0057": "9003",
        "SEL_0058": "R", "TXT_0059": "8", "TXT_0060": "11", "TXT_0061": "2",
        "TXT_0062": "39009901", "TXT_0063": "みなも県後期高齢者医療広域連合", "TXT_0065": "00500401",
        "RDO_0071": "1", "CHK_0081": "1",
    },
)

_IN_HOSPITAL = _case(
    "in hospital, daughter applies, born in 大正, everyday form of the name",
    "2026-11-08T23:59:59",
    ("02026110800402", "0009500402"),
    {
        "apply_date": "2026-11-08", "apply_kind": "2", "insured_no": "0000500402",
        "insured_name": "斎藤　與四郎", "insured_kana": "サイトウ　ヨシロウ",
        "insured_birth": "1924-02-29", "insured_sex": "1",
        "insured_postal": "0000102", "insured_address": "汐見原市中央二丁目１８番５号",
        "insured_katagaki": "グリーンヒルズ７０１", "insured_tel": "090-0077-5502", "insured_mynumber": "",
        "applicant_kind": "2", "applicant_name": "齋藤　祥子", "applicant_rel": "長女",
        "applicant_address": "東浜県青波市南町二丁目４番５号", "applicant_tel": "080-0077-5503",
        "agent_kind": "", "agent_office_no": "", "agent_name": "",
        "ins_name": "みなも県後期高齢者医療広域連合", "ins_no": "39009901", "ins_symbol": "",
        "ins_number": "00500402", "ins_branch": "", "disease": "",
        "doc_name": "潮田　一郎", "doc_clinic": "汐見原市民病院", "doc_dept": "内科",
        "doc_address": "汐見原市中央一丁目１番１号", "doc_tel": "0123-00-9001", "doc_last_visit": "",
        "stay": "2", "stay_name": "汐見原市民病院　３階東病棟", "stay_from": "2026-09-30",
        "visit_contact": "齋藤　祥子", "visit_tel": "080-0077-5503", "consent": "1",
    },
    {
        "TXT_0012": "0000500402", "TXT_0013": "斎藤　與四郎", "TXT_0014": "ｻｲﾄｳ ﾖｼﾛｳ",
        "SEL_0015": "T", "TXT_0016": "13", "TXT_0017": "2", "TXT_0018": "29", "SEL_0019": "1",
        "TXT_0021": "000", "TXT_0022": "0102", "TXT_0023": "汐見原市中央二丁目１８番５号",
        "TXT_0024": "グリーンヒルズ７０１", "TXT_0025": "090", "TXT_0026": "0077", "TXT_0027": "5502",
        "SEL_0031": "R", "TXT_0032": "8", "TXT_0033": "11", "TXT_0034": "8", "SEL_0035": "14", "SEL_0036": "02",
        "TXT_0037": "齋藤　祥子", "TXT_0038": "長女", "TXT_0039": "東浜県青波市南町二丁目４番５号",
        "TXT_0040": "080", "TXT_0041": "0077", "TXT_0042": "5503",
        "TXT_0051": "汐見原市民病院", "TXT_0052": "潮田　一郎", "TXT_0053": "内科",
        "TXT_0054": "汐見原市中央一丁目１番１号", "TXT_0055": "0123", "TXT_0056": "00", "TXT_0057": "9001",
        "TXT_0062": "39009901", "TXT_0063": "みなも県後期高齢者医療広域連合", "TXT_0065": "00500402",
        "RDO_0071": "2", "TXT_0072": "汐見原市民病院　３階東病棟",
        "SEL_0073": "R", "TXT_0074": "8", "TXT_0075": "9", "TXT_0076": "30",
        "TXT_0077": "齋藤　祥子", "TXT_0078": "080", "TXT_0079": "0077", "TXT_0080": "5503", "CHK_0081": "1",
    },
    name="齋藤　與四郎",
)

_OFFICE_FILES = _case(
    "filed by a care office whose name holds a half-width space; national health insurance with a symbol",
    "2026-11-11T00:00:01",
    ("02026111100403", "0009500403"),
    {
        "apply_date": "2026-11-11", "apply_kind": "1", "insured_no": "0000500403",
        "insured_name": "服部　譲二", "insured_kana": "ハットリ　ジョージ",
        "insured_birth": "1960-12-31", "insured_sex": "1",
        "insured_postal": "0000415", "insured_address": "汐見原市沖ノ﨑３－３－３",
        "insured_katagaki": "汐見コーポ２０６号", "insured_tel": "0123-06-7703", "insured_mynumber": "990050001067",
        "applicant_kind": "4", "applicant_name": "﨑本　洋子", "applicant_rel": "担当介護支援専門員",
        "applicant_address": "", "applicant_tel": "0123-00-9100",
        "agent_kind": "2", "agent_office_no": "0070200123", "agent_name": "居宅介護支援事業所 沖ノ﨑",
        "ins_name": "汐見原市国民健康保険", "ins_no": "00099010", "ins_symbol": "汐見１２",
        "ins_number": "0500403", "ins_branch": "01", "disease": "",
        "doc_name": "髙倉　実", "doc_clinic": "港町クリニック", "doc_dept": "整形外科",
        "doc_address": "汐見原市港町５番地", "doc_tel": "0123-00-9002", "doc_last_visit": "2026-10-01",
        "stay": "4", "stay_name": "", "stay_from": "", "visit_contact": "服部　千尋", "visit_tel": "070-0066-7704",
        "consent": "1",
    },
    {
        "TXT_0012": "0000500403", "TXT_0013": "服部　譲二", "TXT_0014": "ﾊｯﾄﾘ ｼﾞｮｰｼﾞ",
        "SEL_0015": "S", "TXT_0016": "35", "TXT_0017": "12", "TXT_0018": "31", "SEL_0019": "1",
        "TXT_0020": "990050001067", "TXT_0021": "000", "TXT_0022": "0415", "TXT_0023": "汐見原市沖ノ﨑３－３－３",
        "TXT_0024": "汐見コーポ２０６号", "TXT_0025": "0123", "TXT_0026": "06", "TXT_0027": "7703",
        "SEL_0031": "R", "TXT_0032": "8", "TXT_0033": "11", "TXT_0034": "11", "SEL_0035": "11", "SEL_0036": "04",
        "TXT_0037": "﨑本　洋子", "TXT_0038": "担当介護支援専門員",
        "TXT_0040": "0123", "TXT_0041": "00", "TXT_0042": "9100",
        "SEL_0043": "1", "TXT_0044": "0070200123", "TXT_0045": "居宅介護支援事業所 沖ノ﨑",
        "TXT_0051": "港町クリニック", "TXT_0052": "髙倉　実", "TXT_0053": "整形外科", "TXT_0054": "汐見原市港町５番地",
        "TXT_0055": "0123", "TXT_0056": "00", "TXT_0057": "9002",
        "SEL_0058": "R", "TXT_0059": "8", "TXT_0060": "10", "TXT_0061": "1",
        "TXT_0062": "00099010", "TXT_0063": "汐見原市国民健康保険", "TXT_0064": "汐見１２", "TXT_0065": "0500403",
        "TXT_0066": "01",
        "RDO_0071": "9", "TXT_0077": "服部　千尋", "TXT_0078": "070", "TXT_0079": "0066", "TXT_0080": "7704",
        "CHK_0081": "1",
    },
)

_IN_CARE_HOME = _case(
    "under 65 with a listed disease, in a care home since 平成, guardian applies, filed by a support centre",
    "2026-11-17T16:45:00",
    ("02026111700404", "0009500404"),
    {
        "apply_date": "2026-11-17", "apply_kind": "1", "insured_no": "0000500404",
        "insured_name": "東四柳　真理", "insured_kana": "ヒガシヨツヤナギ　マリー",
        "insured_birth": "1966-03-15", "insured_sex": "2",
        "insured_postal": "0000203", "insured_address": "汐見原市上之郷字髙台２００番地の１５",
        "insured_katagaki": "髙台ハイツＢ棟３０３号室", "insured_tel": "080-0091-2204", "insured_mynumber": "",
        "applicant_kind": "3", "applicant_name": "田邉　純子", "applicant_rel": "成年後見人",
        "applicant_address": "汐見原市中央一丁目９番２号", "applicant_tel": "0123-07-8804",
        "agent_kind": "1", "agent_office_no": "0070100018", "agent_name": "汐見原市中央地域包括支援センター",
        "ins_name": "汐見原市国民健康保険", "ins_no": "00099010", "ins_symbol": "汐見１２",
        "ins_number": "0500404", "ins_branch": "02", "disease": "7",
        "doc_name": "浦部　恵", "doc_clinic": "緑ケ丘脳神経外科", "doc_dept": "脳神経外科",
        "doc_address": "汐見原市緑ケ丘７番２号", "doc_tel": "0123-00-9004", "doc_last_visit": "2026-10-31",
        "stay": "3", "stay_name": "特別養護老人ホーム 汐見の里", "stay_from": "2019-04-30",
        "visit_contact": "田邉　純子", "visit_tel": "0123-07-8804", "consent": "1",
    },
    {
        "TXT_0012": "0000500404", "TXT_0013": "東四柳　真理", "TXT_0014": "ﾋｶﾞｼﾖﾂﾔﾅｷﾞ ﾏﾘｰ",
        "SEL_0015": "S", "TXT_0016": "41", "TXT_0017": "3", "TXT_0018": "15", "SEL_0019": "2",
        "TXT_0021": "000", "TXT_0022": "0203", "TXT_0023": "汐見原市上之郷字髙台２００番地の１５",
        "TXT_0024": "髙台ハイツＢ棟３０３号室", "TXT_0025": "080", "TXT_0026": "0091", "TXT_0027": "2204",
        "SEL_0031": "R", "TXT_0032": "8", "TXT_0033": "11", "TXT_0034": "17", "SEL_0035": "11", "SEL_0036": "03",
        "TXT_0037": "田邉　純子", "TXT_0038": "成年後見人", "TXT_0039": "汐見原市中央一丁目９番２号",
        "TXT_0040": "0123", "TXT_0041": "07", "TXT_0042": "8804",
        "SEL_0043": "2", "TXT_0044": "0070100018", "TXT_0045": "汐見原市中央地域包括支援センター",
        "TXT_0051": "緑ケ丘脳神経外科", "TXT_0052": "浦部　恵", "TXT_0053": "脳神経外科",
        "TXT_0054": "汐見原市緑ケ丘７番２号", "TXT_0055": "0123", "TXT_0056": "00", "TXT_0057": "9004",
        "SEL_0058": "R", "TXT_0059": "8", "TXT_0060": "10", "TXT_0061": "31",
        "TXT_0062": "00099010", "TXT_0063": "汐見原市国民健康保険", "TXT_0064": "汐見１２", "TXT_0065": "0500404",
        "TXT_0066": "02", "SEL_0067": "07",
        "RDO_0071": "3", "TXT_0072": "特別養護老人ホーム 汐見の里",
        "SEL_0073": "H", "TXT_0074": "31", "TXT_0075": "4", "TXT_0076": "30",
        "TXT_0077": "田邉　純子", "TXT_0078": "0123", "TXT_0079": "07", "TXT_0080": "8804", "CHK_0081": "1",
    },
)
# fmt: on

CASES = (_AT_HOME, _IN_HOSPITAL, _OFFICE_FILES, _IN_CARE_HOME)
