"""Log-in, renewal, the sender that can be killed, and quiet reads and downloads of a web source."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from bridge_agent.domain.errors import ConfigError, LoginRefused, SessionLost, StopRunError, SystemDown, TransientError
from bridge_agent.domain.ports import PageRequest, Sender, Wanted
from bridge_agent.drivers.browser import BrowserCoreSession, BrowserPages, kill_sender
from bridge_agent.drivers.rehearsal import RehearsalSession
from tests.e2e.browser_sessions import (
    COMPLETED,
    account,
    alive,
    button,
    css,
    driver_processes,
    field,
    options,
    pid_of,
    profile,
    session,
    shows,
)
from tests.e2e.browser_site import Handler, Site, page, redirect, slowly

pytestmark = pytest.mark.browser


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
