"""Screen 入所申込 of わかば: four pages; five 希望施設 added one below the other, each with the facility box; 世帯員 in a table."""

from __future__ import annotations

from mock_core_ui.core.catalogue.codes import choices
from mock_core_ui.core.catalogue.screen import Adding, Field, Group, Kind, Screen
from mock_core_ui.core.catalogue.wakaba_parts import (
    CHILD_DISABILITY,
    CHILD_NUMBER,
    FATHER,
    GUARDIAN,
    MEMBERS,
    MOTHER,
    YES,
    child,
    reception,
)

_WISH = Group(
    "kibo",
    "利用希望",
    (
        Field("kaishi", "利用開始日", Kind.DATE, True),
        Field("shuryo", "利用終了日", Kind.DATE, False),
        Field(
            "yobi",
            "利用曜日",
            Kind.CHECKS,
            True,
            choices=choices(
                ("w1", "月曜"), ("w2", "火曜"), ("w3", "水曜"), ("w4", "木曜"), ("w5", "金曜"), ("w6", "土曜")
            ),
        ),
        Field("kara", "登園時刻", Kind.TIME, True),
        Field("made", "降園時刻", Kind.TIME, True),
    ),
    page=2,
)

_FACILITIES = Group(
    "shisetsu",
    "希望施設",
    (
        Field("juni", "希望順位", Kind.DIGITS, True, 2),
        Field("en", "施設", Kind.PICKER, True, note="施設名か施設コードを入力して選択"),
        Field("riyu", "希望理由", Kind.TEXT, False, 40),
    ),
    rows=5,
    row_title="希望施設{n}",
    first_rows_required=1,
    page=2,
    adding=Adding.ADD,
)

_SITUATION = Group(
    "jokyo",
    "申込児童の状況",
    (
        Field(
            "hoiku",
            "現在の保育",
            Kind.SELECT,
            True,
            choices=choices(
                ("K1", "保護者が家庭で保育"),
                ("K2", "祖父母等が保育"),
                ("K3", "認可外保育施設"),
                ("K4", "一時預かり"),
                ("K5", "勤務先に同伴"),
                ("K9", "その他"),
            ),
        ),
        Field("kyodai", "きょうだいの同時申込", Kind.RADIO, True, choices=YES),
        Field(
            "kyodai_joken",
            "きょうだいの条件",
            Kind.SELECT,
            False,
            choices=choices(("S1", "同時かつ同園"), ("S2", "同時・別園可"), ("S3", "一人だけでも可")),
        ),
        Field("kenko", "健康上の特記事項", Kind.TEXTAREA, False, 150),
        Field("doi", "利用調整への同意", Kind.CHECK, True),
    ),
    page=4,
)

SCREEN = Screen(
    procedure="nursery_application",
    core="wakaba",
    number="WB-120",
    title="保育所等入所申込受付",
    category="保育",
    prefix="HM",
    application_date="uketsuke.uketsukebi",
    reference=True,
    groups=(
        reception(),
        GUARDIAN,
        child("児童・利用希望", CHILD_NUMBER, CHILD_DISABILITY),
        _WISH,
        _FACILITIES,
        FATHER,
        MOTHER,
        MEMBERS,
        _SITUATION,
    ),
)
