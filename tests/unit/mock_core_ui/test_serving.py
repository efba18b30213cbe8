"""All mock servers together: the line that says where they are, restart on the same data, a clean end."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest

from mock_core_ui.__main__ import _options, _parser, main
from mock_core_ui.core.catalogue import SCREENS, screens_of
from mock_core_ui.core.server import CoreServer
from mock_core_ui.core.site import CoreSettings
from mock_core_ui.serving import MockTown, Options
from tests.unit.mock_core_ui.core.samples import HANA, PASSWORD, TOKEN, USER, small_world, valid_values

SOGO = "ltci_burden_ratio_reissue"


def _log_in(client: httpx.Client, url: str, password: str) -> None:
    answer = client.post(f"{url}login", data={"userid": USER, "password": password})
    assert answer.headers["Location"] == "/menu"


def test_restart_keeps_data_and_ports(tmp_path: Path) -> None:
    first = MockTown(Options(tmp_path, seed=3, applications=5, password="pw"))
    first.start()
    before = first.report()
    first.stop()
    cores = before["cores"]
    assert isinstance(cores, dict)
    port = int(cores["sogo"]["url"].rstrip("/").rsplit(":")[-1])
    again = MockTown(Options(tmp_path, seed=99, password="pw", core_ports={"sogo": port}))
    again.start()
    try:
        assert again.cores["sogo"].url == cores["sogo"]["url"]
        with httpx.Client() as client:
            _log_in(client, again.cores["sogo"].url, "pw")
            assert "申請照会" in client.get(f"{again.cores['sogo'].url}records").text
    finally:
        again.stop()


def test_servers_stop_in_the_middle_of_faults(tmp_path: Path) -> None:
    """A held-back commit is not made once the server stops, and a held-back answer ends with it."""
    screen_values = {**valid_values(SCREENS[SOGO]), "atena": HANA.atena_no}
    for fault, commits in (("M2", 0), ("M3", 1)):
        server = CoreServer(CoreSettings("sogo", {USER: PASSWORD}, TOKEN), tmp_path / f"{fault}.sqlite", small_world())
        server.start()
        server.plan.replace([{"fault": fault, "seconds": 60}])
        with httpx.Client(timeout=30) as client:
            _log_in(client, server.url, PASSWORD)
            page = client.post(f"{server.url}confirm/{SOGO}", data=screen_values).text
            token = page.split('name="token" value="')[1].split('"')[0]
            failures: list[bool] = []
            thread = threading.Thread(target=_register, args=(client, server.url, token, failures))
            thread.start()
            while not server.plan.report()[0]["seen"]:
                threading.Event().wait(0.005)
            server.stop()
            thread.join(timeout=20)
        assert failures == [True]
        assert _commits(server) == commits


def _register(client: httpx.Client, url: str, token: str, failures: list[bool]) -> None:
    try:
        answer = client.post(f"{url}register/{SOGO}", data={"token": token})
        failures.append(answer.status_code >= 500)
    except httpx.HTTPError:
        failures.append(True)


def _commits(server: CoreServer) -> int:
    with closing(sqlite3.connect(server.database)) as connection:
        found: int = connection.execute("SELECT count(*) FROM commit_log").fetchone()[0]
    return found


def test_control_addresses_count_connections(tmp_path: Path) -> None:
    server = CoreServer(CoreSettings("nintei", {USER: PASSWORD}, TOKEN), tmp_path / "n.sqlite", small_world())
    server.start()
    try:
        with httpx.Client(headers={"X-Mock-Token": TOKEN}) as client:
            client.get(f"{server.url}nintei/main.do")
            report = client.get(f"{server.url}_mock/wire").json()
    finally:
        server.stop()
    assert (report["connections"], report["requests"], report["reused"]) == (1, 2, 1)


def test_all_connections_are_cut_on_demand(tmp_path: Path) -> None:
    server = CoreServer(CoreSettings("nintei", {USER: PASSWORD}, TOKEN), tmp_path / "n.sqlite", small_world())
    server.start()
    address = f"{server.url}nintei/main.do"
    try:
        with httpx.Client(headers={"X-Mock-Token": TOKEN}) as trainer, httpx.Client() as clerk:
            clerk.get(address)
            before = trainer.get(f"{server.url}_mock/wire").json()["connections"]
            assert httpx.post(f"{server.url}_mock/wire/drop-all").status_code == 403
            assert trainer.post(f"{server.url}_mock/wire/drop-all").json() == {"cut": True}
            assert clerk.get(address).status_code == 200
            after = trainer.get(f"{server.url}_mock/wire").json()["connections"]
            assert after - before == 2  # the one without the token, and the clerk's second
            assert trainer.post(f"{server.url}_mock/wire/refuse?seconds=60").json() == {"refused_for_seconds": 60.0}
            with pytest.raises(httpx.HTTPError):
                clerk.get(address)
            with pytest.raises(httpx.ConnectError):
                clerk.get(address)
    finally:
        server.stop()


def test_one_session_per_account(tmp_path: Path) -> None:
    for one, text in ((True, "別の端末でログイン"), (False, "業務メニュー")):
        folder = tmp_path / str(one)
        town = MockTown(Options(folder, applications=2, password="open sesame", one_session_per_account=one))
        town.start()
        try:
            url = town.cores["sogo"].url
            with httpx.Client() as first, httpx.Client() as second:
                _log_in(first, url, "open sesame")
                _log_in(second, url, "open sesame")
                assert "業務メニュー" in second.get(f"{url}menu").text
                assert text in first.get(f"{url}menu").text
        finally:
            town.stop()


def test_command_says_where_and_ends_with_its_starter(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "mock_core_ui",
        "serve",
        "--data",
        str(tmp_path / "町 data"),
        "--applications",
        "3",
    ]
    with subprocess.Popen(
        [*command, "--procedures", SOGO, "--plain", "--until-stdin-closes"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        assert process.stdout
        assert process.stdin
        assert process.stderr
        where = json.loads(process.stdout.readline())
        assert httpx.get(where["cores"]["sogo"]["url"]).status_code == 200
        assert httpx.get(where["management"]["url"], follow_redirects=True).status_code == 200
        assert Path(where["cores"]["nintei"]["database"]).exists()
        page = httpx.get(where["cores"]["nintei"]["training_page"])
        assert page.status_code == 303
        assert where["control_token"] not in page.headers["Location"]
        process.stdin.close()
        assert process.wait(timeout=20) == 0
        assert process.stdout.read() == ""
        assert process.stderr.read() == ""


def test_screens_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["screens"]) == 0
    assert "負担割合証再交付申請入力" in capsys.readouterr().out


def _served(folder: Path, **options: Any) -> MockTown:
    return MockTown(Options(folder, applications=2, password="pw", **options))


def test_desktop_core_is_there_when_it_is_needed_asked_for_or_was_there_before(tmp_path: Path) -> None:
    web = {"sogo", "nintei"}
    assert set(_served(tmp_path / "default").cores) == web
    assert set(_served(tmp_path / "web", procedures=(SOGO,)).cores) == web
    needed = _served(tmp_path / "needed", procedures=("ltci_insured_card_reissue",))
    assert set(needed.cores) == {*web, "hibari"}
    assert set(_served(tmp_path / "needed").cores) == {*web, "hibari"}
    assert set(_served(tmp_path / "asked", hibari=True).cores) == {*web, "hibari"}


@pytest.mark.parametrize(
    "options", [{"hibari": True}, {"procedures": ("ltci_care_plan_request", "ltci_burden_ratio_reissue")}]
)
def test_look_up_of_the_desktop_core_finds_the_training_record(tmp_path: Path, options: dict[str, Any]) -> None:
    town = _served(tmp_path, **options)
    town.start()
    try:
        report = town.report()["cores"]
        assert isinstance(report, dict)
        assert report["hibari"]["url"] == town.cores["hibari"].url
        api = f"{town.cores['hibari'].url}hibari/api/"
        login = {"user": report["hibari"]["user"], "password": report["hibari"]["password"]}
        headers = {"X-Session": httpx.post(f"{api}login", json=login).json()["session"]}
        asked = {"reference": "", "atena_no": "0099999901", "page": 1}
        found = httpx.post(f"{api}list", json=asked, headers=headers).json()
    finally:
        town.stop()
    assert (found["count"], found["rows"][0][0], found["rows"][0][3]) == (1, "HB-2026-000001", "研修　太郎")


@pytest.mark.parametrize(
    ("fault", "error"), [("M4", httpx.RemoteProtocolError), ("M9", httpx.RemoteProtocolError)], ids=["drop", "cut"]
)
def test_answer_of_the_desktop_core_is_lost_after_the_commit(
    tmp_path: Path, fault: str, error: type[httpx.HTTPError]
) -> None:
    screen = SCREENS["ltci_insured_card_reissue"]
    server = CoreServer(CoreSettings("hibari", {USER: PASSWORD}, TOKEN), tmp_path / "h.sqlite", small_world())
    server.start()
    try:
        server.plan.replace([{"fault": fault}])
        api = f"{server.url}hibari/api/"
        login = {"user": USER, "password": PASSWORD}
        headers = {"X-Session": httpx.post(f"{api}login", json=login).json()["session"], "Connection": "close"}
        entry = {"procedure": screen.procedure, "atena_no": HANA.atena_no, "values": valid_values(screen)}
        draft = httpx.post(f"{api}check", json=entry, headers=headers).json()["draft"]
        with pytest.raises(error):
            httpx.post(f"{api}register", json={"draft": draft}, headers=headers)
    finally:
        server.stop()
    assert _commits(server) == 1


ONE_PAGE = pytest.mark.parametrize(
    ("core", "procedure", "training"),
    [
        ("wakaba", "nursery_status", "NT-2026-000001"),
        ("jidosha", "parking_space_certificate", "JH-2026-000001"),
    ],
)


@ONE_PAGE
def test_one_page_core_is_there_with_its_training_record_when_it_is_needed(
    tmp_path: Path, core: str, procedure: str, training: str
) -> None:
    assert set(_served(tmp_path / "default").cores) == {"sogo", "nintei"}
    town = _served(tmp_path, procedures=(procedure,))
    assert set(town.cores) == {"sogo", "nintei", core}
    town.start()
    try:
        with httpx.Client(base_url=town.cores[core].url) as client:
            assert client.post("api/session", json={"user": "bridge01", "password": "pw"}).status_code == 200
            found = client.get("api/records?atena=0099999901").json()
    finally:
        town.stop()
    assert (found["total"], found["rows"][0][0], found["rows"][0][2]) == (1, training, "研修　太郎")
    assert core in _served(tmp_path).cores  # what is there already stays


@ONE_PAGE
@pytest.mark.parametrize("fault", ["M4", "M5", "M9"])
def test_answer_of_a_one_page_core_is_lost_after_the_commit(
    tmp_path: Path, core: str, procedure: str, training: str, fault: str
) -> None:
    screen = screens_of(core)[0]
    values = {name: value for name, value in valid_values(screen).items() if "tempu" not in name}
    server = CoreServer(CoreSettings(core, {USER: PASSWORD}, TOKEN), tmp_path / "c.sqlite", small_world())
    server.start()
    try:
        with httpx.Client(base_url=server.url) as client:
            client.post("api/session", json={"user": USER, "password": PASSWORD})
            asked = {"procedure": screen.procedure, "atena_no": HANA.atena_no, "values": values}
            token = client.post("api/check", json=asked).json()["token"]
            server.plan.replace([{"fault": fault}])
            with pytest.raises(httpx.TransportError):
                client.post("api/register", json={"token": token}, headers={"Connection": "close"})
    finally:
        server.stop()
    assert _commits(server) == 1


@pytest.mark.parametrize(
    ("given", "ports", "asked"),
    [
        (["--ports-from", "9100"], (9100, 9101, 9102, 9103, 9104, 9105), False),
        (["--ports-from", "9100", "--port-hibari", "9200"], (9100, 9101, 9102, 9200, 9104, 9105), True),
        (["--ports-from", "9100", "--port-wakaba", "9200"], (9100, 9101, 9102, 9103, 9200, 9105), False),
        (["--port-hibari", "9200"], (0, 0, 0, 9200, 0, 0), True),
        (["--hibari"], (0, 0, 0, 0, 0, 0), True),
    ],
)
def test_every_core_has_its_place_behind_the_management_system(
    given: list[str], ports: tuple[int, ...], asked: bool
) -> None:
    options = _options(_parser().parse_args(["serve", "--data", "x", *given]))
    cores = [options.core_ports[core] for core in ("sogo", "nintei", "hibari", "wakaba", "jidosha")]
    assert ((options.management_port, *cores), options.hibari) == (ports, asked)


def test_the_vehicle_system_is_there_when_it_is_asked_for(tmp_path: Path) -> None:
    town = MockTown(Options(tmp_path, applications=2, plain=True, password="pw", oss=True))
    town.start()
    try:
        place = town.report()["oss"]
        assert isinstance(place, dict)
        body = {"loginId": place["user"], "loginPassword": place["password"]}
        assert httpx.post(f"{place['url']}oss/v2/login", json=body).status_code == 200
    finally:
        town.stop()
    assert "oss" not in MockTown(Options(tmp_path, password="pw")).accounts
