"""Screen HB0220 居宅サービス計画作成依頼届入力 of the ひばり介護保険システム: an office that has to be known."""

from __future__ import annotations

from mock_core_ui.core.catalogue.codes import choices
from mock_core_ui.core.catalogue.hibari_parts import CONSENT, WAY, YES_NO, insured_page
from mock_core_ui.core.catalogue.screen import Field, Group, Kind, Screen, When

_CHANGED = When("kubun", ("H",))

_NOTICE = Group(
    "todoke",
    "届出",
    (
        Field("todokebi", "届出日", Kind.DATE, True),
        Field("hoho", "受付方法", Kind.SELECT, True, choices=WAY),
        Field(
            "shubetsu",
            "計画の種別",
            Kind.SELECT,
            True,
            choices=choices(
                ("K10", "居宅サービス計画"),
                ("Y10", "介護予防サービス計画"),
                ("Y20", "予防ケアマネジメント"),
                ("S10", "小規模多機能"),
                ("S20", "看護小規模多機能"),
            ),
        ),
    ),
)

_OFFICE = Group(
    "jigyosho",
    "事業所",
    (
        Field("jigyosho", "事業所番号", Kind.PICKER, True, note="[F4] で検索"),
        Field("yubin", "郵便番号", Kind.POSTAL),
        Field("jusho", "所在地", Kind.TEXT, True, 80, widen=True),
        Field("tel", "電話番号", Kind.PHONE, True),
        Field("senmonin", "担当専門員", Kind.TEXT, False, 40, widen=True),
    ),
)

_APPLIED = Group(
    "tekiyo",
    "適用",
    (
        Field("kubun", "届出区分", Kind.SELECT, True, choices=choices(("N", "新規"), ("H", "変更"))),
        Field("kaishibi", "適用開始日", Kind.DATE, True),
        Field("henkobi", "変更日", Kind.DATE, _CHANGED, note="変更のとき必須"),
        Field("jiyu", "変更事由", Kind.TEXT, _CHANGED, 100, note="変更のとき必須", widen=True),
        Field("riyo", "同月の利用", Kind.SELECT, choices=YES_NO),
        Field("service", "利用サービス", Kind.TEXT, False, 60, widen=True),
        Field("doi", "情報提供", Kind.SELECT, True, choices=CONSENT),
    ),
)

SCREEN = Screen(
    procedure="ltci_care_plan_request",
    core="hibari",
    number="HB0220",
    title="居宅サービス計画作成依頼届入力",
    category="給付",
    prefix="HB",
    application_date="todoke.todokebi",
    reference=True,
    groups=(_NOTICE, insured_page(Kind.KANA, "全角カナ"), _OFFICE, _APPLIED),
)
