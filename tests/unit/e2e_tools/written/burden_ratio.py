"""負担割合証再交付: four applications and what the 総合行政システム must store, written by hand."""

from __future__ import annotations

from tests.unit.e2e_tools.written.case import Case, Items, Stored, application, blank, resident

_PROCEDURE = "ltci_burden_ratio_reissue"

_BLANK = blank("""
    seiri_no uketsuke_kubun uketsuke_shinseibi_g uketsuke_shinseibi_y uketsuke_shinseibi_m uketsuke_shinseibi_d
    hihokensha_hiho_no hihokensha_kana hihokensha_shimei
    hihokensha_birth_g hihokensha_birth_y hihokensha_birth_m hihokensha_birth_d hihokensha_seibetsu
    hihokensha_kojin_no hihokensha_yubin_1 hihokensha_yubin_2 hihokensha_jusho hihokensha_katagaki
    hihokensha_tel_1 hihokensha_tel_2 hihokensha_tel_3
    todokede_kubun todokede_shimei todokede_kankei todokede_jusho todokede_tel_1 todokede_tel_2 todokede_tel_3
    saikofu_riyu saikofu_riyu_text saikofu_kofu
""")


def _case(about: str, received: str, keys: tuple[str, str], values: Items, stored: Stored, name: str = "") -> Case:
    made = application(_PROCEDURE, keys[0], received, keys[1], values)
    sex = str(values["insured_sex"])
    return Case(about, made, resident(made, "insured", sex, name), _BLANK | stored)


# fmt: off
_FIRST_YEAR_OF_SHOWA = _case(
    "born in 昭和元年, applies alone, lost",
    "2026-11-05T09:30:00",
    ("02026110500101", "0009500101"),
    {
        "apply_date": "2026-11-05", "insured_no": "0000500101",
        "insured_name": "青柳　トメ", "insured_kana": "アオヤギ　トメ",
        "insured_birth": "1926-12-31", "insured_sex": "2",
        "insured_postal": "0000101", "insured_address": "汐見原市中央一丁目３番１２号", "insured_katagaki": "",
        "insured_tel": "0123-00-1201", "insured_mynumber": "990050001008",
        "applicant_kind": "1", "applicant_name": "", "applicant_rel": "",
        "applicant_address": "", "applicant_tel": "",
        "reason": "1", "reason_text": "", "delivery": "1",
    },
    {
        "seiri_no": "02026110500101", "uketsuke_kubun": "9",
        "uketsuke_shinseibi_g": "5", "uketsuke_shinseibi_y": "8",
        "uketsuke_shinseibi_m": "11", "uketsuke_shinseibi_d": "5",
        "hihokensha_hiho_no": "0000500101", "hihokensha_shimei": "青柳　トメ", "hihokensha_kana": "ｱｵﾔｷﾞ ﾄﾒ",
        "hihokensha_birth_g": "3", "hihokensha_birth_y": "1",
        "hihokensha_birth_m": "12", "hihokensha_birth_d": "31", "hihokensha_seibetsu": "2",
        "hihokensha_kojin_no": "990050001008", "hihokensha_yubin_1": "000", "hihokensha_yubin_2": "0101",
        "hihokensha_jusho": "汐見原市中央一丁目３番１２号",
        "hihokensha_tel_1": "0123", "hihokensha_tel_2": "00", "hihokensha_tel_3": "1201",
        "todokede_kubun": "01",
        "saikofu_riyu": "02", "saikofu_kofu": "2",
    },
)

_LAST_DAY_OF_TAISHO = _case(
    "born on the last day of 大正, applied for by the son just before midnight, everyday form of the name",
    "2026-11-06T23:58:41",
    ("02026110600102", "0009500102"),
    {
        "apply_date": "2026-11-06", "insured_no": "0000500102",
        "insured_name": "高橋　正雄", "insured_kana": "タカハシ　マサオ",
        "insured_birth": "1926-12-24", "insured_sex": "1",
        "insured_postal": "0000203", "insured_address": "汐見原市上之郷字髙台１２０番地の４",
        "insured_katagaki": "髙台ハイツＢ棟１０２号室",
        "insured_tel": "090-0012-3401", "insured_mynumber": "",
        "applicant_kind": "2", "applicant_name": "髙橋　亮", "applicant_rel": "長男",
        "applicant_address": "汐見原市上之郷字髙台１２０番地の４", "applicant_tel": "080-0012-3402",
        "reason": "3", "reason_text": "転居の際に見当たらなくなったため", "delivery": "3",
    },
    {
        "seiri_no": "02026110600102", "uketsuke_kubun": "9",
        "uketsuke_shinseibi_g": "5", "uketsuke_shinseibi_y": "8",
        "uketsuke_shinseibi_m": "11", "uketsuke_shinseibi_d": "6",
        "hihokensha_hiho_no": "0000500102", "hihokensha_shimei": "高橋　正雄", "hihokensha_kana": "ﾀｶﾊｼ ﾏｻｵ",
        "hihokensha_birth_g": "2", "hihokensha_birth_y": "15",
        "hihokensha_birth_m": "12", "hihokensha_birth_d": "24", "hihokensha_seibetsu": "1",
        "hihokensha_kojin_no": "", "hihokensha_yubin_1": "000", "hihokensha_yubin_2": "0203",
        "hihokensha_jusho": "汐見原市上之郷字髙台１２０番地の４", "hihokensha_katagaki": "髙台ハイツＢ棟１０２号室",
        "hihokensha_tel_1": "090", "hihokensha_tel_2": "0012", "hihokensha_tel_3": "3401",
        "todokede_kubun": "02", "todokede_shimei": "髙橋　亮", "todokede_kankei": "長男",
        "todokede_jusho": "汐見原市上之郷字髙台１２０番地の４",
        "todokede_tel_1": "080", "todokede_tel_2": "0012", "todokede_tel_3": "3402",
        "saikofu_riyu": "09", "saikofu_riyu_text": "転居の際に見当たらなくなったため", "saikofu_kofu": "1",
    },
    name="髙橋　正雄",
)

_CARE_OFFICE_FILES = _case(
    "filed by a care office just after midnight, worn out, sent to the other address",
    "2026-11-09T00:03:09",
    ("02026110900103", "0009500103"),
    {
        "apply_date": "2026-11-09", "insured_no": "0000500103",
        "insured_name": "濵口　ハツヱ", "insured_kana": "ハマグチ　ハツエ",
        "insured_birth": "1944-02-29", "insured_sex": "2",
        "insured_postal": "0000415", "insured_address": "汐見原市沖ノ﨑１２－３－１",
        "insured_katagaki": "サンライズ沖ノ﨑Ⅱ　３０５号室",
        "insured_tel": "0123-01-2203", "insured_mynumber": "990050001016",
        "applicant_kind": "4", "applicant_name": "潮田　久美", "applicant_rel": "担当介護支援専門員",
        "applicant_address": "", "applicant_tel": "0123-00-9100",
        "reason": "2", "reason_text": "", "delivery": "2",
    },
    {
        "seiri_no": "02026110900103", "uketsuke_kubun": "9",
        "uketsuke_shinseibi_g": "5", "uketsuke_shinseibi_y": "8",
        "uketsuke_shinseibi_m": "11", "uketsuke_shinseibi_d": "9",
        "hihokensha_hiho_no": "0000500103", "hihokensha_shimei": "濵口　ハツヱ", "hihokensha_kana": "ﾊﾏｸﾞﾁ ﾊﾂｴ",
        "hihokensha_birth_g": "3", "hihokensha_birth_y": "19",
        "hihokensha_birth_m": "2", "hihokensha_birth_d": "29", "hihokensha_seibetsu": "2",
        "hihokensha_kojin_no": "990050001016", "hihokensha_yubin_1": "000", "hihokensha_yubin_2": "0415",
        "hihokensha_jusho": "汐見原市沖ノ﨑１２－３－１", "hihokensha_katagaki": "サンライズ沖ノ﨑Ⅱ　３０５号室",
        "hihokensha_tel_1": "0123", "hihokensha_tel_2": "01", "hihokensha_tel_3": "2203",
        "todokede_kubun": "09", "todokede_shimei": "潮田　久美", "todokede_kankei": "担当介護支援専門員",
        "todokede_tel_1": "0123", "todokede_tel_2": "00", "todokede_tel_3": "9100",
        "saikofu_riyu": "01", "saikofu_kofu": "3",
    },
)

_GUARDIAN_FILES = _case(
    "long name, filed by a guardian, small kana and a wave dash",
    "2026-11-14T18:20:00",
    ("02026111400104", "0009500104"),
    {
        "apply_date": "2026-11-14", "insured_no": "0000500104",
        "insured_name": "勅使河原　左衛門三郎譲二", "insured_kana": "テシガワラ　サエモンサブロウジョージ",
        "insured_birth": "1958-07-01", "insured_sex": "1",
        "insured_postal": "0000310", "insured_address": "汐見原市一番町四丁目１１番１９号", "insured_katagaki": "村上様方",
        "insured_tel": "070-0045-6704", "insured_mynumber": "",
        "applicant_kind": "3", "applicant_name": "﨑本　洋子", "applicant_rel": "成年後見人",
        "applicant_address": "東浜県青波市北町１－２－３　学生寮２１２", "applicant_tel": "080-0045-6705",
        "reason": "3", "reason_text": "３～４日前の大雨で水にぬれ、文字が読めない（①枚目のみ）", "delivery": "1",
    },
    {
        "seiri_no": "02026111400104", "uketsuke_kubun": "9",
        "uketsuke_shinseibi_g": "5", "uketsuke_shinseibi_y": "8",
        "uketsuke_shinseibi_m": "11", "uketsuke_shinseibi_d": "14",
        "hihokensha_hiho_no": "0000500104", "hihokensha_shimei": "勅使河原　左衛門三郎譲二",
        "hihokensha_kana": "ﾃｼｶﾞﾜﾗ ｻｴﾓﾝｻﾌﾞﾛｳｼﾞｮｰｼﾞ",
        "hihokensha_birth_g": "3", "hihokensha_birth_y": "33",
        "hihokensha_birth_m": "7", "hihokensha_birth_d": "1", "hihokensha_seibetsu": "1",
        "hihokensha_kojin_no": "", "hihokensha_yubin_1": "000", "hihokensha_yubin_2": "0310",
        "hihokensha_jusho": "汐見原市一番町四丁目１１番１９号", "hihokensha_katagaki": "村上様方",
        "hihokensha_tel_1": "070", "hihokensha_tel_2": "0045", "hihokensha_tel_3": "6704",
        "todokede_kubun": "03", "todokede_shimei": "﨑本　洋子", "todokede_kankei": "成年後見人",
        "todokede_jusho": "東浜県青波市北町１－２－３　学生寮２１２",
        "todokede_tel_1": "080", "todokede_tel_2": "0045", "todokede_tel_3": "6705",
        "saikofu_riyu": "09", "saikofu_riyu_text": "３～４日前の大雨で水にぬれ、文字が読めない（①枚目のみ）",
        "saikofu_kofu": "2",
    },
)
# fmt: on

CASES = (_FIRST_YEAR_OF_SHOWA, _LAST_DAY_OF_TAISHO, _CARE_OFFICE_FILES, _GUARDIAN_FILES)
