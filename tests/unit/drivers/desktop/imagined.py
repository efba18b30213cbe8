"""An imagined desk with one client on it: a window of text fields, message boxes, a clipboard; and troubles at a chosen key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import cast

from bridge_agent.domain.core_profile import DesktopProgram, Limits
from bridge_agent.domain.plan import DialogRule
from bridge_agent.drivers.desktop.desk import Box, CornerTouched, Desk, FocusLost, Heard, KeyUnknown, Window
from bridge_agent.drivers.desktop.person import Person
from bridge_agent.drivers.desktop.pictures import Pictures
from bridge_agent.drivers.desktop.program import Program
from bridge_agent.drivers.desktop.screen import DesktopScreen

CLIENT, STRANGER = 7, 9
FORM, BOX, OTHER, NOTEPAD = 70, 71, 72, 90
BOX_CLASS = "#32770"
PROFILE = DesktopProgram(main="窓口 メニュー")
LIMITS = Limits(page_s=0.3, submit_s=0.3)


def window(handle: int, title: str, kind: str = "Form", owner: int = CLIENT) -> Window:
    return Window(handle, owner, title, kind, Box(0, 0, 400, 300))


@dataclass
class ImaginedDesk:
    """`fields` are the form's stops in their order. `at_key` is called before the key of that count is handled."""

    fields: list[str] = field(default_factory=lambda: ["", "", "", ""])
    stop: int = 0
    stack: list[Window] = field(default_factory=lambda: [window(FORM, "窓口 入力")])
    focus: int = FORM
    box_text: str = ""
    at_key: dict[int, Callable[[ImaginedDesk], None]] = field(default_factory=dict)
    keeps: Callable[[int, str], str] = lambda stop, text: text
    """What a field makes of a text that is pasted into it."""
    lives: bool = True
    on_key: Callable[[str], None] = lambda key: None
    """What the client does at a key beside what its form does."""
    sent: list[tuple[int, str]] = field(default_factory=list)
    place: tuple[int, int] = (500, 500)
    offered: str = ""
    taken_last: str = ""
    told: Heard = Heard.NOTHING
    noticed: bool = False
    selected: bool = False
    activated: list[int] = field(default_factory=list)

    # ---- windows ----

    def windows(self) -> Sequence[Window]:
        return list(self.stack)

    def focused(self) -> int:
        return self.focus

    def activate(self, handle: int) -> None:
        """The form begins at its first stop when it gets the focus back, and forgets what was selected."""
        self.activated.append(handle)
        self.focus, self.stop, self.selected = handle, 0, False

    def show(self, shown: Window) -> None:
        self.stack.append(shown)
        self.focus = shown.handle

    def hide(self, handle: int) -> None:
        self.stack = [one for one in self.stack if one.handle != handle]
        self.focus = self.stack[-1].handle if self.stack else 0

    # ---- keys ----

    def press(self, handle: int, keys: Sequence[str]) -> None:
        for key in keys:
            trouble = self.at_key.pop(len(self.sent) + 1, None)
            if trouble is not None:
                trouble(self)
            if self.place == (0, 0):
                raise CornerTouched
            if key == "f99":
                raise KeyUnknown(key)
            if self.focus != handle:
                raise FocusLost
            self.sent.append((handle, key))
            self._handled(handle, key)
            self.on_key(key)

    def _handled(self, handle: int, key: str) -> None:
        if handle == BOX:
            if key == "ctrl+c":
                self._copied(self.box_text)
            elif key in ("enter", "escape", "y", "n"):
                self.hide(BOX)
            return
        if handle != FORM:
            return
        match key:
            case "ctrl+1":
                self.stop = 0
            case "tab":
                self.stop = (self.stop + 1) % len(self.fields)
            case "shift+tab":
                self.stop = (self.stop - 1) % len(self.fields)
            case "ctrl+a":
                self.selected = True
                return
            case "ctrl+c":
                if self.selected and self.fields[self.stop]:
                    self._copied(self.fields[self.stop])
                return
            case "ctrl+v":
                text = self.taken_last if self.told is Heard.TAKEN else self.offered
                if self.told is not Heard.TAKEN:
                    self.told = Heard.SERVED
                if text:
                    before = "" if self.selected else self.fields[self.stop]
                    self.fields[self.stop] = self.keeps(self.stop, before + text)
            case "delete":
                if self.selected:
                    self.fields[self.stop] = ""
            case _ if len(key) == 1:
                self.fields[self.stop] += key
        self.selected = False

    def _copied(self, text: str) -> None:
        self.taken_last, self.told = text, Heard.TAKEN

    def answers(self, handle: int, within_s: float) -> bool:
        return self.lives

    def click(self, handle: int, x: int, y: int) -> None:
        raise AssertionError("nothing here is clicked")

    # ---- clipboard and pointer ----

    def offer(self, text: str) -> bool:
        late = self.told is Heard.TAKEN and not self.noticed
        self.offered, self.taken_last, self.told, self.noticed = text, "", Heard.NOTHING, False
        return late

    def heard(self, within_s: float) -> Heard:
        self.noticed = self.noticed or self.told is not Heard.NOTHING
        return self.told

    def taken(self, within_s: float) -> bool:
        return self.heard(within_s) is Heard.TAKEN

    def taken_text(self) -> str:
        return self.taken_last

    def pointer(self) -> tuple[int, int]:
        return self.place

    def pressed(self) -> list[str]:
        return [key for _, key in self.sent]


def program_of(imagined: ImaginedDesk, rules: Sequence[DialogRule] = (), *, quiet_s: float = 0.05) -> Program:
    desk = cast(Desk, imagined)
    made = Program(desk, PROFILE, LIMITS, Person(desk, lambda text: None, quiet_s=quiet_s, most_s=0.5))
    made.owner = CLIENT
    made.begin(rules)
    return made


def screen_of(imagined: ImaginedDesk, rules: Sequence[DialogRule] = ()) -> DesktopScreen:
    from bridge_agent.drivers.desktop.options import DesktopOptions

    made = DesktopScreen((), DesktopOptions(), Pictures(None))
    made.sit(program_of(imagined, rules))
    return made
