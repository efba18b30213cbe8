"""The contract's system as a client program."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from bridge_agent.domain.core_profile import DesktopProgram, Limits
from bridge_agent.domain.plan import How, Mark, Meaning, Rung, Sign, Target
from bridge_agent.drivers.desktop.opening import open_desk
from bridge_agent.drivers.desktop.options import DesktopOptions
from bridge_agent.drivers.desktop.person import Person
from bridge_agent.drivers.desktop.pictures import Pictures
from bridge_agent.drivers.desktop.program import Program
from bridge_agent.drivers.desktop.screen import DesktopScreen
from tests.contract.stage import State
from tests.desktop.x11 import until

PROGRAM = Path(__file__).with_name("form_program.py")
PLACES = {
    "name": "ctrl+1|1/5",
    "kana": "ctrl+1|2/5",
    "kind": "ctrl+1|3/5",
    "note": "ctrl+1|4/5",
    "shown": "ctrl+1|5/5",
    "receipt": "1/2",
    "done_name": "2/2",
}
KEYS = {"ask": "f5", "odd": "f6", "next": "f7", "register": "f12"}
TITLES = {"form": "試験 入力", "next": "試験 次", "done": "試験 完了"}
MENU = "試験 メニュー"


class DesktopStage:
    """On the display that DISPLAY names."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(PROGRAM)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )
        self._desk = open_desk()
        until("the menu is there", lambda: any(window.title == MENU for window in self._desk.windows()))
        options = DesktopOptions()
        self._screen = DesktopScreen((), options, Pictures(None))
        program = Program(
            desk=self._desk,
            profile=DesktopProgram(main=MENU, message="FormMessage"),
            limits=Limits(page_s=4.0, submit_s=4.0),
            person=Person(self._desk, options.tell),
        )
        program.owner = next(window.owner for window in self._desk.windows() if window.title == MENU)
        self._screen.sit(program)

    @property
    def screen(self) -> DesktopScreen:
        return self._screen

    def bring_form(self) -> None:
        self._screen.open("f1")
        self._screen.recognise([self.mark("form")])

    def target(self, name: str) -> Target:
        rung = Rung(How.KEY, KEYS[name]) if name in KEYS else Rung(How.TAB, PLACES[name])
        return Target((rung,))

    def absent(self) -> Target:
        return Target((Rung(How.TAB, "6/5"),))

    def mark(self, name: str, meaning: Meaning = Meaning.GOES_ON) -> Mark:
        return Mark(name, (Sign(title=TITLES.get(name, name)),), meaning)

    def state(self) -> State:
        return self._ask("state")

    def _ask(self, question: str) -> State:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(question + "\n")
        self._process.stdin.flush()
        told = json.loads(self._process.stdout.readline())
        held = {name: told["held"].get(name, "") for name in ("name", "kana", "kind", "note")}
        return State(held, told["registered"], told["answered"])

    def fall_silent(self) -> None:
        self._ask("silent")

    def end_system(self) -> None:
        self._process.kill()
        self._process.wait()
        until("its windows are gone", lambda: not self._screen.program.windows())

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()
        self._desk.close()
