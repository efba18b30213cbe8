"""What each of the 31 procedures asks for beside its items, written here by hand from the fact sheet and from the list of
documents of the forms (not from the recipes): documents, prerequisites, what comes after the entry, sums, files to be
brought along. A line that is gone from a recipe shows here; its samples would not notice most of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from bridge_agent.domain.recipe import Recipe
from bridge_agent.domain.recipe_steps import Step
from bridge_agent.domain.recipe_words import Instead, When
from bridge_agent.mapping.recipe_files import load_recipes
from bridge_agent.mapping.walk import parts_of
from bridge_agent.steps.upload import UploadText

RECIPES = Path(__file__).parents[2] / "recipes"
ON_PAPER, UNLESS_A_FILE_CAME = "original on paper", "original on paper, if no file came"


@dataclass(frozen=True)
class Traits:
    day: str
    """The item that has to be the day of arrival."""
    papers: tuple[tuple[str, ...], ...] = ()
    """Name, when it is asked for ('' = always), words of file names; last how the original is waited for."""
    waits: tuple[tuple[str, str, int, int], ...] = ()
    """What the screen says, what is waited for, tried again after so many days, given up after so many."""
    ends: tuple[tuple[str, str], ...] = ()
    """What the office calls it after the entry, and of which applications ('' = all); none: the entry is the end."""
    apart: tuple[str, ...] = ()
    """Items that make two applications of one person two."""
    uploads: tuple[tuple[str, ...], ...] = ()
    """The screen's field, what it says when it has all files, words of file names (none: every file)."""
    sums: tuple[tuple[str, str, str], ...] = ()
    """Amounts of the rows of a group, the group, and the total that they must make."""


LIVING_APART = ("別居監護申立書", "children: child_live = 2", "別居監護")
PASSBOOK = ("通帳", "口座", "キャッシュカード")

TRAITS = {
    "child_allowance_certification": Traits(
        "claim_date",
        papers=(
            ("口座が分かるもの", "payee_use_public_account != 1", *PASSBOOK),
            LIVING_APART,
            ("監護相当・生計費の負担についての確認書", "older_children", "監護相当", "生計費の負担"),
        ),
    ),
    "child_allowance_amount_change": Traits("claim_date", papers=(LIVING_APART,)),
    "child_allowance_name_address_change": Traits("notify_date", papers=(LIVING_APART,)),
    "child_allowance_extinction": Traits("notify_date"),
    "child_allowance_unpaid": Traits(
        "claim_date",
        papers=(("続柄が分かるもの（戸籍・住民票）", "", "戸籍", "住民票"), ("口座が分かるもの", "", *PASSBOOK)),
    ),
    "child_allowance_donation": Traits("notify_date"),
    "child_allowance_donation_change": Traits("notify_date"),
    "child_allowance_school_fee": Traits("notify_date"),
    "child_allowance_school_fee_change": Traits("notify_date"),
    "child_allowance_status": Traits(
        "notify_date",
        papers=(LIVING_APART, ("海外留学に関する申立書", "children: study_abroad_ym != ", "海外留学")),
    ),
    "childcare_certification": Traits("apply_date"),
    "nursery_application": Traits("apply_date", ends=(("利用調整待ち", ""),)),
    "nursery_status": Traits(
        "notify_date",
        papers=(
            ("父の就労証明書", "father_reason = 1", "就労証明書（父", "就労証明書(父", "父の就労証明書"),
            ("母の就労証明書", "mother_reason = 1", "就労証明書（母", "就労証明書(母", "母の就労証明書"),
        ),
    ),
    "child_rearing_allowance_status": Traits("notify_date", ends=(("受付・面談待ち", ""),)),
    "pregnancy_notification": Traits(
        "notify_date",
        ends=(("面談・手帳交付待ち", ""),),
        uploads=(("添付書類", "{count}件を添付しました。"),),
    ),
    "ltci_certification": Traits("apply_date", ends=(("認定調査待ち", ""),)),
    "ltci_renewal": Traits("apply_date", ends=(("認定調査待ち", ""),)),
    "ltci_category_change": Traits("apply_date", ends=(("認定調査待ち", ""),)),
    "ltci_care_plan_request": Traits("notify_date"),
    "ltci_burden_ratio_reissue": Traits("apply_date"),
    "ltci_insured_card_reissue": Traits("apply_date"),
    "ltci_high_cost": Traits("apply_date"),
    "ltci_burden_limit": Traits(
        "apply_date",
        papers=(("通帳の写し", "", "通帳"), ("配偶者の通帳の写し", "spouse_exists = 1", "配偶者")),
    ),
    "ltci_equipment": Traits(
        "apply_date",
        papers=(("領収書", "", UNLESS_A_FILE_CAME),),
        sums=(("item_price", "items", "total_price"),),
    ),
    "ltci_home_renovation": Traits(
        "apply_date",
        papers=(
            ("住宅改修が必要な理由書", "stage = 1", "理由書"),
            ("見積書", "stage = 1"),
            ("改修前の写真", "stage = 1", "改修前", "着工前"),
            ("領収書", "stage = 2", UNLESS_A_FILE_CAME),
            ("工事内訳書", "stage = 2", "内訳書"),
            ("改修後の写真", "stage = 2", "改修後", "完成後"),
        ),
        ends=(("承認待ち", "stage = 1"), ("支給審査待ち", "stage = 2")),
        apart=("stage",),
    ),
    "ltci_after_move": Traits(
        "apply_date",
        waits=(
            ("該当者なし", "住民記録への転入の反映", 1, 14),
            ("被保険者番号が付番されていません", "新しい被保険者番号の付番", 1, 30),
        ),
    ),
    "disaster_victim_certificate": Traits(
        "apply_date",
        papers=(("被害状況の写真", "", "写真"),),
        ends=(("現地調査待ち", ""),),
    ),
    "vehicle_env_tax": Traits("report_date", ends=(("税額決定待ち", ""),)),
    "vehicle_tax_report": Traits("report_date"),
    "vehicle_tax_address_change": Traits("notify_date"),
    "parking_space_certificate": Traits("apply_date", ends=(("現地確認待ち", ""),)),
}


def _when(when: When | None, rows: str = "") -> str:
    told = ""
    if when is not None:
        told = f"{when.field} = {when.is_}" if when.is_ is not None else f"{when.field} != {when.is_not}"
    return f"{rows}: {told}" if rows and told else rows or told


ORIGINALS: dict[str, list[str]] = {"yes": [ON_PAPER], "no": [], "if_no_file": [UNLESS_A_FILE_CAME]}


def traits_of(recipe: Recipe) -> Traits:
    parts = [found.part for found in parts_of(recipe)]
    others = [part for part in parts if isinstance(part, Instead) and part.wait]
    uploads = [part.body for part in parts if isinstance(part, Step) and isinstance(part.body, UploadText)]
    return Traits(
        day=recipe.application_date,
        papers=tuple(
            (one.name, _when(one.when, one.rows), *one.files, *ORIGINALS[one.original]) for one in recipe.papers
        ),
        waits=tuple(
            (other.shows[0].text, other.wait.what, other.wait.again_days, other.wait.most_days)
            for other in others
            if other.wait
        ),
        ends=tuple((end.state, _when(end.when)) for end in recipe.ends_at),
        apart=recipe.same_person_apart,
        uploads=tuple((one.to.label, one.done.shows[0].text, *one.files) for one in uploads),
        sums=tuple((total.of, total.rows, total.equals) for total in recipe.sums),
    )


LOADED = {loaded.recipe.procedure: loaded.recipe for loaded in load_recipes(RECIPES)}


def test_every_procedure_is_told_of() -> None:
    assert set(TRAITS) == set(LOADED)
    assert len(TRAITS) == 31


@pytest.mark.parametrize("procedure", TRAITS)
def test_the_recipe_says_what_the_procedure_asks_for(procedure: str) -> None:
    assert traits_of(LOADED[procedure]) == TRAITS[procedure]
