"""Controls of a parsed page: what kind they are, what they hold, what stands on them."""

from __future__ import annotations

import re

from tests.fault.fast.texts import El, fold, fold_value, label, plain, raw_text, text_of

TEXT_TYPES = frozenset(("text", "search", "tel", "url", "email", "password", "number", "date", "month", "week", "time"))
BUTTON_TYPES = frozenset(("submit", "button", "reset", "image"))


def type_of(el: El) -> str:
    return (el.get("type") or ("submit" if el.tag == "button" else "text")).lower()


def kind_of(el: El) -> str:
    """What a control is to a plan: text, select, radio, check, '' for none of them."""
    if el.tag == "textarea":
        return "text"
    if el.tag == "select":
        return "select"
    if el.tag != "input":
        return ""
    kind = type_of(el)
    return {"radio": "radio", "checkbox": "check"}.get(kind, "text" if kind in TEXT_TYPES else "")


def enabled(el: El) -> bool:
    if el.get("disabled") is not None or el.get("aria-disabled") == "true":
        return False
    return not any(up.tag == "fieldset" and up.get("disabled") is not None for up in el.iterancestors("fieldset"))


def form_of(el: El) -> El | None:
    named = el.get("form")
    if named is not None:
        found = el.getroottree().getroot().xpath("//form[@id=$id]", id=named)
        return found[0] if found else None
    return next(el.iterancestors("form"), None)


def options_of(el: El) -> list[El]:
    return list(el.iter("option"))


def option_value(option: El) -> str:
    value = option.get("value")
    return fold(text_of(option)) if value is None else str(value)


def chosen_option(el: El) -> El | None:
    """What stands in a select: the last option that is selected, else the first that can be."""
    options = options_of(el)
    selected = [option for option in options if option.get("selected") is not None]
    if selected:
        return selected[-1]
    return next((option for option in options if option.get("disabled") is None), None)


def value_of(el: El) -> str:
    """What a text control or a select holds."""
    if el.tag == "textarea":
        return text_of(el).removeprefix("\n") if el.get("data-typed") is None else text_of(el)
    if el.tag == "select":
        option = chosen_option(el)
        return option_value(option) if option is not None else ""
    default = "on" if type_of(el) in ("radio", "checkbox") else ""
    return str(el.get("value", default))


def shown_text(el: El) -> str:
    if el.tag == "select":
        option = chosen_option(el)
        return fold_value(text_of(option)) if option is not None else ""
    if kind_of(el) == "text":
        return value_of(el)
    if el.tag == "input":
        ticks = type_of(el) in ("radio", "checkbox")
        return ("1" if el.get("checked") is not None else "0") if ticks else value_of(el)
    only = [one for one in el.iter("input", "textarea") if type_of(one) != "hidden"]
    if len(only) == 1 and not fold(plain(el)):
        return shown_text(only[0])
    return fold_value(raw_text(el))


_INPUT_ROLES = {"checkbox": "checkbox", "radio": "radio", "number": "spinbutton", "search": "searchbox"}
_TAG_ROLES = {"button": "button", "summary": "button", "textarea": "textbox", "fieldset": "group", "table": "table"}


def is_control(el: El) -> bool:
    if el.tag == "input":
        return type_of(el) not in ("hidden", *BUTTON_TYPES)
    return el.tag in ("select", "textarea")


def is_pressable(el: El) -> bool:
    if el.tag == "input" and type_of(el) in BUTTON_TYPES:
        return True
    if el.tag in ("button", "summary") or (el.tag in ("a", "area") and el.get("href") is not None):
        return True
    return el.get("onclick") is not None or el.get("role") in ("button", "link", "menuitem", "tab", "option", "switch")


def role_of(el: El) -> str:
    told = el.get("role")
    if told:
        return str(told).split()[0]
    if el.tag in ("a", "area"):
        return "link" if el.get("href") is not None else ""
    if el.tag == "input":
        return "button" if type_of(el) in BUTTON_TYPES else _INPUT_ROLES.get(type_of(el), "textbox")
    if el.tag == "select":
        return "combobox"
    return "heading" if re.fullmatch(r"h[1-6]", el.tag) else _TAG_ROLES.get(el.tag, "")


def press_name(el: El) -> str:
    if el.get("aria-label"):
        return label(el.get("aria-label"))
    if el.tag == "input":
        if type_of(el) == "image":
            return label(el.get("alt") or el.get("title") or "")
        return label(el.get("value") or {"submit": "送信", "reset": "リセット"}.get(type_of(el), ""))
    return label(text_of(el)) or label(el.get("title") or "")
