"""The drop folder: one receipt number in several files of a night, and which of them counts."""

from __future__ import annotations

from pathlib import Path

from bridge_agent.domain.reasons import Reason
from tests.unit.sources.packages import NUMBER, SHAPE, columns, csv_bytes, folder, zipped
from tests.unit.sources.small_drop import OTHER, aged, collected, names, put, source


def test_of_two_revisions_the_higher_one_counts_whichever_file_is_newer(tmp_path: Path) -> None:
    aged(put(tmp_path, "new.zip", 版="10", 氏名="新"), 100)
    aged(put(tmp_path, "late.zip", 版="9", 氏名="旧"), 50)
    found = source(tmp_path)
    delivered = collected(found)[NUMBER]
    assert delivered.application is not None
    assert (delivered.listed.revision, delivered.application.columns["氏名"]) == ("10", "新")
    found.put_away([NUMBER])
    assert names(tmp_path / "done") == ["late.zip", "new.zip"]


def test_the_same_revision_with_two_contents_is_a_conflict(tmp_path: Path) -> None:
    put(tmp_path, "a.zip", 氏名="一")
    put(tmp_path, "b.zip", 氏名="二")
    assert collected(source(tmp_path))[NUMBER].refusal == Reason.RECEIPT_CONFLICT


def test_the_same_content_twice_is_one_application(tmp_path: Path) -> None:
    put(tmp_path, "a.zip")
    put(tmp_path, "b.zip")
    found = source(tmp_path)
    delivered = collected(found)
    assert [bool(one.application) for one in delivered.values()] == [True]
    found.put_away(delivered)
    assert names(tmp_path / "done") == ["a.zip", "b.zip"]


def test_one_changed_form_stops_its_procedure_in_every_file_of_the_night(tmp_path: Path) -> None:
    put(tmp_path, "a.zip")
    zipped(tmp_path / "b.zip", {**folder(OTHER), f"{OTHER}/申請データ.csv": csv_bytes({**columns(OTHER), "備考": ""})})
    found = source(tmp_path)
    delivered = collected(found)
    assert {one.refusal for one in delivered.values()} == {Reason.PACKAGE_COLUMN}
    assert all("「備考」が増えています" in one.note for one in delivered.values())
    assert ["「備考」" in told for told in found.remarks()] == [True]
    assert found.remarks()[0].startswith("手続「負担割合証の再交付」（K0020）の申請データの列が決まりと違います")


def test_a_file_that_is_refused_as_a_whole_for_its_columns_stops_its_procedure_in_the_ledger_too(
    tmp_path: Path,
) -> None:
    renamed = {"受付番" if name == "受付番号" else name: text for name, text in columns().items()}
    (tmp_path / "a.csv").write_bytes(csv_bytes(renamed))
    found = source(tmp_path)
    assert found.approved() == []
    note = "列「受付番号」がありません、列「受付番」が増えています。同じ手続のほかの申請も止めました"
    assert found.changed_forms() == {"K0020": note}


def test_without_a_column_for_the_revision_a_changed_content_is_another_revision(tmp_path: Path) -> None:
    shape = SHAPE.model_copy(
        update={"envelope": SHAPE.envelope.model_copy(update={"revision": ""}), "volatile": ("版",)}
    )
    revisions = []
    for name, changed in (("a", {}), ("b", {"版": "7"}), ("c", {"住所": "別の所"})):
        drop = tmp_path / name
        drop.mkdir()
        put(drop, **changed)
        revisions.append(source(drop, package=shape).approved()[0].revision)
    assert revisions[0] == revisions[1] != revisions[2]
