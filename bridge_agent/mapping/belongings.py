"""What has to come with an application beside its items: documents by their files' names, sums that add up."""

from __future__ import annotations

from collections.abc import Collection

from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.recipe import PaperText
from bridge_agent.mapping.items import Items
from bridge_agent.mapping.transforms.amounts import no_commas
from bridge_agent.mapping.transforms.unfit import Unfit


def check_papers(items: Items, waived: Collection[Reason]) -> None:
    """Notes documents that are not there, and originals that a person must have in hand first."""
    names = [attachment.name for attachment in items.application.attachments]
    for paper in items.recipe.papers:
        if not _asked_for(items, paper):
            continue
        came = any(word in name for name in names for word in paper.files or (paper.name,))
        if came and paper.original != "yes":
            continue
        reason = Reason.ATTACHMENT_MISSING if paper.original == "no" else Reason.PAPER_AWAITED
        if reason not in waived:
            items.problems.add(reason, paper.name)


def _asked_for(items: Items, paper: PaperText) -> bool:
    if not paper.rows:
        return items.holds(paper.when)
    return any(items.holds(paper.when, paper.rows, row) for row in range(1, items.row_counts[paper.rows] + 1))


def check_sums(items: Items) -> None:
    """Notes totals that differ from the rows they are of; an amount that is no number is noted by its own check."""
    for total in items.recipe.sums:
        rows = range(1, items.row_counts[total.rows] + 1)
        amounts = [items.item(total.of, total.rows, row) for row in rows]
        stated = items.item(total.equals)
        try:
            added = sum(int(no_commas(amount.text)) for amount in amounts if amount.text)
            same = added == int(no_commas(stated.text or "0"))
        except Unfit:
            continue
        if not same:
            items.problems.add(Reason.SUM_DIFFERS, stated.label)
