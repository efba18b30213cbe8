"""What a core was measured to do, signed; and whether that is enough to send again after proven absence.

A record speaks about one core profile and one browser: when either changes, it is stale and must be made anew.
"""

from __future__ import annotations

import hashlib
import json
from enum import StrEnum

from pydantic import AwareDatetime, Field

from bridge_agent.domain.core_profile import CoreProfile, Part
from bridge_agent.domain.ports import Sealer

FORMAT = 1
VISIBILITY_TRIALS = 20
"""Fresh records that must have been found in time."""
FUSE_TRIALS = 10
"""Cut connections that must have ended as exactly one request each."""


class Outcome(StrEnum):
    PASSED = "passed"
    FAILED = "failed"
    FACT = "fact"
    """How the core is: neither good nor bad."""
    UNTRIED = "untried"


class Subject(StrEnum):
    CANARY = "canary"
    TLS = "tls"
    VISIBILITY = "visibility"
    IDENTITY = "identity"
    FUSE = "fuse"
    SETTLE = "settle"
    BARE = "bare"
    DOUBLE_SUBMIT = "double_submit"
    ANSWER = "answer"
    TAKE_OVER = "take_over"
    IDLE = "idle"
    CLIENT_CERTIFICATE = "client_certificate"
    NTLM = "ntlm"


TITLES = {
    Subject.CANARY: "確認用の記録が照会で見つかる",
    Subject.TLS: "暗号化通信（TLS）の証明書",
    Subject.VISIBILITY: "登録が照会に出るまでの時間",
    Subject.IDENTITY: "受付番号と入力内容を照会で確かめられる",
    Subject.FUSE: "接続切れのときに登録要求が1回で済む（二重送信止めあり）",
    Subject.SETTLE: "送信を止めた後に遅れて登録される時間",
    Subject.BARE: "接続切れのときの登録要求（二重送信止めなし）",
    Subject.DOUBLE_SUBMIT: "同じ登録要求が2回届いたとき",
    Subject.ANSWER: "登録の答えの返し方",
    Subject.TAKE_OVER: "同じアカウントでの2つ目のログイン",
    Subject.IDLE: "操作しないときのログイン切れ",
    Subject.CLIENT_CERTIFICATE: "クライアント証明書",
    Subject.NTLM: "NTLM・Kerberos 認証",
}
NEEDED = (Subject.CANARY, Subject.TLS, Subject.VISIBILITY, Subject.IDENTITY, Subject.FUSE, Subject.SETTLE)
"""Without every one of these, absence is not believed."""


class Finding(Part):
    """One line of the result. `sentence` is Japanese and holds no personal data."""

    subject: Subject
    outcome: Outcome
    sentence: str
    figures: dict[str, float] = Field(default_factory=dict)
    trials: int = 0
    """How many registrations the finding rests on."""


class ConformanceRecord(Part):
    format: int = FORMAT
    core: str
    procedure: str
    """The procedure whose screens were used."""
    measured_at: AwareDatetime
    agent_version: str
    browser: str
    """edge, chrome, chromium or headless-shell."""
    browser_version: str
    host: str
    """Host and port of the test environment."""
    profile_digest: str
    recipe_digest: str
    signer: str
    """Who ran the test and answers for its being the test environment."""
    findings: tuple[Finding, ...]
    signature: str = ""

    def finding(self, subject: Subject) -> Finding | None:
        return next((found for found in self.findings if found.subject is subject), None)

    @property
    def browser_major(self) -> str:
        return major(self.browser_version)


def major(version: str) -> str:
    return version.split(".", 1)[0]


def profile_digest(profile: CoreProfile) -> str:
    """Of everything a core profile says, but for the policy that the record is to permit."""
    said = profile.model_dump(mode="json", exclude={"resubmit_on_absent"})
    return hashlib.sha256(_canonical(said).encode()).hexdigest()


def _canonical(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def signature_of(record: ConformanceRecord, sealer: Sealer) -> str:
    return sealer.fingerprint("conformance", _canonical(record.model_dump(mode="json", exclude={"signature"})))


def signed(record: ConformanceRecord, sealer: Sealer) -> ConformanceRecord:
    return record.model_copy(update={"signature": signature_of(record, sealer)})


def what_is_missing(
    record: ConformanceRecord | None, profile: CoreProfile, browser: str, browser_version: str, sealer: Sealer
) -> str:
    """One sentence, '' when the record permits to send again after proven absence."""
    if record is None:
        return "適合試験の記録がありません。"
    if record.signature != signature_of(record, sealer):
        return "適合試験の記録の署名が合いません（書き換えられたか、別の鍵で作られた記録です）。"
    if record.core != profile.core:
        return f"適合試験の記録が別の基幹システム（{record.core}）のものです。"
    return _stale(record, profile, browser, browser_version) or _not_passed(record) or _too_few(record)


def _stale(record: ConformanceRecord, profile: CoreProfile, browser: str, browser_version: str) -> str:
    if record.profile_digest != profile_digest(profile):
        return "適合試験の後に core.yaml が変わったため、記録が古くなっています。"
    if (record.browser, record.browser_major) != (browser, major(browser_version)):
        was, now = f"{record.browser} {record.browser_major}", f"{browser} {major(browser_version) or '版不明'}"
        return f"適合試験のときのブラウザ（{was}）と今のブラウザ（{now}）が違うため、記録が古くなっています。"
    return ""


def _not_passed(record: ConformanceRecord) -> str:
    for subject in NEEDED:
        found = record.finding(subject)
        plain_http = subject is Subject.TLS and found is not None and found.outcome is Outcome.FACT
        if plain_http:
            continue
        if found is None or found.outcome is not Outcome.PASSED:
            return f"適合試験の「{TITLES[subject]}」に合格していません。"
    return ""


def _too_few(record: ConformanceRecord) -> str:
    for subject, wanted in ((Subject.VISIBILITY, VISIBILITY_TRIALS), (Subject.FUSE, FUSE_TRIALS)):
        found = record.finding(subject)
        trials = found.trials if found is not None else 0
        if trials < wanted:
            return f"適合試験の「{TITLES[subject]}」の回数が足りません（{trials}回、必要なのは{wanted}回）。"
    return ""
