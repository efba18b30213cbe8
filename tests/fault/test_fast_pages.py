"""The fast driver's own reading of pages, forms, scripts and broken connections, without a mock core."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import pytest

from bridge_agent.domain.comparison import equal
from bridge_agent.domain.core_profile import Limits, RegisterRequest
from bridge_agent.domain.errors import BusinessError, SessionLost, TransientError
from bridge_agent.domain.plan import (
    BoundField,
    Control,
    FieldClass,
    How,
    Mark,
    Meaning,
    Rung,
    Sign,
    Target,
)
from bridge_agent.domain.reasons import Reason
from tests.fault.fast.beyond import BeyondFastDriver
from tests.fault.fast.forms import fill, handed_in
from tests.fault.fast.pages import Page
from tests.fault.fast.screen import FastScreen
from tests.fault.fast.scripts import calls, on_load
from tests.fault.fast.sending import Answer, Line, Order
from tests.fault.fast.traffic import Traffic
from tests.fault.fast.windows import Browsing

HTML = "text/html; charset=utf-8"


def css(selector: str) -> Target:
    return Target((Rung(How.CSS, selector),))


def named(name: str, within: str = "") -> Target:
    return Target((Rung(How.NAME, name),), within)


def typed(target: Target, value: str, control: Control = Control.TEXT) -> BoundField:
    return BoundField("key", target, control, value, FieldClass.PLAIN)


# ---- forms ----

FORM = """<form action="/to?x=1" method="post" id="one">
<input type="hidden" name="token" value="t&amp;1"><input name="plain" value="a" maxlength="3">
<input name="off" value="x" disabled><fieldset disabled><input name="off2" value="x"></fieldset>
<select name="pick"><option value="">-</option><option value="2">two</option></select>
<select name="shut"><option value="1" disabled>one</option><option>second  one</option></select>
<input type="radio" name="r" value="1"><input type="radio" name="r" value="2" checked>
<input type="radio" name="none" value="1">
<input type="checkbox" name="c" checked><input type="checkbox" name="d" value="1">
<textarea name="t">
first
second</textarea>
<button type="submit" name="b" value="go">go</button><button type="submit" name="other" form="two">back</button>
</form>
<form id="two" action="/back" method="get"><input type="hidden" name="h" value="1"></form>"""


def test_a_form_is_handed_in_as_a_browser_does() -> None:
    page = Page(FORM, "/from", 200)
    form, back = page.root.iter("form")
    button, other = page.root.iter("button")
    asked = handed_in(page, form, button)
    assert asked is not None
    assert (asked.method, asked.path) == ("POST", "/to?x=1")
    assert asked.body == b"token=t%261&plain=a&pick=&shut=second+one&r=2&c=on&t=first%0D%0Asecond&b=go"
    returned = handed_in(page, back, other)
    assert returned is not None
    assert (returned.method, returned.path, returned.body) == ("GET", "/back?other=&h=1", None)


def test_a_required_tick_that_is_missing_keeps_the_form_back() -> None:
    page = Page('<form action="/x"><input type="checkbox" name="c" required><button>go</button></form>', "/", 200)
    form, button = next(page.root.iter("form")), next(page.root.iter("button"))
    assert handed_in(page, form, button) is None
    fill(lambda frame: [page], [typed(named("c"), "1", Control.CHECK)])
    assert handed_in(page, form, button) is not None


def test_typing_stops_at_the_maximum_length_in_utf_16_units() -> None:
    page = Page('<input name="a" maxlength="3">', "/", 200)
    assert fill(lambda frame: [page], [typed(named("a"), "あいうえ")]) == ["あいう"]
    assert fill(lambda frame: [page], [typed(named("a"), "あ𠮷うえ")]) == ["あ𠮷"]


TWO_GROUPS = """<fieldset><legend>請求者</legend><label>氏名<input name="a" value="1"></label></fieldset>
<fieldset><legend>配偶者</legend><label>氏名：<input name="b" value="2"></label><input name="b2" readonly></fieldset>"""


def test_a_target_must_match_exactly_once_and_can_be_scoped() -> None:
    page = Page(TWO_GROUPS, "/", 200)
    label = (Rung(How.LABEL, "氏名"),)
    with pytest.raises(BusinessError) as twice:
        fill(lambda frame: [page], [typed(Target(label), "x")])
    assert twice.value.reason is Reason.SCREEN_CHANGED
    assert fill(lambda frame: [page], [typed(Target(label, "配偶者"), "x")]) == ["x"]
    for odd in (Target(label, "世帯主"), named("b2"), named("nowhere")):
        with pytest.raises(BusinessError):
            fill(lambda frame: [page], [typed(odd, "x")])


def test_nothing_is_typed_unless_everything_is_found() -> None:
    page = Page(TWO_GROUPS, "/", 200)
    with pytest.raises(BusinessError):
        fill(lambda frame: [page], [typed(named("a"), "typed"), typed(named("nowhere"), "x")])
    with pytest.raises(BusinessError):
        fill(lambda frame: [page], [typed(named("a"), "typed"), typed(css("[name=a]"), "again")])
    assert page.by_name["a"][0].get("value") == "1"


# ---- scripts ----


@pytest.mark.parametrize(
    ("html", "told"),
    [
        ("<script>alert('あ')</script>", [("alert", ("あ",))]),
        ('<script>\nsetTimeout(() => { window.confirm("x\\u3042"); }, 5);</script>', [("confirm", ("xあ",))]),
        (
            "<script>window.onload = function () { window.open('/p'); window.print(); }</script>",
            [("open", ("/p",)), ("print", ())],
        ),
        ("<script>function go(a){ if (a) { alert('no'); } }\nfunction x(){}</script>", []),
        ('<body onload="alert(&quot;a\\nb&quot;)">', [("alert", ("a\nb",))]),
    ],
)
def test_what_a_page_brings_up_of_itself_is_told(html: str, told: list[tuple[str, tuple[str, ...]]]) -> None:
    assert [(call.word, call.given) for call in on_load(Page(html, "/", 200))] == told


@pytest.mark.parametrize(
    "html",
    [
        "<script>document.forms[0].submit()</script>",
        '<script src="/x.js"></script>',
        '<meta http-equiv="refresh" content="0; url=/x">',
        '<body onload="somethingElse(this)">',
    ],
)
def test_what_the_fast_driver_does_not_run_is_loud(html: str) -> None:
    with pytest.raises(BeyondFastDriver):
        list(on_load(Page(html, "/", 200)))


def test_a_condition_is_read_with_what_depends_on_it() -> None:
    (call,) = calls("if(!confirm('続けますか?'))go('back')")
    assert (call.word, call.given, call.asked, call.unless) == ("go", ("back",), "続けますか?", True)


# ---- a screen over canned answers ----


class Canned:
    """Answers by path; what is not there is dropped."""

    pid = 0
    gone = False

    def __init__(self, pages: Mapping[str, str | Answer]) -> None:
        self.pages = pages
        self.asked: list[tuple[str, str, bytes | None]] = []

    def exchange(self, order: Order) -> Answer:
        self.asked.append((order[0], order[1], order[3]))
        found = self.pages.get(order[1])
        if found is None:
            return "dropped", 0, [], b"", False
        return ("", 200, [("Content-Type", HTML)], found.encode(), False) if isinstance(found, str) else found

    def kill(self) -> None: ...


DONE = Mark("done", (Sign(text="完了"),), Meaning.COMPLETED)
LOST = Mark("lost", (Sign(css="#login"),), Meaning.SESSION_LOST)
BUTTON = Target((Rung(How.ROLE, "button|登録する"),))
CONFIRM = '<form method="post" action="/register/x"><button>登録する</button></form>'


def screen_over(pages: Mapping[str, str | Answer], *, fuse: bool = True) -> tuple[FastScreen, Canned]:
    sending = Canned(pages)
    traffic = Traffic("http://core", sending, RegisterRequest(path="/register/*"), (), fuse=fuse, resend=False)
    screen = FastScreen(Limits(), (LOST,), equal, lambda: None)
    screen.sit(Browsing(traffic))
    screen.begin(())
    return screen, sending


def redirect(to: str, status: int = 303) -> Answer:
    return "", status, [("Location", to), ("Content-Type", HTML)], b"", False


def test_one_register_request_passes_and_the_fuse_counts_it() -> None:
    screen, sending = screen_over({"/c": CONFIRM, "/register/x": redirect("/done"), "/done": "<p>完了</p>"})
    screen.open("/c")
    answer = screen.register(BUTTON, (DONE,), 1)
    assert (answer.meaning, answer.sent, answer.blocked) == (Meaning.COMPLETED, 1, 0)
    assert [asked[:2] for asked in sending.asked] == [("GET", "/c"), ("POST", "/register/x"), ("GET", "/done")]


def test_a_register_request_outside_the_window_is_stopped() -> None:
    screen, sending = screen_over({"/c": CONFIRM})
    screen.open("/c")
    with pytest.raises(BusinessError) as stopped:
        screen.press(BUTTON)
    assert stopped.value.reason is Reason.SCREEN_CHANGED
    assert [asked[0] for asked in sending.asked] == ["GET"]


@pytest.mark.parametrize("status", [307, 308])
def test_a_redirect_never_repeats_a_registration(status: int) -> None:
    screen, sending = screen_over({"/c": CONFIRM, "/register/x": redirect("/register/y", status)})
    screen.open("/c")
    answer = screen.register(BUTTON, (DONE,), 1)
    assert (answer.meaning, answer.sent) == (None, 1)
    assert len(sending.asked) == 2


def test_a_redirect_repeats_no_other_form_either() -> None:
    form = '<form method="post" action="/next"><button>登録する</button></form>'
    screen, sending = screen_over({"/c": form, "/next": redirect("/again", 307), "/again": "<p>完了</p>"}, fuse=False)
    screen.open("/c")
    screen.press(BUTTON)
    assert [asked[1] for asked in sending.asked] == ["/c", "/next"]
    with pytest.raises(TransientError):
        screen.recognise((DONE,))


@pytest.mark.parametrize(
    ("page", "meaning", "dialogs"),
    [
        ("<p>完了</p><script>alert('x')</script>", Meaning.COMPLETED, ("alert",)),
        ("<p>完了</p><script>window.open('/x')</script>", None, ()),
        ("<p>完了</p><script>window.print()</script>", Meaning.COMPLETED, ()),
        ("<form id=login></form>", Meaning.SESSION_LOST, ()),
        ("<p>ほか</p>", None, ()),
    ],
)
def test_what_comes_up_during_the_register_press_is_noted(
    page: str, meaning: Meaning | None, dialogs: tuple[str, ...]
) -> None:
    screen, _ = screen_over({"/c": CONFIRM, "/register/x": page})
    screen.open("/c")
    answer = screen.register(BUTTON, (DONE,), 1)
    assert (answer.meaning, answer.dialogs) == (meaning, dialogs)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("<script>alert('x')</script>", Reason.DIALOG_UNKNOWN),
        ("<script>window.open('/x')</script>", Reason.SCREEN_CHANGED),
        (("", 200, [("Content-Disposition", "attachment"), ("Content-Type", HTML)], b"", False), Reason.SCREEN_CHANGED),
    ],
)
def test_what_comes_up_before_holds_the_application(answer: str | Answer, reason: Reason) -> None:
    screen, _ = screen_over({"/a": answer})
    with pytest.raises(BusinessError) as held:
        screen.open("/a")
    assert held.value.reason is reason


def test_errors_become_the_agents_own() -> None:
    failed: Answer = ("", 500, [("Content-Type", HTML)], b"<p>x</p>", False)
    screen, _ = screen_over({"/lost": "<form id=login></form>", "/500": failed, "/two": "<p>完了</p><b>ほか</b>"})
    with pytest.raises(TransientError):
        screen.open("/dropped")
    with pytest.raises(TransientError):
        screen.open("/500")
    screen.open("/lost")
    with pytest.raises(SessionLost):
        screen.recognise((DONE,))
    screen.open("/two")
    with pytest.raises(BusinessError):
        screen.recognise((DONE, Mark("other", (Sign(text="ほか"),))))
    assert screen.recognise((DONE,)) is DONE


# ---- the wire ----


@contextmanager
def dropping_server(answers: list[bytes]) -> Iterator[tuple[int, list[int]]]:
    """Reads request after request; an empty answer closes the connection. Tells how many requests each one carried."""
    listener = socket.create_server(("127.0.0.1", 0))
    carried: list[int] = []

    def serve() -> None:
        while answers:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            carried.append(0)
            with connection:
                while answers and whole_request(connection):
                    carried[-1] += 1
                    answer = answers.pop(0)
                    if not answer:
                        break
                    connection.sendall(answer)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1], carried
    finally:
        listener.close()
        thread.join(5)


def whole_request(connection: socket.socket) -> bool:
    """Reads one POST of `post`; False when the client has gone."""
    read = b""
    while not read.endswith(b"\r\n\r\na=1"):
        part = connection.recv(65536)
        if not part:
            return False
        read += part
    return True


OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


def post(*, resend: bool) -> Order:
    return "POST", "/", {}, b"a=1", 5.0, resend


def test_a_dropped_answer_is_an_error_and_nothing_is_sent_again() -> None:
    with dropping_server([OK, b"", OK]) as (port, carried):
        line = Line("127.0.0.1", port)
        assert line.exchange(post(resend=False))[0] == ""
        assert line.exchange(post(resend=False))[0] == "dropped"
        assert carried == [2]
        line.close()


def test_chromiums_resending_is_imitated_on_a_connection_that_was_used_before() -> None:
    with dropping_server([OK, b"", OK]) as (port, carried):
        line = Line("127.0.0.1", port)
        line.exchange(post(resend=True))
        failure, status, _, body, again = line.exchange(post(resend=True))
        assert (failure, status, body, again) == ("", 200, b"ok", True)
        assert carried == [2, 1]
        line.close()


def test_a_new_connection_that_drops_is_never_tried_again() -> None:
    with dropping_server([b"", OK]) as (port, carried):
        line = Line("127.0.0.1", port)
        assert line.exchange(post(resend=True))[0] == "dropped"
        assert carried == [1]
        line.close()
