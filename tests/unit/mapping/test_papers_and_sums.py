"""Documents that have to come with an application, and sums that have to add up."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bridge_agent.domain.application import Application, Attachment
from bridge_agent.domain.errors import BusinessError, RecipeError
from bridge_agent.domain.reasons import Reason
from bridge_agent.mapping.planner import plan
from tests.unit.mapping.small import RECIPE, application, loaded

HEAD = "same_person_days: 10\n"


def with_head(words: str) -> str:
    return RECIPE.replace(HEAD, HEAD + words)


def bringing(*names: str, **columns: str) -> Application:
    return replace(application(**columns), attachments=tuple(Attachment(name, "00", 1) for name in names))


PASSBOOK = 'papers:\n  - {name: 通帳の写し, files: [通帳, 口座], when: {field: kind, is: "2"}}\n'


@pytest.mark.parametrize("name", ["預金通帳.pdf", "口座が分かるもの.jpg"])
def test_one_of_its_words_stands_in_the_name_of_a_file(tmp_path: Path, name: str) -> None:
    plan(bringing("申請書.pdf", name, 区分="2"), loaded(tmp_path, with_head(PASSBOOK)))


@pytest.mark.parametrize("names", [(), ("就労証明書.pdf",)])
def test_without_it_the_application_is_held_by_its_name(tmp_path: Path, names: tuple[str, ...]) -> None:
    with pytest.raises(BusinessError) as held:
        plan(bringing(*names, 区分="2"), loaded(tmp_path, with_head(PASSBOOK)))
    assert (held.value.reason, held.value.note) == (Reason.ATTACHMENT_MISSING, "通帳の写し")


def test_only_where_its_condition_holds(tmp_path: Path) -> None:
    plan(bringing(区分="1"), loaded(tmp_path, with_head(PASSBOOK)))


def test_its_name_alone_will_do(tmp_path: Path) -> None:
    recipe = with_head("papers: [{name: 領収書}]\n")
    plan(bringing("領収書（1）.pdf"), loaded(tmp_path, recipe))
    with pytest.raises(BusinessError):
        plan(bringing("領収証.pdf"), loaded(tmp_path, recipe))


def test_an_original_is_waited_for_even_when_a_copy_came(tmp_path: Path) -> None:
    recipe = loaded(tmp_path, with_head("papers: [{name: 領収書, original: yes}]\n"))
    with pytest.raises(BusinessError) as held:
        plan(bringing("領収書.pdf"), recipe)
    assert (held.value.reason, held.value.note) == (Reason.PAPER_AWAITED, "領収書")
    assert plan(bringing(), recipe, waived={Reason.PAPER_AWAITED}).receipt_no


def test_an_original_can_be_waited_for_only_when_no_copy_came(tmp_path: Path) -> None:
    recipe = loaded(tmp_path, with_head("papers: [{name: 領収書, original: if_no_file}]\n"))
    assert plan(bringing("領収書.pdf"), recipe).receipt_no
    with pytest.raises(BusinessError) as held:
        plan(bringing("パンフレット.pdf"), recipe)
    assert (held.value.reason, held.value.note) == (Reason.PAPER_AWAITED, "領収書")
    assert plan(bringing(), recipe, waived={Reason.PAPER_AWAITED}).receipt_no


def test_a_waived_copy_does_not_waive_the_original(tmp_path: Path) -> None:
    recipe = loaded(tmp_path, with_head("papers: [{name: 写し}, {name: 領収書, original: yes}]\n"))
    with pytest.raises(BusinessError) as held:
        plan(bringing(), recipe, waived={Reason.ATTACHMENT_MISSING})
    assert held.value.reason is Reason.PAPER_AWAITED


def test_what_is_wrong_with_the_content_goes_first(tmp_path: Path) -> None:
    """Nobody should wait for a paper of an application that cannot be entered anyway."""
    recipe = loaded(tmp_path, with_head("papers: [{name: 領収書, original: yes}]\n"))
    with pytest.raises(BusinessError) as held:
        plan(bringing(氏名=""), recipe)
    assert held.value.reason is Reason.REQUIRED_MISSING


SUMS = "sums: [{of: price, rows: items, equals: total}]\n"
SUMMED = with_head(SUMS).replace(
    "  memo: {column: メモ,", "  total: {column: 合計, type: yen, class: plain}\n  memo: {column: メモ,"
)


def total_of(*prices: str, total: str) -> Application:
    rows = {f"品目{row}": "本" for row in range(1, len(prices) + 1)}
    rows |= {f"価格{row}": price for row, price in enumerate(prices, start=1)}
    return application(合計=total, **rows)


@pytest.mark.parametrize(("prices", "total"), [(("1200", "80"), "1280"), (("500",), "500"), ((), "0"), ((), "")])
def test_amounts_add_up(tmp_path: Path, prices: tuple[str, ...], total: str) -> None:
    assert plan(total_of(*prices, total=total), loaded(tmp_path, SUMMED)).receipt_no


@pytest.mark.parametrize(("prices", "total"), [(("1200", "80"), "1200"), (("500",), ""), ((), "1")])
def test_amounts_that_do_not_are_held(tmp_path: Path, prices: tuple[str, ...], total: str) -> None:
    with pytest.raises(BusinessError) as held:
        plan(total_of(*prices, total=total), loaded(tmp_path, SUMMED))
    assert held.value.reason is Reason.SUM_DIFFERS
    assert held.value.note.startswith("合計")


def test_an_amount_that_is_none_is_told_by_its_own_check(tmp_path: Path) -> None:
    with pytest.raises(BusinessError) as held:
        plan(total_of("千円", total="1000"), loaded(tmp_path, SUMMED))
    assert held.value.reason is not Reason.SUM_DIFFERS


@pytest.mark.parametrize(
    ("word", "found"), [("of: price", "of: prize"), ("rows: items", "rows: item"), ("equals: total", "equals: sum")]
)
def test_names_that_are_not_there_are_refused_where_they_stand(tmp_path: Path, word: str, found: str) -> None:
    with pytest.raises(RecipeError, match=r"recipe\.yaml:12:"):
        loaded(tmp_path, SUMMED.replace(word, found))


ROWED = 'papers:\n  - {name: 保証書, rows: items, when: {field: price, is_not: "0"}}\n'


@pytest.mark.parametrize(("prices", "asked"), [((), False), (("0", "0"), False), (("0", "1200"), True)])
def test_one_row_that_calls_for_it_is_enough(tmp_path: Path, prices: tuple[str, ...], *, asked: bool) -> None:
    recipe = loaded(tmp_path, with_head(ROWED))
    rows = {f"品目{row}": "本" for row in range(1, len(prices) + 1)}
    rows |= {f"価格{row}": price for row, price in enumerate(prices, start=1)}
    assert plan(bringing("保証書.pdf", **rows), recipe).receipt_no
    if asked:
        with pytest.raises(BusinessError) as held:
            plan(bringing(**rows), recipe)
        assert (held.value.reason, held.value.note) == (Reason.ATTACHMENT_MISSING, "保証書")
    else:
        assert plan(bringing(**rows), recipe).receipt_no


def test_without_a_condition_any_row_calls_for_it(tmp_path: Path) -> None:
    recipe = loaded(tmp_path, with_head("papers: [{name: 保証書, rows: items}]\n"))
    assert plan(bringing(), recipe).receipt_no
    with pytest.raises(BusinessError):
        plan(bringing(品目1="本", 価格1="0"), recipe)


def test_its_rows_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(RecipeError, match=r"recipe\.yaml:12:.*groups に「item」がありません.*items"):
        loaded(tmp_path, with_head("papers: [{name: 保証書, rows: item}]\n"))


def test_its_condition_may_be_of_the_row_or_of_the_application(tmp_path: Path) -> None:
    with pytest.raises(RecipeError, match=r"recipe\.yaml:13:.*prize.*price"):
        loaded(tmp_path, with_head(ROWED.replace("field: price", "field: prize")))
    assert loaded(tmp_path, with_head(ROWED.replace("field: price", "field: kind")))


@pytest.mark.parametrize(
    ("paper", "told"),
    [
        ("{name: 領収書, original: sometimes}", "「original」の値が決められた語ではありません.*if_no_file、no、yes"),
        ("{name: 領収書, original: if_nofile}", "「original」の値が決められた語ではありません.*「if_no_file」"),
        ('{name: 領収書, files: [領収, ""]}', "「files の 2 つ目」が空です"),  # it would stand in every file's name
    ],
)
def test_what_is_wrong_with_a_document_is_told_in_the_recipe_s_words(tmp_path: Path, paper: str, told: str) -> None:
    with pytest.raises(RecipeError, match=rf"recipe\.yaml:\d+:\d+: {told}"):
        loaded(tmp_path, with_head(f"papers: [{paper}]\n"))
