"""What the vendor's screens of the child allowance share: the head with the 受給者, the child's block, the account."""

from __future__ import annotations

from mock_core_ui.core.catalogue.codes import COUNTER, choices
from mock_core_ui.core.catalogue.screen import DELETE_KEY, Field, Group, Kind, When

RELATION = choices(
    ("01", "子"),
    ("02", "養子"),
    ("05", "孫"),
    ("06", "甥・姪"),
    ("07", "弟・妹・兄・姉"),
    ("99", "その他"),
)
DELETE_BLOCK = Field(DELETE_KEY, "この行を削除", Kind.CHECK, note="チェックした行は登録されない")
DELETE_LINE = Field(DELETE_KEY, "削除", Kind.CHECK, note="チェックした行は登録されない")

CHILD_FIELDS = (
    Field("shimei", "児童氏名", Kind.TEXT, True, 40),
    Field("kana", "児童氏名フリガナ", Kind.KANA, True, 60, note="全角カナ"),
    Field("birth", "生年月日", Kind.DATE, True),
    Field("zokugara", "続柄", Kind.SELECT, True, choices=RELATION),
    Field("dokyo", "同別居", Kind.SELECT, True, choices=choices(("0", "同居"), ("1", "別居"))),
    Field("jusho", "別居先住所", Kind.TEXT, When("dokyo", ("1",)), 80, note="別居のとき必須"),
    Field("kango", "監護", Kind.SELECT, True, choices=choices(("0", "監護していない"), ("1", "監護している"))),
    Field("seikei", "生計", Kind.SELECT, True, choices=choices(("1", "生計同一"), ("2", "生計維持"))),
    Field("kojin_no", "個人番号", Kind.DIGITS, False, 12, exact=True),
)
"""One child as the screens with a box a child show it."""

_AT_BANK = When("kubun", ("1",))
_AT_POST = When("kubun", ("2",))

ACCOUNT = Group(
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

FILED = Group(
    "uketsuke",
    "受付情報",
    (
        Field("kubun", "受付区分", Kind.SELECT, True, choices=COUNTER),
        Field("todokebi", "届出日", Kind.DATE, True),
    ),
)
"""受付情報 of what a 受給者 files."""


def recipient(*, numbered: bool) -> Group:
    """受給者, who is known already. `numbered`: whether the screen insists on the 認定番号."""
    return Group(
        "jukyusha",
        "受給者",
        (
            Field("nintei_no", "認定番号", Kind.DIGITS, numbered, 8),
            Field("kana", "氏名カナ", Kind.HALF_KANA, True, 80, register="kana", note="半角カナ"),
            Field("shimei", "氏名", Kind.TEXT, True, 40, register="name"),
            Field("birth", "生年月日", Kind.DATE, True, register="birth"),
            Field("kojin_no", "個人番号", Kind.DIGITS, False, 12, exact=True),
            Field("tel", "電話番号", Kind.PHONE, True, register="tel"),
            Field("yubin", "郵便番号", Kind.POSTAL, True, register="postal"),
            Field("jusho", "住所", Kind.TEXT, True, 80, register="address"),
            Field("katagaki", "方書", Kind.TEXT, False, 40, register="katagaki"),
        ),
    )


OFFERED = Group(
    "uketsuke",
    "受付情報",
    (
        Field("moshidebi", "申出日", Kind.DATE, True),
        Field("kubun", "受付区分", Kind.SELECT, True, choices=COUNTER),
    ),
)
"""受付情報 of what a 受給資格者 offers."""


def entitled(*, numbered: bool) -> Group:
    """受給資格者 on the later screens of 申出: shorter boxes, kana in full width, no 個人番号."""
    return Group(
        "shikakusha",
        "受給資格者",
        (
            Field("shimei", "氏名", Kind.TEXT, True, 30, register="name"),
            Field("furigana", "フリガナ", Kind.KANA, True, 50, register="kana", note="全角カナ"),
            Field("birth", "生年月日", Kind.DATE, True, register="birth"),
            Field("nintei_no", "認定番号", Kind.DIGITS, numbered, 8, exact=True),
            Field("yubin", "〒", Kind.POSTAL, True, register="postal"),
            Field("jusho", "住所", Kind.TEXT, True, 60, register="address"),
            Field("katagaki", "方書", Kind.TEXT, False, 30, register="katagaki"),
            Field("tel", "連絡先", Kind.PHONE, True, register="tel"),
        ),
    )


_FEES = choices(
    ("K1", "学校給食費"),
    ("H1", "保育料"),
    ("H2", "幼稚園・認定こども園利用料"),
    ("H3", "学童クラブ利用料"),
    ("G1", "学用品費"),
    ("G9", "その他"),
)


def school_fees(legend: str) -> Group:
    """A line for each child and fee; four of them."""
    return Group(
        "himoku",
        legend,
        (
            Field("gakko", "学校・園", Kind.TEXT, True, 30),
            Field("gakunen", "学年組", Kind.TEXT, False, 10, note="全角"),
            Field("shimei", "児童生徒氏名", Kind.TEXT, True, 40),
            Field("birth", "生年月日", Kind.DATE, True),
            Field("shu", "費目", Kind.SELECT, True, choices=_FEES),
            Field("hani", "徴収額", Kind.SELECT, True, choices=choices(("0", "全額"), ("1", "上限額まで"))),
            Field("jogen", "上限額", Kind.DIGITS, When("hani", ("1",)), 6),
            DELETE_LINE,
        ),
        rows=4,
        row_title="費目{n}",
        first_rows_required=1,
        grid=True,
    )
