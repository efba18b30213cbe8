"""Screen 児童扶養手当現況届（事前受付） of わかば: amounts, children in a table, 扶養義務者 one below the other."""

from __future__ import annotations

from mock_core_ui.core.catalogue.codes import choices
from mock_core_ui.core.catalogue.screen import Adding, Field, Group, Kind, Screen, When
from mock_core_ui.core.catalogue.wakaba_parts import person, reception

_LIFE = Group(
    "seikatsu",
    "受給者の生活状況",
    (
        Field(
            "jukyo",
            "住まい",
            Kind.SELECT,
            True,
            choices=choices(
                ("H1", "自己所有"), ("H2", "民間賃貸"), ("H3", "公営住宅"), ("H4", "親族宅"), ("H9", "その他")
            ),
        ),
        Field("shokugyo", "職業・勤務先", Kind.TEXT, False, 30, loose=True),
        Field(
            "nenkin",
            "公的年金等",
            Kind.RADIO,
            True,
            choices=choices(("P0", "受給なし"), ("P1", "受給あり"), ("P2", "請求中")),
        ),
        Field("nenkin_shurui", "年金の種別・記号番号", Kind.TEXT, When("nenkin", ("P1",)), 30),
    ),
    page=2,
    page_title="生活・所得",
)

_INCOME = Group(
    "shotoku",
    "前年の所得等",
    (
        Field("gaku", "所得額（円）", Kind.DIGITS, False, 8),
        Field("fuyo", "扶養親族等の人数", Kind.DIGITS, True, 2),
        Field("yoikuhi_hon", "養育費（本人分・円）", Kind.DIGITS, True, 8),
        Field("yoikuhi_ji", "養育費（児童分・円）", Kind.DIGITS, False, 8),
    ),
    page=2,
)

_CHILDREN = Group(
    "jido",
    "対象児童",
    (
        Field("shimei", "児童名", Kind.TEXT, True, 30),
        Field("birth", "生年月日", Kind.DATE, True),
        Field(
            "zokugara",
            "受給者からみた続柄",
            Kind.SELECT,
            True,
            choices=choices(
                ("C1", "実子"), ("C2", "養子"), ("C3", "孫"), ("C4", "おい・めい"), ("C5", "弟妹"), ("C9", "その他")
            ),
        ),
        Field("dokyo", "居住", Kind.RADIO, True, choices=choices(("D", "同居"), ("B", "別居監護"))),
        Field(
            "jiyu",
            "支給要件",
            Kind.SELECT,
            True,
            choices=choices(
                ("01", "父母の離婚"),
                ("02", "父又は母の死亡"),
                ("03", "父又は母の障害"),
                ("04", "生死不明"),
                ("05", "遺棄"),
                ("06", "保護命令"),
                ("07", "拘禁"),
                ("08", "未婚の母の子"),
                ("99", "その他"),
            ),
        ),
    ),
    rows=5,
    row_title="対象児童{n}",
    first_rows_required=1,
    page=3,
    page_title="児童・扶養義務者",
    adding=Adding.EDITOR,
)

_SUPPORTERS = Group(
    "fuyo",
    "扶養義務者",
    (
        Field("shimei", "義務者氏名", Kind.TEXT, True, 30),
        Field("zokugara", "義務者の続柄", Kind.TEXT, True, 8),
        Field("kojin_no", "義務者の個人番号", Kind.DIGITS, False, 12, exact=True),
    ),
    rows=3,
    row_title="扶養義務者{n}",
    page=3,
    adding=Adding.ADD,
)

SCREEN = Screen(
    procedure="child_rearing_allowance_status",
    core="wakaba",
    number="WB-340",
    title="児童扶養手当現況届（事前受付）",
    category="手当・給付",
    prefix="JF",
    application_date="uketsuke.uketsukebi",
    reference=True,
    groups=(
        reception(Field("shosho_no", "証書番号", Kind.TEXT, True, 10)),
        person("jukyusha", "受給者"),
        _LIFE,
        _INCOME,
        _CHILDREN,
        _SUPPORTERS,
        Group(
            "shinsa",
            "受付後の扱い",
            (
                Field(
                    "jotai",
                    "処理状態",
                    Kind.SELECT,
                    True,
                    choices=choices(("11", "受付・面談待ち"), ("21", "審査中"), ("31", "決定")),
                ),
            ),
            page=3,
        ),
    ),
)
