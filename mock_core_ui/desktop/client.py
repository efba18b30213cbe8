"""The client as a whole: its server and session, the windows that are open, and how a request ends in a message."""

from __future__ import annotations

import time
import tkinter as tk
from collections.abc import Callable
from contextlib import suppress

from mock_core_ui.desktop.api import Answer, CommunicationError, NotFoundError, Server, SessionLostError
from mock_core_ui.desktop.boxes import Below, Desk
from mock_core_ui.desktop.effects import Effect, carry_out, read_effects, slowness
from mock_core_ui.desktop.keys import KeyGate
from mock_core_ui.desktop.look import Look
from mock_core_ui.desktop.window import WINDOW_CLASS, Window
from mock_core_ui.desktop.words import ERRORS, FAILURE, NOTICE, SESSION_LOST, SYSTEM, TROUBLE, UNREADABLE


class Client:
    """One running client. All requests are made while nothing else happens, as old clients do."""

    def __init__(self, server: Server, scaling: int = 100, anchor: tuple[int, int] = (40, 30)) -> None:
        self.root = tk.Tk(className=WINDOW_CLASS)
        self.root.withdraw()
        self.look = Look(self.root, scaling)
        self.gate = KeyGate(self.root)
        self.desk = Desk(self.root, self.look, self.gate)
        self.server = server
        self.anchor = anchor
        self.user = ""
        self.operator = ""
        self.today = ""
        self._windows: list[Window] = []

    def run(self) -> None:
        """Runs until the client is ended."""
        self.root.mainloop()

    def end(self) -> None:
        """Logs out, if anybody is logged in, and ends the client."""
        if self.server.session:
            with suppress(SessionLostError, NotFoundError, CommunicationError):  # it ends whatever the server says
                self.server.post("logout", {})
        self.root.destroy()

    # -- windows ----------------------------------------------------------------------------------------------

    def open_window(
        self,
        kind: str,
        make: Callable[[], Window],
        procedure: str = "",
        below: Below | None = None,
        replaces: Window | None = None,
    ) -> Window | None:
        """Opens a window after asking the server for its faults; None: a message over `below` says why it does not.

        A window that has to open whatever happens gives no `below`.
        """
        effects = self.effects_of(kind, procedure, below)
        if effects is None:
            return None
        time.sleep(slowness(effects))
        window = make()
        window.slow_s = slowness(effects)
        self._windows.append(window)
        window.show(replaces)
        carry_out(self, window, effects)
        return window

    def forget(self, window: Window) -> None:
        if window in self._windows:
            self._windows.remove(window)

    def open_windows(self, kind: str) -> list[Window]:
        """The open windows of a kind."""
        return [window for window in self._windows if window.kind == kind and not window.gone]

    def close_all(self) -> None:
        """Takes every window away, boxes too, and forgets the session."""
        self.desk.drop_all()
        for window in list(self._windows):
            window.leave_quietly()
        self.server.session = ""
        self.user = self.operator = ""

    def effects_of(self, kind: str, procedure: str, below: Below | None) -> list[Effect] | None:
        """What the server wants to go wrong with a window that is about to open; None: it cannot be asked."""
        body: Answer = {"window": kind, "procedure": procedure}
        if below is not None:
            answer = self.call("window", body, below)
            return None if answer is None else read_effects(answer)
        try:
            return read_effects(self.server.post("window", body))
        except (SessionLostError, NotFoundError, CommunicationError):
            return []

    # -- requests ---------------------------------------------------------------------------------------------

    def call(self, path: str, body: Answer, below: Below, expects: str = "", missing: str = "") -> Answer | None:
        """One request. None: there is no usable answer, and a box over `below` says so.

        `expects` is a key that a usable answer has, `missing` the title of the box when there is no such thing.
        """
        top = below.as_toplevel()
        top.configure(cursor="watch")
        self.root.update_idletasks()
        try:
            answer = self.server.post(path, body)
        except SessionLostError as lost:
            self.desk.tell(SESSION_LOST, str(lost) or "ログオンし直してください。", below, self._log_on_again)
        except NotFoundError as error:
            self.desk.tell(missing or SYSTEM, str(error) or "該当データがありません。", below)
        except CommunicationError as error:
            self.desk.tell(TROUBLE, str(error), below)
        else:
            if not expects or expects in answer:
                return answer
            self.tell_other(answer, below)
        finally:
            top.configure(cursor="")
        return None

    def tell_other(self, answer: Answer, below: Below) -> None:
        """Shows what came in the place of the answer that was asked for."""
        if isinstance(answer.get("errors"), list):
            self.desk.tell(ERRORS, "\n".join(map(str, answer["errors"])), below)
        elif "failure" in answer:
            self.desk.tell(FAILURE, str(answer["failure"]), below)
        elif "message" in answer:
            self.desk.tell(NOTICE, str(answer["message"]), below)
        else:
            self.desk.tell(TROUBLE, UNREADABLE, below)

    def _log_on_again(self) -> None:
        self.close_all()
        self.start()

    def start(self) -> None:
        """Opens the log-in window."""
        from mock_core_ui.desktop.login_window import LoginWindow  # it opens the menu, which opens all others

        self.open_window("login", lambda: LoginWindow(self))
