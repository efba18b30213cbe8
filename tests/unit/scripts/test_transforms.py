"""The campaign over conversions: every value is in one share, and what is wrong is counted and told."""

from __future__ import annotations

from scripts.transforms import SHARE, result_of, shares
from tests.recipes.values_tried import Tried


def test_shares_have_all_values_and_their_own_seeds() -> None:
    made = shares(["a", "b"], 2 * SHARE + 10, 7)
    assert [(name, count) for name, count, _ in made] == [(name, n) for name in "ab" for n in (SHARE, SHARE, 10)]
    assert len({seed for name, _, seed in made if name == "a"}) == 3


def test_sums_are_joined_and_wrong_ones_told() -> None:
    whole = Tried(10, 5, 2)
    whole.join(Tried(10, 5, 1, ["bad"]))
    told = result_of({"a": whole, "b": Tried(4, 2, 1)}, 7, 1.26)
    assert (told["values"], told["valid"], told["held"], told["wrong"]) == (24, 12, 4, 1)
    assert told["conversions"]["a"]["wrong"] == ["bad"]  # type: ignore[index]
