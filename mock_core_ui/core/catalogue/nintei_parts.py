"""What several screens of the 介護認定システム share, with the same numbers: insured person, who files, doctor, visit."""

from __future__ import annotations

from mock_core_ui.core.catalogue.codes import choices
from mock_core_ui.core.catalogue.screen import Field, Group, Kind, When

_DISEASES = choices(
    ("01", "がん末期"),
    ("02", "関節リウマチ"),
    ("03", "筋萎縮性側索硬化症"),
    ("04", "後縦靱帯骨化症"),
    ("05", "骨粗鬆症（骨折）"),
    ("06", "初老期認知症"),
    ("07", "パーキンソン病関連疾患"),
    ("08", "脊髄小脳変性症"),
    ("09", "脊柱管狭窄症"),
    ("10", "早老症"),
    ("11", "多系統萎縮症"),
    ("12", "糖尿病性合併症"),
    ("13", "脳血管疾患"),
    ("14", "閉塞性動脈硬化症"),
    ("15", "慢性閉塞性肺疾患"),
    ("16", "変形性関節症"),
)

_CARE_CLASSES = choices(
    ("12", "要支援１"),
    ("13", "要支援２"),
    ("21", "要介護１"),
    ("22", "要介護２"),
    ("23", "要介護３"),
    ("24", "要介護４"),
    ("25", "要介護５"),
)
"""As the claims to the 国保連 count them."""

INSURED = Group(
    "hiho",
    "被保険者",
    (
        Field("hiho_no", "被保番号", Kind.DIGITS, True, 10, exact=True, number=12, register="insured_no"),
        Field("shimei", "氏名", Kind.TEXT, True, 40, number=13, register="name"),
        Field("kana", "ｶﾅ氏名", Kind.HALF_KANA, True, 80, number=14, register="kana", note="半角カナ"),
        Field("birth", "生年月日", Kind.DATE, True, number=15, register="birth"),
        Field(
            "seibetsu",
            "性別",
            Kind.SELECT,
            True,
            choices=choices(("1", "男"), ("2", "女")),
            number=19,
            register="sex",
        ),
        Field("kojin_no", "個人番号", Kind.DIGITS, False, 12, exact=True, number=20),
        Field("yubin", "〒", Kind.POSTAL, True, number=21, register="postal"),
        Field("jusho", "住所", Kind.TEXT, True, 80, number=23, register="address"),
        Field("katagaki", "方書", Kind.TEXT, False, 40, number=24, register="katagaki"),
        Field("tel", "電話", Kind.PHONE, True, number=25, register="tel"),
    ),
)

APPLIED_ON = Field("shinseibi", "申請日", Kind.DATE, True, number=31)
FILER = (
    Field(
        "moshide",
        "申請者",
        Kind.SELECT,
        True,
        choices=choices(("01", "本人"), ("02", "家族"), ("03", "後見人等"), ("04", "代行")),
        number=36,
    ),
    Field("moshide_nm", "申請者氏名", Kind.TEXT, When("moshide", ("02", "03", "04")), 40, number=37),
    Field("moshide_kankei", "続柄等", Kind.TEXT, False, 20, number=38),
    Field("moshide_jusho", "申請者住所", Kind.TEXT, False, 80, number=39),
    Field("moshide_tel", "申請者電話", Kind.PHONE, number=40),
    Field(
        "daiko_kubun",
        "代行種別",
        Kind.SELECT,
        choices=choices(
            ("1", "居宅介護支援"),
            ("2", "包括支援センター"),
            ("3", "特養"),
            ("4", "老健"),
            ("5", "介護医療院"),
        ),
        number=43,
    ),
    Field("jigyosho", "代行事業所", Kind.PICKER, number=44, note="[検索] の別窓で選ぶ"),
)
"""申請者, with the office that files for the person."""

DOCTOR = Group(
    "shujii",
    "主治医",
    (
        Field("iryo_nm", "医療機関", Kind.TEXT, True, 40, number=51),
        Field("ishi_nm", "医師氏名", Kind.TEXT, True, 30, number=52),
        Field("ka", "診療科", Kind.TEXT, False, 20, number=53),
        Field("iryo_jusho", "所在地", Kind.TEXT, False, 80, number=54),
        Field("iryo_tel", "電話", Kind.PHONE, number=55),
        Field("jushinbi", "最終受診", Kind.DATE, number=58),
    ),
)

HELD_NOW = Group(
    "genkai",
    "現認定",
    (
        Field("kaigodo", "要介護度", Kind.SELECT, True, choices=_CARE_CLASSES, number=90),
        Field("yuko_kara", "有効期間自", Kind.DATE, True, number=91),
        Field("yuko_made", "有効期間至", Kind.DATE, True, number=95),
    ),
)

INSURANCE = Group(
    "iryo",
    "医療保険",
    (
        Field("hokensha_no", "保険者番号", Kind.DIGITS, True, 8, number=62),
        Field("hokensha_nm", "保険者名", Kind.TEXT, True, 30, number=63),
        Field("kigo", "記号", Kind.TEXT, False, 20, number=64),
        Field("bango", "番号", Kind.TEXT, True, 20, number=65),
        Field("edaban", "枝番", Kind.DIGITS, False, 2, number=66),
        Field("shippei", "特定疾病", Kind.SELECT, choices=_DISEASES, number=67, note="2号被保険者"),
    ),
)

VISIT = Group(
    "chosa",
    "訪問調査",
    (
        Field(
            "kyosho",
            "居所",
            Kind.RADIO,
            True,
            choices=choices(("1", "自宅"), ("2", "入院"), ("3", "施設"), ("9", "他")),
            number=71,
        ),
        Field("shisetsu_nm", "入院入所先", Kind.TEXT, When("kyosho", ("2", "3")), 40, number=72),
        Field("nyushobi", "入院入所日", Kind.DATE, number=73),
        Field("renraku_nm", "連絡先氏名", Kind.TEXT, False, 40, number=77),
        Field("renraku_tel", "連絡先電話", Kind.PHONE, number=78),
        Field("doi", "情報提供同意", Kind.CHECK, True, number=81, note="チェック必須"),
    ),
)
