"""How an application stands, from a CSV that the management system keeps in the drop folder; read anew at every question."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from bridge_agent.domain.application import SourceState, Standing
from bridge_agent.domain.errors import StopRunError
from bridge_agent.domain.folder_profile import FolderProfile, StateList
from bridge_agent.sources.archive import PackageDamaged
from bridge_agent.sources.package import Refused, decoded
from bridge_agent.sources.plain_csv import MAX_LINE

_MOST = 50 * 1024 * 1024
_RANK = {
    SourceState.WITHDRAWN: 4,
    SourceState.SENT_BACK: 3,
    SourceState.LINKED: 2,
    SourceState.UNKNOWN: 1,
    SourceState.APPROVED: 0,
}
"""Of several lines about one application the one counts that speaks most against entering it; then the latest revision."""


def standing_in(file: Path, shape: StateList, profile: FolderProfile, receipt_no: str) -> Standing | None:
    """None when the list does not speak of it. Raises OSError, and StopRunError for a list that cannot be trusted."""
    found: Standing | None = None
    try:
        if file.stat().st_size > _MOST:
            raise PackageDamaged("ファイルが大きすぎます")
        for told, standing in _lines(file, shape, profile):
            if told == receipt_no and (found is None or _weight(standing) >= _weight(found)):
                found = standing
    except (Refused, PackageDamaged, csv.Error) as error:
        why = error.note if isinstance(error, Refused) else error.why if isinstance(error, PackageDamaged) else "CSV"
        raise StopRunError(
            f"{profile.name}の「{shape.file}」を読めないため（{why}）、取下げを確かめられません。"
            "ファイルの文字コードと列を情報担当者に確かめてもらってください。"
        ) from None
    return found


def _weight(standing: Standing) -> tuple[int, int]:
    number = standing.revision or ""
    return _RANK[standing.state], int(number) if re.fullmatch("[0-9]{1,9}", number) else 0


def _lines(file: Path, shape: StateList, profile: FolderProfile) -> Iterator[tuple[str, Standing]]:
    with file.open("rb") as raw:
        reader = csv.reader(_texts(raw, shape), strict=True)
        header = next(reader, [])
        wanted = [name for name in (shape.receipt_no, shape.state, shape.revision, shape.core_number) if name]
        for name in wanted:
            if header.count(name) != 1:
                raise PackageDamaged(f"列「{name}」が1つではありません")
        places = {name: header.index(name) for name in wanted}
        for cells in reader:
            if not cells:
                continue
            if len(cells) != len(header):
                raise PackageDamaged("項目の数が見出しと違う行があります")
            state = profile.states.get(cells[places[shape.state]], SourceState.UNKNOWN) if shape.state else None
            yield (
                cells[places[shape.receipt_no]],
                Standing(
                    state or SourceState.WITHDRAWN,
                    cells[places[shape.revision]] if shape.revision else None,
                    cells[places[shape.core_number]] if shape.core_number else "",
                ),
            )


def _texts(raw: IO[bytes], shape: StateList) -> Iterator[str]:
    first = True
    while line := raw.readline(MAX_LINE + 1):
        if len(line) > MAX_LINE:
            raise PackageDamaged("行が長すぎます")
        yield decoded(line, shape.charset if first or shape.charset != "utf-8-sig" else "utf-8")
        first = False
