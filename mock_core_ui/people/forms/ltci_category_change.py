"""要介護・要支援状態区分変更認定の申請: as the first application, with the class held now and, in words, what changed."""

from __future__ import annotations

from datetime import date, timedelta

from mock_core_ui.people.forms import ltci_certification
from mock_core_ui.people.forms.form import Form, Values, month_begins
from mock_core_ui.people.residents import Household, Town

_CLASSES = ("11", "12", "21", "21", "22", "22", "23", "24")
_WORSE = (
    "１０月初旬に自宅の浴室で転倒し、右大腿骨頸部を骨折した。\n入院・手術ののち退院したが、\n"
    "①立ち上がりに介助が要る\n②屋内の移動は歩行器で１０～１５ｍまで\n③夜間の排泄に見守りが要る",
    "物忘れが進み、昼夜を問わず外へ出ようとする。\n火の消し忘れが週２～３回ある。\n家族だけでの見守りが難しい（主治医も同意見）。",
    "脳梗塞（左片麻痺）の再発。着替え・入浴とも全介助。\nベッド上で過ごす時間がⅠ日の大半。褥瘡（仙骨部、約３㎝）あり。",
    "食事量が減り、半年で体重が６㎏減少。\n\n起き上がり・移乗に介助が必要になった。",
)
_BETTER = (
    "リハビリにより歩行が安定し、見守りなしで屋内を移動できるようになった。\n入浴も一部介助で可。",
    "退院後の経過がよく、身の回りのことは自分でできる。",
)
_OTHER = ("同居の家族が入院し、介護する者がいなくなったため、\n必要な介護の量を見直してほしい。",)


def held_now_items(town: Town, day: date) -> dict[str, str]:
    """現認定: whole months, begun before the day of application and not yet over."""
    rng = town.rng
    begun = month_begins(day.year, day.month - rng.randrange(1, 9))
    ends = month_begins(begun.year + rng.choice((1, 1, 2)), begun.month) - timedelta(days=1)
    return {"prev_class": rng.choice(_CLASSES), "prev_from": begun.isoformat(), "prev_to": ends.isoformat()}


def _change_items(town: Town) -> dict[str, str]:
    reason = town.rng.choice("11123")
    words = {"1": _WORSE, "2": _BETTER, "3": _OTHER}[reason]
    return {"change_reason": reason, "change_reason_text": town.rng.choice(words)}


def _fill(town: Town, household: Household, day: date) -> Values:
    first = ltci_certification.FORM.fill(town, household, day)
    values: Values = {}
    for item, value in first.items():
        if item == "apply_kind":
            continue
        if item == "ins_name":
            values |= held_now_items(town, day)
            values |= _change_items(town)
        values[item] = value
    return values


def _attach(_values: Values) -> tuple[str, ...]:
    return ("介護保険被保険者証.pdf",)


FORM = Form(person="insured", date_key="apply_date", settle=Town.elder, fill=_fill, attach=_attach)
