"""The browser driver's screens against small pages: a screen is recognised, waited for, or not there."""

from __future__ import annotations

import time

import pytest

from bridge_agent.domain.errors import BusinessError, SessionLost, SystemDown, TransientError
from bridge_agent.domain.plan import (
    How,
    Mark,
    Meaning,
    Sign,
)
from bridge_agent.drivers.browser.screen import BrowserScreen
from tests.e2e.browser_sessions import at, button, field, label, shows
from tests.e2e.browser_site import Site, broken_off, page, redirect, slowly
from tests.e2e.driver.small_pages import shown

pytestmark = pytest.mark.browser


def test_marks_are_recognised_across_slow_and_repeated_navigations(site: Site, screen: BrowserScreen) -> None:
    site.at("GET", "/hop1", lambda *_: page("<p>途中</p><script>location.href='/hop2'</script>"))
    site.at("GET", "/hop2", slowly(0.4, redirect("/hop3")))
    site.show("/hop3", "<h2>着いた</h2>")
    screen.open("/hop1")
    assert screen.recognise([shows("着いた")]).name == "着いた"


def test_the_old_screen_does_not_count_while_the_new_one_is_on_its_way(site: Site, screen: BrowserScreen) -> None:
    site.at("POST", "/same", slowly(0.3, page("<h1>試験画面</h1><p>二枚目</p>")))
    shown(site, screen, '<form method=post action="/same"><button>進む</button></form>')
    screen.press(button("進む"))
    screen.recognise([shows("試験画面")])
    assert screen.seat.page.evaluate("document.body.innerText").endswith("二枚目")


def test_a_document_without_any_element_yet_is_waited_for(site: Site, screen: BrowserScreen) -> None:
    # The moment after a page has come in and before its first tag was read.
    shown(site, screen, "<iframe id=inner srcdoc='<p>枠の中</p>'></iframe>")
    page = screen.seat.page
    marks = [shows("試験画面")]
    for place in ("document.getElementById('inner').contentDocument", "document"):
        page.evaluate(f"window.emptied = {place}; window.kept = emptied.documentElement; kept.remove()")
        assert screen.asked("calm", wait=30) == {"calm": False, "title": page.title()}, place
        found = screen.look(marks, 0)
        assert (found["ready"], found["status"]) == (False, 200 if place != "document" else 0), place
        page.evaluate("emptied.append(kept)")
    assert screen.recognise(marks).name == "試験画面"


def test_a_frame_that_stays_empty_does_not_hold_up_its_screen(site: Site, screen: BrowserScreen) -> None:
    shown(site, screen, "<iframe id=inner></iframe>")
    page = screen.seat.page
    page.evaluate("document.getElementById('inner').contentDocument.documentElement.remove()")
    begun = time.monotonic()
    assert screen.asked("calm", wait=5000)["calm"] is True
    assert time.monotonic() - begun > 0.9
    assert screen.recognise([shows("試験画面")]).name == "試験画面"


def test_two_marks_or_none_stop_the_procedure(site: Site, screen: BrowserScreen) -> None:
    shown(site, screen, "<p>甲</p><p>乙</p><p style='display:none'>丙</p>")
    with pytest.raises(BusinessError, match="2つの画面"):
        screen.recognise([shows("甲"), shows("乙")])
    with pytest.raises(BusinessError, match="なりません"):
        screen.recognise([shows("丙")], timeout_s=0.2)
    assert screen.recognise([shows("甲"), shows("丙")]).name == "甲"


def test_of_several_reasons_to_hold_the_first_of_the_recipe_counts(site: Site, screen: BrowserScreen) -> None:
    shown(site, screen, "<p>入力に誤り</p><p>重複</p>")
    warned, refused = shows("重複", meaning=Meaning.HOLD), shows("入力に誤り", meaning=Meaning.HOLD)
    assert screen.recognise([shows("確認"), warned, refused]).name == "重複"
    assert screen.recognise([shows("確認"), refused, warned]).name == "入力に誤り"
    with pytest.raises(BusinessError, match="2つの画面"):
        screen.recognise([shows("重複"), refused])


def test_a_no_break_space_is_a_space(site: Site, screen: BrowserScreen) -> None:
    shown(site, screen, "<h2>2&nbsp;児童・利用&nbsp;希望</h2>")
    assert screen.recognise([shows("2 児童・利用 希望")]).name == "2 児童・利用 希望"
    within = Mark("within", (Sign(css="h2", text="児童・利用 希望"),), Meaning.GOES_ON)
    assert screen.recognise([within]).name == "within"


def test_session_lost_and_system_down_are_told_apart(site: Site, screen: BrowserScreen) -> None:
    screen.open("/login")
    with pytest.raises(SessionLost):
        screen.recognise([shows("試験画面")])
    site.show("/stop", "<p>只今停止しています</p>")
    screen.open("/stop")
    with pytest.raises(SystemDown):
        screen.recognise([shows("試験画面")])


def test_an_error_answer_is_transient_and_noticed_soon(site: Site, screen: BrowserScreen) -> None:
    site.at("POST", "/boom", lambda *_: (500, {"Content-Type": "text/html"}, b"<p>oops</p>"))
    shown(site, screen, '<form method=post action="/boom"><button>進む</button></form>')
    screen.press(button("進む"))
    start = time.monotonic()
    with pytest.raises(TransientError):
        screen.recognise([shows("次")])
    assert time.monotonic() - start < 2
    site.at("GET", "/cut", lambda handler, _: handler.drop())
    with pytest.raises(TransientError):
        screen.open("/cut")


@pytest.mark.parametrize("ended", ["before the mark", "after the mark"])
def test_a_screen_that_broke_off_on_its_way_has_not_changed(site: Site, screen: BrowserScreen, ended: str) -> None:
    whole = page("<h1>試験画面</h1><label for=a>氏名</label><input id=a><button>進む</button>" + "<p>下</p>" * 500)
    mark = whole[2].index("</h1>".encode())
    site.at("GET", "/half", broken_off(whole, mark + 5 if ended == "after the mark" else mark - 20))
    screen.open("/half")
    with pytest.raises(TransientError, match="途中で切れ"):
        screen.recognise([shows("試験画面")], timeout_s=1)
        screen.fill([field(label("氏名"), "甲")])
    # A whole screen without the field is a changed one, also after that.
    screen.begin(())
    shown(site, screen, "<p>ほかの画面</p>")
    with pytest.raises(BusinessError, match="見つかりません"):
        screen.fill([field(label("氏名"), "甲")])


DRAWN = """<h1 id=h>読み込み中</h1><script>
fetch('/api/form').then((answer) => answer.ok ? answer.text() : Promise.reject(answer.status))
  .then((text) => { h.textContent = text; }, () => { h.textContent = '通信エラー'; });
</script>"""


@pytest.mark.parametrize("answer", ["cut", "500", "503"])
def test_a_page_that_draws_itself_has_not_changed_either(site: Site, screen: BrowserScreen, answer: str) -> None:
    """It tells the trouble in its own words; that they are not the ones awaited says nothing of the screen."""
    site.show("/drawn", DRAWN)
    whole = (200, {"Content-Type": "text/plain; charset=utf-8"}, "試験画面".encode() * 200)
    if answer == "cut":
        site.at("GET", "/api/form", broken_off(whole, 100))
    else:
        site.at("GET", "/api/form", lambda *_: (int(answer), {}, b"{}"))
    screen.open("/drawn")
    with pytest.raises(TransientError, match="途中で切れ"):
        screen.recognise([shows("試験画面")], timeout_s=1)


def test_an_answer_that_says_no_is_a_whole_one(site: Site, screen: BrowserScreen) -> None:
    site.show("/drawn", DRAWN)
    site.at("GET", "/api/form", lambda *_: (404, {}, b"{}"))
    screen.open("/drawn")
    with pytest.raises(BusinessError, match="待っていた画面"):
        screen.recognise([shows("試験画面")], timeout_s=1)


def test_other_hosts_are_never_asked(site: Site, screen: BrowserScreen) -> None:
    other = Site()
    other.show("/x", "<p>外</p>")
    try:
        shown(site, screen, f'<img src="{other.base}/x"><a href="{other.base}/x">外へ</a>'
              f'<script>fetch("{other.base}/x",{{mode:"no-cors"}}).catch(()=>{{}})</script>')  # fmt: skip
        screen.press(at(How.TEXT, "外へ"))
        with pytest.raises((BusinessError, TransientError)):
            screen.recognise([shows("外")], timeout_s=0.6)
        assert other.requests == []
    finally:
        other.close()


def test_meaning_is_returned_with_the_mark(site: Site, screen: BrowserScreen) -> None:
    shown(site, screen, "<p>警告</p>")
    assert screen.recognise([shows("警告", meaning=Meaning.HOLD)]).meaning is Meaning.HOLD
