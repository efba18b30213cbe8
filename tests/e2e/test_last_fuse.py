"""What gets past the submit fuse stops before the network: requests that Chromium lets go, and senders it never shows.

The agent's own script, which takes some of these ways away from the pages, is left out here: the last fuse holds alone.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route

from bridge_agent.domain.plan import Meaning
from bridge_agent.drivers.browser import BrowserCoreSession
from bridge_agent.drivers.browser import session as session_module
from bridge_agent.drivers.browser.fuse import SubmitFuse
from bridge_agent.drivers.browser.page_script import PAGE_SCRIPT
from tests.e2e.browser_sessions import COMPLETED, button, running, shows
from tests.e2e.browser_site import Answer, Handler, Site, page, redirect

pytestmark = pytest.mark.browser

LIMIT_S = 10.0
ROUNDS = 150
"""About one in ten of them lets a request past the submit fuse."""
SEND = "fetch('{base}/register', {{method: 'POST', body: 'a=1'}})"


@pytest.fixture(autouse=True)
def no_guards(monkeypatch: pytest.MonkeyPatch) -> None:
    guards = (files("bridge_agent.drivers.browser") / "page" / "05_guards.js").read_text(encoding="utf-8")
    assert guards in PAGE_SCRIPT
    monkeypatch.setattr(session_module, "PAGE_SCRIPT", PAGE_SCRIPT.replace(guards, ""))


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as site:
        site.show("/confirm", '<h1>確認</h1><form method=post action="/register"><button>登録</button></form>')
        site.show("/after", "<h1>次</h1>")
        yield site


@pytest.fixture
def core(site: Site, browser_path: Path) -> Iterator[BrowserCoreSession]:
    with running(site.base, browser_path) as core:
        core.screen.begin(())
        core.screen.open("/confirm")
        core.screen.recognise([shows("確認")])
        yield core


@pytest.fixture
def unanswered(monkeypatch: pytest.MonkeyPatch) -> list[Route]:
    """The submit fuse is shown a request and has not answered yet."""
    waiting: list[Route] = []
    monkeypatch.setattr(SubmitFuse, "_on_request", lambda _, route: waiting.append(route))
    return waiting


def until(web: Page, condition: Callable[[], object]) -> None:
    end = time.monotonic() + LIMIT_S
    while not condition():
        assert time.monotonic() < end, "it never came"
        web.wait_for_timeout(10)  # hands the browser's events on


def strays(core: BrowserCoreSession) -> int:
    fuse = core.screen.seat.fuse
    assert fuse is not None
    return fuse.strays


def leave_starting_workers(core: BrowserCoreSession, site: Site) -> None:
    """Leave the page while its workers are starting, until one got past the submit fuse."""
    web, text = core.screen.seat.page, SEND.format(base=site.base)
    for _ in range(ROUNDS):
        web.goto(f"{site.base}/confirm")
        web.evaluate(
            "(text) => { for (let n = 0; n < 8; n++) new Worker(URL.createObjectURL(new Blob([text]))); }", text
        )
        web.goto(f"{site.base}/after")
        web.evaluate("() => fetch('/after').then((answer) => answer.text())")  # what was sent before it has arrived
        if strays(core) or site.commits:
            return


def test_a_worker_whose_page_is_left_while_it_starts_gets_past_the_submit_fuse_and_no_further(
    unanswered: list[Route], core: BrowserCoreSession, site: Site
) -> None:
    leave_starting_workers(core, site)
    assert unanswered, "the submit fuse is shown none at all"
    assert (strays(core) > 0, site.commits) == (True, [])


def close_a_sending_window(core: BrowserCoreSession, unanswered: list[Route]) -> None:
    web = core.screen.seat.page
    with core.screen.seat.watch.expecting(), web.expect_popup() as opened:
        web.evaluate("() => { window.open('/confirm'); }")
    opened.value.wait_for_load_state()
    opened.value.evaluate("() => { fetch('/register', {method: 'POST', body: 'a=1', keepalive: true}); }")
    until(web, lambda: unanswered)
    opened.value.close()


def test_a_request_of_a_window_that_closes_is_let_go_by_the_browser_and_stops_here(
    unanswered: list[Route], core: BrowserCoreSession, site: Site
) -> None:
    close_a_sending_window(core, unanswered)
    until(core.screen.seat.page, lambda: strays(core) or site.commits)
    assert (strays(core), site.commits) == (1, [])


@pytest.mark.parametrize(
    "script",
    [
        "new SharedWorker(URL.createObjectURL(new Blob([`fetch('${location.origin}/register',"
        " {method: 'POST', body: 'a'})`])))",
        "addEventListener('pagehide', () => navigator.sendBeacon('/register', 'a=1')); location = '/after'",
        "addEventListener('pagehide', () => fetch('/register', {method: 'POST', body: 'a', keepalive: true}));"
        " location = '/after'",
        "fetch('/hop', {method: 'POST', body: 'a'})",
    ],
    ids=["shared worker", "beacon on leaving", "keepalive on leaving", "a redirect that repeats a POST"],
)
def test_senders_that_no_submit_fuse_is_shown_stop_here(core: BrowserCoreSession, site: Site, script: str) -> None:
    site.at("POST", "/hop", lambda *_: redirect("/register", 307))
    web = core.screen.seat.page
    web.evaluate(f"() => {{ {script} }}")
    until(web, lambda: strays(core) or site.commits)
    assert site.commits == []


def test_a_window_that_closes_while_it_registers_makes_one_record(core: BrowserCoreSession, site: Site) -> None:
    """The submit fuse has made the registration already when the browser lets the window's own request go."""
    site.show("/opening", "<h1>確認</h1><button onclick=\"window.open('/shutting')\">登録</button>")

    def slow(handler: Handler, form: dict[str, list[str]]) -> Answer:
        site.commits.append(form)
        time.sleep(0.5)  # the window goes away in this time
        return page("<p>登録が完了しました</p>")

    site.at("POST", "/register", slow)
    site.show("/shutting", "<script>fetch('/register', {method: 'POST', body: 'a=1', keepalive: true});"
              "setTimeout(() => window.close(), 150)</script>")  # fmt: skip
    core.screen.open("/opening")
    core.screen.recognise([shows("確認")])
    answer = core.screen.register(button("登録"), [COMPLETED], 2)
    assert (answer.meaning, answer.sent, len(site.commits)) == (None, 1, 1)


def test_a_press_whose_request_is_seen_here_alone_registers_nothing_and_is_told(
    core: BrowserCoreSession, site: Site
) -> None:
    site.at("POST", "/hop", lambda *_: redirect("/register", 307))
    site.show("/hopping", "<h1>確認</h1><form method=post action='/hop'><button>登録</button></form>")
    core.screen.open("/hopping")
    core.screen.recognise([shows("確認")])
    answer = core.screen.register(button("登録"), [COMPLETED], 2)
    assert (answer.meaning, answer.sent, answer.blocked) == (None, 0, 1)
    assert site.commits == []


def test_requests_to_the_register_address_that_register_nothing_pass(site: Site, browser_path: Path) -> None:
    """One address for every page of the core: only the field's value tells."""
    request = {"path": "/main.do", "field": "ACTION", "field_value": "touroku"}
    site.show("/main.do", "<h1>確認</h1><form method=post><input name=ACTION value=itiran><input name=n value=髙橋①>"
              "<button>一覧</button></form>")  # fmt: skip
    site.at("POST", "/main.do", lambda _, form: page(f"<h1>一覧</h1><p>{form['n'][0]}</p>"))
    with running(site.base, browser_path, register_request=request) as core:
        core.screen.begin(())
        core.screen.open("/main.do?menu=1")
        core.screen.recognise([shows("確認")])
        core.screen.press(button("一覧"))
        assert core.screen.recognise([shows("髙橋①")]).meaning is Meaning.GOES_ON
        assert site.requests[-1] == "POST /main.do"
        core.renew()
        core.screen.begin(())
        core.screen.open("/main.do")
        core.screen.recognise([shows("確認")])


def test_it_is_there_again_after_the_browser_was_killed(
    unanswered: list[Route], core: BrowserCoreSession, site: Site
) -> None:
    core.stop_sender()
    core.renew()
    core.screen.seat.page.goto(f"{site.base}/confirm")
    close_a_sending_window(core, unanswered)
    until(core.screen.seat.page, lambda: strays(core) or site.commits)
    assert (strays(core), site.commits) == (1, [])
