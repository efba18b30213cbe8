"""The core commits and drops the kept-alive connection unanswered: the browser would send again, the fuse stops it.

CI makes 10 entries; BRIDGE_AGENT_DROPS=200 makes it a campaign.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.e2e.agent_town import AgentTown
from tests.ledger_rows import read

DROPS = int(os.environ.get("BRIDGE_AGENT_DROPS", "10"))
PROCEDURES = ("ltci_burden_ratio_reissue", "ltci_certification")
"""One of each dialect."""

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_every_dropped_registration_is_found_by_look_up_and_none_is_doubled(tmp_path: Path, browser_path: Path) -> None:
    town = AgentTown(
        tmp_path, applications=DROPS, procedures=PROCEDURES, plain=True, browser=browser_path, limits={"settle_s": 2}
    )
    try:
        for core in ("sogo", "nintei"):
            town.faults(core, {"fault": "M4", "when": {"every": 1}})
        run = town.run()
        assert run.code == 0, run.err
        assert town.doubles() == 0
        assert len(town.commits()) == DROPS
        assert {c.core for c in town.commits()} == {"sogo", "nintei"}
        proofs = read(town.ledger, "SELECT kind, verdict, count(*) AS n FROM lookup WHERE kind = 'doubt' GROUP BY 1, 2")
        assert [(row["kind"], row["verdict"], row["n"]) for row in proofs] == [("doubt", "found", DROPS)]
        blocked = read(town.ledger, "SELECT sum(sent) AS sent, sum(blocked) AS blocked FROM attempt")[0]
        print(f"entries {DROPS}, register requests passed {blocked['sent']}, stopped by the fuse {blocked['blocked']}")
        assert blocked["sent"] == DROPS
    finally:
        town.close()


def test_without_the_fuse_the_same_night_has_doubles(tmp_path: Path, browser_path: Path) -> None:
    """The guard's own test: with the fuse out, the browser's silent re-send registers twice, and it is noticed."""
    town = AgentTown(tmp_path, applications=2, procedures=PROCEDURES[:1], plain=True, browser=browser_path)
    try:
        town.faults("sogo", {"fault": "M4", "when": {"every": 1}})
        finished = town.agent_without_fuse("run", "--json")
        assert town.doubles() > 0
        assert finished.code == 4
        assert finished.summary["duplicates"] >= 1
        commits = len(town.commits())
        town.faults("sogo")
        again = town.run()  # with the fuse: looks up what is still in doubt, and sends nothing for it again
        assert len(town.commits()) - commits == sum(state == "reported" for state, _ in town.states().values())
        assert again.code == 4
        assert again.summary["duplicates"] == town.doubled()
    finally:
        town.close()
