"""A town whose cores are marked as test environments, and the agent's site over it, for measuring in this process."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

from bridge_agent import wiring
from bridge_agent.credentials import EncryptedFileStore
from bridge_agent.sealing import PassphraseBox
from bridge_agent.workshop.conformance.bench import Bench, Pace
from bridge_agent.workshop.conformance.dummies import dummies_of
from mock_core_ui.core.sessions import Sessions
from tests.e2e.agent_town import AgentTown

OPERATOR_LINE = 'operator = "bridge01"\n'


class TestTown(AgentTown):
    __test__ = False

    def __init__(self, folder: Path, browser: Path, *, expiry_minutes: float = 30) -> None:
        super().__init__(folder, applications=1, plain=True, browser=browser, limits={"settle_s": 4})
        for core in self.mock.cores.values():
            core.site.sessions._idle = timedelta(minutes=expiry_minutes)
        self.rewrite((OPERATOR_LINE, OPERATOR_LINE + 'environment = "test"\n'))

    def rewrite(self, *changes: tuple[str, str]) -> None:
        """Change bridge.toml."""
        text = self.config.read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        self.config.write_text(text, encoding="utf-8")

    def address(self, core: str) -> str:
        return str(self.report["cores"][core]["url"]).rstrip("/")

    def site(self) -> wiring.Site:
        """For measuring."""
        return wiring.read_site(wiring.Start(self.config), store=self._store())

    def open_site(self) -> wiring.Site:
        """For entering."""
        return wiring.open_site(wiring.Start(self.config), store=self._store())

    def _store(self) -> EncryptedFileStore:
        return EncryptedFileStore(self.home / "credentials.sealed", PassphraseBox(self.passphrase))

    def bench(self, core: str, pace: Pace) -> Bench:
        site = self.site()
        folder = site.settings.site.recipes / core
        return Bench(site, core, dummies_of(site.book.recipes, site.book.variants, folder, core, "", ""), pace)

    def one_session_an_account(self, core: str) -> None:
        """From now on a log-in ends the account's other sessions, as stricter cores do."""
        sessions = self.mock.cores[core].site.sessions
        sessions.__class__ = _OneEach


class _OneEach(Sessions):
    def log_in(self, user: str, password: str) -> str | None:
        key = super().log_in(user, password)
        with self._lock:
            for other in [k for k, session in self._sessions.items() if session.user == user and k != key]:
                del self._sessions[other]
        return key


def toml(text: str) -> str:
    return json.dumps(text)
