"""Trouble that tests can switch on, and what happens to applications right after their download."""

from __future__ import annotations

import csv
import io
import zipfile

import pytest

from .conftest import TOKEN, Desk


def test_controls_are_guarded(desk: Desk) -> None:
    for headers in ({}, {"X-Mock-Token": "wrong"}):
        assert desk.client.get("/_mock/states", headers=headers).status_code == 403
        assert desk.client.post("/_mock/trouble", json={"down": 1}, headers=headers).status_code == 403
    assert desk.client.get("/applications").status_code == 200


def test_states_hold_all(desk: Desk) -> None:
    states = desk.client.get("/_mock/states", headers={"X-Mock-Token": TOKEN}).get_json()
    assert set(states) == {each.receipt_no for each in desk.world.applications}
    assert {each["state"] for each in states.values()} == {"4"}


def test_down_for_the_next_requests(desk: Desk) -> None:
    assert desk.control(down=2).get_json() == {"ok": True}
    answers = [desk.client.get("/applications") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [503, 503, 200]
    assert "ただいまご利用になれません" in answers[0].text


def test_damaged_download_has_no_further_effect(desk: Desk) -> None:
    number = desk.application("withdrawn_later").receipt_no
    desk.control(zip_damaged=1)
    damaged = desk.download(number).data
    with pytest.raises(zipfile.BadZipFile):
        zipfile.ZipFile(io.BytesIO(damaged))
    assert desk.state(number)["state"] == "4"
    zipfile.ZipFile(io.BytesIO(desk.download(number).data)).close()
    assert desk.state(number)["state"] == "8"


def test_withdrawn_after_the_first_download(desk: Desk) -> None:
    number = desk.application("withdrawn_later").receipt_no
    desk.download(number)
    assert desk.state(number)["state_name"] == "取下げ"
    assert 'data-state="8"' in desk.page(f"/applications/{number}")


def test_revised_after_the_first_download_only(desk: Desk) -> None:
    number = desk.application("revised_later").receipt_no
    first, second, third = (_csv(desk.download(number).data, number) for _ in range(3))
    assert (first["版"], second["版"], third["版"]) == ("1", "2", "2")
    changed = {column for column in first if first[column] != second[column]}
    assert len(changed - {"版"}) == 1
    assert second == third
    assert desk.state(number)["state"] == "4"
    assert '<dd id="revision">2</dd>' in desk.page(f"/applications/{number}")


def test_revise_and_withdraw_on_order(desk: Desk) -> None:
    number = desk.application().receipt_no
    desk.control(revise=number)
    assert desk.state(number)["revision"] == 2
    desk.control(withdraw=number)
    assert desk.state(number)["state"] == "8"


@pytest.mark.parametrize("wanted", [{"nonsense": 1}, {"down": "x"}, {"withdraw": "999"}, {"revise": 3}])
def test_orders_that_make_no_sense(desk: Desk, wanted: dict[str, object]) -> None:
    assert desk.control(**wanted).status_code == 400


def _csv(content: bytes, number: str) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        text = archive.read(f"{number}/申請データ.csv").decode("cp932")
    header, line = csv.reader(io.StringIO(text, newline=""))
    return dict(zip(header, line, strict=True))
