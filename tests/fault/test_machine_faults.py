"""M46-M61 with the fast driver: the agent's disk, ledger, clock, lane, network and recipes fail under a whole night.

After each the fault is taken away and a further night must leave nothing open, nothing doubled and nothing lost.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from bridge_agent.credentials import EncryptedFileStore, Secret
from bridge_agent.domain import crash_points
from bridge_agent.domain.errors import BridgeError, ConfigError
from bridge_agent.ledger import opening
from bridge_agent.ledger.opening import open_ledger
from bridge_agent.mapping.recipe_files import load_recipes, load_variants
from bridge_agent.pipeline.night import RunOptions
from bridge_agent.pipeline.recipe_book import RecipeBook
from bridge_agent.sealing import PassphraseBox, SiteSealer
from tests.fault.fast.nights import RECIPES
from tests.fault.fast.town import TOKEN, FastTown
from tests.fault.machine_nights import BURDEN, TROUBLE, at_point, attempts, drained, ends, refused
from tests.ledger_rows import read

pytestmark = pytest.mark.usefixtures("no_hook")

WRITES = (
    "start_run",
    "take_in",
    "in_scope",
    "own_lane",
    "claim",
    "arm",
    "seen",
    "registered",
    "in_doubt",
    "sender_stopped",
    "look_later",
    "hold_after_attempt",
    "reported",
    "reconciled",
    "counted",
    "end_run",
)
"""Durable writes of a night with one doubt that is found and one that stays absent."""


# ---- M46, M48: the disk ----


@pytest.mark.parametrize("write", WRITES)
def test_disk_full_at_each_write_of_a_night(town: FastTown, write: str) -> None:
    town.faults("sogo", *TROUBLE)

    def full() -> None:
        raise refused(sqlite3.SQLITE_FULL, "database or disk is full")

    reached = at_point(f"within write {write}", full)
    ends(town)
    assert reached[0] >= 1
    drained(town)


@pytest.mark.parametrize("write", ["claim", "arm", "seen", "in_doubt", "registered"])
def test_an_error_of_the_disk_ends_all_writing(town: FastTown, write: str) -> None:
    town.faults("sogo", *TROUBLE)
    commits: list[int] = []

    def broken() -> None:
        commits.append(len(town.commits()))
        raise refused(sqlite3.SQLITE_IOERR, "disk I/O error")

    reached = at_point(f"within write {write}", broken, tuple(range(1, 100)))
    ends(town)
    assert reached[0] == 1  # never tried again
    assert len(town.commits()) == commits[0]  # and nothing is sent afterwards
    drained(town)


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[None]:
    """A real small file system; skips where none can be mounted."""
    folder.mkdir(parents=True)
    root = hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("mount") is not None
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    if not root or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no small file system can be mounted here")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], capture_output=True, check=False)


def test_a_full_file_system_before_arming_sends_nothing(tmp_path: Path) -> None:
    with (
        small_disk(tmp_path / "agent", "3m"),
        FastTown(tmp_path, applications=3, procedures=BURDEN, plain=True) as town,
    ):
        filler = tmp_path / "agent" / "filler"

        def fill() -> None:
            with filler.open("wb", buffering=0) as file, suppress(OSError):
                while True:
                    file.write(bytes(4096))

        at_point("before write arm", fill)
        ends(town)
        assert town.commits() == []
        filler.unlink()
        drained(town)
        assert len(town.commits()) == 3


# ---- M47, M49, M50: the ledger's file ----


def test_a_read_only_file_system_starts_nothing(tmp_path: Path) -> None:
    with (
        small_disk(tmp_path / "agent", "8m"),
        FastTown(tmp_path, applications=3, procedures=BURDEN, plain=True) as town,
    ):
        town.run(limit(1))
        remount = ["mount", "-o", "remount,{}", str(tmp_path / "agent")]
        subprocess.run([word.format("ro") for word in remount], check=True)
        with pytest.raises((ConfigError, BridgeError)):
            town.run()
        assert len(town.commits()) == 1
        subprocess.run([word.format("rw") for word in remount], check=True)
        drained(town)
        assert len(town.commits()) == 3


def limit(count: int) -> RunOptions:
    return RunOptions(limit=count)


@pytest.mark.parametrize("seed", range(6))
def test_a_damaged_ledger_is_refused_or_harmless(tmp_path: Path, seed: int) -> None:
    chance = random.Random(f"damage {seed}")
    with FastTown(tmp_path, applications=3, procedures=BURDEN, plain=True) as town:
        town.run(limit(1))
        whole = town.plan.ledger.read_bytes()
        spoiled = bytearray(whole)
        at = chance.randrange(0, len(spoiled) - 64)
        spoiled[at : at + 64] = chance.randbytes(64)
        town.plan.ledger.write_bytes(spoiled)
        with suppress(ConfigError):
            town.run()
        town.plan.ledger.write_bytes(whole)
        if len(town.commits()) == 1:  # refused: the copy of before goes on as if nothing had been
            drained(town)
        assert town.sums().duplicates == 0


def test_a_ledger_that_stays_busy_is_waited_for_and_then_nothing_is_sent(
    town: FastTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "BUSY_TIMEOUT_MS", 100)
    town.run(limit(1))
    other = sqlite3.connect(town.plan.ledger, isolation_level=None, check_same_thread=False)

    def lock() -> None:
        other.execute("BEGIN IMMEDIATE")

    at_point("before write arm", lock)
    began = time.monotonic()
    ends(town)
    assert time.monotonic() - began >= 0.1
    assert len(town.commits()) == 1
    other.close()
    drained(town)
    assert len(town.commits()) == 4


# ---- M53, M60, M61 ----


def test_two_processes_never_share_a_lane(tmp_path: Path) -> None:
    with FastTown(tmp_path, applications=12, procedures=BURDEN, plain=True, separate=True) as town:
        first, second = town.run_process(), town.run_process()
        ended = [first.wait(120), second.wait(120)]
        assert all(one is not None for one in ended)
        entered = [one["entered"] for one in ended if one is not None]
        assert sum(entered) <= 12
        drained(town)
        assert attempts(town) == 12
        assert len(town.commits()) == 12


@pytest.mark.parametrize("seed", range(3))
def test_a_network_that_is_cut_at_any_moment_doubles_nothing(tmp_path: Path, seed: int) -> None:
    chance = random.Random(f"cut {seed}")
    with FastTown(tmp_path, seed=seed, applications=12, procedures=BURDEN, plain=True) as town:
        over = threading.Event()
        cuts = 0

        def cut() -> None:
            nonlocal cuts
            while not over.wait(chance.uniform(0.02, 0.25)):
                what = "drop-all" if chance.random() < 0.8 else f"refuse?seconds={chance.uniform(0.05, 0.3):.2f}"
                address = f"{town.plan.origins['sogo']}/_mock/wire/{what}"
                request = urllib.request.Request(address, data=b"", headers={"X-Mock-Token": TOKEN})
                with suppress(OSError):
                    urllib.request.urlopen(request, timeout=5).close()
                    cuts += 1

        scissors = threading.Thread(target=cut)
        scissors.start()
        try:
            town.run()
        finally:
            over.set()
            scissors.join()
        assert cuts >= 1
        _wait_until_reachable(town)
        drained(town)
        assert len(town.commits()) <= attempts(town) <= 12


def _wait_until_reachable(town: FastTown) -> None:
    end = time.monotonic() + 10
    while True:
        try:
            town.fired("sogo")
            return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)


def test_a_recipe_edited_during_a_run_changes_neither_the_run_nor_a_doubt(tmp_path: Path) -> None:
    recipes = tmp_path / "recipes"
    shutil.copytree(RECIPES, recipes)
    file = recipes / "sogo" / "ltci_burden_ratio_reissue" / "recipe.yaml"

    def loaded() -> RecipeBook:
        return RecipeBook(load_recipes(recipes), load_variants(recipes))

    def edit() -> None:
        text = file.read_text(encoding="utf-8")
        changed = text.replace(
            "{ label: 受付情報/受付区分, text: 電子申請 }", "{ label: 受付情報/受付区分, text: 窓口 }"
        )
        assert changed != text
        file.write_text(changed, encoding="utf-8")

    with FastTown(tmp_path / "town", applications=2, procedures=BURDEN, plain=True) as town:
        town.faults("sogo", {"fault": "M4", "when": {"nth": [1]}}, {"fault": "M15", "when": {"nth": [2]}})
        at_point("after write claim", edit)
        town.run(recipes=loaded())
        assert sorted(town.states().values()) == [("in_doubt", ""), ("pending", "")]
        crash_points.install(None)
        town.faults("sogo")
        town.run(recipes=loaded())
        # what was sent before the edit is compared with what was sent; what came after it, with the new recipe
        assert sorted(town.states().values()) == [("held", "mismatch"), ("reported", "")]
        digests = read(town.plan.ledger, "SELECT DISTINCT recipe_digest FROM attempt")
        assert len(digests) == 2
        assert len(town.commits()) == 2


# ---- M59 ----


def agent(config: Path, typed: str, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bridge_agent", "--config", str(config), "--passphrase-stdin", *words]
    return subprocess.run(
        command,
        input=typed,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=Path(__file__).parents[2],
        env=os.environ | {"PYTHONUTF8": "1"},
        start_new_session=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("what", ["missing", "locked"])
def test_a_key_store_that_is_missing_or_locked_starts_nothing(tmp_path: Path, what: str) -> None:
    config = tmp_path / "bridge.toml"
    config.write_text(
        f'[site]\nname = "汐見原市"\nrecipes = "{RECIPES.as_posix()}"\n'
        '[source]\nprofile = "minamo"\naddress = "http://127.0.0.1:9"\nuser = "bridge01"\n'
        '[cores.sogo]\naddress = "http://127.0.0.1:9"\nuser = "bridge01"\noperator = "bridge01"\n'
        '[credentials]\nstore = "file"\nfile = "credentials.sealed"\n',
        encoding="utf-8",
    )
    store = tmp_path / "credentials.sealed"
    EncryptedFileStore(store, PassphraseBox("right")).set("source/minamo/bridge01", Secret("x"))
    # a night was run before, under the key that the store holds no more
    open_ledger(tmp_path / "data" / "ledger.db", SiteSealer(bytes(32)).check_value()).dispose()
    if what == "missing":
        store.unlink()
    done = agent(config, "right\n" if what == "missing" else "wrong\n", "run")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert re.search(r"[ぁ-ん]+。", done.stderr)
