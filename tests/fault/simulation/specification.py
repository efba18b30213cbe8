"""States, moves and columns of the balance as the specification has them.

Written out, not imported: the tables in the code are under test as well.
"""

from __future__ import annotations

STARTS = frozenset({"pending", "held", "in_doubt"})
MOVES = frozenset(
    """
    pending->claimed pending->held pending->closed pending->in_doubt
    claimed->pending claimed->armed claimed->held claimed->closed claimed->in_doubt
    armed->seen armed->in_doubt
    seen->registered seen->in_doubt seen->held
    in_doubt->registered in_doubt->pending in_doubt->held
    registered->reported registered->held reported->held
    held->pending held->in_doubt held->closed
    """.split()
)
ALL_MOVES = tuple(sorted(MOVES | {f"->{s}" for s in STARTS}))
OPEN = frozenset({"pending", "claimed", "armed", "seen", "in_doubt"})

COLUMNS = ("registered", "already_there", "held", "in_doubt", "withdrawn", "closed", "not_yet_entered")


def column(state: str | None, reason: str | None) -> str:
    match state, reason:
        case None, _:
            return "lost"
        case "held", "already_at_core":
            return "already_there"
        case "closed", "withdrawn":
            return "withdrawn"
        case (("held" | "closed" | "in_doubt" | "registered"), _):
            return str(state)
        case "reported", _:
            return "registered"
        case (("armed" | "seen"), _):
            return "in_doubt"
        case _:
            return "not_yet_entered"
