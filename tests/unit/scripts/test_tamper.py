"""The campaigns against the ledger, a share of them: every altered story is found, no damaged file does harm."""

from __future__ import annotations

from pathlib import Path

import pytest

from bridge_agent.ledger import audit, opening
from scripts.tamper import damage_files, tamper_stories

COUNT, SEED = 102, 20261125
"""Six of each way; the whole campaign is a script."""


def test_every_altered_story_is_found_and_no_sound_one(tmp_path: Path) -> None:
    print(f"seed {SEED}")
    result = tamper_stories(COUNT, SEED, tmp_path)
    assert result["missed"] == []
    assert result["false_alarms"] == 0


def test_no_damaged_file_does_harm_and_sound_ones_run(tmp_path: Path) -> None:
    print(f"seed {SEED}")
    result = damage_files(100, SEED, tmp_path)
    assert result["harmed"] == []
    assert result["controls"] == {"ran": 10}


def test_without_heads_a_cut_end_would_be_missed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "_foreign_heads", lambda connection, heads: [])
    missed = tamper_stories(17, SEED, tmp_path)["missed"]
    assert isinstance(missed, list)
    assert "cut_only_the_last" in {m.split()[0] for m in missed}


def test_without_the_look_at_every_row_damaged_files_would_do_harm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "alarms_at_opening", lambda connection: [])
    monkeypatch.setattr("bridge_agent.ledger.writing.broken_rows", lambda *given: [])
    monkeypatch.setattr("bridge_agent.ledger.row_seals.TRIGGERS", ())
    assert damage_files(70, SEED, tmp_path)["harmed"]
