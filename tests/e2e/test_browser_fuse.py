"""The register press: exactly one request passes, whatever the connection, the page or the core does."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bridge_agent.domain.errors import BusinessError
from bridge_agent.domain.plan import DialogAnswer, DialogRule, How, Meaning
from bridge_agent.drivers.browser import BrowserCoreSession
from tests.e2e.browser_sessions import COMPLETED, at, button, css, field, running, session, shows
from tests.e2e.browser_site import Answer, Handler, Site, page

pytestmark = pytest.mark.browser

TRIALS = 10
CONFIRM = '<h1>確認</h1><form method=post action="/register">{}<input type=hidden name=name value="山田"><button>登録</button></form>'
REFUSED = shows("二重登録です", "refused", Meaning.REFUSED)


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as site:
        site.show("/confirm", CONFIRM.format(""))
        yield site


@pytest.fixture
def core(site: Site, browser_path: Path) -> Iterator[BrowserCoreSession]:
    with running(site.base, browser_path) as core:
        yield core


def to_confirm(core: BrowserCoreSession, path: str = "/confirm") -> None:
    core.screen.begin(())
    core.screen.open(path)
    core.screen.recognise([shows("確認")])


def commit_then(site: Site, then: Callable[[Handler], Answer | None]) -> None:
    """Commit, then do something else than answer properly."""

    def place(handler: Handler, form: dict[str, list[str]]) -> Answer | None:
        site.commits.append(form)
        return then(handler)

    site.at("POST", "/register", place)


def registrations_after_drops(site: Site, browser: Path, *, fuse: bool) -> tuple[int, list[Meaning | None]]:
    """TRIALS entries whose kept-alive connection breaks after the commit, once each."""
    dropped: set[str] = set()

    def register(handler: Handler, form: dict[str, list[str]]) -> Answer | None:
        site.commits.append(form)
        trial = form["trial"][0]
        if trial not in dropped:
            dropped.add(trial)
            handler.drop()
            return None
        return 303, {"Location": "/done"}, b""

    site.at("POST", "/register", register)
    core = session(site.base, browser, fuse=fuse)
    core.start()
    meanings = []
    try:
        for trial in range(TRIALS):
            site.show(f"/confirm{trial}", CONFIRM.format(f"<input type=hidden name=trial value={trial}>"))
            to_confirm(core, f"/confirm{trial}")
            answer = core.screen.register(button("登録"), [COMPLETED], 5)
            meanings.append(answer.meaning)
            if fuse:
                assert (answer.sent, answer.blocked) == (1, 0)
    finally:
        core.close()
    return len(site.commits), meanings


def test_kept_alive_drops_after_commit_with_the_fuse_make_no_double(site: Site, browser_path: Path) -> None:
    commits, meanings = registrations_after_drops(site, browser_path, fuse=True)
    assert commits == TRIALS
    assert meanings == [None] * TRIALS


def test_kept_alive_drops_after_commit_without_the_fuse_show_the_doubles(site: Site, browser_path: Path) -> None:
    commits, meanings = registrations_after_drops(site, browser_path, fuse=False)
    assert commits > TRIALS
    # The worst of it: the browser shows a normal completion screen.
    assert Meaning.COMPLETED in meanings


def test_a_redirect_after_the_post_arrives_at_the_completion_screen(core: BrowserCoreSession, site: Site) -> None:
    to_confirm(core)
    answer = core.screen.register(button("登録"), [COMPLETED, REFUSED], 5)
    assert (answer.meaning, answer.mark, answer.sent, answer.blocked) == (Meaning.COMPLETED, "completed", 1, 0)
    assert core.screen.read_ending(css("#no"), [field(css("h1"), "登録完了")]) == ("00012345", True)
    assert site.commits == [{"name": ["山田"]}]


@pytest.mark.parametrize("encoding", ["cp932", "utf-8"])
def test_an_answer_of_the_post_itself_keeps_its_encoding_and_cookies(
    core: BrowserCoreSession, site: Site, encoding: str
) -> None:
    name = "Shift_JIS" if encoding == "cp932" else encoding

    def answered(handler: Handler) -> Answer:
        body = '<html><body><p>登録が完了しました</p><p id="n">髙橋①～</p></body></html>'.encode(encoding)
        return 200, {"Content-Type": f"text/html; charset={name}", "Set-Cookie": "step=2; Path=/"}, body

    commit_then(site, answered)
    to_confirm(core)
    assert core.screen.register(button("登録"), [COMPLETED], 5).meaning is Meaning.COMPLETED
    assert core.screen.read([css("#n")]) == ("髙橋①～",)
    site.at("GET", "/next", lambda handler, _: page(f"<h1>次</h1><p id=c>{handler.headers['Cookie']}</p>"))
    core.screen.open("/next")
    core.screen.recognise([shows("次")])
    assert sorted(core.screen.read([css("#c")])[0].split("; ")) == ["sid=s1", "step=2"]


@pytest.mark.parametrize("fault", ["500", "truncated", "hang"])
def test_faults_after_the_commit_leave_no_answer_and_no_double(
    core: BrowserCoreSession, site: Site, fault: str
) -> None:
    def broken(handler: Handler) -> Answer | None:
        if fault == "500":
            return 500, {"Content-Type": "text/html"}, b"<p>error</p>"
        if fault == "truncated":
            handler.send_response(200)
            handler.send_header("Content-Length", "9999")
            handler.end_headers()
            handler.wfile.write(b"<p>half")
            handler.drop()
            return None
        time.sleep(2)
        handler.drop()
        return None

    commit_then(site, broken)
    to_confirm(core)
    start = time.monotonic()
    answer = core.screen.register(button("登録"), [COMPLETED, REFUSED], 1.2)
    assert time.monotonic() - start < 3
    assert (answer.meaning, answer.sent) == (None, 1)
    time.sleep(1.0 if fault == "hang" else 0.1)
    core.stop_sender()
    assert len(site.commits) == 1


def test_a_listed_refusal_is_told(core: BrowserCoreSession, site: Site) -> None:
    site.at("POST", "/register", lambda *_: page("<p>二重登録です</p>"))
    to_confirm(core)
    answer = core.screen.register(button("登録"), [COMPLETED, REFUSED], 5)
    assert (answer.meaning, answer.mark) == (Meaning.REFUSED, "refused")


def test_a_log_in_page_instead_of_the_answer_is_told(core: BrowserCoreSession, site: Site) -> None:
    site.at("POST", "/register", lambda *_: (303, {"Location": "/login"}, b""))
    to_confirm(core)
    assert core.screen.register(button("登録"), [COMPLETED], 5).meaning is Meaning.SESSION_LOST


def test_a_script_that_submits_twice_registers_once(core: BrowserCoreSession, site: Site) -> None:
    site.show("/twice", '<h1>確認</h1><button onclick="go()">登録</button><script>function go(){for(const n of [1,2,3])'
              "fetch('/register',{method:'POST',body:new URLSearchParams({n})})"
              ".then(r=>r.text()).then(t=>{if(t.includes('完了'))document.body.innerHTML=t}).catch(()=>{})}</script>")  # fmt: skip
    to_confirm(core, "/twice")
    answer = core.screen.register(button("登録"), [COMPLETED], 5)
    assert answer.meaning is Meaning.COMPLETED
    assert len(site.commits) == 1
    assert (answer.sent, answer.blocked) == (1, 2)


def test_a_reload_of_the_result_does_not_register_again(core: BrowserCoreSession, site: Site) -> None:
    commit_then(site, lambda _: page("<p>登録が完了しました</p>"))
    to_confirm(core)
    assert core.screen.register(button("登録"), [COMPLETED], 5).meaning is Meaning.COMPLETED
    with pytest.raises(Exception, match="ERR_FAILED"):
        core.screen.seat.page.reload()
    assert len(site.commits) == 1


def test_outside_the_window_a_register_request_is_stopped(core: BrowserCoreSession, site: Site) -> None:
    to_confirm(core)
    with pytest.raises(BusinessError, match="登録操作の前"):
        core.screen.press(button("登録"))
        core.screen.recognise([COMPLETED], timeout_s=2)
    assert site.commits == []


def test_the_body_field_tells_the_register_request_from_others(site: Site, browser_path: Path) -> None:
    request = {"path": "/main.do", "field": "ACTION", "field_value": "touroku"}
    site.show("/confirm", '<h1>確認</h1><form method=post action="/main.do"><input type=hidden name=ACTION>'
              + "".join(f'<button name=ACTION value="{a}">{t}</button>' for a, t in (("kakunin", "戻る"), ("touroku", "登録")))
              + "</form>")  # fmt: skip

    def main(handler: Handler, form: dict[str, list[str]]) -> Answer:
        if "touroku" in form["ACTION"]:
            site.commits.append(form)
            return page("<p>登録が完了しました</p>")
        return page("<h1>戻った</h1>")

    site.at("POST", "/main.do", main)
    core = session(site.base, browser_path, register_request=request)
    core.start()
    try:
        to_confirm(core)
        core.screen.press(button("戻る"))
        core.screen.recognise([shows("戻った")])
        to_confirm(core)
        answer = core.screen.register(button("登録"), [COMPLETED], 5)
        assert (answer.meaning, answer.sent) == (Meaning.COMPLETED, 1)
        assert len(site.commits) == 1
    finally:
        core.close()


def test_dialogs_during_the_press(core: BrowserCoreSession, site: Site) -> None:
    ask = "<h1>確認</h1><form method=post action='/register' onsubmit=\"return confirm('登録しますか')\"><button>登録</button></form>"
    site.show("/ask", ask)
    to_confirm(core, "/ask")
    core.screen.begin([DialogRule("confirm", "登録しますか", DialogAnswer.ACCEPT)])
    answer = core.screen.register(button("登録"), [COMPLETED], 5)
    assert (answer.meaning, answer.dialogs) == (Meaning.COMPLETED, ())
    to_confirm(core, "/ask")
    answer = core.screen.register(button("登録"), [COMPLETED], 0.5)
    assert (answer.meaning, answer.dialogs, answer.sent) == (None, ("confirm",), 0)
    assert len(site.commits) == 1


def test_a_window_beside_the_completion_screen_spoils_the_answer(core: BrowserCoreSession, site: Site) -> None:
    site.show("/extra", "<p>おしらせ</p>")
    commit_then(site, lambda _: page("<p>登録が完了しました</p><script>window.open('/extra')</script>"))
    to_confirm(core)
    assert core.screen.register(button("登録"), [COMPLETED], 1).meaning is None
    assert len(site.commits) == 1


def test_the_register_request_of_a_frame_passes_too(core: BrowserCoreSession, site: Site) -> None:
    site.show("/framed", '<h1>外</h1><iframe name=inner src="/confirm"></iframe>')
    core.screen.begin(())
    core.screen.open("/framed")
    core.screen.recognise([shows("確認")])
    answer = core.screen.register(at(How.ROLE, "button|登録", frame="inner"), [COMPLETED], 5)
    assert (answer.meaning, answer.sent) == (Meaning.COMPLETED, 1)
    assert core.screen.read([css("#no")]) == ("00012345",)


def test_a_target_that_is_not_there_is_never_pressed(core: BrowserCoreSession, site: Site) -> None:
    to_confirm(core)
    with pytest.raises(BusinessError):
        core.screen.register(button("送信"), [COMPLETED], 1)
    assert site.commits == []


@pytest.mark.parametrize(
    "script",
    [
        "addEventListener('pagehide', () => navigator.sendBeacon('/register', 'a=1')); location = '/after'",
        "addEventListener('pagehide', () => fetch('/register', {method: 'POST', body: 'a', keepalive: true}));"
        " location = '/after'",
        "new SharedWorker(URL.createObjectURL(new Blob([`fetch('${location.origin}/register',"
        " {method: 'POST', body: 'a'})`])))",
        "fetch('/register', {method: 'POST', body: 'a', keepalive: true})",
        "new Worker(URL.createObjectURL(new Blob([`fetch('${location.origin}/register', {method: 'POST', body: 'a'})`])))",
    ],
    ids=["beacon", "keepalive on leaving", "shared worker", "keepalive", "worker"],
)
def test_no_way_past_a_shut_fuse(core: BrowserCoreSession, site: Site, script: str) -> None:
    site.show("/after", "<h1>次</h1><p>後</p>")
    to_confirm(core)
    web = core.screen.seat.page
    web.evaluate(f"() => {{ try {{ {script} }} catch (e) {{}} }}")
    if "location = '/after'" in script:
        web.wait_for_url(f"{site.base}/after")  # a second way there would cut off the page's own
    else:
        web.goto(f"{site.base}/after")
    web.goto(f"{site.base}/confirm")
    web.evaluate("() => fetch('/after').then((answer) => answer.text())")  # what was sent before it has arrived
    assert site.commits == []


def test_a_redirect_that_repeats_the_registration_is_not_followed(core: BrowserCoreSession, site: Site) -> None:
    commit_then(site, lambda _: (307, {"Location": "/register"}, b""))
    to_confirm(core)
    answer = core.screen.register(button("登録"), [COMPLETED], 2)
    assert answer.meaning is None
    assert len(site.commits) == 1


def test_the_register_address_with_the_servers_session_in_it_passes_once(core: BrowserCoreSession, site: Site) -> None:
    """Servers that write `;jsessionid=` into their addresses; the line breaks after the commit."""
    target = "/register;jsessionid=0A1B"
    site.show("/confirm", f'<h1>確認</h1><form method=post action="{target}"><button>登録</button></form>')

    def dropped(handler: Handler, form: dict[str, list[str]]) -> Answer | None:
        site.commits.append(form)
        handler.drop()
        return None

    site.at("POST", target, dropped)
    to_confirm(core)
    answer = core.screen.register(button("登録"), [COMPLETED], 3)
    assert (answer.meaning, answer.sent, len(site.commits)) == (None, 1, 1)


@pytest.mark.parametrize("encoding", ["utf-8", "shift_jis", "euc-jp"])
@pytest.mark.parametrize("kind", ["multipart/form-data", "application/x-www-form-urlencoded"])
def test_a_japanese_field_tells_the_register_request(site: Site, browser_path: Path, encoding: str, kind: str) -> None:
    entry = f'<form method=post action="/main.do" enctype="{kind}"><button name=処理 value=登録>登録</button></form>'
    site.show("/confirm", f"<h1>確認</h1>{entry}", encoding=encoding)

    def registers(_: Handler, form: dict[str, list[str]]) -> Answer:
        site.commits.append(form)
        return page("<p>登録が完了しました</p>")

    site.at("POST", "/main.do", registers)
    told_by = {"path": "/main.do", "field": "処理", "field_value": "登録"}
    with running(site.base, browser_path, register_request=told_by) as core:
        to_confirm(core)
        with pytest.raises(BusinessError, match="登録操作の前"):
            core.screen.press(button("登録"))
            core.screen.recognise([COMPLETED], timeout_s=2)
        assert site.commits == []
        core.renew()
        to_confirm(core)
        answer = core.screen.register(button("登録"), [COMPLETED], 3)
        assert (answer.meaning, answer.sent, len(site.commits)) == (Meaning.COMPLETED, 1, 1)
