"""How the morning sheet names a procedure that was stopped because its form has changed."""

from __future__ import annotations

import pytest

from bridge_agent.sources.stopped import UNKNOWN, StoppedProcedures


@pytest.mark.parametrize(
    ("code", "name", "begins"),
    [
        ("K0020", "負担割合証の再交付", "手続「負担割合証の再交付」（K0020）の申請データ"),
        ("K0020", "", "手続 K0020 の申請データ"),
        ("K0020", "K0020", "手続 K0020 の申請データ"),  # a package that tells no name is listed under its code
        (
            UNKNOWN,
            "",
            "どの手続か分からない申請の申請データの列が決まりと違います（列「備考」がありません）。今回は、どの手続の",
        ),
    ],
)
def test_a_stopped_procedure_is_called_by_its_name_where_one_is_known(code: str, name: str, begins: str) -> None:
    stopped = StoppedProcedures()
    stopped.stop(code, "列「備考」がありません", name)
    (told,) = stopped.remarks()
    assert told.startswith(begins), told
