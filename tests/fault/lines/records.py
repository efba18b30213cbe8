"""M36-M45: what is stored, what becomes of the record, the look-up, and the core's clock."""

from __future__ import annotations

from tests.fault.row import (
    A_PERSON,
    ALL_WELL,
    LANE_STOPS,
    REPORTED,
    End,
    Moment,
    Phase,
    Row,
    Run,
    Strike,
    Timed,
    held,
)

AFTER, NEITHER = Phase.AFTER, Phase.NEITHER
LOOK_UP, IN_DOUBT, FIRST = Moment.LOOK_UP, Moment.IN_DOUBT, Moment.FIRST_TRY
_DOUBT, _DOUBTED = "before action look_doubt", "after action look_doubt"
USELESS = Run(3, "reported", "lane", "lookup_useless")


def after_entry(fault: str, **given: str | float) -> tuple[Strike, ...]:
    """Strikes the look-ups that are owed after the struck application's completion screen."""
    return (Strike(fault, given, nth=(), at="after action register", until="after action stop_sender", reached=(1,)),)


def in_doubt(fault: str, times: tuple[int, ...] = (), base: str = "M4", **given: str | float) -> tuple[Strike, ...]:
    return (Strike(base), Strike(fault, given, nth=(), at=_DOUBT, until=_DOUBTED, reached=times))


def everywhere(fault: str) -> tuple[Strike, ...]:
    return (Strike(fault, nth=()),)


STORED = (
    Row(
        "M36",
        FIRST,
        AFTER,
        held("mismatch", 1),
        A_PERSON,
        "Part of it is there: a difference is for a person, never mended by machine.",
    ),
    Row(
        "M37",
        FIRST,
        AFTER,
        REPORTED,
        ALL_WELL,
        "Visible later than a look-up but within settle: the doubt is looked up again after settle and found.",
        given={"seconds": Timed("visibility_max_s", 1.0, 0.1)},
    ),
    Row(
        "M37",
        FIRST,
        AFTER,
        held("absent", 1),
        A_PERSON,
        "Visible later than two look-ups one settle apart (A1 broken): held, never sent again; reconciliation counts it.",
        given={"seconds": Timed("settle_s", 12.0, 2.0)},
        note="later than settle",
    ),
    Row(
        "M42",
        FIRST,
        AFTER,
        held("mismatch", 1),
        A_PERSON,
        "Corrected by a clerk before the look-up: not what was sent, so a person compares.",
    ),
    Row(
        "M42b",
        FIRST,
        AFTER,
        held("other_operator", 1),
        A_PERSON,
        "The record shows another operator: whose it is, a person decides.",
    ),
    Row(
        "M43",
        FIRST,
        Phase.BEFORE,
        held("duplicate_at_core", 2),
        Run(4, "pending", "lane", "duplicate", duplicates=1),
        "A clerk entered the same application between pre-check and press (A5): two records, alarm, the lane stops; red "
        "until a person has decided.",
        drained_exit=4,
    ),
    Row(
        "M43b",
        FIRST,
        AFTER,
        held("duplicate_at_core", 2),
        Run(4, "pending", "lane", "duplicate", duplicates=1),
        "The same just after the press: the look-up owed sees two records.",
        drained_exit=4,
    ),
    Row(
        "M44",
        FIRST,
        AFTER,
        held("absent", 1),
        A_PERSON,
        "Cancelled, and its number is somebody else's: the key is searched, not the number; nothing is ours, held.",
    ),
)

LOOKED = (
    Row(
        "M38",
        LOOK_UP,
        NEITHER,
        End("pending", "", 0),
        LANE_STOPS,
        "The canary cannot be read: without a look-up that can be trusted nothing is entered.",
        everywhere("M38"),
        note="from the start",
        drained=REPORTED,
    ),
    Row(
        "M38",
        LOOK_UP,
        Phase.BEFORE,
        held("tried_too_often", 0),
        A_PERSON,
        "Without a pre-check there is no baseline, so nothing is armed; after two tries a person looks.",
        (Strike("M38", nth=(), at="after write claim", until="before action renew_session", reached=(1, 3)),),
        note="before entry",
    ),
    Row(
        "M38",
        LOOK_UP,
        AFTER,
        REPORTED,
        ALL_WELL,
        "The look-up owed cannot be made: in doubt, and the next one finds the record.",
        after_entry("M38", status=500.0),
        note="after entry",
    ),
    Row(
        "M38",
        LOOK_UP,
        NEITHER,
        REPORTED,
        Run(3, "reported", "lane"),
        "What was registered cannot be looked up again: the run ends red, and the next one reconciles.",
        (Strike("M38", nth=(), at="before action look_reconcile", until="", reached=(1,)),),
        note="reconciliation",
    ),
    Row(
        "M38",
        IN_DOUBT,
        AFTER,
        REPORTED,
        ALL_WELL,
        "One useless look-up proves nothing: looked up again after settle and found.",
        in_doubt("M38", (1,)),
        note="once",
    ),
    Row(
        "M38",
        IN_DOUBT,
        AFTER,
        held("lookup_failed", 1),
        USELESS,
        "Three useless look-ups: a person decides, and the lane stops.",
        in_doubt("M38"),
        note="always",
    ),
    Row(
        "M39",
        LOOK_UP,
        NEITHER,
        End("pending", "", 0),
        LANE_STOPS,
        "The canary is not found: the look-up lies, nothing is entered.",
        everywhere("M39"),
        note="from the start",
        drained=REPORTED,
    ),
    Row(
        "M39",
        LOOK_UP,
        AFTER,
        REPORTED,
        ALL_WELL,
        "Nothing found after the completion screen: in doubt, and the next look-up, canary first, finds it.",
        after_entry("M39"),
        note="after entry",
    ),
    Row(
        "M39",
        IN_DOUBT,
        AFTER,
        held("lookup_untrusted", 1),
        USELESS,
        "The canary is not found, so absence is not believed, three times: a person decides, and the lane stops.",
        (
            Strike("M4"),
            Strike("M39", nth=(), at="before action canary", until="after action canary", reached=(2, 3, 4, 5, 6)),
        ),
        note="canary as well",
    ),
    Row(
        "M39b",
        IN_DOUBT,
        AFTER,
        held("absent", 1),
        A_PERSON,
        "The canary is found and new records are not (A1 broken): held as absent and never sent again.",
        in_doubt("M39b"),
    ),
    Row(
        "M39b",
        LOOK_UP,
        AFTER,
        REPORTED,
        ALL_WELL,
        "New records missing in the look-up owed: in doubt, and found after settle.",
        after_entry("M39b"),
        note="after entry",
    ),
    Row(
        "M40",
        LOOK_UP,
        AFTER,
        REPORTED,
        ALL_WELL,
        "The count says more than the rows show: unreadable, never absent; in doubt, and found after settle.",
        after_entry("M40", at=0.0),
        note="after entry",
    ),
    Row(
        "M40",
        IN_DOUBT,
        AFTER,
        held("lookup_failed", 1),
        USELESS,
        "A list cut short is no proof of absence: three times unreadable, a person decides.",
        in_doubt("M40", at=0.0),
    ),
    Row(
        "M40b",
        LOOK_UP,
        NEITHER,
        REPORTED,
        ALL_WELL,
        "All pages are read, however small.",
        (Strike("M41", nth=()), Strike("M40b", nth=())),
    ),
    Row(
        "M41",
        LOOK_UP,
        NEITHER,
        REPORTED,
        ALL_WELL,
        "A namesake has another 宛名番号 and no reference of ours: not under our key.",
        everywhere("M41"),
    ),
    Row(
        "M41",
        IN_DOUBT,
        AFTER,
        REPORTED,
        ALL_WELL,
        "The same while a doubt is settled: one record under our key, equal and ours.",
        in_doubt("M41"),
    ),
    Row(
        "M41",
        IN_DOUBT,
        Phase.BEFORE,
        held("absent", 0),
        A_PERSON,
        "A namesake's record never stands in for ours: twice absent, held.",
        in_doubt("M41", base="M4b"),
        note="absent",
    ),
)

CLOCK = (
    Row(
        "M45",
        FIRST,
        NEITHER,
        REPORTED,
        ALL_WELL,
        "Within the allowed skew the registration time says nothing against us.",
        (Strike("M45", {"minutes": (10.0, 5.0, -5.0)}, nth=()),),
    ),
    Row(
        "M45",
        FIRST,
        NEITHER,
        held("mismatch", 1),
        A_PERSON,
        "Half an hour slow, beyond the skew: the record seems older than the attempt, so a person looks; never sent again.",
        (
            Strike(
                "M45",
                {"minutes": (-30.0, -45.0)},
                nth=(),
                at="before action register",
                until="after action register",
                reached=(1,),
            ),
        ),
        note="beyond the skew",
    ),
    Row(
        "M45c",
        LOOK_UP,
        AFTER,
        held("mismatch", 1),
        A_PERSON,
        "The detail shows dates of an era that the agent does not know: they are not equal to what was sent.",
        (Strike("M45c", nth=(), at="after action register", until="after write hold_after_attempt", reached=(1,)),),
        cores=("sogo",),
    ),
    Row(
        "M45c",
        IN_DOUBT,
        AFTER,
        held("lookup_failed", 1),
        USELESS,
        "The list itself has a date that cannot be read: never taken for absence; three times, then a person decides.",
        (
            Strike("M45c", nth=(), at="after action register", until="after action stop_sender", reached=(1,)),
            Strike("M45c", nth=(), at=_DOUBT, until=_DOUBTED),
        ),
        cores=("nintei",),
    ),
    Row(
        "M45b",
        FIRST,
        NEITHER,
        REPORTED,
        ALL_WELL,
        "A day's change at the core moves no date that the agent types.",
        (Strike("M45b", nth=()),),
    ),
)

ROWS = (*STORED, *LOOKED, *CLOCK)
