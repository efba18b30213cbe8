"""A record permits to send again only when it is signed, fresh, and every needed line was passed often enough."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bridge_agent.domain.conformance import (
    ConformanceRecord,
    Finding,
    Outcome,
    Subject,
    profile_digest,
    signed,
    what_is_missing,
)
from bridge_agent.domain.core_profile import CoreProfile, OnAbsent
from bridge_agent.sealing import SiteSealer
from tests.e2e.browser_sessions import profile

SEALER = SiteSealer(bytes(range(32)))
PROFILE = profile()
TRIALS = {Subject.VISIBILITY: 20, Subject.FUSE: 10}
SUBJECTS = (Subject.CANARY, Subject.TLS, Subject.VISIBILITY, Subject.IDENTITY, Subject.FUSE, Subject.SETTLE)


def finding(subject: Subject, outcome: Outcome = Outcome.PASSED, trials: int | None = None) -> Finding:
    count = TRIALS.get(subject, 1) if trials is None else trials
    return Finding(subject=subject, outcome=outcome, sentence="試験", figures={"x": 0.25}, trials=count)


def record(*changed: Finding, without: Subject | None = None, **other: object) -> ConformanceRecord:
    findings = {subject: finding(subject) for subject in SUBJECTS} | {found.subject: found for found in changed}
    content: dict[str, object] = {
        "core": "site",
        "procedure": "p",
        "measured_at": datetime(2026, 11, 25, tzinfo=UTC),
        "agent_version": "0.1",
        "browser": "chromium",
        "browser_version": "156.0.1.2",
        "host": "core:80",
        "profile_digest": profile_digest(PROFILE),
        "recipe_digest": "r",
        "signer": "汐見",
        "findings": tuple(found for found in findings.values() if found.subject is not without),
    }
    return signed(ConformanceRecord.model_validate(content | other), SEALER)


def missing(made: ConformanceRecord | None, core: CoreProfile = PROFILE, version: str = "156.0.9.9") -> str:
    return what_is_missing(made, core, "chromium", version, SEALER)


def test_a_whole_fresh_record_lacks_nothing() -> None:
    assert missing(record()) == ""


def test_the_policy_that_it_permits_does_not_make_it_stale() -> None:
    declared = PROFILE.model_copy(update={"resubmit_on_absent": OnAbsent.AFTER_QUIESCENCE})
    assert missing(record(), declared) == ""


def test_it_survives_its_file() -> None:
    again = ConformanceRecord.model_validate_json(record().model_dump_json(indent=2))
    assert missing(again) == ""


def test_no_record() -> None:
    assert "記録がありません" in missing(None)


@pytest.mark.parametrize(
    "change",
    [
        {"signer": "別の人"},
        {"host": "other:80"},
        {"browser_version": "157.0.1.2"},
        {"findings": ()},
        {"measured_at": datetime(2027, 1, 1, tzinfo=UTC)},
        {"signature": ""},
    ],
)
def test_a_record_that_was_edited(change: dict[str, object]) -> None:
    assert "署名が合いません" in missing(record().model_copy(update=change))


def test_a_failure_edited_into_a_pass() -> None:
    failed = record(finding(Subject.FUSE, Outcome.FAILED))
    text = failed.model_dump_json().replace('"failed"', '"passed"')
    assert "署名が合いません" in missing(ConformanceRecord.model_validate_json(text))


def test_a_record_of_another_site_key() -> None:
    other = SiteSealer(bytes(32))
    assert "署名が合いません" in missing(signed(record(), other))


def test_a_record_of_another_core() -> None:
    assert "別の基幹システム" in missing(record(core="other"))


def test_a_changed_core_profile() -> None:
    slower = PROFILE.model_copy(update={"limits": PROFILE.limits.model_copy(update={"settle_s": 5.0})})
    assert "core.yaml が変わった" in missing(record(), slower)


def test_another_major_version_of_the_browser() -> None:
    assert "ブラウザ" in missing(record(), version="157.0.1.2")
    assert "版不明" in missing(record(), version="")


def test_another_kind_of_browser() -> None:
    assert "ブラウザ" in what_is_missing(record(), PROFILE, "edge", "156.0.1.2", SEALER)


@pytest.mark.parametrize("subject", SUBJECTS)
@pytest.mark.parametrize("outcome", [Outcome.FAILED, Outcome.UNTRIED])
def test_each_needed_line_must_have_passed(subject: Subject, outcome: Outcome) -> None:
    assert "合格していません" in missing(record(finding(subject, outcome)))


@pytest.mark.parametrize("subject", SUBJECTS)
def test_each_needed_line_must_be_there(subject: Subject) -> None:
    assert "合格していません" in missing(record(without=subject))


def test_plain_http_is_a_fact_and_no_hindrance_but_other_facts_are() -> None:
    assert missing(record(finding(Subject.TLS, Outcome.FACT))) == ""
    assert "合格していません" in missing(record(finding(Subject.SETTLE, Outcome.FACT)))


@pytest.mark.parametrize(("subject", "trials"), [(Subject.VISIBILITY, 19), (Subject.FUSE, 9)])
def test_too_few_trials(subject: Subject, trials: int) -> None:
    assert f"{trials}回" in missing(record(finding(subject, trials=trials)))
