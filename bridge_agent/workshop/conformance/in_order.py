"""How the core is when nothing goes wrong: the canary, TLS, how soon records are found, what the look-up keeps of them."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence

from bridge_agent.domain.comparison import equal
from bridge_agent.domain.conformance import Finding, Outcome, Subject
from bridge_agent.domain.errors import BridgeError, BusinessError, SessionLost, TransientError
from bridge_agent.domain.plan import Meaning
from bridge_agent.domain.ports import LookUpUnreadable
from bridge_agent.drivers.browser.core_session import BrowserCoreSession
from bridge_agent.pipeline.look_up import fixed_canary
from bridge_agent.workshop.conformance.bench import Bench, Trial, try_entry, walk

ENOUGH_COMPARED = 8
"""Without a reference field so many lines of the detail screen must be compared to tell two applications apart."""
REDIRECTS = range(300, 400)


def canary(bench: Bench, session: BrowserCoreSession) -> Finding:
    found = fixed_canary(bench.access, session)
    if found is None:
        return Finding(
            subject=Subject.CANARY,
            outcome=Outcome.FAILED,
            sentence="core.yaml に確認用の記録（canary_atena_no）がありません。試験用住民の記録を1件決めて書いてください。",
        )
    return Finding(
        subject=Subject.CANARY,
        outcome=Outcome.PASSED if found else Outcome.FAILED,
        sentence="見つかりました。"
        if found
        else "見つかりません。core.yaml の canary_atena_no と照会の書き方を確かめてください。",
    )


def tls(bench: Bench) -> Finding:
    """The log-in has worked: browser and Node both trust the core's certificate, or there is none."""
    if bench.encrypted:
        sentence = "ブラウザと、登録要求を送る側（Node）の両方が、証明書を確かめて接続しました。"
        return Finding(subject=Subject.TLS, outcome=Outcome.PASSED, sentence=sentence)
    sentence = "暗号化していない接続（http）です。証明書の確認はありません。"
    return Finding(subject=Subject.TLS, outcome=Outcome.FACT, sentence=sentence)


def fresh_records(bench: Bench, session: BrowserCoreSession) -> tuple[Finding, ...]:
    """Visibility, identity and the kind of answer, from the same registrations."""
    limit = bench.profile.limits.visibility_max_s
    patience = max(3 * limit, limit + 10)
    times: list[float] = []
    never = 0
    last: Trial | None = None
    for _ in range(bench.pace.rounds):
        trial = try_entry(bench, session)
        if trial.answer.meaning is not Meaning.COMPLETED:
            raise TransientError("登録の完了画面になりませんでした。レシピの commit と core.yaml を確かめてください。")
        found = trial.appears(session, patience)
        if found is None:
            never += 1
        else:
            times.append(found - trial.answered_at)
            last = trial
    status = session.register_status
    return (
        visibility(times, never, limit, patience),
        identity(bench, session, last),
        answer_kind(status),
    )


def visibility(times: Sequence[float], never: int, limit_s: float, patience_s: float) -> Finding:
    """`never` = records that had not been found when the patience was over."""
    trials = len(times) + never
    longest = max(times, default=0.0)
    p95 = percentile(times, 0.95)
    passed = trials > 0 and never == 0 and longest <= limit_s
    told = (
        f"{trials}回中{len(times)}回見つかり、最長 {longest:.2f} 秒、95% は {p95:.2f} 秒以内（定義は {limit_s:g} 秒）。"
    )
    if never:
        told += f"{never}回は {patience_s:g} 秒待っても出ませんでした。"
    if not passed:
        told += "core.yaml の visibility_max_s を実際に合わせるか、業者に確かめてください。"
    return Finding(
        subject=Subject.VISIBILITY,
        outcome=Outcome.PASSED if passed else Outcome.FAILED,
        sentence=told,
        figures={"longest_s": round(longest, 3), "p95_s": round(p95, 3), "declared_s": limit_s, "never": never},
        trials=trials,
    )


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` of all values do not exceed."""
    if not values:
        return 0.0
    return sorted(values)[math.ceil(share * len(values)) - 1]


def identity(bench: Bench, session: BrowserCoreSession, trial: Trial | None) -> Finding:
    """Does the record keep what tells it from others: our number, or enough compared lines; and our account's name."""
    wrong, good = _identity(bench, session, trial)
    return Finding(
        subject=Subject.IDENTITY,
        outcome=Outcome.FAILED if wrong else Outcome.PASSED,
        sentence=wrong or good,
        trials=1 if trial is not None else 0,
    )


def _identity(bench: Bench, session: BrowserCoreSession, trial: Trial | None) -> tuple[str, str]:
    """What is wrong ('' = nothing), and what is good."""
    if trial is None:
        return "登録した記録が照会で見つからないため、確かめられません。", ""
    try:
        records = trial.records(session)
        if len(records) != 1:
            return f"1回の登録で記録が{len(records)}件見つかりました。照会の書き方を確かめてください。", ""
        shown = session.look_up.detail(records[0].record_id).lines
    except LookUpUnreadable as unreadable:
        return f"照会の画面を読めません（{unreadable.why}）。core.yaml の lookup を確かめてください。", ""
    plan, variants = trial.plan.look_up, bench.site.book.variants
    if records[0].operator != bench.account.operator:
        return "照会の登録者が bridge.toml の operator と違います。operator を画面の表示に合わせてください。", ""
    differing = [c.label for c in plan.compare if not equal(c.value, shown.get(c.label, ""), c.comparison, variants)]
    if differing:
        return f"照会の「{differing[0]}」が登録した内容と違います（ほか{len(differing) - 1}項目）。", ""
    compared = len(plan.compare)
    if plan.reference:
        return "", f"受付番号がそのまま残り、その番号で探せました。比べた{compared}項目はすべて同じでした。"
    if compared < ENOUGH_COMPARED:
        return f"受付番号を入れる欄が無く、比べる項目も{compared}しかありません（{ENOUGH_COMPARED}以上必要です）。", ""
    return "", f"受付番号を入れる欄がありません。宛名番号・申請日と{compared}項目で見分け、すべて同じでした。"


def answer_kind(status: int) -> Finding:
    kind = f"別の画面への移動（{status}）" if status in REDIRECTS else f"完了画面そのもの（{status}）"
    return Finding(
        subject=Subject.ANSWER,
        outcome=Outcome.FACT if status else Outcome.UNTRIED,
        sentence=f"{kind}で返ります。" if status else "見られませんでした。",
        figures={"status": status},
    )


def take_over(bench: Bench) -> Finding:
    """A second log-in with the same account, while the first stands."""
    with bench.session() as first:
        second = bench.new_session()
        try:
            second.start()
            sentence, ended = _first_after(bench, first)
        except BridgeError as error:
            sentence, ended = (
                f"2つ目のログインはできませんでした（{error.message}）。先のログインを終えてから使えます。",
                False,
            )
        finally:
            second.close()
    return Finding(
        subject=Subject.TAKE_OVER, outcome=Outcome.FACT, sentence=sentence, figures={"first_ended": float(ended)}
    )


def _first_after(bench: Bench, first: BrowserCoreSession) -> tuple[str, bool]:
    ended = "後からのログインで、先のログインが切れます（別の端末が引き継ぐとき、先の端末を止める手段になります）。"
    try:
        walk(first, bench.dummies.plan())
    except SessionLost:
        return ended + "先の画面には core.yaml の session_lost の画面が出ました。", True
    except (BusinessError, TransientError):
        return (
            ended + "ただし先の画面は session_lost に書かれていない画面になりました。core.yaml に加えてください。",
            True,
        )
    return (
        "2つのログインが同時に使えます（別の端末が引き継いでも先の端末は止まらないので、引き継いだ端末は照会だけをします）。",
        False,
    )


def idle(bench: Bench) -> Finding:
    """Leave a session alone and see whether it has ended."""
    minutes = bench.pace.idle_minutes
    if not minutes:
        return Finding(
            subject=Subject.IDLE,
            outcome=Outcome.UNTRIED,
            sentence="未検証です（--idle-minutes で時間を指定すると試します）。",
        )
    with bench.session() as session:
        time.sleep(minutes * 60)
        try:
            walk(session, bench.dummies.plan())
            lost = False
        except SessionLost:
            lost = True
    state = "切れ、core.yaml の session_lost の画面が出ました" if lost else "切れませんでした"
    return Finding(
        subject=Subject.IDLE,
        outcome=Outcome.FACT,
        sentence=f"{minutes:g} 分操作しないでおくと、ログインは{state}。",
        figures={"minutes": minutes, "lost": float(lost)},
    )
