"""The whole conformance test of one core: every measurement in its turn, and a signed record at the end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from bridge_agent import __version__, wiring
from bridge_agent.domain.conformance import (
    TITLES,
    ConformanceRecord,
    Finding,
    Outcome,
    Subject,
    profile_digest,
    signed,
)
from bridge_agent.domain.errors import BridgeError, ConfigError
from bridge_agent.domain.ports import LookUpUnreadable
from bridge_agent.drivers.browser.find import find_browser
from bridge_agent.workshop.conformance import disturbed, in_order
from bridge_agent.workshop.conformance.bench import Bench

Tell = Callable[[Finding], None]
Measure = Callable[[Bench], Finding]

FURTHER: tuple[tuple[Subject, Measure], ...] = (
    (Subject.FUSE, disturbed.fuse),
    (Subject.BARE, disturbed.bare),
    (Subject.DOUBLE_SUBMIT, disturbed.double_submit),
    (Subject.SETTLE, disturbed.settle),
    (Subject.TAKE_OVER, in_order.take_over),
    (Subject.IDLE, in_order.idle),
)
"""Each with sessions of its own, so that one that breaks off does not spoil the next."""


def refuse_production(bench_site: wiring.Site, core: str) -> None:
    """The test registers for real."""
    if core not in bench_site.settings.cores:
        known = "、".join(sorted(bench_site.settings.cores))
        raise ConfigError(f"設定に基幹システム「{core}」がありません。使える名前: {known}")
    if bench_site.cores[core].driver != "browser":
        raise ConfigError(
            f"適合試験は Web の画面の基幹システムだけのものです。{core} はクライアントを操作するため、登録要求を数えられません。"
        )
    if bench_site.settings.cores[core].environment != "test":
        raise ConfigError(
            f'{core} は設定で本番環境になっています（[cores.{core}] environment = "production"）。適合試験は実際に登録するので、'
            '業者の試験環境を指す設定ファイルで environment = "test" としたときだけ実行できます。'
        )


def run(bench: Bench, signer: str, tell: Tell) -> ConformanceRecord:
    """Raises ConfigError for a production core, StopRunError when the log-in does not work at all."""
    refuse_production(bench.site, bench.core)
    findings: list[Finding] = []
    version = ""

    def note(found: Finding) -> None:
        findings.append(found)
        tell(found)

    with bench.session() as session:
        version = session.browser_version
        note(in_order.tls(bench))
        note(in_order.canary(bench, session))
        for found in _guarded(Subject.VISIBILITY, lambda: in_order.fresh_records(bench, session)):
            note(found)
    for subject, measure in FURTHER:
        for found in _guarded(subject, partial(_one, measure, bench)):
            note(found)
    for subject in (Subject.CLIENT_CERTIFICATE, Subject.NTLM):
        note(Finding(subject=subject, outcome=Outcome.UNTRIED, sentence="未検証です。この試験では試していません。"))
    return signed(_record(bench, signer, version, tuple(findings)), bench.site.sealer)


def _one(measure: Measure, bench: Bench) -> tuple[Finding, ...]:
    return (measure(bench),)


def _guarded(subject: Subject, measure: Callable[[], tuple[Finding, ...]]) -> tuple[Finding, ...]:
    """A measurement that breaks off has failed; the others go on."""
    try:
        return measure()
    except LookUpUnreadable as unreadable:
        why = f"照会の画面を読めません（{unreadable.why}）。"
    except BridgeError as error:
        why = error.message
    return (Finding(subject=subject, outcome=Outcome.FAILED, sentence=f"途中で止まりました: {why}"),)


def _record(bench: Bench, signer: str, version: str, findings: tuple[Finding, ...]) -> ConformanceRecord:
    browser = bench.site.settings.browser
    return ConformanceRecord(
        core=bench.core,
        procedure=bench.dummies.loaded.recipe.procedure,
        measured_at=datetime.now(UTC),
        agent_version=__version__,
        browser=find_browser(browser.path, headed=not browser.headless).kind,
        browser_version=version,
        host=bench.place,
        profile_digest=profile_digest(bench.profile),
        recipe_digest=bench.dummies.loaded.digest,
        signer=signer,
        findings=findings,
    )


MARKS = {Outcome.PASSED: "○", Outcome.FAILED: "×", Outcome.FACT: "・", Outcome.UNTRIED: "－"}


def line_of(found: Finding) -> str:
    return f"{MARKS[found.outcome]} {TITLES[found.subject]}: {found.sentence}"
