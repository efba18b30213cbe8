"""The contract's system as web pages."""

from __future__ import annotations

from pathlib import Path

from bridge_agent.domain.plan import How, Mark, Meaning, Rung, Sign, Target
from bridge_agent.drivers.browser.screen import BrowserScreen
from bridge_agent.drivers.sender import kill_sender
from tests.contract.stage import KANA_LENGTH, RECEIPT, RESIDENT, State
from tests.e2e.browser_sessions import session
from tests.e2e.browser_site import Answer, Handler, Site, page

FORM = f"""<h1>入力</h1><form method="post" action="/register" id="f">
<label for="shown">宛名番号</label><input id="shown" name="shown" readonly value="{RESIDENT}">
<label for="name">氏名</label><input id="name" name="name">
<label for="kana">フリガナ</label><input id="kana" name="kana" oninput="this.value=this.value.slice(0,{KANA_LENGTH})">
<label for="kind">性別</label><select id="kind" name="kind"><option></option><option>男</option><option>女</option></select>
<label for="note">備考</label><input id="note" name="note">
<button type="button" onclick="window.answered=confirm('よろしいですか')?'yes':'no'">確認</button>
<button type="button" onclick="alert('用紙がありません')">印刷</button>
<button type="button" onclick="location='/next'">次へ</button>
<button type="button" onclick="SILENT||f.submit()">登録</button></form>"""
LABELS = {
    "shown": "宛名番号",
    "name": "氏名",
    "kana": "フリガナ",
    "kind": "性別",
    "note": "備考",
    "receipt": "受付番号",
    "done_name": "登録者",
}
BUTTONS = {"ask": "確認", "odd": "印刷", "next": "次へ", "register": "登録"}
TEXTS = {"form": "入力", "next": "次の画面", "done": "登録が完了しました"}


class WebStage:
    def __init__(self, browser: Path) -> None:
        self._site = Site()
        self._silent = False
        self._site.at("GET", "/form", self._form)
        self._site.show("/next", "<h1>次の画面</h1>")
        self._site.at("GET", "/done", self._done)
        self._core = session(self._site.base, browser)
        self._core.start()

    @property
    def screen(self) -> BrowserScreen:
        return self._core.screen

    def _form(self, _: Handler, __: dict[str, list[str]]) -> Answer:
        silent, self._silent = self._silent, False
        return page(FORM.replace("SILENT", "true" if silent else "false"))

    def _done(self, _: Handler, __: dict[str, list[str]]) -> Answer:
        [name] = self._site.commits[-1]["name"]
        return page(
            "<h1>登録が完了しました</h1><label for=r>受付番号</label>"
            f'<input id=r readonly value="{RECEIPT}"><label for=n>登録者</label><input id=n readonly value="{name}">'
        )

    def bring_form(self) -> None:
        self.screen.open("/form")
        self.screen.recognise([self.mark("form")])

    def target(self, name: str) -> Target:
        if name in BUTTONS:
            return Target((Rung(How.ROLE, f"button|{BUTTONS[name]}"),))
        return Target((Rung(How.LABEL, LABELS[name]),))

    def absent(self) -> Target:
        return Target((Rung(How.LABEL, "住所"),))

    def mark(self, name: str, meaning: Meaning = Meaning.GOES_ON) -> Mark:
        return Mark(name, (Sign(text=TEXTS.get(name, name)),), meaning)

    def state(self) -> State:
        asked = "names => [names.map(n => document.getElementById(n)?.value ?? ''), window.answered ?? '']"
        names = ["name", "kana", "kind", "note"]
        held, answered = self.screen.seat.page.evaluate(asked, names)
        return State(dict(zip(names, held, strict=True)), len(self._site.commits), answered)

    def fall_silent(self) -> None:
        """Before the form is brought up: what its button does is written in the page."""
        self._silent = True
        self.bring_form()

    def end_system(self) -> None:
        assert self._core.sender is not None
        assert kill_sender(self._core.sender)

    def close(self) -> None:
        self._core.close()
        self._site.close()
