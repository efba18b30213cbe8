"""罹災証明: four applications and what the 総合行政システム must store, written by hand."""

from __future__ import annotations

from tests.unit.e2e_tools.written.case import Case, Items, Stored, application, blank, resident

_PROCEDURE = "disaster_victim_certificate"

_BLANK = blank("""
    seiri_no uketsuke_kubun uketsuke_shinseibi_g uketsuke_shinseibi_y uketsuke_shinseibi_m uketsuke_shinseibi_d
    shinseisha_shimei shinseisha_kana
    shinseisha_birth_g shinseisha_birth_y shinseisha_birth_m shinseisha_birth_d shinseisha_kojin_no
    shinseisha_yubin_1 shinseisha_yubin_2 shinseisha_jusho shinseisha_katagaki
    shinseisha_tel_1 shinseisha_tel_2 shinseisha_tel_3 shinseisha_kankei shinseisha_renrakusaki
    risai_risaibi_g risai_risaibi_y risai_risaibi_m risai_risaibi_d risai_shubetsu risai_saigai_nm
    risai_basho risai_tatemono risai_shoyu risai_shoyusha risai_yoto risai_shinsui risai_jokyo risai_jiko_hantei
    shomei_mokuteki shomei_maisu shomei_tachiai_tel_1 shomei_tachiai_tel_2 shomei_tachiai_tel_3 setai_setainushi
    setaiin1_shimei setaiin1_zokugara setaiin1_birth_g setaiin1_birth_y setaiin1_birth_m setaiin1_birth_d
    setaiin1_nenrei setaiin1_sakujo
    setaiin2_shimei setaiin2_zokugara setaiin2_birth_g setaiin2_birth_y setaiin2_birth_m setaiin2_birth_d
    setaiin2_nenrei setaiin2_sakujo
    setaiin3_shimei setaiin3_zokugara setaiin3_birth_g setaiin3_birth_y setaiin3_birth_m setaiin3_birth_d
    setaiin3_nenrei setaiin3_sakujo
    setaiin4_shimei setaiin4_zokugara setaiin4_birth_g setaiin4_birth_y setaiin4_birth_m setaiin4_birth_d
    setaiin4_nenrei setaiin4_sakujo
    setaiin5_shimei setaiin5_zokugara setaiin5_birth_g setaiin5_birth_y setaiin5_birth_m setaiin5_birth_d
    setaiin5_nenrei setaiin5_sakujo
    setaiin6_shimei setaiin6_zokugara setaiin6_birth_g setaiin6_birth_y setaiin6_birth_m setaiin6_birth_d
    setaiin6_nenrei setaiin6_sakujo
""")


def _case(about: str, received: str, keys: tuple[str, str, str], values: Items, stored: Stored, name: str = "") -> Case:
    """`keys`: 受付番号, 宛名番号, and the sex that the form does not ask for."""
    made = application(_PROCEDURE, keys[0], received, keys[1], values)
    return Case(about, made, resident(made, "applicant", keys[2], name), _BLANK | stored)


# fmt: off
_OWN_HOUSE = _case(
    "own house, alone, flooded above the floor, lines of text",
    "2026-11-05T10:15:00",
    ("02026110500301", "0009500301", "1"),
    {
        "apply_date": "2026-11-05",
        "applicant_name": "岩永　浩二", "applicant_kana": "イワナガ　コウジ", "applicant_birth": "1989-01-07",
        "applicant_postal": "0000501", "applicant_address": "汐見原市大字新田４８２番地の７", "applicant_katagaki": "",
        "applicant_tel": "0123-03-3301", "applicant_mynumber": "990050001024",
        "applicant_rel": "1", "contact_address": "汐見原市立中央小学校　体育館", "head_name": "岩永　浩二",
        "disaster_name": "令和８年１０月１８日からの豪雨", "disaster_cause": "4", "disaster_date": "2026-10-18",
        "damage_address": "汐見原市大字新田４８２番地の７", "building_name": "", "ownership": "1", "building_use": "1",
        "owner_name": "",
        "damage_detail": "床上約２５㎝まで浸水した（１０月１８日２３時～翌５時）。\n①冷蔵庫・洗濯機が故障\n②床材が反り、歩行が困難",
        "flood": "3", "self_judge": "0", "purpose": "1|2", "copies": "2", "survey_contact": "0123-03-3301",
        "members": [],
    },
    {
        "seiri_no": "02026110500301", "uketsuke_kubun": "9",
        "uketsuke_shinseibi_g": "5", "uketsuke_shinseibi_y": "8",
        "uketsuke_shinseibi_m": "11", "uketsuke_shinseibi_d": "5",
        "shinseisha_shimei": "岩永　浩二", "shinseisha_kana": "ｲﾜﾅｶﾞ ｺｳｼﾞ",
        "shinseisha_birth_g": "3", "shinseisha_birth_y": "64", "shinseisha_birth_m": "1", "shinseisha_birth_d": "7",
        "shinseisha_kojin_no": "990050001024", "shinseisha_yubin_1": "000", "shinseisha_yubin_2": "0501",
        "shinseisha_jusho": "汐見原市大字新田４８２番地の７",
        "shinseisha_tel_1": "0123", "shinseisha_tel_2": "03", "shinseisha_tel_3": "3301",
        "shinseisha_kankei": "1", "shinseisha_renrakusaki": "汐見原市立中央小学校　体育館",
        "risai_risaibi_g": "5", "risai_risaibi_y": "8", "risai_risaibi_m": "10", "risai_risaibi_d": "18",
        "risai_shubetsu": "22", "risai_saigai_nm": "令和８年１０月１８日からの豪雨",
        "risai_basho": "汐見原市大字新田４８２番地の７", "risai_shoyu": "A", "risai_yoto": "1", "risai_shinsui": "2",
        "risai_jokyo": "床上約２５㎝まで浸水した（１０月１８日２３時～翌５時）。\n①冷蔵庫・洗濯機が故障\n②床材が反り、歩行が困難",
        "shomei_mokuteki": ["01", "02"], "shomei_maisu": "2",
        "shomei_tachiai_tel_1": "0123", "shomei_tachiai_tel_2": "03", "shomei_tachiai_tel_3": "3301",
        "setai_setainushi": "岩永　浩二",
    },
)

_RENTED_ROOM = _case(
    "rented room, wife and two children born on both sides of 令和元年, wants to judge the damage alone",
    "2026-11-07T20:05:30",
    ("02026110700302", "0009500302", "1"),
    {
        "apply_date": "2026-11-07",
        "applicant_name": "渡邉　徹", "applicant_kana": "ワタナベ　トオル", "applicant_birth": "1989-01-08",
        "applicant_postal": "0000402", "applicant_address": "汐見原市緑ケ丘７－１４－２",
        "applicant_katagaki": "県営緑ケ丘団地３－４０２", "applicant_tel": "090-0033-4402", "applicant_mynumber": "",
        "applicant_rel": "1", "contact_address": "", "head_name": "渡邉　徹",
        "disaster_name": "令和８年台風第２３号", "disaster_cause": "3", "disaster_date": "2026-10-25",
        "damage_address": "汐見原市緑ケ丘７－１４－２", "building_name": "県営緑ケ丘団地３－４０２",
        "ownership": "2", "building_use": "1", "owner_name": "汐見　不動産",
        "damage_detail": "カーポートの屋根が破損し、隣家のフェンスに接触した。\n住家の窓ガラス２枚が割れた。",
        "flood": "1", "self_judge": "1", "purpose": "2|3", "copies": "1", "survey_contact": "090-0033-4402",
        "members": [
            {"member_name": "渡邉　麻衣", "member_rel": "妻", "member_birth": "1990-02-03", "member_age": "36"},
            {"member_name": "渡邉　湊", "member_rel": "子", "member_birth": "2019-04-30", "member_age": "7"},
            {"member_name": "渡邉　紬", "member_rel": "子", "member_birth": "2021-12-31", "member_age": "4"},
        ],
    },
    {
        "seiri_no": "02026110700302", "uketsuke_kubun": "9",
        "uketsuke_shinseibi_g": "5", "uketsuke_shinseibi_y": "8",
        "uketsuke_shinseibi_m": "11", "uketsuke_shinseibi_d": "7",
        "shinseisha_shimei": "渡邉　徹", "shinseisha_kana": "ﾜﾀﾅﾍﾞ ﾄｵﾙ",
        "shinseisha_birth_g": "4", "shinseisha_birth_y": "1", "shinseisha_birth_m": "1", "shinseisha_birth_d": "8",
        "shinseisha_yubin_1": "000", "shinseisha_yubin_2": "0402",
        "shinseisha_jusho": "汐見原市緑ケ丘７－１４－２", "shinseisha_katagaki": "県営緑ケ丘団地３－４０２",
        "shinseisha_tel_1": "090", "shinseisha_tel_2": "0033", "shinseisha_tel_3": "4402", "shinseisha_kankei": "1",
        "risai_risaibi_g": "5", "risai_risaibi_y": "8", "risai_risaibi_m": "10", "risai_risaibi_d": "25",
        "risai_shubetsu": "21", "risai_saigai_nm": "令和８年台風第２３号",
        "risai_basho": "汐見原市緑ケ丘７－１４－２", "risai_tatemono": "県営緑ケ丘団地３－４０２",
        "risai_shoyu": "B", "risai_shoyusha": "汐見　不動産", "risai_yoto": "1", "risai_shinsui": "0",
        "risai_jokyo": "カーポートの屋根が破損し、隣家のフェンスに接触した。\n住家の窓ガラス２枚が割れた。",
        "risai_jiko_hantei": "1", "shomei_mokuteki": ["01", "03"], "shomei_maisu": "1",
        "shomei_tachiai_tel_1": "090", "shomei_tachiai_tel_2": "0033", "shomei_tachiai_tel_3": "4402",
        "setai_setainushi": "渡邉　徹",
        "setaiin1_shimei": "渡邉　麻衣", "setaiin1_zokugara": "妻", "setaiin1_nenrei": "36",
        "setaiin1_birth_g": "4", "setaiin1_birth_y": "2", "setaiin1_birth_m": "2", "setaiin1_birth_d": "3",
        "setaiin2_shimei": "渡邉　湊", "setaiin2_zokugara": "子", "setaiin2_nenrei": "7",
        "setaiin2_birth_g": "4", "setaiin2_birth_y": "31", "setaiin2_birth_m": "4", "setaiin2_birth_d": "30",
        "setaiin3_shimei": "渡邉　紬", "setaiin3_zokugara": "子", "setaiin3_nenrei": "4",
        "setaiin3_birth_g": "5", "setaiin3_birth_y": "3", "setaiin3_birth_m": "12", "setaiin3_birth_d": "31",
    },
)

_FOREIGN_RESIDENT = _case(
    "name in Latin letters, member of the household applies, landslide, no flood question answered",
    "2026-11-10T08:44:12",
    ("02026111000303", "0009500303", "2"),
    {
        "apply_date": "2026-11-10",
        "applicant_name": "ＳＡＮＴＯＳ　ＭＡＲＩＡＡＰＡＲＥＣＩＤＡ", "applicant_kana": "サントス　マリアアパレシーダ",
        "applicant_birth": "1988-02-29", "applicant_postal": "0000204",
        "applicant_address": "汐見原市上之郷字邉野３４番地の１", "applicant_katagaki": "",
        "applicant_tel": "080-0056-7803", "applicant_mynumber": "990050001032",
        "applicant_rel": "2", "contact_address": "東浜県青波市南町二丁目４番５号",
        "head_name": "ＳＩＬＶＡ　ＲＡＦＡＥＬ",
        "disaster_name": "令和８年１０月１８日からの豪雨", "disaster_cause": "5", "disaster_date": "2026-10-19",
        "damage_address": "汐見原市上之郷字邉野３４番地の１", "building_name": "", "ownership": "3", "building_use": "2",
        "owner_name": "",
        "damage_detail": "裏山の土砂が敷地へ流入。\n①物置が全壊\n②住家の北側外壁が変形（写真②～④参照）",
        "flood": "", "self_judge": "0", "purpose": "4", "copies": "10", "survey_contact": "",
        "members": [
            {
                "member_name": "ＳＩＬＶＡ　ＲＡＦＡＥＬ", "member_rel": "夫",
                "member_birth": "1985-05-05", "member_age": "41",
            },
        ],
    },
    {
        "seiri_no": "02026111000303", "uketsuke_kubun": "9",
        "uketsuke_shinseibi_g": "5", "uketsuke_shinseibi_y": "8",
        "uketsuke_shinseibi_m": "11", "uketsuke_shinseibi_d": "10",
        "shinseisha_shimei": "ＳＡＮＴＯＳ　ＭＡＲＩＡＡＰＡＲＥＣＩＤＡ", "shinseisha_kana": "ｻﾝﾄｽ ﾏﾘｱｱﾊﾟﾚｼｰﾀﾞ",
        "shinseisha_birth_g": "3", "shinseisha_birth_y": "63", "shinseisha_birth_m": "2", "shinseisha_birth_d": "29",
        "shinseisha_kojin_no": "990050001032", "shinseisha_yubin_1": "000", "shinseisha_yubin_2": "0204",
        "shinseisha_jusho": "汐見原市上之郷字邉野３４番地の１",
        "shinseisha_tel_1": "080", "shinseisha_tel_2": "0056", "shinseisha_tel_3": "7803",
        "shinseisha_kankei": "2", "shinseisha_renrakusaki": "東浜県青波市南町二丁目４番５号",
        "risai_risaibi_g": "5", "risai_risaibi_y": "8", "risai_risaibi_m": "10", "risai_risaibi_d": "19",
        "risai_shubetsu": "31", "risai_saigai_nm": "令和８年１０月１８日からの豪雨",
        "risai_basho": "汐見原市上之郷字邉野３４番地の１", "risai_shoyu": "C", "risai_yoto": "2",
        "risai_jokyo": "裏山の土砂が敷地へ流入。\n①物置が全壊\n②住家の北側外壁が変形（写真②～④参照）",
        "shomei_mokuteki": ["04"], "shomei_maisu": "10", "setai_setainushi": "ＳＩＬＶＡ　ＲＡＦＡＥＬ",
        "setaiin1_shimei": "ＳＩＬＶＡ　ＲＡＦＡＥＬ", "setaiin1_zokugara": "夫", "setaiin1_nenrei": "41",
        "setaiin1_birth_g": "3", "setaiin1_birth_y": "60", "setaiin1_birth_m": "5", "setaiin1_birth_d": "5",
    },
)

_SIX_MEMBERS = _case(
    "six members, as many as the screen holds; an agent applies; high tide; every purpose",
    "2026-11-16T12:00:00",
    ("02026111600304", "0009500304", "2"),
    {
        "apply_date": "2026-11-16",
        "applicant_name": "山崎　絵里香", "applicant_kana": "ヤマザキ　エリカ", "applicant_birth": "1970-06-15",
        "applicant_postal": "0000111", "applicant_address": "汐見原市港町５－９－１１",
        "applicant_katagaki": "メゾン・ド・ミナト３０８", "applicant_tel": "0123-04-5604",
        "applicant_mynumber": "990050001040",
        "applicant_rel": "3", "contact_address": "", "head_name": "",
        "disaster_name": "令和８年台風第２３号", "disaster_cause": "7", "disaster_date": "2026-10-25",
        "damage_address": "汐見原市港町２０－１－１", "building_name": "倉庫", "ownership": "4", "building_use": "2",
        "owner_name": "港　良子", "damage_detail": "玄関－勝手口間の土間が床下浸水。",
        "flood": "2", "self_judge": "0", "purpose": "1|2|3|4|5|6", "copies": "3", "survey_contact": "070-0088-1204",
        "members": [
            {"member_name": "港　良子", "member_rel": "祖母", "member_birth": "1926-12-25", "member_age": "99"},
            {"member_name": "山﨑　一郎", "member_rel": "父", "member_birth": "1945-08-01", "member_age": "81"},
            {"member_name": "山﨑　ふさ子", "member_rel": "母", "member_birth": "1948-01-01", "member_age": "78"},
            {"member_name": "山﨑　凛", "member_rel": "子", "member_birth": "1999-09-09", "member_age": "27"},
            {"member_name": "山﨑　花", "member_rel": "子", "member_birth": "2019-05-01", "member_age": "7"},
            {"member_name": "山﨑　樹", "member_rel": "子", "member_birth": "2026-01-10", "member_age": "0"},
        ],
    },
    {
        "seiri_no": "02026111600304", "uketsuke_kubun": "9",
        "uketsuke_shinseibi_g": "5", "uketsuke_shinseibi_y": "8",
        "uketsuke_shinseibi_m": "11", "uketsuke_shinseibi_d": "16",
        "shinseisha_shimei": "山崎　絵里香", "shinseisha_kana": "ﾔﾏｻﾞｷ ｴﾘｶ",
        "shinseisha_birth_g": "3", "shinseisha_birth_y": "45", "shinseisha_birth_m": "6", "shinseisha_birth_d": "15",
        "shinseisha_kojin_no": "990050001040", "shinseisha_yubin_1": "000", "shinseisha_yubin_2": "0111",
        "shinseisha_jusho": "汐見原市港町５－９－１１", "shinseisha_katagaki": "メゾン・ド・ミナト３０８",
        "shinseisha_tel_1": "0123", "shinseisha_tel_2": "04", "shinseisha_tel_3": "5604", "shinseisha_kankei": "8",
        "risai_risaibi_g": "5", "risai_risaibi_y": "8", "risai_risaibi_m": "10", "risai_risaibi_d": "25",
        "risai_shubetsu": "23", "risai_saigai_nm": "令和８年台風第２３号",
        "risai_basho": "汐見原市港町２０－１－１", "risai_tatemono": "倉庫", "risai_shoyu": "Z",
        "risai_shoyusha": "港　良子", "risai_yoto": "2", "risai_shinsui": "1",
        "risai_jokyo": "玄関－勝手口間の土間が床下浸水。",
        "shomei_mokuteki": ["01", "02", "03", "04", "05", "99"], "shomei_maisu": "3",
        "shomei_tachiai_tel_1": "070", "shomei_tachiai_tel_2": "0088", "shomei_tachiai_tel_3": "1204",
        "setaiin1_shimei": "港　良子", "setaiin1_zokugara": "祖母", "setaiin1_nenrei": "99",
        "setaiin1_birth_g": "3", "setaiin1_birth_y": "1", "setaiin1_birth_m": "12", "setaiin1_birth_d": "25",
        "setaiin2_shimei": "山﨑　一郎", "setaiin2_zokugara": "父", "setaiin2_nenrei": "81",
        "setaiin2_birth_g": "3", "setaiin2_birth_y": "20", "setaiin2_birth_m": "8", "setaiin2_birth_d": "1",
        "setaiin3_shimei": "山﨑　ふさ子", "setaiin3_zokugara": "母", "setaiin3_nenrei": "78",
        "setaiin3_birth_g": "3", "setaiin3_birth_y": "23", "setaiin3_birth_m": "1", "setaiin3_birth_d": "1",
        "setaiin4_shimei": "山﨑　凛", "setaiin4_zokugara": "子", "setaiin4_nenrei": "27",
        "setaiin4_birth_g": "4", "setaiin4_birth_y": "11", "setaiin4_birth_m": "9", "setaiin4_birth_d": "9",
        "setaiin5_shimei": "山﨑　花", "setaiin5_zokugara": "子", "setaiin5_nenrei": "7",
        "setaiin5_birth_g": "5", "setaiin5_birth_y": "1", "setaiin5_birth_m": "5", "setaiin5_birth_d": "1",
        "setaiin6_shimei": "山﨑　樹", "setaiin6_zokugara": "子", "setaiin6_nenrei": "0",
        "setaiin6_birth_g": "5", "setaiin6_birth_y": "8", "setaiin6_birth_m": "1", "setaiin6_birth_d": "10",
    },
    name="山﨑　絵里香",
)
# fmt: on

CASES = (_OWN_HOUSE, _RENTED_ROOM, _FOREIGN_RESIDENT, _SIX_MEMBERS)
