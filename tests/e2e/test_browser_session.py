"""Log-in, renewal, the sender that can be killed, and quiet reads and downloads of a web source."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Browser

from bridge_agent.domain.errors import ConfigError, LoginRefused, SessionLost, StopRunError, SystemDown, TransientError
from bridge_agent.domain.ports import PageRequest, Sender, Wanted
from bridge_agent.drivers.browser import BrowserCoreSession, BrowserPages, engine, kill_sender
from bridge_agent.drivers.browser import session as session_module
from bridge_agent.drivers.browser.wording import PRESS, place_json
from bridge_agent.drivers.rehearsal import RehearsalSession
from bridge_agent.drivers.sender import newest_driver
from tests.e2e.browser_sessions import COMPLETED, account, button, css, field, options, profile, session, shows
from tests.e2e.browser_site import Handler, Site, page, redirect, slowly

pytestmark = pytest.mark.browser


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.close()


def pid_of(core: BrowserCoreSession) -> int:
    return core.sender.pid if core.sender is not None else 0


def alive(sender: Sender) -> bool:
    return psutil.pid_exists(sender.pid) and psutil.Process(sender.pid).status() != psutil.STATUS_ZOMBIE


def driver_processes() -> int:
    return sum("run-driver" in " ".join(child.cmdline()) for child in psutil.Process().children())


def test_a_wrong_password_is_tried_once(site: Site, browser_path: Path) -> None:
    core = BrowserCoreSession(profile(), account(site.base, "wrong"), options(browser_path))
    with pytest.raises(LoginRefused) as raised:
        core.start()
    assert site.logins == 1
    assert "wrong" not in raised.value.message
    assert core.sender is None
    assert driver_processes() == 0


def test_a_system_that_does_not_answer_is_tried_twice(site: Site, browser_path: Path) -> None:
    site.down = True
    with pytest.raises(SystemDown, match="2回"):
        session(site.base, browser_path).start()
    assert site.requests.count("GET /login") == 2
    site.close()
    with pytest.raises(SystemDown, match="接続できません"):
        session(site.base, browser_path).start()


def test_an_error_at_the_log_in_press_counts_as_no_answer(site: Site, browser_path: Path) -> None:
    site.at("POST", "/login", lambda *_: (500, {"Content-Type": "text/html"}, b"<p>x</p>"))
    with pytest.raises(SystemDown):
        session(site.base, browser_path).start()


def test_an_odd_log_in_screen_stops_the_run(site: Site, browser_path: Path) -> None:
    site.show("/login", "<p>工事中</p>")
    with pytest.raises(StopRunError, match="ログイン画面"):
        session(site.base, browser_path).start()


def test_the_sender_is_the_browser_and_dies_when_told(site: Site, browser_path: Path) -> None:
    core = session(site.base, browser_path)
    core.start()
    try:
        sender = core.sender
        assert sender is not None
        assert "headless" in psutil.Process(sender.pid).name() or "chrom" in psutil.Process(sender.pid).name()
        start = time.monotonic()
        core.stop_sender()
        assert time.monotonic() - start < 5
        assert not alive(sender)
        assert driver_processes() == 0
        with pytest.raises(TransientError):
            core.screen.open("/menu")
        core.start()
        assert pid_of(core) != sender.pid
        core.screen.open("/menu")
        core.screen.recognise([shows("メニュー")])
    finally:
        core.close()


def test_a_taker_kills_a_recorded_sender_only(site: Site, browser_path: Path) -> None:
    core = session(site.base, browser_path)
    core.start()
    sender = core.sender
    assert sender is not None
    try:
        assert kill_sender(Sender(sender.pid, sender.started - 50, sender.host))  # another process by now: ours is dead
        assert alive(sender)
        assert not kill_sender(Sender(sender.pid, sender.started, "another-host"))
        assert kill_sender(sender)
        assert not alive(sender)
        assert kill_sender(sender)
        with pytest.raises(TransientError):
            core.screen.open("/menu")
    finally:
        core.close()
    core.start()  # a new driver and a new browser
    core.close()


def test_a_browser_killed_in_mid_press_leaves_no_answer(site: Site, browser_path: Path) -> None:
    core = session(site.base, browser_path)
    core.start()
    try:
        sender = core.sender
        assert sender is not None
        site.at("POST", "/register", slowly(3, page("x")))
        site.show("/confirm", "<h1>確認</h1><form method=post action='/register'><button>登録</button></form>")
        core.screen.open("/confirm")
        core.screen.recognise([shows("確認")])
        psutil_killer = threading.Timer(0.5, lambda: psutil.Process(sender.pid).kill())
        psutil_killer.start()
        answer = core.screen.register(button("登録"), [COMPLETED], 5)
        assert (answer.meaning, answer.sent) == (None, 1)
        core.stop_sender()
        core.start()
    finally:
        core.close()


def test_renewal_makes_a_new_log_in_and_context(site: Site, browser_path: Path) -> None:
    core = session(site.base, browser_path, limits={"page_s": 4, "recycle_context_after": 2})
    core.start()
    try:
        first = core.screen.seat.page
        core.renew()
        assert core.screen.seat.page is not first
        assert first.is_closed()
        assert site.logins == 2
        for _ in range(3):
            core.screen.begin(())
        assert site.logins == 3
    finally:
        core.close()


def test_two_sessions_live_in_one_thread(site: Site, browser_path: Path) -> None:
    one, two = session(site.base, browser_path), session(site.base, browser_path)
    one.start()
    two.start()
    try:
        assert driver_processes() == 1
        one.stop_sender()
        two.screen.open("/menu")
        two.screen.recognise([shows("メニュー")])
        one.start()
        one.screen.open("/menu")
        one.screen.recognise([shows("メニュー")])
    finally:
        one.close()
        two.close()
    assert driver_processes() == 0


def test_debug_modes_of_the_driver_are_refused(site: Site, browser_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("DEBUG", "pw:api"), ("DEBUG", "x,pw:*"), ("PWDEBUG", "1")):
        with monkeypatch.context() as patch:
            patch.setenv(name, value)
            with pytest.raises(ConfigError, match=name):
                session(site.base, browser_path).start()


def test_a_rehearsal_never_registers(site: Site, browser_path: Path) -> None:
    site.show("/confirm", "<h1>確認</h1><form method=post action='/register'><input id=a><button>登録</button></form>")
    rehearsal = RehearsalSession(session(site.base, browser_path))
    rehearsal.start()
    try:
        screen = rehearsal.screen
        screen.begin(())
        screen.open("/confirm")
        screen.recognise([shows("確認")])
        assert screen.fill([field(css("#a"), "x")])[0].text == "x"
        with pytest.raises(StopRunError, match="予行"):
            screen.register(button("登録"), [COMPLETED], 1)
        assert site.commits == []
    finally:
        rehearsal.close()


# ---- a web source ---------------------------------------------------------------------------------------------------


@pytest.fixture
def pages(site: Site, browser_path: Path) -> Iterator[BrowserPages]:
    shape = profile()
    limits = shape.limits.model_copy(update={"page_s": 1.5})
    pages = BrowserPages(shape.login, shape.session_lost, limits, account(site.base), options(browser_path))
    pages.start()
    yield pages
    pages.close()


def test_peeking_reads_a_page_beside_the_screen(site: Site, pages: BrowserPages) -> None:
    body = "<table id=t><thead><tr><th>受付番号</th><th>手続</th></tr></thead><tbody><tr><td> 001 </td><td>甲　乙</td></tr>" \
           "</tbody></table><p id=s>承認済</p><input id=v value='既定'>"  # fmt: skip

    def listed(handler: Handler, form: dict[str, list[str]]) -> tuple[int, dict[str, str], bytes]:
        assert handler.session() in site.sessions
        return page(body + f"<p id=q>{form.get('q', [''])[0]}</p>", encoding="utf-8")

    site.at("GET", "/list", listed)
    site.at("POST", "/list", listed)
    site.at("GET", "/old", lambda *_: redirect("/list?q=%E5%AD%97", 302))
    wanted = Wanted("#t tbody tr", "td", "#t th", {"state": "#s", "value": "#v", "none": "#x", "q": "#q"})
    screen = pages.screen
    screen.open("/menu")
    screen.recognise([shows("メニュー")])
    told = pages.peek(PageRequest("/list"), wanted)
    assert (told.status, told.path) == (200, "/list")
    assert told.headings == ("受付番号", "手続")
    assert told.rows == (("001", "甲　乙"),)
    assert dict(told.texts) == {"state": "承認済", "value": "既定", "none": None, "q": ""}
    assert pages.peek(PageRequest("/list", {"q": "字"}), wanted).texts["q"] == "字"
    redirected = pages.peek(PageRequest("/old"), wanted)
    assert (redirected.path, redirected.texts["q"]) == ("/list?q=%E5%AD%97", "字")
    assert pages.peek(PageRequest("/none"), wanted).status == 404
    screen.recognise([shows("メニュー")])  # the screen has not moved


def test_peeking_notices_a_lost_session_and_a_dead_line(site: Site, pages: BrowserPages) -> None:
    site.at("GET", "/list", lambda *_: redirect("/login", 302))
    with pytest.raises(SessionLost):
        pages.peek(PageRequest("/list"), Wanted())
    site.at("GET", "/cut", lambda handler, _: handler.drop())
    with pytest.raises(TransientError):
        pages.peek(PageRequest("/cut"), Wanted())
    site.at(
        "GET", "/sjis", lambda *_: (200, {"Content-Type": "text/html; charset=utf-8"}, "<p id=s>承認".encode("cp932"))
    )
    with pytest.raises(TransientError):
        pages.peek(PageRequest("/sjis"), Wanted(texts={"s": "#s"}))


def test_a_download_is_whole_before_it_has_its_name(site: Site, pages: BrowserPages, tmp_path: Path) -> None:
    content = bytes(range(256)) * 400
    site.at("POST", "/zip", lambda *_: (200, {"Content-Disposition": "attachment; filename=a.zip"}, content))
    site.show("/form", "<h1>一覧</h1><form method=post action='/zip'><button>一括出力</button></form>"
              "<form action='/menu'><button>何もない</button></form>")  # fmt: skip
    screen = pages.screen
    screen.begin(())
    screen.open("/form")
    screen.recognise([shows("一覧")])
    for name in ("日本語 名.zip", "b.zip"):
        pages.download(button("一括出力"), tmp_path / name)
        assert (tmp_path / name).read_bytes() == content
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.zip", "日本語 名.zip"]
    screen.recognise([shows("一覧")])
    with pytest.raises(TransientError, match="ダウンロード"):
        pages.download(css("form:last-of-type button"), tmp_path / "c.zip")
    screen.open("/form")
    screen.recognise([shows("一覧")])
    site.at("POST", "/zip", lambda *_: redirect("/login"))
    with pytest.raises(SessionLost):
        pages.download(button("一括出力"), tmp_path / "c.zip")
    assert not (tmp_path / "c.zip").exists()


def test_a_page_that_never_answers_costs_its_browser_the_life(site: Site, browser_path: Path) -> None:
    core = session(site.base, browser_path)
    core.start()
    try:
        site.show("/stuck", "<h1>止まる</h1><button onclick='for(;;);'>押す</button>")
        core.screen.open("/stuck")
        core.screen.recognise([shows("止まる")])
        begun = time.monotonic()
        with pytest.raises(TransientError, match="ブラウザ"):
            core.screen.asked("press", field=place_json(button("押す"), PRESS), patience=0, limit_s=0.5)
        assert time.monotonic() - begun < 5
        core.renew()
        core.screen.open("/menu")
        core.screen.recognise([shows("メニュー")])
    finally:
        core.close()


def freeze(core: BrowserCoreSession) -> None:
    """The browser with all its processes stands still, as one does whose machine is out of breath."""
    browser = psutil.Process(pid_of(core))
    for process in [browser, *browser.children(recursive=True)]:
        process.suspend()


def test_a_browser_that_freezes_while_a_window_opens_costs_its_life(
    site: Site, browser_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session_module, "OPENING_S", 0.5)
    core = session(site.base, browser_path)
    core.start()
    try:
        freeze(core)
        assert core.sender is not None
        # Only so that a driver without the limit fails here instead of standing still.
        rescue = threading.Timer(20, kill_sender, [core.sender])
        rescue.start()
        begun = time.monotonic()
        with pytest.raises(TransientError):
            core._session.side  # noqa: B018  # the quiet page is opened when it is first asked for
        assert time.monotonic() - begun < 10
        rescue.cancel()
        core.renew()
        core.screen.open("/menu")
    finally:
        core.close()


def test_a_driver_that_freezes_while_a_browser_comes_up_is_ended_and_replaced(
    site: Site, browser_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = engine._pid_of

    def frozen(browser: Browser) -> int:
        driver = newest_driver()
        assert driver is not None
        rescue = threading.Timer(20, psutil.Process(driver.pid).kill)
        rescue.start()
        psutil.Process(driver.pid).suspend()
        try:
            return asked(browser)
        finally:
            rescue.cancel()

    core = session(site.base, browser_path)
    with monkeypatch.context() as patch:
        patch.setattr(engine, "_pid_of", frozen)
        patch.setattr(engine, "LAUNCH_WAIT_MS", 5_000)
        patch.setattr(engine, "OPENING_S", 0.5)
        begun = time.monotonic()
        with pytest.raises(ConfigError, match="もう一度実行"):
            core.start()
        assert time.monotonic() - begun < 15
    assert driver_processes() == 0
    core.start()
    try:
        core.screen.open("/menu")
    finally:
        core.close()


def kill_driver(core: BrowserCoreSession) -> None:
    assert core.sender is not None
    driver = psutil.Process(core.sender.driver_pid)
    driver.kill()
    psutil.wait_procs([driver], timeout=5)


@contextmanager
def started(site: Site, browser_path: Path) -> Iterator[BrowserCoreSession]:
    core = session(site.base, browser_path)
    core.start()
    try:
        yield core
    finally:
        core.close()


def test_a_killed_driver_is_told_as_a_fault_and_replaced(site: Site, browser_path: Path) -> None:
    with started(site, browser_path) as core:
        former = core.sender
        assert former is not None
        kill_driver(core)
        with pytest.raises(TransientError):
            core.screen.open("/menu")
        core.renew()
        core.screen.open("/menu")
        assert core.sender is not None
        assert core.sender.driver_pid != former.driver_pid
        assert not alive(former)
    assert driver_processes() == 0


def test_sessions_that_shared_a_killed_driver_both_come_back(site: Site, browser_path: Path) -> None:
    with started(site, browser_path) as one, started(site, browser_path) as other:
        kill_driver(one)
        for core in (one, other):
            core.renew()
            core.screen.open("/menu")
        assert driver_processes() == 1
    assert driver_processes() == 0


def test_a_driver_killed_during_a_call_is_told_as_a_fault(site: Site, browser_path: Path) -> None:
    with started(site, browser_path) as core:
        site.at("GET", "/slow", slowly(3, page("late")))
        killer = threading.Timer(0.5, kill_driver, [core])
        killer.start()
        with pytest.raises(TransientError):
            core.screen.open("/slow")
        killer.join()
        core.stop_sender()
        core.start()
        core.screen.open("/menu")
