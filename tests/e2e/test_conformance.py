"""`core test` against the mock cores with a real browser: a good core passes, a worse one fails the right line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bridge_agent import wiring
from bridge_agent.domain.conformance import Outcome, Subject
from bridge_agent.domain.errors import ConfigError
from bridge_agent.mapping.conformance_files import load_record, record_file
from bridge_agent.workshop.conformance import disturbed, in_order, suite
from bridge_agent.workshop.conformance.bench import Pace
from tests.e2e.agent_town import AgentTown
from tests.e2e.conformance_town import TestTown

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PASSED = {Subject.CANARY, Subject.VISIBILITY, Subject.IDENTITY, Subject.FUSE, Subject.SETTLE}


@pytest.fixture
def town(tmp_path: Path, browser_path: Path) -> Iterator[TestTown]:
    made = TestTown(tmp_path, browser_path)
    yield made
    made.close()


def records(town: AgentTown, core: str) -> list[str]:
    """References of what was registered at a core, in order."""
    return [commit.reference for commit in town.commits() if commit.core == core]


def test_the_command_measures_a_core_and_writes_a_signed_record(town: TestTown) -> None:
    copy = town.folder / "copy.json"
    done = town.agent(
        "core", "test", "sogo", "--rounds", "2", "--cuts", "1", "--json", str(copy), typed="y\n汐見 花江\n"
    )
    assert done.code == 0, done.out + done.err
    assert "総合行政システム" in done.out
    assert town.address("sogo") in done.out
    record = load_record(town.recipes, "sogo")
    assert record is not None
    assert record.signer == "汐見 花江"
    assert record.host == town.address("sogo").removeprefix("http://")
    outcomes = {found.subject: found.outcome for found in record.findings}
    assert {subject for subject, outcome in outcomes.items() if outcome is Outcome.PASSED} == PASSED
    untried = {Subject.IDLE, Subject.CLIENT_CERTIFICATE, Subject.NTLM}
    assert {subject for subject, outcome in outcomes.items() if outcome is Outcome.UNTRIED} == untried
    assert json.loads(copy.read_text(encoding="utf-8")) == json.loads(record.model_dump_json())
    # Without the fuse the browser's silent re-send registers twice: the mock takes a token twice, and says so.
    bare, double = record.finding(Subject.BARE), record.finding(Subject.DOUBLE_SUBMIT)
    assert bare is not None
    assert double is not None
    assert bare.figures["doubled"] == double.figures["doubled"] == 1
    references = records(town, "sogo")
    # 2 rounds, 1 cut and 1 cut at once: one record each; 1 without the fuse and 1 repeated: two records each
    assert sorted(references.count(one) for one in set(references)) == [1] * 4 + [2] * 2
    # Enough to see that it works, not enough to send again: the night refuses, and says what is missing.
    profile = town.recipes / "sogo" / "core.yaml"
    profile.write_text(
        profile.read_text(encoding="utf-8") + "\nresubmit_on_absent: after_quiescence\n", encoding="utf-8"
    )
    with pytest.raises(ConfigError) as refused:
        town.open_site()
    assert "2回、必要なのは20回" in refused.value.message


def test_a_core_without_a_reference_field_is_told_apart_by_its_compare_list(town: TestTown) -> None:
    bench = town.bench("nintei", Pace(rounds=1, cuts=1, others=1))
    with bench.session() as session:
        seen, identity, kind = in_order.fresh_records(bench, session)
        assert in_order.canary(bench, session).outcome is Outcome.PASSED
    assert (seen.outcome, identity.outcome) == (Outcome.PASSED, Outcome.PASSED), identity.sentence
    assert "39項目" in identity.sentence
    assert kind.figures == {"status": 200}
    assert disturbed.fuse(bench).figures == {"requests": 1, "found": 1, "good": 1}


def test_a_core_that_is_worse_than_its_profile_fails_the_right_lines(town: TestTown) -> None:
    bench = town.bench("sogo", Pace(rounds=1, cuts=1, others=1, held_s=0.2))
    town.faults("sogo", {"fault": "M37", "when": {"every": 1}, "seconds": 3})
    with bench.session() as session:
        seen, identity, _ = in_order.fresh_records(bench, session)
        assert in_order.canary(bench, session).outcome is Outcome.PASSED
    assert seen.outcome is Outcome.FAILED
    assert 2 < seen.figures["longest_s"] < 6
    assert identity.outcome is Outcome.PASSED
    late = disturbed.settle(bench)
    assert late.outcome is Outcome.FAILED  # 3 s late and 1 s of visibility do not fit into 4 s
    assert late.figures["needed_s"] > 4
    town.faults("sogo")
    town.one_session_an_account("sogo")
    taken = in_order.take_over(bench)
    assert taken.figures == {"first_ended": 1.0}
    assert "session_lost の画面が出ました" in taken.sentence


def test_a_canary_that_is_not_there_fails(town: TestTown) -> None:
    profile = town.recipes / "sogo" / "core.yaml"
    text = profile.read_text(encoding="utf-8")
    profile.write_text(text.replace('"0099999901"', '"0099999902"'), encoding="utf-8")
    bench = town.bench("sogo", Pace())
    with bench.session() as session:
        assert in_order.canary(bench, session).outcome is Outcome.FAILED


def test_sessions_that_both_live_are_told(town: TestTown) -> None:
    assert in_order.take_over(town.bench("sogo", Pace())).figures == {"first_ended": 0.0}


def test_a_session_left_alone_too_long_is_told(tmp_path: Path, browser_path: Path) -> None:
    town = TestTown(tmp_path, browser_path, expiry_minutes=0.01)
    try:
        assert in_order.idle(town.bench("sogo", Pace(idle_minutes=0.02))).figures["lost"] == 1.0
        assert in_order.idle(town.bench("sogo", Pace())).outcome is Outcome.UNTRIED
    finally:
        town.close()


def test_nothing_is_registered_without_a_yes_nor_in_production(town: TestTown) -> None:
    stopped = town.agent("core", "test", "sogo", typed="n\n")
    assert stopped.code == 3
    shown = town.agent("core", "show", "sogo")
    assert shown.code == 0, shown.err
    assert "試験環境" in shown.out
    assert "適合試験の記録がありません" in shown.out
    town.rewrite(('environment = "test"\n', ""))
    refused = town.agent("core", "test", "sogo", "--yes")
    assert refused.code == 2
    assert "本番環境" in refused.err
    with pytest.raises(ConfigError):
        suite.run(town.bench("sogo", Pace()), "誰か", print)
    assert records(town, "sogo") == []
    assert not record_file(town.recipes, "sogo").exists()


def test_the_settings_know_two_environments_only(town: TestTown) -> None:
    town.rewrite(('environment = "test"\n', 'environment = "staging"\n'))
    with pytest.raises(ConfigError):
        wiring.read_site(wiring.Start(town.config))
