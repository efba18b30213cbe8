"""Changes pages on their way out as faults ask: scripts added, text under another era, bytes spoiled."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import cast

from flask import Response, g
from markupsafe import escape

from mock_core_ui.faults import Firing, PageEffect

WIRE_HEADER = "X-Mock-Wire"

_PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj\n%%EOF\n"

_REGISTER = """
var form=document.getElementById("confirm")||document.frm, plain=HTMLFormElement.prototype.submit;
function onRegister(act){
  form.addEventListener("submit",function(e){e.preventDefault();act();});
  form.submit=function(){if(form.ACTION&&form.ACTION.value!=="register")plain.call(form);else act();};
}
function send(){return fetch(form.action,{method:"POST",body:new URLSearchParams(new FormData(form)),redirect:"manual"});}
"""
"""Takes hold of the register request in either dialect: one sends its form by a button, the other by a script."""

_REGISTER_ONE_PAGE = """
var entry=window.entry, form=null, plain={call:function(){entry.send();}};
function onRegister(act){entry.register=act;}
function send(){return entry.plain();}
"""
"""The same in dialect C, where the page's script sends the request."""

_TWICE = "onRegister(function(){send().finally(function(){plain.call(form);});});"
_FAILS_FIRST = (
    "var tried=false;onRegister(function(){"
    'if(tried)plain.call(form);else{tried=true;throw new Error("kakunin is not defined");}});'
)
_FAILS_AFTERWARDS = 'onRegister(function(){send().then(function(){throw new Error("kanryo is not defined");});});'
_BEFORE_UNLOAD = 'window.addEventListener("beforeunload",function(e){e.preventDefault();e.returnValue="";});'
_PRINT = (
    "function insatsu(){window.print();}"
    'if(document.readyState==="complete")insatsu();else window.addEventListener("load",insatsu);'
)


def finish(answer: Response) -> Response:
    """Applies to an outgoing page what faults ask of it."""
    firings = cast(Sequence[Firing], g.get("page_firings", ()))
    if "new_era" in g:
        _show_new_era(answer, cast(Firing, g.new_era))
    for firing in firings:
        if isinstance(firing.fault.effect, PageEffect):
            _add_script(answer, firing.fault.effect, firing)
    for firing in firings:
        if isinstance(firing.fault.effect, PageEffect):
            _spoil(answer, firing.fault.effect, firing)
    if "wire" in g:
        answer.headers[WIRE_HEADER] = g.wire
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _add_script(answer: Response, effect: PageEffect, firing: Firing) -> None:
    one_page = answer.mimetype == "application/json"
    script = _script(effect, firing, _REGISTER_ONE_PAGE if one_page else _REGISTER)
    if script and one_page:
        told = json.loads(answer.get_data(as_text=True))
        told.setdefault("scripts", []).append(script)
        answer.set_data(json.dumps(told, ensure_ascii=False))
    elif script:
        _replace(answer, "</body>", f"<script>{script}</script></body>")


def _script(effect: PageEffect, firing: Firing, register: str) -> str:
    """What runs in the page; '' where an effect needs nothing of the kind."""
    match effect:
        case PageEffect.ALERT:
            return f"alert({_quoted(firing.text('text'))})"
        case PageEffect.CONFIRM:
            return f"if(!confirm({_quoted(firing.text('text'))}))history.back();"
        case PageEffect.BEFORE_UNLOAD:
            return _BEFORE_UNLOAD
        case PageEffect.POP_UP:
            shown = f"w.document.body.textContent={_quoted(firing.text('text'))};"
            return (
                f'var w=window.open("","oshirase","width=420,height=240");if(w){{w.document.title="お知らせ";{shown}}}'
            )
        case PageEffect.PRINT:
            return _PRINT
        case PageEffect.SUBMIT_TWICE | PageEffect.SECOND_REFUSED:
            return f"(function(){{{register}{_TWICE}}})();"
        case PageEffect.SCRIPT_ERROR:
            return f"(function(){{{register}{_FAILS_FIRST}}})();"
        case PageEffect.SENT_THEN_SCRIPT_ERROR:
            return f"(function(){{{register}{_FAILS_AFTERWARDS}}})();"
        case PageEffect.TRUNCATE | PageEffect.EMPTY_PAGE | PageEffect.WRONG_ENCODING | PageEffect.DOWNLOAD:
            return ""  # these spoil the bytes
        case PageEffect.DUPLICATE_WARNING | PageEffect.CUT_FIELD | PageEffect.WIDEN_FIELD | PageEffect.OTHER_RECORD:
            return ""  # these change what the page is made from
        case PageEffect.FRESH_FORM:
            return ""  # another page has come in its place
        case PageEffect.RENAME_OPTION | PageEffect.REORDER_OPTIONS | PageEffect.MOVE_FIELD | PageEffect.ADD_FIELD:
            return ""  # these change the form before it is made


def _spoil(answer: Response, effect: PageEffect, firing: Firing) -> None:
    if effect is PageEffect.TRUNCATE:
        kept = min(int(firing.number("bytes")), len(answer.get_data()) // 2)  # an answer in JSON is short
        g.wire = f"truncate:{kept}"
    elif effect is PageEffect.EMPTY_PAGE:
        answer.set_data(b"")
    elif effect is PageEffect.WRONG_ENCODING:
        answer.set_data(answer.get_data(as_text=True).encode("cp932", "replace"))
    elif effect is PageEffect.DOWNLOAD:
        answer.set_data(_PDF)
        answer.headers["Content-Type"] = "application/pdf"
        answer.headers["Content-Disposition"] = 'attachment; filename="uketsuke.pdf"'


def _show_new_era(answer: Response, firing: Firing) -> None:
    """Dates as 令和8年11月5日 and R08.11.05 under the new era, and the era's option first in the lists of eras."""
    if answer.mimetype not in ("text/html", "application/json"):
        return
    era, letter, first = firing.text("era"), firing.text("letter"), int(firing.number("from_year"))

    def long_form(found: re.Match[str]) -> str:
        year = (1 if found[1] == "元" else int(found[1])) - first + 1
        return found[0] if year < 1 else f"{era}{'元' if year == 1 else year}年"

    def short_form(found: re.Match[str]) -> str:
        year = int(found[1]) - first + 1
        return found[0] if year < 1 else f"{letter}{year:02d}."

    text = re.sub(r"令和(元|\d+)年", long_form, answer.get_data(as_text=True))
    text = re.sub(r"\bR(\d\d)\.(?=\d\d\.\d\d)", short_form, text)
    if answer.mimetype == "application/json":
        choice = json.dumps([letter, era], ensure_ascii=False) + ","
        answer.set_data(re.sub(r'(?=\["[^"]*", ?"令和"\])', lambda _: choice, text))
        return
    option = f'<option value="{escape(letter)}">{escape(era)}</option>'
    answer.set_data(re.sub(r'(?=<option value="[^"]*"(?: selected)?>令(?:和)?</option>)', lambda _: option, text))


def _replace(answer: Response, old: str, new: str) -> None:
    answer.set_data(answer.get_data(as_text=True).replace(old, new))


def _quoted(text: str) -> str:
    """A script's string that cannot end the script."""
    return json.dumps(text, ensure_ascii=False).replace("<", "\\u003c")
