"""A core session in a browser: entry screen with fuse, look-up beside it, and a sender that can be killed."""

from __future__ import annotations

from bridge_agent.domain.core_profile import CoreProfile, LookUpProfile
from bridge_agent.domain.ports import Sender
from bridge_agent.drivers.browser.look_up import BrowserLookUp
from bridge_agent.drivers.browser.options import BrowserOptions, WebAccount
from bridge_agent.drivers.browser.screen import BrowserScreen
from bridge_agent.drivers.browser.session import BrowserSession, System
from bridge_agent.steps.binding import bound_dialog


class BrowserCoreSession:
    """One account of one core. `close` ends the browser."""

    def __init__(self, profile: CoreProfile, account: WebAccount, options: BrowserOptions | None = None) -> None:
        assert isinstance(profile.lookup, LookUpProfile)  # the profile has been checked against its driver
        system = System(
            name=profile.name,
            login=profile.login,
            session_lost=profile.session_lost,
            system_down=profile.system_down,
            register_request=profile.register_request,
            dialogs=tuple(bound_dialog(dialog) for dialog in profile.dialogs),
            limits=profile.limits,
        )
        self._session = BrowserSession(system, account, options or BrowserOptions())
        self._look_up = BrowserLookUp(profile.lookup, self._session)

    @property
    def screen(self) -> BrowserScreen:
        return self._session.screen

    @property
    def look_up(self) -> BrowserLookUp:
        return self._look_up

    @property
    def sender(self) -> Sender | None:
        return self._session.sender

    @property
    def log_ins(self) -> int:
        return self._session.log_ins

    @property
    def browser_version(self) -> str:
        """Of the running browser; '' when none runs."""
        return self._session.browser_version

    @property
    def register_status(self) -> int:
        """HTTP status of the last register request that passed the fuse; 0 = none, or no answer."""
        fuse = self._session.screen.seat.fuse
        return fuse.status if fuse is not None else 0

    def start(self) -> None:
        self._session.start()

    def renew(self) -> None:
        self._session.renew()

    def stop_sender(self) -> None:
        self._session.stop_sender()

    def close(self) -> None:
        self._session.close()
