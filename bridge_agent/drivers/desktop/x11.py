"""A desk under X11 (Xvfb in tests). Keys go through pyautogui, while the X server is held, to the window that was asked for."""

from __future__ import annotations

import select
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import numpy as np
import pyautogui
from PIL import ImageGrab
from pyautogui import _pyautogui_x11 as keyboard  # its connection to the X server: keys and checks must share one
from Xlib import X, Xatom
from Xlib.display import Display
from Xlib.error import XError
from Xlib.protocol import event

from bridge_agent.drivers.desktop.desk import Box, CornerTouched, DeskState, FocusLost, Heard, KeyUnknown, Window

pyautogui.PAUSE = 0.0  # the driver waits for what a key does, not for time to pass
_UP = 8
"""The focus may be on a window within the client's own; so many levels lie at most between them."""
_CAPS = 1
_OF_ONE_PROGRAM = 0x1FFFFF
"""Every X server in use numbers a connection's windows in these bits; what is above them tells the connection."""
_FETCH_S = 3.0
_NAMES = {"return": "enter", "escape": "esc", "del": "delete"}


class X11Desk:
    """Keeps a connection of its own for questions and the clipboard; it answers requests for its text only inside its methods."""

    def __init__(self) -> None:
        self._display = Display()
        self._root = self._display.screen().root
        self._own = self._root.create_window(0, 0, 1, 1, 0, X.CopyFromParent)
        self._atoms = {name: self._display.intern_atom(name) for name in _ATOMS}
        self._text = b""
        self._told = Heard.NOTHING
        self._taken = self._noticed = False
        self._kept: str | None = None

    def claim(self) -> bool:
        """By a selection of a name of our own: the X server takes it from who dies."""
        desk = self._atoms["_BRIDGE_AGENT_DESK"]
        self._display.grab_server()
        try:
            owner = self._display.get_selection_owner(desk)
            if owner == X.NONE:
                self._own.set_selection_owner(desk, X.CurrentTime)
        finally:
            self._display.ungrab_server()
            self._display.sync()
        if owner not in (X.NONE, self._own):
            return False
        _let_go()
        return True

    # ---- windows -----------------------------------------------------------------------------------------------

    def windows(self) -> Sequence[Window]:
        handles = self._property(self._root, "_NET_CLIENT_LIST_STACKING") or ()
        found = (self._window(int(handle)) for handle in handles)
        return [window for window in found if window is not None]

    def focused(self) -> int:
        handles = self._property(self._root, "_NET_ACTIVE_WINDOW")
        return int(handles[0]) if handles else 0

    def activate(self, handle: int) -> None:
        window = self._display.create_resource_object("window", handle)
        asked = event.ClientMessage(
            window=window, client_type=self._atoms["_NET_ACTIVE_WINDOW"], data=(32, [2, X.CurrentTime, 0, 0, 0])
        )
        self._root.send_event(asked, event_mask=X.SubstructureRedirectMask | X.SubstructureNotifyMask)
        self._display.sync()

    def _window(self, handle: int) -> Window | None:
        window = self._display.create_resource_object("window", handle)
        try:
            if window.get_attributes().map_state != X.IsViewable:
                return None
            shape = window.get_geometry()
            corner = window.translate_coords(self._root, 0, 0)
            classes = window.get_wm_class() or ("", "")
            title = self._property(window, "_NET_WM_NAME") or ""
        except XError:
            return None  # it was closed meanwhile
        box = Box(-corner.x, -corner.y, shape.width, shape.height)
        return Window(handle, handle & ~_OF_ONE_PROGRAM, _text(title), classes[1], box)

    def _property(self, window: Any, name: str) -> Any:
        try:
            found = window.get_full_property(self._atoms[name], X.AnyPropertyType)
        except XError:
            return None
        return None if found is None else found.value

    # ---- keys and pointer --------------------------------------------------------------------------------------

    def press(self, handle: int, keys: Sequence[str]) -> None:
        for combination in keys:
            _refuse_in_corner()
            with _held():
                if not _has_focus(handle):
                    raise FocusLost
                _strike(combination.split("+"))

    def answers(self, handle: int, within_s: float) -> bool:
        return True  # the window managers' ping is for programs that announce it, and many do not

    def click(self, handle: int, x: int, y: int) -> None:
        _refuse_in_corner()
        with _held():
            if not _is_at(handle, x, y):
                raise FocusLost
            keyboard._click(x, y, "left")

    def pointer(self) -> tuple[int, int]:
        x, y = pyautogui.position()
        return int(x), int(y)

    def picture(self, box: Box) -> np.ndarray[Any, Any]:
        corner = (box.left, box.top, box.left + box.width, box.top + box.height)
        return np.asarray(ImageGrab.grab(corner, xdisplay=self._display.get_display_name()).convert("L"))

    # ---- clipboard ---------------------------------------------------------------------------------------------

    def offer(self, text: str) -> bool:
        late = self._drain()
        self._text = text.encode("utf-8")
        while True:
            self._own.set_selection_owner(self._atoms["CLIPBOARD"], X.CurrentTime)
            self._display.sync()
            if not self._drain():
                return late
            late = True  # taken between the question and the offer

    def heard(self, within_s: float) -> Heard:
        self._listen(within_s, lambda: self._told is not Heard.NOTHING)
        self._noticed = self._noticed or self._told is Heard.TAKEN
        return self._told

    def taken(self, within_s: float) -> bool:
        self._listen(within_s, lambda: self._taken)
        self._noticed = self._noticed or self._taken
        return self._taken

    def _listen(self, within_s: float, enough: Callable[[], bool]) -> None:
        end = time.monotonic() + within_s
        while True:
            while not enough() and self._display.pending_events():
                self._note(self._display.next_event())
            left = end - time.monotonic()
            if enough() or left <= 0:
                return
            select.select([self._display.fileno()], [], [], left)

    def taken_text(self) -> str:
        place = self._atoms["BRIDGE_AGENT"]
        self._own.delete_property(place)
        self._own.convert_selection(self._atoms["CLIPBOARD"], self._atoms["UTF8_STRING"], place, X.CurrentTime)
        self._display.flush()
        end = time.monotonic() + _FETCH_S
        while (left := end - time.monotonic()) > 0:
            while self._display.pending_events():
                told = self._display.next_event()
                if told.type != X.SelectionNotify:
                    self._note(told)
                    continue
                if told.property == X.NONE:
                    return ""
                found = self._own.get_full_property(place, X.AnyPropertyType)
                return "" if found is None else _text(found.value)
            select.select([self._display.fileno()], [], [], left)
        return ""

    def keep_clipboard(self) -> None:
        owner = self._display.get_selection_owner(self._atoms["CLIPBOARD"])
        self._kept = self.taken_text() if owner not in (X.NONE, self._own) else None

    def restore_clipboard(self) -> None:
        kept, self._kept = self._kept, None
        self._text = b""
        if kept is not None:
            hand_over(kept)  # without it the offered text goes with this connection

    def _note(self, told: Any) -> None:
        """Answer a request for the text, and keep the first thing that happened to it."""
        if told.type == X.SelectionRequest:
            served = self._serve(told)
            if served and self._told is Heard.NOTHING:
                self._told = Heard.SERVED
        elif told.type == X.SelectionClear and told.atom == self._atoms["CLIPBOARD"]:
            self._taken = True
            self._told = Heard.TAKEN if self._told is Heard.NOTHING else self._told

    def _drain(self) -> bool:
        """Answer what is still asked for, and forget what was told of the text before. True: a copy had gone unnoticed."""
        while self._display.pending_events():
            self._note(self._display.next_event())
        unnoticed = self._taken and not self._noticed
        self._told, self._taken, self._noticed = Heard.NOTHING, False, False
        return unnoticed

    def _serve(self, asked: Any) -> bool:
        """True when the text itself was fetched, not only its forms."""
        place = asked.property if asked.property != X.NONE else asked.target
        fetched = asked.target in (self._atoms["UTF8_STRING"], Xatom.STRING, self._atoms["text/plain;charset=utf-8"])
        if fetched:
            asked.requestor.change_property(place, asked.target, 8, self._text)
        elif asked.target == self._atoms["TARGETS"]:
            forms = [self._atoms["TARGETS"], self._atoms["UTF8_STRING"], Xatom.STRING]
            asked.requestor.change_property(place, Xatom.ATOM, 32, forms)
        else:
            place = X.NONE
        told = event.SelectionNotify(
            time=asked.time, requestor=asked.requestor, selection=asked.selection, target=asked.target, property=place
        )
        asked.requestor.send_event(told, event_mask=0)
        # Keys go over another connection: the answer must have reached the server before the next key does, or the
        # program handles that key while it still waits for the text.
        self._display.sync()
        return fetched

    # ---- the rest ----------------------------------------------------------------------------------------------

    def state(self) -> DeskState:
        screen = self._display.screen()
        lamps = self._display.get_keyboard_control().led_mask
        return DeskState(screen.width_in_pixels, screen.height_in_pixels, None, None, None, bool(lamps & _CAPS))

    def close(self) -> None:
        self._display.close()


_ATOMS = (
    "_NET_CLIENT_LIST_STACKING",
    "_NET_ACTIVE_WINDOW",
    "_NET_WM_NAME",
    "CLIPBOARD",
    "UTF8_STRING",
    "TARGETS",
    "text/plain;charset=utf-8",
    "BRIDGE_AGENT",
    "_BRIDGE_AGENT_DESK",
)


def _text(value: Any) -> str:
    """The library decodes what is UTF-8 and leaves the rest as bytes; anything else is no text."""
    if isinstance(value, bytes):
        return value.decode("utf-8", errors="replace")
    return value if isinstance(value, str) else ""


def hand_over(text: str) -> None:
    """Put a text on the clipboard for good: xclip stays behind and serves it after this process has ended."""
    # Its outputs are closed: a helper that keeps its starter's pipes open would hang whoever waits for their end.
    with suppress(OSError, subprocess.TimeoutExpired):
        subprocess.run(
            ["xclip", "-selection", "clipboard"],
            input=text.encode("utf-8"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_FETCH_S,
            check=False,
        )


@contextmanager
def _held() -> Iterator[None]:
    """Nobody else is served meanwhile, so the focus cannot move between the check and the key."""
    display = keyboard._display
    display.grab_server()
    try:
        yield
    finally:
        display.ungrab_server()
        display.sync()


def _refuse_in_corner() -> None:
    try:
        pyautogui.failSafeCheck()
    except pyautogui.FailSafeException:
        raise CornerTouched from None


def _strike(names: Sequence[str]) -> None:
    """Down in their order and up again; a name that the keyboard does not have is a mistake of the recipe.

    All in one message: pyautogui waits for the server after each, and a key whose agent was killed before it came up
    would be repeated by the server into whatever window comes next.
    """
    names = [_NAMES.get(name, name) for name in names]
    missing = next((name for name in names if keyboard.keyboardMapping.get(name) is None), None)
    if missing is not None:
        raise KeyUnknown(missing)
    if any(pyautogui.isShiftCharacter(name) for name in names):
        names = ["shift", *names]
    codes = [keyboard.keyboardMapping[name] for name in names]
    for code in codes:
        keyboard.fake_input(keyboard._display, X.KeyPress, code)
    for code in reversed(codes):
        keyboard.fake_input(keyboard._display, X.KeyRelease, code)


def _let_go() -> None:
    """Bring up every key that is down: one whose sender was killed stays down for good."""
    held = keyboard._display.query_keymap()
    for code in (code for code in range(8 * len(held)) if held[code // 8] >> code % 8 & 1):
        keyboard.fake_input(keyboard._display, X.KeyRelease, code)
    keyboard._display.sync()


def _has_focus(handle: int) -> bool:
    found = keyboard._display.get_input_focus().focus
    return not isinstance(found, int) and _stands_in(found, handle)


def _is_at(handle: int, x: int, y: int) -> bool:
    """Whether the topmost window at this place is the wanted one."""
    root = keyboard._display.screen().root
    found = root
    for _ in range(_UP):
        found = found.translate_coords(root, x, y).child
        if found is None or isinstance(found, int):
            return False
        if found.id == handle:
            return True
    return False


def _stands_in(window: Any, handle: int) -> bool:
    for _ in range(_UP):
        if window is None or isinstance(window, int):
            return False
        if window.id == handle:
            return True
        try:
            window = window.query_tree().parent
        except XError:
            return False
    return False
