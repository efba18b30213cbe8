"""Progress for logs and pipes speaks the clerk's words, not the ledger's."""

from __future__ import annotations

import io

import pytest

from bridge_agent.cli.progress import PlainProgress
from bridge_agent.cli.words import outcome_words
from bridge_agent.domain.ledger_records import Intake
from bridge_agent.domain.reasons import Reason


def test_a_stage_is_summed_up_in_the_clerk_s_words() -> None:
    out = io.StringIO()
    progress = PlainProgress(out)
    progress.stage("ダウンロード", 4)
    for outcome in ("new", "new", "no_recipe", "報告済"):
        progress.advance("1", outcome)
    progress.stage("突き合わせ", 3)
    for outcome in ("一致", "保留 0件", "保留 0件"):
        progress.advance("1", outcome)
    progress.close()
    assert "取込: 2件、報告済: 1件" in out.getvalue()
    assert "レシピ" in out.getvalue()
    assert "一致: 1件、保留のうち基幹に0件あるもの: 2件" in out.getvalue()


@pytest.mark.parametrize("word", [*Intake, *Reason, *(f"保留 {reason}" for reason in Reason)])
def test_no_code_word_is_shown(word: str) -> None:
    assert outcome_words(word).isascii() is False
    assert "_" not in outcome_words(word)
