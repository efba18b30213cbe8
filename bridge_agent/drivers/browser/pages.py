"""What a web source needs beside a screen: quiet reads of its pages, and downloads that are whole before they have a name."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Download
from playwright.sync_api import Error as PlaywrightError

from bridge_agent.domain.core_profile import Limits, Login, MarkText
from bridge_agent.domain.errors import BridgeError, SessionLost, SystemDown, TransientError
from bridge_agent.domain.plan import DialogRule, Target
from bridge_agent.domain.ports import PageRequest, Peeked, Wanted
from bridge_agent.drivers.browser.options import BrowserOptions, WebAccount
from bridge_agent.drivers.browser.overdue import limited
from bridge_agent.drivers.browser.page_script import ask
from bridge_agent.drivers.browser.screen import BrowserScreen
from bridge_agent.drivers.browser.session import BrowserSession, System
from bridge_agent.drivers.browser.translate import NoAnswer, own
from bridge_agent.drivers.browser.wording import PRESS, place_json
from bridge_agent.drivers.faults import called, fault

_SAVING_S = 600.0
"""The longest download."""


class BrowserPages:
    """A log-in at a management system. It has no register request, so it has no fuse."""

    def __init__(
        self,
        login: Login,
        session_lost: Sequence[MarkText],
        limits: Limits,
        account: WebAccount,
        options: BrowserOptions | None = None,
        *,
        name: str = "申請管理システム",
        system_down: Sequence[MarkText] = (),
        dialogs: Sequence[DialogRule] = (),
    ) -> None:
        system = System(
            name=name,
            login=login,
            session_lost=tuple(session_lost),
            system_down=tuple(system_down),
            dialogs=tuple(dialogs),
            limits=limits,
        )
        self._session = BrowserSession(system, account, options or BrowserOptions())

    @property
    def screen(self) -> BrowserScreen:
        return self._session.screen

    def start(self) -> None:
        self._session.start()

    def renew(self) -> None:
        self._session.renew()

    def close(self) -> None:
        self._session.close()

    def ahead(self, request: PageRequest, wanted: Wanted) -> None:
        if request.form is None:
            self._session.side.begin(request.path, _shape(wanted))

    def peek(self, request: PageRequest, wanted: Wanted) -> Peeked:
        side = self._session.side
        told = side.fetch(request.path, request.form, _shape(wanted))
        if "fault" in told:
            raise NoAnswer("システムの画面を読めませんでした。")
        if side.lost(told):
            raise SessionLost("ログインが切れました。")
        if side.down(told):
            raise SystemDown("システムが停止中の画面を出しています。")
        return Peeked(
            status=int(told["status"]),
            path=str(told["path"]),
            headings=tuple(told["headings"]),
            rows=tuple(tuple(row) for row in told["rows"]),
            texts=dict(told["texts"]),
        )

    def download(self, press: Target, to: Path) -> None:
        screen = self._session.screen
        screen.check()
        download = self._pressed(screen, press)
        part = to.with_name(to.name + ".part")
        try:
            with limited(screen.seat.page, _SAVING_S):
                _save(download, part)
            with part.open("rb+") as file:
                os.fsync(file.fileno())
            part.replace(to)
        finally:
            part.unlink(missing_ok=True)

    def _pressed(self, screen: BrowserScreen, press: Target) -> Download:
        seat = screen.seat
        pressed = False
        failure: BridgeError
        try:
            limit = self._session.limits.page_s * 1000
            with seat.watch.expecting(), seat.page.expect_download(timeout=limit) as coming:
                given = {"field": place_json(press, PRESS), "patience": self._session.options.patience_s * 1000}
                told = ask(seat.page, "press", given)
                if "why" in told:
                    raise fault(called(press), told["why"])
                pressed = True
            download = coming.value
            # The page was about to leave, and stays after all.
            seat.watch.stayed = True
            return download
        except PlaywrightError as error:
            failure = TransientError("ダウンロードが始まりませんでした。") if pressed else own(error)
        # A page instead of the file: perhaps the log-in page.
        if pressed:
            screen.raise_if_lost()
        raise failure


def _save(download: Download, part: Path) -> None:
    try:
        download.save_as(part)
        download.delete()
        return
    except PlaywrightError as error:
        failure = own(error)
    raise failure


def _shape(wanted: Wanted) -> dict[str, object]:
    return {
        "rows": wanted.rows,
        "cells": wanted.cells,
        "headings": wanted.headings,
        "texts": dict(wanted.texts),
    }
