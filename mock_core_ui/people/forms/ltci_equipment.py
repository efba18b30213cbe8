"""居宅介護（介護予防）福祉用具購入費の支給申請: what insured residents bought for their care, and why."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from mock_core_ui.people.forms.care_benefit import insured_items
from mock_core_ui.people.forms.child_allowance import account_items
from mock_core_ui.people.forms.form import Form, Values, filing_person_items
from mock_core_ui.people.residents import Household, Town

_GOODS = (
    ("1", "ポータブルトイレ　ミナモⅡ型", "潮風ホームケア㈱", 33_800),
    ("2", "レシーバー交換部品（R-2）", "汐見原精機株式会社", 21_450),
    ("3", "排泄予測センサー　ナミ", "みなもメディカル㈱", 48_000),
    ("4", "シャワーチェア（背付）", "潮風ホームケア㈱", 15_400),
    ("4", "浴槽用手すり－Ｓ", "有限会社なぎさ工房", 12_100),
    ("5", "簡易浴槽　１５０㎝", "みなもメディカル㈱", 41_000),
    ("6", "スリングシート（Ｍ）", "汐見原精機株式会社", 28_600),
    ("7", "段差スロープ　固定型", "有限会社なぎさ工房", 9_900),
    ("8", "歩行器　四脚", "潮風ホームケア㈱", 17_600),
    ("9", "四点杖", "潮風ホームケア㈱", 6_380),
)
"""Kind, name, maker, price in yen."""
_SELLERS = (("0070600017", "福祉用具センター　しおみ"), ("0070600025", "㈱みなもケアショップ 髙台店"))
_NEEDS = (
    "立ち上がりと歩行が不安定なため。",
    "浴槽をまたぐときに転倒のおそれがある。\n家族の介助だけでは支えきれない。",
    "夜間、居室からトイレまで（約１０ｍ）の移動が難しい。\n①膝の痛み\n②ふらつき\nにより、居室で用を足せるようにしたい。",
    "退院後の生活に備え、担当の介護支援専門員と相談した（サービス計画書のとおり）。",
)
_MOST_IN_ONE_YEAR = 100_000


def _bought(rng: Random, seller: str, day: date) -> list[dict[str, str]]:
    """One to four things, together at most what a year's allowance covers."""
    left = _MOST_IN_ONE_YEAR
    rows: list[dict[str, str]] = []
    for kind, name, maker, price in rng.sample(_GOODS, rng.choice((1, 1, 1, 2, 2, 3, 4))):
        if price > left:
            continue
        left -= price
        rows.append(
            {
                "item_kind": kind,
                "item_name": name,
                "item_maker": maker,
                "item_seller": seller,
                "item_price": str(price),
                "item_date": (day - timedelta(days=rng.randrange(1, 60))).isoformat(),
            }
        )
    return rows


def _fill(town: Town, household: Household, day: date) -> Values:
    rng = town.rng
    number, seller = rng.choice(_SELLERS)
    values: Values = {"apply_date": day.isoformat()}
    values |= insured_items(town, household)
    rows = _bought(rng, seller, day)
    values["items"] = rows
    values["seller_office_no"] = number if rng.random() < 0.7 else ""
    values["need_reason"] = rng.choice(_NEEDS)
    again = rng.random() < 0.2
    values["past_purchase"] = "1" if again else "0"
    values["repurchase_reason"] = rng.choice("123") if again else ""
    values["at_home"] = "2" if rng.random() < 0.1 else "1"
    values["pay_method"] = "2" if rng.random() < 0.3 else "1"
    values["total_price"] = str(sum(int(row["item_price"]) for row in rows))
    values |= filing_person_items(household)
    values |= account_items(town, household.applicant)
    return values


def _attach(_values: Values) -> tuple[str, ...]:
    return ("領収書.pdf", "パンフレット.pdf", "福祉用具サービス計画書の写し.pdf")


FORM = Form(person="insured", date_key="apply_date", settle=Town.elders, fill=_fill, attach=_attach)
