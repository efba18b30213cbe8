"""Screen 児童手当認定請求 of the 総合行政システム: the longest one, with five children and two account blocks."""

from __future__ import annotations

from mock_core_ui.core.catalogue.codes import COUNTER, HAS, OCCUPATION, PENSION, SEX, choices
from mock_core_ui.core.catalogue.screen import DELETE_KEY, Field, Group, Kind, Screen, When

_WITH_SPOUSE = When("umu", ("1",))
_AT_BANK = When("kubun", ("1",))
_AT_POST = When("kubun", ("2",))

_CLAIMANT = Group(
    "seikyusha",
    "請求者",
    (
        Field("kana", "氏名カナ", Kind.HALF_KANA, True, 80, register="kana", note="半角カナ"),
        Field("shimei", "氏名", Kind.TEXT, True, 40, register="name"),
        Field("seibetsu", "性別", Kind.RADIO, True, choices=SEX, register="sex"),
        Field("birth", "生年月日", Kind.DATE, True, register="birth"),
        Field("kojin_no", "個人番号", Kind.DIGITS, False, 12, exact=True),
        Field("yubin", "郵便番号", Kind.POSTAL, True, register="postal"),
        Field("jusho", "住所", Kind.TEXT, True, 80, register="address"),
        Field("katagaki", "方書", Kind.TEXT, False, 40, register="katagaki"),
        Field("tel", "電話番号", Kind.PHONE, True, register="tel"),
        Field("jan1_jusho", "１月１日の住所", Kind.TEXT, False, 80, note="現住所と異なる場合のみ"),
        Field("shokugyo", "職業区分", Kind.SELECT, True, choices=OCCUPATION),
        Field("nenkin", "加入年金", Kind.SELECT, True, choices=PENSION),
        Field("kinmusaki", "勤務先名", Kind.TEXT, False, 40),
    ),
)

_SPOUSE = Group(
    "haigusha",
    "配偶者",
    (
        Field("umu", "配偶者の有無", Kind.RADIO, True, choices=HAS),
        Field("kana", "氏名カナ", Kind.HALF_KANA, _WITH_SPOUSE, 80, note="半角カナ"),
        Field("shimei", "氏名", Kind.TEXT, _WITH_SPOUSE, 40),
        Field("birth", "生年月日", Kind.DATE, _WITH_SPOUSE),
        Field("kojin_no", "個人番号", Kind.DIGITS, False, 12, exact=True),
        Field("shokugyo", "職業区分", Kind.SELECT, _WITH_SPOUSE, choices=OCCUPATION),
        Field("jusho", "住所", Kind.TEXT, False, 80, note="別居の場合のみ"),
    ),
)

_CHILDREN = Group(
    "jido",
    "支給対象児童",
    (
        Field("shimei", "児童氏名", Kind.TEXT, True, 40),
        Field("kana", "児童氏名フリガナ", Kind.KANA, True, 60, note="全角カナ"),
        Field("birth", "生年月日", Kind.DATE, True),
        Field(
            "zokugara",
            "続柄",
            Kind.SELECT,
            True,
            choices=choices(
                ("01", "子"),
                ("02", "養子"),
                ("05", "孫"),
                ("06", "甥・姪"),
                ("07", "弟・妹・兄・姉"),
                ("99", "その他"),
            ),
        ),
        Field("dokyo", "同別居", Kind.SELECT, True, choices=choices(("0", "同居"), ("1", "別居"))),
        Field("jusho", "別居先住所", Kind.TEXT, When("dokyo", ("1",)), 80, note="別居のとき必須"),
        Field("kango", "監護", Kind.SELECT, True, choices=choices(("0", "監護していない"), ("1", "監護している"))),
        Field("seikei", "生計", Kind.SELECT, True, choices=choices(("1", "生計同一"), ("2", "生計維持"))),
        Field("kojin_no", "個人番号", Kind.DIGITS, False, 12, exact=True),
        Field(DELETE_KEY, "この行を削除", Kind.CHECK, note="チェックした行は登録されない"),
    ),
    rows=5,
    row_title="児童{n}",
    first_rows_required=1,
)

_OLDER = Group(
    "santei",
    "算定対象となる子（大学生年代）",
    (
        Field("shimei", "氏名", Kind.TEXT, True, 40),
        Field("birth", "生年月日", Kind.DATE, True),
        Field("futan", "監護相当・生計費負担", Kind.SELECT, True, choices=HAS),
        Field(DELETE_KEY, "削除", Kind.CHECK, note="チェックした行は登録されない"),
    ),
    rows=3,
    row_title="算定対象の子{n}",
    grid=True,
)

_ACCOUNT = Group(
    "koza",
    "振込先口座",
    (
        Field(
            "kubun",
            "振込先区分",
            Kind.RADIO,
            True,
            choices=choices(("1", "金融機関"), ("2", "ゆうちょ銀行"), ("3", "公金受取口座")),
        ),
        Field("ginko_cd", "金融機関コード", Kind.DIGITS, _AT_BANK, 4, exact=True),
        Field("ginko_nm", "金融機関名", Kind.TEXT, _AT_BANK, 30),
        Field("shiten_cd", "支店コード", Kind.DIGITS, _AT_BANK, 3, exact=True),
        Field("shiten_nm", "支店名", Kind.TEXT, _AT_BANK, 30),
        Field(
            "shumoku",
            "預金種目",
            Kind.SELECT,
            _AT_BANK,
            choices=choices(("01", "普通"), ("02", "当座"), ("09", "その他")),
        ),
        Field("koza_no", "口座番号", Kind.DIGITS, _AT_BANK, 7, exact=True),
        Field("kigo", "ゆうちょ記号", Kind.DIGITS, _AT_POST, 5, exact=True),
        Field("bango", "ゆうちょ番号", Kind.DIGITS, _AT_POST, 8),
        Field("meigi", "口座名義人カナ", Kind.ZENGIN, When("kubun", ("1", "2")), 30, note="半角カナ（全銀文字）"),
    ),
)

SCREEN = Screen(
    procedure="child_allowance_certification",
    core="sogo",
    number="JT-1010",
    title="児童手当認定請求入力",
    category="児童手当",
    prefix="JT",
    application_date="uketsuke.seikyubi",
    reference=True,
    groups=(
        Group(
            "uketsuke",
            "受付情報",
            (
                Field("kubun", "受付区分", Kind.SELECT, True, choices=COUNTER),
                Field("seikyubi", "請求日", Kind.DATE, True),
            ),
        ),
        _CLAIMANT,
        _SPOUSE,
        _CHILDREN,
        _OLDER,
        _ACCOUNT,
    ),
)
