"""A desk under Windows, by user32. Written after its documentation and never run: see docs/desktop.md.

The clipboard offers its text by delayed rendering: Windows asks for it when somebody pastes (WM_RENDERFORMAT), and says
when somebody else has put something there (WM_DESTROYCLIPBOARD). What is offered is kept out of the clipboard history.
"""

from __future__ import annotations

import ctypes
import time
from collections.abc import Callable, Sequence
from ctypes import wintypes
from typing import Any

import numpy as np
import pyautogui
import pyperclip
from PIL import ImageGrab

from bridge_agent.drivers.desktop.desk import Box, CornerTouched, DeskState, FocusLost, Heard, KeyUnknown, Window

pyautogui.PAUSE = 0.0  # the driver waits for what a key does, not for time to pass
_NAMES = {"return": "enter", "escape": "esc", "del": "delete"}
_CF_UNICODETEXT = 13
_WM_RENDERFORMAT, _WM_RENDERALLFORMATS, _WM_DESTROYCLIPBOARD = 0x0305, 0x0306, 0x0307
_MESSAGE_ONLY = -3
_GA_ROOT = 2
_VK_CAPITAL = 0x14
_HELD_KEYS = {0x10: "shift", 0x11: "ctrl", 0x12: "alt"}
_DOWN = 0x8000
_QS_ALLINPUT = 0x04FF
_USUAL_DPI = 96
_PER_MONITOR_AWARE_2 = -4
_DESKTOP_SWITCHDESKTOP = 0x0100
_IMC_GETOPENSTATUS, _WM_IME_CONTROL = 0x0005, 0x0283
_MOVEABLE = 0x0002
_WM_NULL, _SMTO_BLOCK = 0x0000, 0x0001
_ERROR_ALREADY_EXISTS = 183
_TRIES, _PAUSE_S = 50, 0.02
"""Another program may have the clipboard open for a moment."""
_PRIVATE = ("ExcludeClipboardContentFromMonitorProcessing", "CanIncludeInClipboardHistory", "CanUploadToCloudClipboard")


class WindowsDesk:
    """Must be used by the thread that made it: the clipboard's messages come to that thread."""

    def __init__(self) -> None:
        self._user: Any = _library("user32")
        self._kernel: Any = _library("kernel32")
        self._imm: Any = _library("imm32")
        _declare(self._user, self._kernel)
        self._user.SetProcessDpiAwarenessContext(ctypes.c_void_p(_PER_MONITOR_AWARE_2))
        self._text = ""
        self._told: list[Heard] = []
        """What has happened to the offered text, in order."""
        self._noticed = False
        self._offering = False
        self._procedure, self._own = self._clipboard_window()
        self._kept: str | None = None
        self._mutex = 0

    def claim(self) -> bool:
        """By a mutex of this log-on session: Windows takes it from who dies."""
        if self._mutex:
            return True
        handle = self._kernel.CreateMutexW(None, False, "Local\\bridge-agent-desk")
        if not handle or _last_error() == _ERROR_ALREADY_EXISTS:
            if handle:
                self._kernel.CloseHandle(handle)
            return False
        self._mutex = int(handle)
        for key, name in _HELD_KEYS.items():
            if self._user.GetAsyncKeyState(key) & _DOWN:
                pyautogui.keyUp(name)  # its sender was killed before it came up
        return True

    # ---- windows -----------------------------------------------------------------------------------------------

    def windows(self) -> Sequence[Window]:
        handles: list[int] = []
        kind = _callback(wintypes.BOOL, wintypes.HWND, wintypes.LPARAM)

        def note(handle: int, _: int) -> int:
            if self._user.IsWindowVisible(handle) and not self._user.IsIconic(handle):
                handles.append(int(handle))
            return 1

        self._user.EnumWindows(kind(note), 0)
        return [self._window(handle) for handle in reversed(handles)]  # Windows tells the uppermost first

    def focused(self) -> int:
        return int(self._user.GetForegroundWindow() or 0)

    def activate(self, handle: int) -> None:
        self._user.SetForegroundWindow(handle)

    def _window(self, handle: int) -> Window:
        title = ctypes.create_unicode_buffer(512)
        self._user.GetWindowTextW(handle, title, 512)
        kind = ctypes.create_unicode_buffer(256)
        self._user.GetClassNameW(handle, kind, 256)
        owner = wintypes.DWORD()
        self._user.GetWindowThreadProcessId(handle, ctypes.byref(owner))
        shape = wintypes.RECT()
        self._user.GetWindowRect(handle, ctypes.byref(shape))
        box = Box(shape.left, shape.top, shape.right - shape.left, shape.bottom - shape.top)
        return Window(handle, int(owner.value), title.value, kind.value, box)

    # ---- keys and pointer --------------------------------------------------------------------------------------

    def press(self, handle: int, keys: Sequence[str]) -> None:
        """Windows cannot be held still between check and key, as an X server can: what slips through shows in the read-back."""
        for combination in keys:
            _refuse_in_corner()
            names = [_NAMES.get(name, name) for name in combination.split("+")]
            unknown = next((name for name in names if not pyautogui.isValidKey(name)), None)
            if unknown is not None:
                raise KeyUnknown(unknown)
            if self.focused() != handle:
                raise FocusLost
            pyautogui.hotkey(*names)

    def answers(self, handle: int, within_s: float) -> bool:
        return bool(self._user.SendMessageTimeoutW(handle, _WM_NULL, 0, 0, _SMTO_BLOCK, int(within_s * 1000), None))

    def click(self, handle: int, x: int, y: int) -> None:
        _refuse_in_corner()
        at = self._user.WindowFromPoint(wintypes.POINT(x, y))
        if int(self._user.GetAncestor(at, _GA_ROOT) or 0) != handle:
            raise FocusLost
        pyautogui.click(x, y)

    def pointer(self) -> tuple[int, int]:
        x, y = pyautogui.position()
        return int(x), int(y)

    def picture(self, box: Box) -> np.ndarray[Any, Any]:
        corner = (box.left, box.top, box.left + box.width, box.top + box.height)
        return np.asarray(ImageGrab.grab(corner).convert("L"))

    # ---- clipboard ---------------------------------------------------------------------------------------------

    def offer(self, text: str) -> bool:
        self._pump()
        self._text = text
        self._open_clipboard()
        try:
            self._offering = True
            self._user.EmptyClipboard()  # tells this very window that the former text is gone
            self._offering = False
            late = Heard.TAKEN in self._told and not self._noticed
            self._told.clear()
            self._noticed = False
            self._user.SetClipboardData(_CF_UNICODETEXT, None)
            for name in _PRIVATE:
                self._user.SetClipboardData(self._user.RegisterClipboardFormatW(name), self._block(b"\0\0\0\0"))
        finally:
            self._offering = False
            self._user.CloseClipboard()
        return late

    def heard(self, within_s: float) -> Heard:
        self._listen(within_s, lambda: bool(self._told))
        first = self._told[0] if self._told else Heard.NOTHING
        self._noticed = self._noticed or first is Heard.TAKEN
        return first

    def taken(self, within_s: float) -> bool:
        self._listen(within_s, lambda: Heard.TAKEN in self._told)
        self._noticed = self._noticed or Heard.TAKEN in self._told
        return Heard.TAKEN in self._told

    def _listen(self, within_s: float, enough: Callable[[], bool]) -> None:
        end = time.monotonic() + within_s
        while True:
            self._pump()
            left = end - time.monotonic()
            if enough() or left <= 0:
                return
            self._user.MsgWaitForMultipleObjects(0, None, False, max(1, int(left * 1000)), _QS_ALLINPUT)

    def taken_text(self) -> str:
        return str(pyperclip.paste())

    def keep_clipboard(self) -> None:
        self._kept = str(pyperclip.paste()) or None

    def restore_clipboard(self) -> None:
        kept, self._kept = self._kept, None
        pyperclip.copy(kept or "")
        self._pump()

    def _clipboard_window(self) -> tuple[Any, int]:
        """A window nobody sees, to which Windows sends the clipboard's questions."""
        kind = _callback(ctypes.c_ssize_t, wintypes.HWND, wintypes.UINT, wintypes.WPARAM, wintypes.LPARAM)
        procedure = kind(self._on_message)
        own = self._user.CreateWindowExW(0, "STATIC", "", 0, 0, 0, 0, 0, _MESSAGE_ONLY, None, None, None)
        self._user.SetWindowLongPtrW(own, -4, ctypes.cast(procedure, ctypes.c_void_p))
        return procedure, int(own)

    def _on_message(self, handle: int, message: int, first: int, second: int) -> int:
        if message == _WM_RENDERFORMAT:
            self._told.append(Heard.SERVED)
            if first == _CF_UNICODETEXT:
                self._user.SetClipboardData(first, self._block(self._text.encode("utf-16-le") + b"\0\0"))
            return 0
        if message == _WM_RENDERALLFORMATS:
            return 0  # this process is ending: what was offered goes with it
        if message == _WM_DESTROYCLIPBOARD:
            if not self._offering:
                self._told.append(Heard.TAKEN)
            return 0
        return int(self._user.DefWindowProcW(handle, message, first, second))

    def _block(self, content: bytes) -> int:
        """Memory that belongs to the clipboard from now on."""
        block = self._kernel.GlobalAlloc(_MOVEABLE, len(content))
        place = self._kernel.GlobalLock(block)
        ctypes.memmove(place, content, len(content))
        self._kernel.GlobalUnlock(block)
        return int(block)

    def _open_clipboard(self) -> None:
        for _ in range(_TRIES):
            if self._user.OpenClipboard(self._own):
                return
            time.sleep(_PAUSE_S)
        raise OSError("clipboard")

    def _pump(self) -> None:
        message = wintypes.MSG()
        while self._user.PeekMessageW(ctypes.byref(message), None, 0, 0, 1):
            self._user.DispatchMessageW(ctypes.byref(message))

    # ---- the rest ----------------------------------------------------------------------------------------------

    def state(self) -> DeskState:
        width, height = self._user.GetSystemMetrics(0), self._user.GetSystemMetrics(1)
        scaling = int(self._user.GetDpiForSystem()) * 100 // _USUAL_DPI
        caps = bool(self._user.GetKeyState(_VK_CAPITAL) & 1)
        return DeskState(int(width), int(height), scaling, self._unlocked(), self._input_method_on(), caps)

    def _unlocked(self) -> bool:
        """The desktop that gets the keys cannot be opened while the terminal is locked or the remote session is away."""
        desktop = self._user.OpenInputDesktop(0, False, _DESKTOP_SWITCHDESKTOP)
        if not desktop:
            return False
        switched = bool(self._user.SwitchDesktop(desktop))
        self._user.CloseDesktop(desktop)
        return switched

    def _input_method_on(self) -> bool | None:
        window = self._user.GetForegroundWindow()
        helper = self._imm.ImmGetDefaultIMEWnd(window) if window else None
        if not helper:
            return None
        return bool(self._user.SendMessageW(helper, _WM_IME_CONTROL, _IMC_GETOPENSTATUS, 0))

    def close(self) -> None:
        self._user.DestroyWindow(self._own)


def _library(name: str) -> Any:
    """By attribute name: ctypes has Windows' part on Windows only."""
    return vars(ctypes)["WinDLL"](name, use_last_error=True)


def _callback(*types: Any) -> Any:
    return vars(ctypes)["WINFUNCTYPE"](*types)


def _last_error() -> int:
    return int(vars(ctypes)["get_last_error"]())


def _refuse_in_corner() -> None:
    try:
        pyautogui.failSafeCheck()
    except pyautogui.FailSafeException:
        raise CornerTouched from None


def _declare(user: Any, kernel: Any) -> None:
    """Handles are as wide as pointers; ctypes takes them for 32-bit numbers unless told."""
    for name in ("GetForegroundWindow", "GetAncestor", "WindowFromPoint", "CreateWindowExW", "OpenInputDesktop"):
        getattr(user, name).restype = wintypes.HANDLE
    kernel.CreateMutexW.restype = wintypes.HANDLE
    kernel.CloseHandle.argtypes = [wintypes.HANDLE]
    user.WindowFromPoint.argtypes = [wintypes.POINT]
    user.SetClipboardData.argtypes = [wintypes.UINT, wintypes.HANDLE]
    user.SetClipboardData.restype = wintypes.HANDLE
    user.DefWindowProcW.argtypes = [wintypes.HWND, wintypes.UINT, wintypes.WPARAM, wintypes.LPARAM]
    user.DefWindowProcW.restype = ctypes.c_ssize_t
    user.SetWindowLongPtrW.argtypes = [wintypes.HWND, ctypes.c_int, ctypes.c_void_p]
    user.SetWindowLongPtrW.restype = ctypes.c_void_p
    kernel.GlobalAlloc.restype = wintypes.HANDLE
    kernel.GlobalLock.argtypes = [wintypes.HANDLE]
    kernel.GlobalLock.restype = ctypes.c_void_p
    kernel.GlobalUnlock.argtypes = [wintypes.HANDLE]
