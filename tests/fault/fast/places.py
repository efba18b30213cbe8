"""Finds what a target means on the pages shown: the ladder, rung by rung, each matching exactly once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bridge_agent.domain.plan import Control, How, Rung, Target
from tests.fault.fast.beyond import BeyondFastDriver
from tests.fault.fast.controls import enabled, form_of, kind_of, option_value, options_of, press_name, role_of, value_of
from tests.fault.fast.pages import Page
from tests.fault.fast.texts import El, label, select

PRESS = "press"
SHOWN = Control.SHOWN.value


@dataclass(frozen=True, slots=True)
class Found:
    """An element with its page, or why there is none (a word of the agent's own faults)."""

    page: Page | None
    el: El
    why: str = ""


def resolve(pages: Sequence[Page], target: Target, control: str, value: str = "") -> Found:
    """`pages` are those of the target's frame, or of all frames."""
    if not pages:
        return Found(None, None, "no_frame")
    if target.row:
        raise BeyondFastDriver("row of a target")
    why = "not_found"
    for rung in target.ladder:
        usable: list[tuple[Page, El]] = []
        reason = ""
        for page in pages:
            found, odd = _matches(page, rung, target, control)
            usable += [(page, el) for el in found]
            reason = odd or reason
        if len(usable) > 1:
            return Found(None, None, "several")
        if usable:
            page, el = usable[0]
            return Found(page, el, _option_fault(page, el, control, value))
        why = reason or why
    return Found(None, None, why)


def members(page: Page, radio: El) -> list[El]:
    """All members of a radio button's group, in its form."""
    name = radio.get("name")
    if not name:
        return [radio]
    form = form_of(radio)
    return [el for el in page.by_name.get(name, ()) if kind_of(el) == "radio" and form_of(el) is form]


def _matches(page: Page, rung: Rung, target: Target, control: str) -> tuple[list[El], str]:
    scopes = page.groups.get(label(target.within), []) if target.within else []
    if target.within and not scopes:
        return [], ""
    usable: list[El] = []
    why = ""
    for el in _unique(page, _candidates(page, rung, control), control):
        own = members(page, el) if control == "radio" and kind_of(el) == "radio" else [el]
        if not any(page.visible(one) for one in own):
            continue
        if scopes and not any(_inside(one, scopes) for one in own):
            continue
        fault = _unfit(el, own, control)
        if fault:
            why = fault
        else:
            usable.append(el)
    return usable, why


def _unfit(el: El, own: Sequence[El], control: str) -> str:
    if control == SHOWN:
        return ""
    if control == PRESS:
        return "" if enabled(el) else "disabled"
    if kind_of(el) != control:
        return "kind_differs"
    if control == "radio":
        return "" if any(enabled(one) for one in own) else "disabled"
    locked = control == "text" and el.get("readonly") is not None
    return "" if enabled(el) and not locked else "disabled"


def _inside(el: El, scopes: Sequence[El]) -> bool:
    return any(up is scope for up in el.iterancestors() for scope in scopes)


def _unique(page: Page, found: Sequence[El], control: str) -> list[El]:
    if control == "radio":
        found = [members(page, el)[0] if kind_of(el) == "radio" else el for el in found]
    return list(dict.fromkeys(found))


def _candidates(page: Page, rung: Rung, control: str) -> list[El]:
    match rung.how:
        case How.NAME:
            return page.by_name.get(rung.text, [])
        case How.CSS:
            return select(page.root, rung.text)
        case How.ROLE:
            return _by_role(page, rung.text)
        case How.LABEL:
            return _by_label(page, label(rung.text), control)
        case How.TEXT:
            return _by_text(page, label(rung.text), control)
        case How.NEAR:
            return _near(page, label(rung.text), control)
        case How.TAB | How.IMAGE | How.KEY:
            return []  # words of client programs


def _by_label(page: Page, text: str, control: str) -> list[El]:
    found = page.by_label.get(text, [])
    if control == PRESS:
        return [*page.by_press_name.get(text, []), *found]
    if found:
        return found
    if control == "radio":
        radios = [_first_radio(page, group) for group in page.groups.get(text, [])]
        return [radio for radio in radios if radio is not None]
    return _near(page, text, control)


def _first_radio(page: Page, group: El) -> El | None:
    inside = [el for el in group.iter("input") if kind_of(el) == "radio" and page.visible(el)]
    return inside[0] if len({el.get("name") for el in inside}) == 1 else None


def _by_text(page: Page, text: str, control: str) -> list[El]:
    texts = page.by_text.get(text, [])
    if control != PRESS:
        return texts
    return page.by_press_name.get(text, []) or texts


def _near(page: Page, text: str, control: str) -> list[El]:
    """The cells to the right of a label cell; what stands beside other texts needs a browser."""
    found = []
    for el in page.by_text.get(text, []):
        cell = el if el.tag in ("td", "th") else next(el.iterancestors("td", "th"), None)
        if cell is None:
            continue
        beside = list(cell.itersiblings("td", "th"))
        if control == SHOWN:
            found += beside[:1]
        else:
            wanted = page.pressables if control == PRESS else page.controls
            inside = [
                one for next_cell in beside for one in wanted if any(up is next_cell for up in one.iterancestors())
            ]
            found += inside[:1]
    return found


def _by_role(page: Page, written: str) -> list[El]:
    role, _, name = (word.strip() for word in written.partition("|"))
    wanted = label(name)
    if role in ("button", "link"):
        return [el for el in page.pressables if role_of(el) == role and (not wanted or press_name(el) == wanted)]
    named = [*page.controls, *(el for el in page.all if role_of(el) == role and el not in page.controls)]
    return [el for el in named if role_of(el) == role and (not wanted or wanted in _names(page, el))]


def _names(page: Page, el: El) -> list[str]:
    return page.labels_of(el) or [press_name(el)]


def _option_fault(page: Page, el: El, control: str, value: str) -> str:
    if control == "select":
        options = [one for one in options_of(el) if option_value(one) == value]
        if len(options) != 1:
            return "option_twice" if options else "option_missing"
        return "option_disabled" if options[0].get("disabled") is not None else ""
    if control == "radio" and value:
        wanted = [one for one in members(page, el) if value_of(one) == value]
        if len(wanted) != 1:
            return "option_twice" if wanted else "option_missing"
        return "" if enabled(wanted[0]) else "option_disabled"
    return ""
