"""The browser driver against what only shows itself to a person's hand: lists that open while one types, menus under
the pointer, boxes that come a moment later."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bridge_agent.domain.errors import BusinessError
from bridge_agent.domain.plan import BoundField, Control, How, Mark, Meaning, Sign, Target
from bridge_agent.domain.reasons import Reason
from bridge_agent.drivers.browser.screen import BrowserScreen
from bridge_agent.steps.expect import ExpectAct
from tests.e2e.browser_sessions import at, button, css, field
from tests.e2e.browser_site import Site
from tests.e2e.driver.small_pages import shown, value

pytestmark = pytest.mark.browser

BOX = """<label for=f>施設</label><input id=f role=combobox aria-controls=l><ul id=l role=listbox hidden></ul><b id=chosen></b>
<script>
const lines = {lines}, more = {more}, late = {late};
const draw = (list) => {{
  l.replaceChildren(...list.map((text) => {{
    const li = document.createElement('li');
    li.setAttribute('role', 'option');
    li.textContent = text;
    li.onmousedown = (event) => {{
      event.preventDefault();
      if (text === 'さらに表示…') {{ draw(more); return; }}
      chosen.textContent = text;
      f.value = text.split(' ')[1] || text;
      l.hidden = true;
    }};
    return li;
  }}));
  l.hidden = false;
}};
let timer;
f.addEventListener('input', () => {{
  chosen.textContent = '';
  clearTimeout(timer);
  if (!f.value) {{ l.hidden = true; return; }}
  if (late) draw(late);
  timer = setTimeout(() => draw([...lines, ...(more.length ? ['さらに表示…'] : []), `「${{f.value}}」を新規登録…`]), 250);
}});
</script>"""


def box(lines: list[str], more: list[str] | None = None, late: list[str] | None = None) -> str:
    return BOX.format(lines=lines, more=more or [], late=late or [])


def facility(text: str, *, more: bool = False) -> BoundField:
    wanted = field(at(How.LABEL, "施設"), text, Control.LIST)
    name = text.split(" ")[1] if text else ""
    return replace(wanted, typed=name, kept=name if text else None, more=at(How.TEXT, "さらに表示…") if more else None)


def test_the_line_with_the_whole_text_is_chosen(site: Site, screen: BrowserScreen) -> None:
    shown(site, screen, box(["01 みどり", "011 みどり", "02 みどり分園"]))
    assert [r.text for r in screen.fill([facility("01 みどり")])] == ["みどり"]
    assert value(screen, "#f") == "みどり"
    assert screen.read([css("#chosen")]) == ("01 みどり",)


@pytest.mark.parametrize("lines", [["02 みどり分園"], ["01 みどり", "01 みどり"], []])
def test_none_or_two_are_held_and_nothing_is_made_anew(site: Site, screen: BrowserScreen, lines: list[str]) -> None:
    shown(site, screen, box(lines))
    with pytest.raises(BusinessError, match="一致する候補") as raised:
        screen.fill([facility("01 みどり")])
    assert raised.value.reason is Reason.VALUE_INVALID
    assert screen.seat.page.inner_text("#chosen") == ""


def test_a_list_that_never_comes_is_told_apart_from_one_without_the_line(site: Site, screen: BrowserScreen) -> None:
    shown(site, screen, box(["01 みどり"]).replace("250", "60_000"))
    with pytest.raises(BusinessError, match="時間内に出そろいませんでした") as raised:
        screen.fill([facility("01 みどり")])
    assert raised.value.reason is Reason.VALUE_INVALID


def test_lines_of_an_older_search_are_not_taken(site: Site, screen: BrowserScreen) -> None:
    """For a quarter of a second the list still shows what it found before."""
    shown(site, screen, box(["01 みどり"], late=["01 みどり", "01 みどり"]))
    assert [r.text for r in screen.fill([facility("01 みどり")])] == ["みどり"]


def test_the_rest_of_the_lines_is_asked_for_only_where_the_recipe_says(site: Site, screen: BrowserScreen) -> None:
    shown(site, screen, box(["02 みどり分園"], more=["01 みどり", "02 みどり分園"]))
    with pytest.raises(BusinessError, match="候補がありません"):
        screen.fill([facility("01 みどり")])
    shown(site, screen, box(["02 みどり分園"], more=["01 みどり", "02 みどり分園"]), "/t2")
    assert [r.text for r in screen.fill([facility("01 みどり", more=True)])] == ["みどり"]


def test_an_empty_one_is_emptied(site: Site, screen: BrowserScreen) -> None:
    shown(site, screen, box(["01 みどり"]))
    screen.fill([facility("01 みどり")])
    assert [r.text for r in screen.fill([facility("")])] == [""]
    assert screen.seat.page.inner_text("#chosen") == ""


FLYING = """<style>.flies{{display:none}}nav:hover .flies{{display:block}}</style>
<nav><span>手続</span><div class=flies><a href="#" onclick="out.textContent='開いた'">保管場所</a></div></nav><p id=out></p>"""


def test_a_menu_under_the_pointer(site: Site, screen: BrowserScreen) -> None:
    shown(site, screen, FLYING.format())
    with pytest.raises(BusinessError):
        screen.press(at(How.TEXT, "保管場所"))
    screen.press(at(How.TEXT, "保管場所"), at(How.TEXT, "手続"))
    assert screen.read([css("#out")]) == ("開いた",)


LATE = """<section id=confirm><h2>確認</h2><button onclick="out.textContent='押した'">登録</button></section><p id=out></p>
<script>
setTimeout(() => {{
  const late = document.createElement('div');
  late.id = 'late';
  late.innerHTML = '<p>続けますか</p><button>はい</button>';
  late.querySelector('button').onclick = () => late.remove();
  document.body.append(late);
}}, {after});
</script>"""
CONFIRM = Mark("expected", (Sign(css="body:not(:has(#late)) #confirm"),))
ASKED = Mark("instead.1", (Sign(css="#late", text="続けますか"),))


def waiting(stays_s: float, press: Target) -> ExpectAct:
    return ExpectAct((replace(CONFIRM, stays_s=stays_s), ASKED), 5.0, {"instead.1": press})


def test_a_box_that_comes_a_moment_later_is_answered(site: Site, screen: BrowserScreen) -> None:
    shown(site, screen, LATE.format(after=300))
    waiting(1.0, button("はい")).perform(screen)
    assert screen.seat.page.query_selector("#late") is None
    assert screen.recognise([CONFIRM]).name == "expected"


def test_without_waiting_it_comes_afterwards(site: Site, screen: BrowserScreen) -> None:
    """What the recipe's `stays_s` is for: the screen alone does not tell that something is still to come."""
    shown(site, screen, LATE.format(after=300))
    waiting(0.0, button("はい")).perform(screen)
    assert screen.recognise([ASKED]).name == "instead.1"


def test_a_screen_that_stays_is_taken_when_its_time_is_over(site: Site, screen: BrowserScreen) -> None:
    shown(site, screen, LATE.format(after=60_000))
    waiting(0.5, button("はい")).perform(screen)


def test_a_hold_beside_it_still_holds(site: Site, screen: BrowserScreen) -> None:
    shown(site, screen, LATE.format(after=0))
    held = replace(ASKED, meaning=Meaning.HOLD, reason=Reason.DUPLICATE_WARNING.value)
    with pytest.raises(BusinessError) as raised:
        ExpectAct((replace(CONFIRM, stays_s=1.0), held), 5.0).perform(screen)
    assert raised.value.reason is Reason.DUPLICATE_WARNING


def test_what_was_answered_once_is_not_answered_again(site: Site, screen: BrowserScreen) -> None:
    shown(site, screen, "<p>毎回</p><button>はい</button>")
    act = ExpectAct((CONFIRM, replace(ASKED, signs=(Sign(text="毎回"),))), 0.5, {"instead.1": button("はい")})
    with pytest.raises(BusinessError) as raised:
        act.perform(screen)
    assert raised.value.reason is Reason.SCREEN_CHANGED
