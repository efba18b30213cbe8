"""The promise stands in the documents word for word, and every command that reproduces a figure exists."""

from __future__ import annotations

import re

from tests.architecture.source_files import ROOT

PROMISE = (
    "At most one deliberate submission per armed attempt; no second attempt unless absence was established under the "
    "recipe's declared policy; everything else is held for a person. Under assumptions A1-A5 every application ends as "
    "registered exactly once, or held with evidence. If an assumption is broken, the nightly reconciliation reports it."
)


def text() -> str:
    return (ROOT / "docs" / "promise.md").read_text(encoding="utf-8")


def test_the_promise_is_given_word_for_word() -> None:
    unfolded = " ".join(text().replace("\n> ", " ").replace("*", "").split())
    assert PROMISE in unfolded


def test_every_script_it_names_is_there() -> None:
    scripts = set(re.findall(r"python3 (scripts/\w+\.py)", text()))
    assert len(scripts) >= 8
    assert [name for name in scripts if not (ROOT / name).is_file()] == []
