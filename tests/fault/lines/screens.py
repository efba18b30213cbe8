"""M16-M35: dialogs and windows, what the core says, the form and its pace."""

from __future__ import annotations

from tests.fault.row import (
    A_PERSON,
    ALL_WELL,
    LANE_STOPS,
    PROCEDURE_STOPS,
    REPORTED,
    Driver,
    End,
    Moment,
    Phase,
    Row,
    Strike,
    absent,
    found,
    held,
)

PAGE, BEFORE, AFTER = Moment.PAGE, Phase.BEFORE, Phase.AFTER
_UNKNOWN = "A dialog that no recipe lists is dismissed before arming: held, nothing sent, and the procedure waits."
_ODD = "An unknown dialog after arming goes to a person even when the record is found equal."
_CLOSED = "the screen says maintenance"


def odd(code: str) -> Row:
    return Row(code, Moment.FIRST_TRY, AFTER, held("odd_answer", 1), A_PERSON, _ODD)


def page(code: str, reason: str, why: str) -> Row:
    return Row(code, PAGE, BEFORE, held(reason, 0), PROCEDURE_STOPS, why)


WINDOWS = (
    page("M16", "dialog_unknown", _UNKNOWN),
    odd("M16b"),
    page("M17", "dialog_unknown", _UNKNOWN),
    odd("M17b"),
    absent(
        "M18",
        "'Leave this page?' at the register press is answered with no, so nothing leaves: in doubt all the same, twice "
        "absent, held; the press is never repeated.",
        driver=Driver.BROWSER,
    ),
    found(
        "M18b",
        "'Leave this page?' on the completion screen stands in the way of the agent's own going on only: accepted.",
        driver=Driver.BROWSER,
    ),
    page("M19", "screen_changed", "A window nobody asked for before arming: the screens are not the recipe's, stop."),
    found("M19b", "A window beside the completion spoils the answer: in doubt, and the look-up finds the record."),
    found("M20", "A file instead of the completion screen: in doubt, and the look-up finds the record."),
    page("M20b", "screen_changed", "A file instead of the confirm screen: not the recipe's screen, nothing armed."),
    found("M21", "The printer's dialog is taken away from pages: the completion screen is seen and looked up."),
    Row(
        "M21b", PAGE, BEFORE, REPORTED, ALL_WELL, "The printer's dialog is taken away from pages: nothing is disturbed."
    ),
)

SAID = (
    Row(
        "M22",
        PAGE,
        BEFORE,
        held("duplicate_warning", 0),
        A_PERSON,
        "The agent never overrides a duplicate warning; others of the procedure go on.",
    ),
    absent("M22b", "A refusal the recipe does not list is a doubt: twice absent, held as absent."),
    absent("M23", "The form again with an error after the press: unlisted, so a doubt; twice absent, held."),
    found(
        "M24", "The number or person of somebody else: proofs differ, so not our completion; the look-up finds ours."
    ),
    absent("M24b", "Somebody else's completion and no commit: proofs differ; twice absent, held."),
    absent("M25", "A completion screen is only a hint: the look-up owed finds nothing, in doubt, again nothing, held."),
    found("M26", "An error text after the commit is only a hint; the look-up finds the record."),
    found("M26b", "The form again with an error after the commit; the look-up finds the record.", cores=("sogo",)),
    Row(
        "M26b",
        Moment.FIRST_TRY,
        AFTER,
        held("odd_answer", 1),
        A_PERSON,
        "This core tells its error in an alert that no recipe lists: after arming that goes to a person, even when found.",
        note="in an alert",
        cores=("nintei",),
    ),
    found(
        "M27",
        "The fuse lets the first request pass and stops the second, so the core's refusal of it never comes; found.",
        driver=Driver.BROWSER,
    ),
    absent("M27b", "A token error the recipe does not list, nothing registered: twice absent, held."),
    absent("M28", "'Updated by another user', nothing registered: twice absent, held."),
    found("M28b", "The same text after the commit; the look-up finds the record."),
)

FORM = (
    Row(
        "M29",
        PAGE,
        Phase.NEITHER,
        REPORTED,
        ALL_WELL,
        "Slow within the time limits is no fault: everything is waited for, nothing is pressed twice.",
        (Strike("M29", {"usual": (0.004, 0.008), "factor": 10.0, "jitter": (0.3, 0.9)}, nth=()),),
    ),
    Row(
        "M30",
        Moment.FIRST_TRY,
        AFTER,
        REPORTED,
        ALL_WELL,
        "The page's script sends twice and the core would take both: the fuse lets one pass, so there is one record.",
        driver=Driver.BROWSER,
    ),
    Row(
        "M31",
        PAGE,
        BEFORE,
        held("mismatch", 1),
        A_PERSON,
        "A field cut on the confirm screen that the recipe does not check there: the look-up's compare list shows it.",
        given={"keep": (1.0, 2.0, 3.0)},
    ),
    Row(
        "M31c",
        Moment.FIRST_TRY,
        AFTER,
        held("mismatch", 1),
        A_PERSON,
        "Cut in the core's table only: the completion screen cannot tell, the look-up's compare list does.",
        given={"keep": (1.0, 2.0, 3.0)},
    ),
    Row(
        "M32",
        PAGE,
        BEFORE,
        REPORTED,
        ALL_WELL,
        "The code of the option is what is entered and what the core stores; the look-up compares what it shows.",
    ),
    Row("M32b", PAGE, BEFORE, REPORTED, ALL_WELL, "Options are chosen by code, never by place."),
    Row(
        "M31b",
        PAGE,
        BEFORE,
        held("mismatch", 1),
        A_PERSON,
        "A field in another width on the confirm screen, which the recipe does not check there: the look-up shows a "
        "difference that no equivalence allows.",
    ),
    Row(
        "M31d",
        Moment.FIRST_TRY,
        AFTER,
        held("mismatch", 1),
        A_PERSON,
        "Another width in the core's table only: the look-up's compare list shows it, and a person decides.",
    ),
    Row(
        "M33b",
        PAGE,
        BEFORE,
        held("refused_by_screen", 0),
        A_PERSON,
        "A new mandatory field stays empty and the core refuses the form before the register press: nothing was sent.",
    ),
    Row("M33", PAGE, BEFORE, REPORTED, ALL_WELL, "Fields are found by name and label, never by place."),
    Row(
        "M34",
        Moment.LOG_IN,
        Phase.NEITHER,
        End("pending", "", 0),
        LANE_STOPS,
        f"Instead of the log-in {_CLOSED}: the lane ends before anything is claimed.",
        (Strike("M34", nth=()),),
        drained=REPORTED,
    ),
    Row(
        "M34",
        Moment.IN_DOUBT,
        AFTER,
        End("in_doubt"),
        LANE_STOPS,
        f"After a doubt {_CLOSED}: the lane ends, the doubt is durable and is found when the core is back.",
        (Strike("M5"), Strike("M34", nth=(), at="after action stop_sender")),
        drained=REPORTED,
    ),
    absent("M34b", f"Instead of registering {_CLOSED}: in doubt, twice absent, held."),
    found("M34c", f"After the commit {_CLOSED}; the look-up over a new log-in finds the record."),
    absent(
        "M35",
        "The click died in a script and the button stays usable: it is never pressed again; twice absent, held.",
        driver=Driver.BROWSER,
    ),
    found(
        "M35b",
        "Registered behind the scenes and the button stays usable: it is never pressed again; the look-up finds it.",
        driver=Driver.BROWSER,
    ),
)

ROWS = (*WINDOWS, *SAID, *FORM)
