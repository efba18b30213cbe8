"""The management system's interface: the national one's steps, its own field names, and the trouble that can be ordered."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from mock_core_ui.management import package
from mock_core_ui.oss import create_oss, shares
from mock_core_ui.oss.vocabulary import OSS
from mock_core_ui.people import build_world
from tests.unit.mock_core_ui.management.conftest import TOKEN, Desk

APPROVED = "承認済(連携待ち)"


def token(client: FlaskClient) -> dict[str, str]:
    answer = client.post("/api/v1/login", json={"userId": "robot01", "password": "right"})
    return {"Authorization": f"Bearer {answer.get_json()['token']}"}


def listed(desk: Desk, **query: Any) -> TestResponse:
    return desk.client.get(
        "/api/v1/applications", query_string={"status": APPROVED} | query, headers=token(desk.client)
    )


def test_a_token_is_needed_and_ends_after_the_idle_time(desk: Desk) -> None:
    assert desk.client.get("/api/v1/applications").status_code == 401
    header = token(desk.client)
    assert desk.client.get("/api/v1/applications", headers=header).status_code == 200
    desk.clock.forward(minutes=31)
    assert desk.client.get("/api/v1/applications", headers=header).status_code == 401


def test_a_wrong_password_counts_towards_the_lock(desk: Desk) -> None:
    for _ in range(5):
        assert desk.client.post("/api/v1/login", json={"userId": "robot01", "password": "x"}).status_code == 401
    locked = desk.client.post("/api/v1/login", json={"userId": "robot01", "password": "right"})
    assert "ロック" in locked.get_json()["message"]


def test_pages_hold_what_the_total_says(desk: Desk) -> None:
    pages = [listed(desk, page=page, size=25).get_json() for page in (1, 2, 3, 4)]
    assert {page["totalCount"] for page in pages} == {60}
    assert [len(page["applications"]) for page in pages] == [25, 25, 10, 0]


def test_one_application_has_the_columns_of_its_csv_in_their_order(desk: Desk) -> None:
    number = desk.application().receipt_no
    told = desk.client.get(f"/api/v1/applications/{number}", headers=token(desk.client)).get_json()
    columns = {pair["name"]: pair["value"] for pair in told["items"]}
    assert columns["受付番号"] == number
    assert list(columns)[:8] == [
        "受付番号",
        "手続コード",
        "手続名",
        "様式版",
        "申請日時",
        "宛名番号",
        "署名検証結果",
        "版",
    ]
    assert package.CSV_NAME not in columns


def test_linked_with_the_cores_number_once_and_never_with_another(desk: Desk) -> None:
    header, number = token(desk.client), desk.application().receipt_no
    body = {"receiptNo": number, "status": "連携済", "coreNumber": "A-1"}
    assert [desk.client.post("/api/v1/processing-states", json=body, headers=header).status_code for _ in range(2)] == [
        200,
        200,
    ]
    again = desk.client.post("/api/v1/processing-states", json=body | {"coreNumber": "A-2"}, headers=header)
    assert again.status_code == 409
    assert desk.state(number)["core_number"] == "A-1"
    told = desk.client.get("/api/v1/processing-states", query_string={"receiptNo": number}, headers=header).get_json()
    assert [line["status"] for line in told["applications"]] == ["連携済"]


@pytest.mark.parametrize(
    ("kind", "status"), [("api_error", 500), ("api_busy", 429), ("api_expired", 401), ("down", 503)]
)
def test_ordered_trouble_strikes_once(desk: Desk, kind: str, status: int) -> None:
    header = token(desk.client)
    desk.control(**{kind: 1})
    codes = [desk.client.get("/api/v1/applications", headers=header).status_code for _ in range(2)]
    assert codes == [status, 200]


def test_an_answer_can_be_cut_and_a_total_be_wrong(desk: Desk) -> None:
    desk.control(api_total=1)
    assert listed(desk).get_json()["totalCount"] == 61
    header = token(desk.client)
    desk.control(api_cut=1)
    cut = desk.client.get("/api/v1/applications", headers=header)
    assert (cut.status_code, cut.get_json(silent=True)) == (200, None)


# ---- the vehicle system ----


VEHICLES = shares(build_world(1, 8, ("parking_space_certificate", "vehicle_tax_report"), True))[1]


@pytest.fixture
def oss(tmp_path: Any) -> FlaskClient:
    return create_oss(tmp_path / "oss.sqlite", VEHICLES, {"robot01": "right"}, TOKEN).test_client()


def test_the_vehicle_system_speaks_its_own_words(oss: FlaskClient) -> None:
    answer = oss.post("/oss/v2/login", json={"loginId": "robot01", "loginPassword": "right"})
    header = {"Authorization": f"Bearer {answer.get_json()['accessToken']}"}
    told = oss.get("/oss/v2/shinsei", query_string={"jokyo": "審査終了"}, headers=header).get_json()
    assert told["kensu"] == len(told["ichiran"]) == 8
    number = told["ichiran"][0]["tochakuBango"]
    one = oss.get(f"/oss/v2/shinsei/{number}", headers=header).get_json()
    assert [pair["mei"] for pair in one["komoku"]][:3] == ["到達番号", "手続種別", "手続種別名"]
    assert oss.get("/applications").status_code == 404


def test_the_vehicle_system_can_be_down_as_well(oss: FlaskClient) -> None:
    oss.post("/_mock/trouble", json={"down": 1}, headers={"X-Mock-Token": TOKEN})
    assert [oss.post("/oss/v2/login", json={}).status_code for _ in range(2)] == [503, 401]


def test_its_numbers_and_codes_are_its_own() -> None:
    assert len(VEHICLES.applications) == 8
    assert all(one.receipt_no.startswith("S26-0") for one in VEHICLES.applications)
    assert {one.procedure_code for one in VEHICLES.applications} == {"OS10", "OS21"}
    assert set(OSS.state.values()) & {APPROVED, "連携済"} == set()


def test_what_is_not_about_a_vehicle_stays_with_the_municipality() -> None:
    town = build_world(1, 8, ("parking_space_certificate", "child_allowance_status"), True)
    municipality, vehicles = shares(town)
    assert {one.procedure_code for one in municipality.applications} == {"J0010"}
    assert {one.procedure_code for one in vehicles.applications} == {"OS10"}
    assert len(municipality.applications) + len(vehicles.applications) == 8


def test_an_application_bears_the_forms_version_and_the_person_s_number(oss: FlaskClient) -> None:
    answer = oss.post("/oss/v2/login", json={"loginId": "robot01", "loginPassword": "right"})
    header = {"Authorization": f"Bearer {answer.get_json()['accessToken']}"}
    first = VEHICLES.applications[0]
    pairs = oss.get(f"/oss/v2/shinsei/{first.receipt_no}", headers=header).get_json()["komoku"]
    told = {pair["mei"]: pair["atai"] for pair in pairs}
    assert (told["様式版"], told["県税宛名番号"]) == ("2026-04", first.atena_no)
