"""A core behind TLS with the municipality's own authority: entered when both sides trust it, else stopped by one sentence."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from bridge_agent.domain.conformance import Outcome
from bridge_agent.domain.errors import StopRunError
from bridge_agent.drivers.browser.certificates import NODE_CA
from bridge_agent.workshop.conformance import disturbed, in_order
from bridge_agent.workshop.conformance.bench import Pace
from tests.e2e.conformance_town import TestTown, toml
from tests.e2e.tls_town import HOST, Issued, issue, tls_front, trust_in_browser
from tests.ledger_rows import read

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the browser's store is the system's own there"),
]

CORE = "sogo"


class SecureTown:
    """The authority is trusted by the browser and named in the settings, unless a test says otherwise."""

    def __init__(self, folder: Path, browser: Path, patch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.town = TestTown(folder, browser)
        self.authority = issue("庁内認証局")
        self.ca_file = folder / "ca.pem"
        self.ca_file.write_bytes(self.authority.pem())
        self._patch = patch
        patch.setenv(NODE_CA, "")  # restored afterwards, whatever the agent sets

    @contextmanager
    def behind(self, shown: Issued, *, in_browser: bool = True, in_node: bool = True) -> Iterator[TestTown]:
        home = self.folder / "home"
        home.mkdir()
        if in_browser:
            trust_in_browser(home, self.authority)
        self._patch.setenv("HOME", str(home))
        plain = self.town.address(CORE)
        with tls_front(self.folder / "tls", shown, urlsplit(plain).port or 0) as secure:
            self.town.rewrite((toml(plain), toml(secure)))
            if in_node:
                self.town.rewrite(("[browser]\n", f"[browser]\nca_file = {toml(self.ca_file.as_posix())}\n"))
            yield self.town


@pytest.fixture
def secure(tmp_path: Path, browser_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SecureTown]:
    made = SecureTown(tmp_path, browser_path, monkeypatch)
    yield made
    made.town.close()


def sentence(town: TestTown) -> str:
    session = town.bench(CORE, Pace()).new_session()
    try:
        with pytest.raises(StopRunError) as stopped:
            session.start()
    finally:
        session.close()
    assert stopped.value.message.startswith("総合行政システムの")
    return stopped.value.message


def test_the_private_authority_is_accepted_by_browser_and_node(secure: SecureTown) -> None:
    with secure.behind(issue("core", secure.authority, host=HOST)) as town:
        bench = town.bench(CORE, Pace(rounds=1, cuts=2, others=1))
        assert in_order.tls(bench).outcome is Outcome.PASSED
        with bench.session() as session:
            seen, identity, kind = in_order.fresh_records(bench, session)
        assert (seen.outcome, identity.outcome) == (Outcome.PASSED, Outcome.PASSED)
        assert kind.figures == {"status": 303}
        cut = disturbed.fuse(bench)
        assert cut.outcome is Outcome.PASSED, cut.sentence
        assert cut.figures == {"requests": 2, "found": 2, "good": 2}
        assert disturbed.settle(bench).figures["found"] == 1
        rows = read(Path(town.report["cores"][CORE]["database"]), "SELECT reference FROM commit_log WHERE before_run=0")
        assert len({row["reference"] for row in rows}) == len(rows) == 4
    assert os.environ[NODE_CA] == str(secure.ca_file)


def test_an_expired_certificate_stops(secure: SecureTown) -> None:
    with secure.behind(issue("core", secure.authority, host=HOST, expired=True)) as town:
        assert "有効期間外" in sentence(town)


def test_a_certificate_of_another_host_stops(secure: SecureTown) -> None:
    with secure.behind(issue("core", secure.authority, host="other.example")) as town:
        assert "名前が接続先と違う" in sentence(town)


def test_an_authority_that_only_the_browser_trusts_stops_before_anything_is_entered(secure: SecureTown) -> None:
    with secure.behind(issue("core", secure.authority, host=HOST), in_node=False) as town:
        assert "ca_file" in sentence(town)


def test_an_authority_that_only_node_trusts_stops(secure: SecureTown) -> None:
    with secure.behind(issue("core", secure.authority, host=HOST), in_browser=False) as town:
        assert "OS の証明書ストア" in sentence(town)


def test_an_unknown_authority_stops(secure: SecureTown) -> None:
    with secure.behind(issue("core", issue("よその認証局"), host=HOST)) as town:
        assert "発行元を信頼できない" in sentence(town)
