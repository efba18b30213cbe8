"""Windows and frames: which page stands where, how one leads to another, and what pages bring up of themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from bridge_agent.drivers.faults import screen_changed
from tests.fault.fast.beyond import BeyondFastDriver
from tests.fault.fast.controls import form_of, type_of
from tests.fault.fast.forms import Ask, handed_in
from tests.fault.fast.pages import Page
from tests.fault.fast.scripts import Call, calls, declares, event_of, on_load
from tests.fault.fast.texts import El, decoded
from tests.fault.fast.traffic import Traffic

NOTHING_YET = "empty"


@dataclass(slots=True)
class Window:
    """`page` None = nothing came: `failure` says what the browser would show instead."""

    name: str = ""
    page: Page | None = None
    failure: str = NOTHING_YET
    frames: list[Window] = field(default_factory=list)
    closed: bool = False

    def walk(self) -> Iterator[Window]:
        yield self
        for frame in self.frames:
            yield from frame.walk()

    def pages(self, frame: str) -> list[Page]:
        """The pages to search: all, or those of the frames called `frame`."""
        return [w.page for w in self.walk() if w.page is not None and frame in ("", w.name)]

    @property
    def failed(self) -> bool:
        """An error page of the browser's own stands somewhere, or part of an answer is missing."""
        return any(window.failure for window in self.walk())

    @property
    def worst_status(self) -> int:
        return max((page.status for page in self.pages("")), default=0)


class Browsing:
    """One top window and at most one picker window."""

    def __init__(self, traffic: Traffic) -> None:
        self.traffic = traffic
        self.top = Window()
        self.popup: Window | None = None

    # ---- going ----

    def go(self, window: Window, ask: Ask, timeout_s: float) -> None:
        """Ask, and show the answer in the window that it is meant for."""
        into = self._aimed(window, ask.target)
        found = self.traffic.fetch(ask.method, ask.path, ask.body, timeout_s)
        if not found.failure and (found.status == 204 or found.is_download):
            if found.status != 204:
                self.traffic.download()
            into.failure = into.failure.removeprefix(NOTHING_YET)
            return  # what stood there stays
        into.frames = []
        into.page, into.failure = None, found.failure
        if found.failure not in ("", "short"):
            return
        text = decoded(found.body, found.content_type, strict=False)
        into.page = Page(text, found.path, found.status)
        self._frames(into, timeout_s)
        self._loaded(into, timeout_s)

    def _aimed(self, window: Window, target: str) -> Window:
        if target in ("", "_self"):
            return window
        if target in ("_top", "_parent"):
            return self.top
        for one in self.top.walk():
            if one.name == target:
                return one
        raise BeyondFastDriver("a target that is no frame")

    def _frames(self, window: Window, timeout_s: float) -> None:
        assert window.page is not None
        for element in window.page.root.iter("frame", "iframe"):
            frame = Window(element.get("name") or element.get("id") or "")
            window.frames.append(frame)
            if element.get("src"):
                self.go(frame, Ask("GET", self._path(window.page, element.get("src")), None), timeout_s)

    def _path(self, page: Page, address: str) -> str:
        split = urlsplit(urljoin(page.path, address))
        if split.scheme not in ("", "http", "https") or (split.netloc and self.traffic.origin != _origin(split)):
            raise BeyondFastDriver("an address elsewhere")
        return split.path + (f"?{split.query}" if split.query else "")

    def _loaded(self, window: Window, timeout_s: float) -> None:
        assert window.page is not None
        if window.failure:
            return  # a page that was cut off has not run its last scripts
        for call in on_load(window.page):
            self._perform(window, None, call, timeout_s)

    # ---- pressing ----

    def press(self, window: Window, el: El, timeout_s: float) -> None:
        """What a click on this element does. Unknown scripts are loud."""
        if event_of(el):
            for call in calls(event_of(el)):
                self._perform(window, el, call, timeout_s)
            return
        assert window.page is not None
        if el.tag == "a" and el.get("href") is not None:
            if el.get("href").lower().startswith("javascript:"):
                raise BeyondFastDriver("a javascript address")
            ask = Ask("GET", self._path(window.page, el.get("href")), None, el.get("target") or "")
            self.go(window, ask, timeout_s)
        elif type_of(el) in ("submit", "image") and el.tag in ("button", "input"):
            form = form_of(el)
            made = handed_in(window.page, form, el) if form is not None else None
            if made is not None:
                self.go(window, made, timeout_s)
        elif type_of(el) not in ("button", "reset") or el.tag not in ("button", "input"):
            raise BeyondFastDriver("a press on something that is no button")

    def _perform(self, window: Window, el: El, call: Call, timeout_s: float) -> None:
        if call.asked is not None and self.traffic.dialog("confirm", call.asked) == call.unless:
            return
        match call.word, call.given:
            case (("alert" | "confirm" | "prompt"), given):
                self.traffic.dialog(call.word, given[0] if given else "")
            case "print", _:
                pass  # the agent's page script takes the print dialog away: nothing is shown
            case "open", given if el is None:
                self.traffic.window()
            case "open", given if given:
                assert window.page is not None
                self.popup = Window("pick")
                self.go(self.popup, Ask("GET", self._path(window.page, given[0]), None), timeout_s)
            case "close", ():
                window.closed = True
            case "go", (action,) if window.page is not None and declares(window.page, "go"):
                self._go_by_script(window, window.page, action, timeout_s)
            case "pick", (code, name) if window.page is not None and declares(window.page, "pick"):
                self._hand_over(window, window.page, (code, name))
            case _:
                raise BeyondFastDriver(f"the script word {call.word}")

    def _go_by_script(self, window: Window, page: Page, action: str, timeout_s: float) -> None:
        """function go(action) of dialect B: sets ACTION of the form frm and hands it in without a button."""
        form = next((one for one in page.root.iter("form") if one.get("name") == "frm"), None)
        if form is None:
            raise screen_changed("画面の送信欄がありません")
        for el in page.by_name.get("ACTION", ()):
            el.set("value", action)
        made = handed_in(page, form, None)
        assert made is not None
        self.go(window, made, timeout_s)

    def _hand_over(self, window: Window, page: Page, given: tuple[str, str]) -> None:
        """function pick(code, name) of dialect B: writes both into the opener's form and closes the window."""
        number = next(int(el.get("value")) for el in page.by_name.get("TO", ()))
        for at, text in enumerate(given):
            name = f"TXT_{number + at:04d}"
            for opener in self.top.pages(""):
                for el in opener.by_name.get(name, ()):
                    el.set("value", text)
        window.closed = True


def _origin(split: object) -> str:
    return f"{getattr(split, 'scheme', '')}://{getattr(split, 'netloc', '')}"
