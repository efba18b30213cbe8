"""The browser driver's screens against small pages: dialogs, windows, pickers, and what of it may be kept."""

from __future__ import annotations

import time

import pytest

from bridge_agent.domain.errors import BusinessError
from bridge_agent.domain.plan import (
    DialogAnswer,
    DialogRule,
    How,
    Picking,
)
from bridge_agent.domain.reasons import Reason
from bridge_agent.drivers.browser.screen import BrowserScreen
from tests.e2e.browser_sessions import at, button, css, field, label, shows
from tests.e2e.browser_site import Site, page
from tests.e2e.driver.small_pages import shown, value

pytestmark = pytest.mark.browser


ASKS = "<button onclick=\"if(confirm('よろしいですか。')){out.textContent='はい'}else{out.textContent='いいえ'}\">問う</button><p id=out></p>"


def test_known_dialogs_are_answered_as_the_recipe_says(site: Site, screen: BrowserScreen) -> None:
    shown(site, screen, ASKS)
    screen.begin([DialogRule("confirm", "よろしい", DialogAnswer.ACCEPT)])
    screen.press(button("問う"))
    assert screen.read([css("#out")]) == ("はい",)
    screen.begin([DialogRule("confirm", "よろしい", DialogAnswer.DISMISS, hold="duplicate_warning")])
    with pytest.raises(BusinessError) as raised:
        screen.press(button("問う"))
    assert raised.value.reason is Reason.DUPLICATE_WARNING


def test_an_unknown_dialog_is_dismissed_and_holds(site: Site, screen: BrowserScreen) -> None:
    shown(site, screen, ASKS)
    with pytest.raises(BusinessError) as raised:
        screen.press(button("問う"))
    assert raised.value.reason is Reason.DIALOG_UNKNOWN
    assert screen.read([css("#out")]) == ("いいえ",)
    shown(site, screen, "<input id=a onblur=\"alert('桁数')\">")
    with pytest.raises(BusinessError) as raised:
        screen.fill([field(css("#a"), "1")])
    assert raised.value.reason is Reason.DIALOG_UNKNOWN


def test_leaving_a_page_that_asks_back_works(site: Site, screen: BrowserScreen) -> None:
    shown(site, screen, "<input id=a><script>onbeforeunload=e=>{e.preventDefault();return ''}</script>")
    screen.fill([field(css("#a"), "x")])
    shown(site, screen, "<p>次</p>", "/t2")


def test_an_unexpected_window_stops_the_procedure(site: Site, screen: BrowserScreen) -> None:
    site.show("/pop", "<p>広告</p>")
    shown(site, screen, "<button onclick=\"window.open('/pop')\">開く</button>")
    with pytest.raises(BusinessError, match="ウィンドウ"):
        screen.press(button("開く"))
        screen.recognise([shows("無い")], timeout_s=1)
    # Told at once; the window is closed beside it, which may take a moment longer.
    page, end = screen.seat.page, time.monotonic() + 10
    while len(page.context.pages) > 1 and time.monotonic() < end:
        page.evaluate("new Promise(requestAnimationFrame)")
    assert [one.url.rsplit("/", 1)[1] for one in page.context.pages] == ["t"]


def test_an_unexpected_download_stops_the_procedure(site: Site, screen: BrowserScreen) -> None:
    site.at("GET", "/file", lambda *_: (200, {"Content-Disposition": "attachment; filename=a.csv"}, b"a,b"))
    shown(site, screen, '<a href="/file">取得</a>')
    with pytest.raises(BusinessError, match="ダウンロード"):
        screen.press(at(How.TEXT, "取得"))
        screen.recognise([shows("無い")], timeout_s=1)


OPENER = """<input id=cd readonly><input id=nm readonly>
<input type=button value="検索" onclick="window.open('/pick','w','width=400,height=300')">"""
PICKER = """<form><input name=q><input type=submit value="検索"></form>{rows}
<script>function pick(c,n){{opener.cd.value=c;opener.nm.value=n;window.close()}}</script>"""


def picker_page(found: list[tuple[str, str]]) -> str:
    rows = "".join(f"<tr onclick=\"pick('{c}','{n}')\"><td>{c}</td><td>{n}</td></tr>" for c, n in found)
    return PICKER.format(rows=f"<table>{rows}</table>")


OFFICES = [("01", "松支店"), ("02", "松支店東"), ("03", "竹支店"), ("04", "竹支店")]


def picking(text: str, **changed: str) -> Picking:
    search = (field(at(How.NAME, "q"), text[:1]),)
    return Picking(button("検索"), search, button("検索"), text, None, changed.get("window", "検索画面"))


@pytest.fixture
def picker(site: Site) -> None:
    def answer(_: object, form: dict[str, list[str]]) -> tuple[int, dict[str, str], bytes]:
        wanted = form.get("q", ["-"])[0]
        return page(picker_page([office for office in OFFICES if office[1].startswith(wanted)]), title="支店検索画面")

    site.at("GET", "/pick", answer)


@pytest.mark.usefixtures("picker")
def test_a_picker_chooses_the_one_row_with_the_exact_text(site: Site, screen: BrowserScreen) -> None:
    shown(site, screen, OPENER)
    screen.pick(picking("松支店"))
    assert (value(screen, "#cd"), value(screen, "#nm")) == ("01", "松支店")
    for text, why in (("竹支店", "2つ以上"), ("梅支店", "行がありません")):
        with pytest.raises(BusinessError, match=why) as raised:
            screen.pick(picking(text))
        assert raised.value.reason is Reason.VALUE_INVALID
        assert text not in raised.value.message
    with pytest.raises(BusinessError, match="題名"):
        site_limits = screen.limits.model_copy(update={"page_s": 0.5})
        screen.limits, kept = site_limits, screen.limits
        try:
            screen.pick(picking("松支店", window="別の画面"))
        finally:
            screen.limits = kept
    assert value(screen, "#cd") == "01"
    assert len(screen.seat.page.context.pages) <= 2


def test_the_outline_holds_no_value(site: Site, screen: BrowserScreen) -> None:
    shown(site, screen, '<h2>山田 太郎さんの登録</h2><label for=a>氏名</label><input id=a><p>番号 123456789012</p>'
          '<select><option>秘密の選択</option></select><button>登録</button><table><tr><td>山田　花子</td></tr></table>')  # fmt: skip
    screen.fill([field(label("氏名"), "山田 太郎")])
    outline = screen.outline()
    for kept in ("氏名", "登録", "[text]", "len=5"):
        assert kept in outline
    for secret in ("山田", "太郎", "花子", "1234", "秘密", "/t?"):
        assert secret not in outline
    png = screen.picture([at(How.TEXT, "番号 123456789012")])
    assert png is not None
    assert png.startswith(b"\x89PNG")
    assert screen.seat.page.evaluate("document.querySelectorAll('[data-bridge-cover]').length") == 0
