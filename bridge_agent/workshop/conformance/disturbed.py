"""How the core is when lines are cut: with the fuse, without it, a request that comes twice, a commit that comes late."""

from __future__ import annotations

import contextlib
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

from bridge_agent.domain.conformance import Finding, Outcome, Subject
from bridge_agent.domain.core_profile import Limits
from bridge_agent.domain.plan import Meaning
from bridge_agent.drivers.browser.core_session import BrowserCoreSession
from bridge_agent.workshop.conformance.bench import Bench, Trial, try_entry
from bridge_agent.workshop.conformance.cutting_proxy import CuttingProxy, Seen, Trick


def fuse(bench: Bench) -> Finding:
    """The answer never arrives: with the fuse the core must get one request, and the look-up must find it."""
    good, requests, found, uncut = 0, 0, 0, 0
    with bench.cut_session() as (proxy, session):
        for _ in range(bench.pace.cuts):
            trial, seen = _tricked(bench, proxy, session, Trick.CUT_ANSWERED)
            appeared = trial.appears(session, _patience_s(bench)) is not None
            records = len(trial.records(session)) if appeared else 0
            requests += seen.requests
            found += appeared
            uncut += seen.cut_at is None or trial.answer.meaning is Meaning.COMPLETED
            good += seen.requests == 1 and records == 1 and seen.cut_at is not None
    trials = bench.pace.cuts
    passed = trials > 0 and good == trials and not uncut
    told = f"答えを{trials}回断ち切り、登録要求は{requests}回、照会で見つかったのは{found}回でした。"
    if uncut:
        told += f"{uncut}回は断ち切れませんでした（登録要求の見分け方 register_request を確かめてください）。"
    elif not passed:
        told += "1回の登録に1回の要求、1件の記録になっていません。この基幹システムでは登録し直しを使えません。"
    return Finding(
        subject=Subject.FUSE,
        outcome=Outcome.PASSED if passed else Outcome.FAILED,
        sentence=told,
        figures={"requests": requests, "found": found, "good": good},
        trials=trials,
    )


def bare(bench: Bench) -> Finding:
    """The same without the fuse: a fact about browser and core, not a failure."""
    twice, requests = 0, 0
    with bench.cut_session(fuse=False) as (proxy, session):
        for _ in range(bench.pace.others):
            trial, seen = _tricked(bench, proxy, session, Trick.CUT_ANSWERED)
            trial.appears(session, _patience_s(bench))
            twice += len(trial.records(session)) > 1
            requests += seen.requests
    trials = bench.pace.others
    told = f"答えを{trials}回断ち切ると、登録要求は{requests}回届き、{twice}回は記録が2件になりました。"
    if twice:
        told += "ブラウザが黙って送り直しています。二重送信止めを外してはいけません。"
    return Finding(
        subject=Subject.BARE,
        outcome=Outcome.FACT,
        sentence=told,
        figures={"requests": requests, "doubled": twice},
        trials=trials,
    )


def double_submit(bench: Bench) -> Finding:
    """The proxy sends the same request a second time."""
    if bench.encrypted:
        told = "未検証です（暗号化された要求は中継の側で繰り返せません）。"
        return Finding(subject=Subject.DOUBLE_SUBMIT, outcome=Outcome.UNTRIED, sentence=told)
    twice = 0
    with bench.cut_session() as (proxy, session):
        for _ in range(bench.pace.others):
            trial, _ = _tricked(bench, proxy, session, Trick.REPEAT)
            trial.appears(session, _patience_s(bench))
            twice += len(trial.records(session)) > 1
    trials = bench.pace.others
    told = f"{trials}回のうち{twice}回、2件登録されました（基幹システムは2回目を断りません）。"
    if not twice:
        told = f"{trials}回とも2回目は断られ、記録は1件でした。"
    return Finding(
        subject=Subject.DOUBLE_SUBMIT, outcome=Outcome.FACT, sentence=told, figures={"doubled": twice}, trials=trials
    )


def settle(bench: Bench) -> Finding:
    """The client is gone as soon as the request is out: how late does the record still turn up?"""
    limits = bench.profile.limits
    longest, found = 0.0, 0
    with ThreadPoolExecutor(1) as beside, bench.cut_session() as (proxy, session):
        waiting = None if bench.encrypted else beside.submit(half_request, bench.address, bench.pace.held_s)
        for _ in range(bench.pace.others):
            trial, seen = _tricked(bench, proxy, session, Trick.CUT_AT_ONCE)
            at = trial.appears(session, 2 * limits.settle_s + limits.visibility_max_s)
            if at is not None and seen.cut_at is not None:
                found += 1
                longest = max(longest, at - seen.cut_at)
    held = waiting.result() if waiting is not None else None
    return settle_finding(limits, longest, found, bench.pace.others, held, bench.pace.held_s)


def settle_finding(
    limits: Limits, longest_s: float, found: int, trials: int, held_s: float | None, tried_s: float
) -> Finding:
    """`held_s` is when the core gave a half request up; None = not within `tried_s`."""
    needed = max(longest_s, limits.request_timeout_s) + limits.visibility_max_s
    told = f"{trials}回切って{found}回登録され、最も遅いもので {longest_s:.2f} 秒後に見つかりました。"
    if held_s is not None:
        told += f"半分だけの要求は {held_s:.1f} 秒で切られました。"
    passed = False
    if not limits.request_timeout_s:
        told += (
            "基幹システムの要求の時間切れを業者に確かめ、core.yaml の limits に request_timeout_s を書いてください。"
        )
    elif not found:
        told += "切った要求が一度も登録されず、測れませんでした。"
    elif limits.settle_s < needed:
        told += f"core.yaml の settle_s は {needed:.1f} 秒以上にしてください（今は {limits.settle_s:g} 秒）。"
    else:
        told += f"settle_s {limits.settle_s:g} 秒は、必要な {needed:.1f} 秒を満たします。"
        passed = True
    figures = {"longest_s": round(longest_s, 3), "needed_s": round(needed, 3), "settle_s": limits.settle_s}
    figures |= {"found": found, "tried_half_request_s": tried_s}
    if held_s is not None:
        figures["half_request_s"] = round(held_s, 3)
    return Finding(
        subject=Subject.SETTLE,
        outcome=Outcome.PASSED if passed else Outcome.FAILED,
        sentence=told,
        figures=figures,
        trials=trials,
    )


def half_request(address: str, limit_s: float) -> float | None:
    """When the core gives up a request whose rest does not come; None = not within `limit_s`. Nothing is asked of it."""
    parts = urlsplit(address)
    with contextlib.suppress(OSError), socket.create_connection((parts.hostname or "", parts.port or 80), 5) as line:
        begun = time.monotonic()
        line.settimeout(limit_s)
        line.sendall(f"GET / HTTP/1.1\r\nHost: {parts.netloc}\r\n".encode())
        with contextlib.suppress(ConnectionError):
            line.recv(1)  # an answer or the end of the line, either way the request is given up
        return time.monotonic() - begun
    return None


def _patience_s(bench: Bench) -> float:
    """A record that was committed is found within this time, even when the core is slow to answer."""
    return bench.profile.limits.submit_s + bench.profile.limits.visibility_max_s


def _tricked(bench: Bench, proxy: CuttingProxy, session: BrowserCoreSession, trick: Trick) -> tuple[Trial, Seen]:
    trial = try_entry(bench, session, lambda: proxy.arm(trick))
    return trial, proxy.rest()
