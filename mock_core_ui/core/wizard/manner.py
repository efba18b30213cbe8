"""What tells the vendors of dialect C apart: how they log out, warn, complete and show a record."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Manner:
    """One vendor's ways. All of them are seen in real systems of this kind."""

    cookie: str
    reference_label: str
    """What the screen calls the field that can hold a number of ours; it is shown in the list, never searched by."""
    duplicate_days: int
    """An earlier record this near brings the warning; 0: the core takes it without a word."""
    shows_receipt: bool
    """Whether the completion screen tells the number; else only the list does."""
    log_in_over: bool
    """Whether a lost session is told in a box over the page that logs in and sends the last request again by itself."""
    late_dialog: bool
    """Whether the confirm screen asks once more, a moment after it was drawn, where addresses were typed."""
    days_by_the_browser: bool
    """Whether the person's day of birth is written by the page, in the browser's own language, instead of by the server."""


MANNERS: dict[str, Manner] = {
    "wakaba": Manner(
        cookie="WAKABASESSION",
        reference_label="備考",
        duplicate_days=45,
        shows_receipt=True,
        log_in_over=False,
        late_dialog=True,
        days_by_the_browser=False,
    ),
    "jidosha": Manner(
        cookie="JIDOSHASESSION",
        reference_label="連携メモ",
        duplicate_days=0,
        shows_receipt=False,
        log_in_over=True,
        late_dialog=False,
        days_by_the_browser=True,
    ),
}
"""Core id -> its vendor's manner."""
