"""What a command leaves outside the ledger at its end; what cannot be written there is told, and undoes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from bridge_agent.ledger.keeping import read_heads, read_witness
from bridge_agent.ledger.store import SqlLedger


@pytest.fixture
def blocked(tmp_path: Path) -> Path:
    """A place in a folder that is a file."""
    (tmp_path / "in the way").write_text("", encoding="utf-8")
    return tmp_path / "in the way" / "kept.json"


def test_witness_and_heads_say_how_far_the_ledger_came(ledger: SqlLedger, tmp_path: Path, log: list[str]) -> None:
    witness, heads = tmp_path / "a" / "epoch.json", tmp_path / "b" / "heads.jsonl"
    ledger.keep_elsewhere(witness, heads)
    assert read_witness(witness) is not None
    assert len(read_heads(heads)) == 1
    assert log == []


def test_heads_that_cannot_be_written_are_named(
    ledger: SqlLedger, tmp_path: Path, blocked: Path, log: list[str]
) -> None:
    ledger.keep_elsewhere(tmp_path / "epoch.json", blocked)
    [told] = log
    assert str(blocked) in told
    assert "置き場所の空きと権限を確かめてください" in told
    assert "想定外" not in told


def test_a_witness_that_cannot_be_written_is_named(
    ledger: SqlLedger, tmp_path: Path, blocked: Path, log: list[str]
) -> None:
    ledger.keep_elsewhere(blocked, tmp_path / "heads.jsonl")
    [told] = log
    assert str(blocked) in told
    assert "想定外" not in told
