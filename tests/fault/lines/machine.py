"""M46-M61: the agent's own disk, ledger and machine. Each row names the test that runs it.

The end given is the worst one the struck application may have once the fault is gone and the lane restarted.
"""

from __future__ import annotations

from typing import Literal

from tests.fault.row import Driver, End, Moment, Phase, Row, Run

_FILES = dict.fromkeys(("M56", "M57", "M58"), "test_browser_deaths.py") | dict.fromkeys(
    ("M52", "M55"), "test_clock_faults.py"
)


def own(code: str, title: str, origin: Literal["real", "imitated"], test: str, end: End, run: Run, why: str) -> Row:
    file = _FILES.get(code, "test_machine_faults.py")
    return Row(
        code,
        Moment.MACHINE,
        Phase.NEITHER,
        end,
        run,
        why,
        note=test.removeprefix("test_").replace("_", " "),
        driver=Driver.OWN,
        title=title,
        origin=origin,
        test=f"{file}::{test}",
    )


ROWS: tuple[Row, ...] = (
    own(
        "M46",
        "disk full at each durable write of a night",
        "imitated",
        "test_disk_full_at_each_write_of_a_night",
        End("reported", "", 1),
        Run(3, "pending", "lane"),
        "Whatever is not durable has not happened: before arming nothing was sent, after it the restart finds it in doubt and looks.",
    ),
    own(
        "M46",
        "the ledger's file system is full before arming",
        "real",
        "test_a_full_file_system_before_arming_sends_nothing",
        End("reported", "", 1),
        Run(3, "pending", "lane"),
        "No armed row on the disk, so no click; with space again the application is entered.",
    ),
    own(
        "M47",
        "read-only file system",
        "real",
        "test_a_read_only_file_system_starts_nothing",
        End("reported", "", 1),
        Run(2, "pending", "lane"),
        "A ledger that cannot be written starts nothing; with rights again the night goes on.",
    ),
    own(
        "M48",
        "EIO at a durable write",
        "imitated",
        "test_an_error_of_the_disk_ends_all_writing",
        End("reported", "", 1),
        Run(3, "pending", "lane"),
        "What the disk kept is unknown: no write is tried again, nothing is sent, a new process reads the truth.",
    ),
    own(
        "M49",
        "ledger corrupt",
        "real",
        "test_a_damaged_ledger_is_refused_or_harmless",
        End("reported", "", 1),
        Run(2, "pending", "lane"),
        "Damage that is found starts nothing; damage in unused bytes changes no row that is acted on.",
    ),
    own(
        "M50",
        "ledger busy for longer than the time-out",
        "real",
        "test_a_ledger_that_stays_busy_is_waited_for_and_then_nothing_is_sent",
        End("reported", "", 1),
        Run(3, "pending", "lane"),
        "Waited for, then given up: no armed row, so no click.",
    ),
    own(
        "M52",
        "clock an hour or a day on or back, a step of network time",
        "imitated",
        "test_a_clock_that_jumps_doubles_nothing",
        End("held", "mismatch", 1),
        Run(1),
        "Deadlines are monotonic: a jump delays doubts or sends them to a person, and never makes a second press.",
    ),
    own(
        "M52",
        "clock put forward while a doubt waits",
        "imitated",
        "test_a_clock_put_forward_shortens_no_doubt",
        End("reported", "", 1),
        Run(1),
        "Settle is counted by the process's own monotonic clock, so the late commit is found.",
    ),
    own(
        "M53",
        "two processes on one lane",
        "real",
        "test_two_processes_never_share_a_lane",
        End("reported", "", 1),
        Run(0),
        "A file lock and the fence: one process works the lane, the other is told so.",
    ),
    own(
        "M55",
        "machine suspended for hours",
        "imitated",
        "test_a_suspended_machine_doubles_nothing",
        End("reported", "", 1),
        Run(1),
        "Armed before the sleep is in doubt or looked up after it; whatever the clocks say, one press.",
    ),
    own(
        "M56",
        "browser killed after claim or after arming",
        "real",
        "test_a_browser_that_dies_doubles_nothing",
        End("held", "absent", 0),
        Run(1),
        "After the claim nothing was sent, so it is entered anew; after arming it is in doubt, twice absent, held.",
    ),
    own(
        "M57",
        "renderer crashed after claim or after arming",
        "real",
        "test_a_browser_that_dies_doubles_nothing",
        End("held", "absent", 0),
        Run(1),
        "A crashed page is a lost browser: the ledger's state decides, not the kind of error.",
    ),
    own(
        "M58",
        "driver process killed after claim or after arming",
        "real",
        "test_a_browser_that_dies_doubles_nothing",
        End("held", "absent", 0),
        Run(1),
        "The same for the process between agent and browser.",
    ),
    own(
        "M59",
        "key store locked or missing",
        "real",
        "test_a_key_store_that_is_missing_or_locked_starts_nothing",
        End("reported", "", 1),
        Run(2, "pending", "lane"),
        "A new key would let every old application in again: one sentence, exit code 2, nothing is started.",
    ),
    own(
        "M60",
        "network cut in mid-everything",
        "real",
        "test_a_network_that_is_cut_at_any_moment_doubles_nothing",
        End("held", "absent", 0),
        Run(3, "pending", "lane"),
        "Every cut is a transient error before arming and a doubt after it.",
    ),
    own(
        "M61",
        "recipe edited during a run",
        "real",
        "test_a_recipe_edited_during_a_run_changes_neither_the_run_nor_a_doubt",
        End("reported", "", 1),
        Run(3, "pending", "lane"),
        "The run goes on with what it loaded, and a doubt is compared with what that attempt sent.",
    ),
)
