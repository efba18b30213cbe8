"""The screens of the prefecture's 自動車手続システム (AT-110, 120, 310, HK-010): where each item of an application stands."""

from __future__ import annotations

from tests.e2e.inverse.days import jidosha_day, jidosha_month
from tests.e2e.inverse.places import Sheet, amount, code, kana, phone, postal, text

_BY_NET = {"uketsuke_keiro": "30"}  # ＯＳＳ, the country's own way in for these procedures

_PLATE = (
    # The form has the office's name; the screen knows these three only.
    code("plate_office", "bango_kyoku", {"HG": "東浜", "SM": "汐見", "AN": "青波"}),
    text("plate_class", "bango_bunrui"),
    text("plate_kana", "bango_kana"),
    text("plate_no", "bango_ichiren"),
    text("chassis_no", "bango_shadai"),
)

_PEOPLE = (
    kana("taxpayer_kana", "gimusha_kana"),
    text("taxpayer_name", "gimusha_shimei"),
    jidosha_day("taxpayer_birth", "gimusha_birth"),
    text("taxpayer_mynumber", "gimusha_kojin_no"),
    postal("taxpayer_postal", "gimusha_yubin"),
    text("taxpayer_address", "gimusha_jusho"),
    text("taxpayer_katagaki", "gimusha_katagaki"),
    phone("taxpayer_tel", "gimusha_tel"),
    # 自己所有, 所有権留保, 商品車, リース, 譲渡担保, その他
    code("ownership_form", "shoyu_keitai", {"J": "1", "R": "2", "S": "3", "L": "4", "T": "5", "X": "6"}),
    text("owner_name", "shoyu_shimei"),
    text("owner_address", "shoyu_jusho"),
    text("user_name", "shiyo_shimei"),
    text("user_address", "shiyo_jusho"),
)

_CAR = (
    text("car_name", "shogen_shamei"),
    text("model", "shogen_katashiki"),
    jidosha_month("first_reg", "shogen_shodo"),
    # ガソリン, 軽油, ＬＰＧ, 電気, その他. The form counts 電気 before LPG.
    code("fuel", "shogen_nenryo", {"G": "1", "D": "2", "P": "4", "E": "3", "X": "5"}),
    text("displacement", "shogen_haiki"),
    text("seats", "shogen_teiin"),
    code("use_kind", "shogen_eiji", {"B": "2", "A": "1"}),  # 自家用, 営業用
    text("garage_place", "shogen_teichi"),
)

_REPORT_KIND = {
    "11": "1",  # 新規（新車）
    "12": "2",  # 新規（中古車）
    "21": "3",  # 移転
    "31": "4",  # 転入
    "32": "5",  # 転出
    "41": "6",  # 抹消
    "51": "7",  # 変更
    "99": "8",  # その他
}

ENVIRONMENT = Sheet(
    date_item="report_date",
    chosen=_BY_NET,
    places=(
        text("receipt_no", "seiri_no"),
        jidosha_day("report_date", "uketsuke_hi"),
        code("report_kind", "uketsuke_kubun", _REPORT_KIND),
        *_PLATE,
        *_PEOPLE,
        *_CAR,
        jidosha_day("acquire_date", "shutoku_bi"),
        # 売買, 相続, 贈与, 留保解除, その他: 2 and 3 are 相続 and 贈与 on the form.
        code("acquire_cause", "shutoku_genin", {"1": "1", "3": "2", "2": "3", "5": "4", "9": "5"}),
        amount("acquire_price", "shutoku_kakaku"),
        amount("accessory", "shutoku_fuka"),
        code("tax_rate", "zei_ritsu", {"N": "0", "T1": "10", "T2": "20", "T3": "30"}),
        amount("env_tax", "zei_kankyo"),
        amount("type_tax", "zei_shubetsu"),
        amount("total_tax", "zei_gokei"),
    ),
)

REPORT = Sheet(
    date_item="report_date",
    chosen=_BY_NET,
    places=(
        text("receipt_no", "seiri_no"),
        jidosha_day("report_date", "uketsuke_hi"),
        *_PLATE,
        *_PEOPLE,
        *_CAR,
        code("report_kind", "ido_kubun", _REPORT_KIND),
        jidosha_day("change_date", "ido_bi"),
        text("old_owner_name", "ido_kyu_shimei"),
        text("old_owner_address", "ido_kyu_jusho"),
        text("old_plate", "ido_kyu_bango"),
        text("reporter_name", "ido_hokokusha"),
    ),
)

ADDRESS_CHANGE = Sheet(
    date_item="notify_date",
    chosen=_BY_NET,
    places=(
        text("receipt_no", "seiri_no"),
        jidosha_day("notify_date", "uketsuke_hi"),
        *_PLATE,
        text("taxpayer_name", "gimusha_shimei"),
        kana("taxpayer_kana", "gimusha_kana"),
        phone("tel", "gimusha_tel"),
        # The new address stands before the old one.
        postal("new_postal", "shin_yubin"),
        text("new_address", "shin_jusho"),
        text("new_katagaki", "shin_katagaki"),
        postal("old_postal", "kyu_yubin"),
        text("old_address", "kyu_jusho"),
        jidosha_day("moved_date", "henko_bi"),
        code("reg_plan", "henko_toroku", {"Z": "1", "Y": "2", "M": "3"}),  # 登録済, 予定あり, 未定
    ),
)

PARKING = Sheet(
    date_item="apply_date",
    chosen=_BY_NET,
    places=(
        text("receipt_no", "seiri_no"),
        jidosha_day("apply_date", "uketsuke_hi"),
        # The form has the name of the police station; the screen knows these three only.
        code("police", "uketsuke_keisatsu", {"P11": "東浜警察署", "P21": "汐見原警察署", "P31": "青波警察署"}),
        text("applicant_name", "shinseisha_shimei"),
        kana("applicant_kana", "shinseisha_kana"),
        postal("applicant_postal", "shinseisha_yubin"),
        text("applicant_address", "shinseisha_jusho"),
        text("applicant_katagaki", "shinseisha_katagaki"),
        phone("applicant_tel", "shinseisha_tel"),
        text("contact_name", "shinseisha_renraku"),
        phone("contact_tel", "shinseisha_renraku_tel"),
        text("car_name", "kuruma_shamei"),
        text("model", "kuruma_katashiki"),
        text("chassis_no", "kuruma_shadai"),
        text("length_cm", "kuruma_nagasa"),
        text("width_cm", "kuruma_haba"),
        text("height_cm", "kuruma_takasa"),
        code("apply_kind", "kuruma_kubun", {"S": "1", "D": "2"}),  # 新規, 代替
        text("old_plate", "kuruma_kyu_bango"),
        text("base_address", "basho_honkyo"),
        text("park_address", "basho_ichi"),
        text("park_slot", "basho_kukaku"),
        code("land_right", "basho_kengen", {"1": "1", "2": "2", "3": "3"}),
        text("label_no", "basho_hyosho"),
    ),
)
