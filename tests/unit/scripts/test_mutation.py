"""What the mutation campaign changes, and which tests it lets judge a change."""

from __future__ import annotations

from pathlib import Path

from scripts.mutation.mutants import Mutant, mutants_of
from scripts.mutation.reaching import EVERY_TEST, SHARPEST, judges_of

SOURCE = '''"""Two functions."""


def greater(one: int, other: int) -> bool:
    if (
        one
        > other
    ):
        return True
    return False


def word(number: int) -> str:
    match number:
        case 1 if number > 0:
            return "one"
        case _:
            return "many"
'''
TESTS = ("tests/unit",)


def mutants(folder: Path) -> dict[str, Mutant]:
    file = folder / "words.py"
    file.write_text(SOURCE, encoding="utf-8")
    return {f"{m.line} {m.what}": m for m in mutants_of(file, folder)}


def test_each_mutant_is_one_small_change(tmp_path: Path) -> None:
    made = mutants(tmp_path)
    assert {"6 Gt -> GtE", "5 if always", "5 if never", "9 True -> False", "10 False -> True"} <= set(made)
    assert "one >= other" in made["6 Gt -> GtE"].source
    assert "one > other" in made["9 True -> False"].source


def test_a_mutant_knows_its_statement_and_not_what_the_statement_governs(tmp_path: Path) -> None:
    made = mutants(tmp_path)
    assert (made["6 Gt -> GtE"].first, made["6 Gt -> GtE"].last) == (5, 8)
    assert (made["9 True -> False"].first, made["9 True -> False"].last) == (9, 9)
    assert (made["15 Gt -> GtE"].first, made["15 Gt -> GtE"].last) == (15, 15)


def test_those_that_reach_the_statement_judge_it_and_no_others() -> None:
    reaching = {"words.py": {"5": ["a::one"], "9": ["a::one", "b::two"]}}
    assert judges_of(reaching, "words.py", 5, 8, TESTS) == [["a::one"]]
    assert judges_of(reaching, "words.py", 9, 9, TESTS) == [["b::two", "a::one"]]  # b reaches nothing else


def test_those_that_noticed_most_come_first_and_a_few_of_them_alone() -> None:
    many = [f"a::t{number:02}" for number in range(SHARPEST + 3)]
    reaching = {"words.py": {"5": many}}
    first, rest = judges_of(reaching, "words.py", 5, 5, TESTS, {"a::t17": 4, "a::t09": 9})
    assert first[:3] == ["a::t09", "a::t17", "a::t00"]
    assert len(first) == SHARPEST
    assert sorted([*first, *rest]) == many


def test_what_is_reached_outside_of_tests_too_is_judged_by_all_the_others_afterwards() -> None:
    reaching = {"words.py": {"10": [EVERY_TEST, "a::one"], "11": [EVERY_TEST]}}
    assert judges_of(reaching, "words.py", 10, 10, TESTS) == [["a::one"], TESTS]
    assert judges_of(reaching, "words.py", 11, 11, TESTS) == [TESTS]
    assert judges_of(reaching, "words.py", 4, 4, TESTS) == [TESTS]
