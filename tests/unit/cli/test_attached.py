"""What a clerk is told of the files that came with an application."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from sqlalchemy import text

from bridge_agent import wiring
from bridge_agent.cli.attached import shown_name, shown_size
from bridge_agent.domain.application import Application, Attachment
from bridge_agent.outputs.papers import PaperFiles
from tests.unit.cli.home_site import HomeSite
from tests.unit.pipeline.imitation import application

KEPT = "この端末に保管（基幹システムに送る分）"
NAME_ONLY = "名前だけ（中身は申請管理システムで開いてください）"
CONTENT = b"%PDF-1.4 attachment"


def named(name: str, size: int = 19) -> Attachment:
    return Attachment(name, hashlib.sha256(CONTENT).hexdigest(), size)


def comes(site: HomeSite, *attachments: Attachment, value: str = "良い") -> Application:
    """R001 comes with these; with the value 'bad' it is held."""
    made = application(1, value, attachments=attachments)
    site.town.source.applications["R001"] = made
    return made


def keep(site: HomeSite, made: Application, one: Attachment) -> None:
    sealer = wiring.site_sealer(site.settings, site.store)
    PaperFiles(site.settings.papers_folder, sealer).keep(made.key, one, CONTENT)


def section(site: HomeSite) -> list[str]:
    lines: list[str] = site.command("show", "R001").stdout.splitlines()
    return [line for line in lines if line.startswith(("添付", "　"))]


def test_show_names_every_file_with_its_size_and_whether_it_is_kept(site: HomeSite) -> None:
    kept = named("委任状.pdf")
    made = comes(site, kept, named("住民票の写し.jpg", 1_572_864), named("通帳.png", 2_560))
    keep(site, made, kept)
    site.night()
    assert section(site) == [
        "添付: 3 件（名前は申請者が付けたものです）",
        f"　委任状.pdf　19 バイト　{KEPT}",
        f"　住民票の写し.jpg　1.5 MB　{NAME_ONLY}",
        f"　通帳.png　2.5 KB　{NAME_ONLY}",
    ]


def test_show_says_nothing_of_files_where_none_came(site: HomeSite) -> None:
    site.night()
    shown = site.command("show", "R002")
    assert shown.exit_code == 0
    assert "添付" not in shown.stdout


def test_a_name_cannot_move_the_cursor_turn_the_text_or_dress_it(site: HomeSite) -> None:
    comes(site, named("a\x1b[2J\r\n\x9b.pdf"), named("gpj\u202e.exe"), named("[red]b[/red] :smile:"))
    site.night()
    assert section(site)[1:] == [
        f"　a□[2J□□□.pdf　19 バイト　{NAME_ONLY}",
        f"　gpj□.exe　19 バイト　{NAME_ONLY}",
        f"　[red]b[/red] :smile:　19 バイト　{NAME_ONLY}",
    ]


def test_half_a_character_can_be_printed() -> None:
    assert shown_name("c\ud800.pdf") == "c□.pdf"


def test_the_list_of_holds_counts_files_and_names_none(site: HomeSite) -> None:
    comes(site, named("委任状.pdf"), named("通帳.png"), value="bad")
    site.town.source.applications["R002"] = application(2, "bad")
    site.night()
    listed = site.command("hold", "list").stdout
    assert listed.count("添付") == 1
    assert "添付 2 件" in listed
    assert "委任状" not in listed
    told = json.loads(site.command("hold", "list", "--json").stdout)
    assert {one["receipt_no"]: one["attachments"] for one in told} == {"R001": 2, "R002": 0}


def test_names_of_files_reach_no_file_of_the_site(site: HomeSite, tmp_path: Path) -> None:
    comes(site, named("潮見の委任状.pdf"), value="bad")
    site.night()
    assert "潮見の委任状" in site.command("show", "R001").stdout
    site.command("hold", "list")
    written = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert written
    assert not [file for file in written if "潮見の委任状".encode() in file.read_bytes()]


def test_a_content_that_cannot_be_read_hides_nothing_else(site: HomeSite) -> None:
    comes(site, named("委任状.pdf"), value="bad")
    site.night()
    with site.books() as books, books.engine.begin() as connection:
        connection.execute(text("UPDATE item SET content = x'00' WHERE receipt_no = 'R001'"))
    told = site.command("show", "R001").stdout
    assert "添付: 申請の中身を読めません。bridge-agent ledger verify で台帳を確かめてください。" in told
    assert "取込 → 保留" in told
    assert "R001" in site.command("hold", "list").stdout


@pytest.mark.parametrize(
    ("size", "told"),
    [(0, "0 バイト"), (1_023, "1023 バイト"), (1_024, "1.0 KB"), (1_048_576, "1.0 MB"), (52_428_800, "50.0 MB")],
)
def test_sizes_are_told_in_the_units_of_a_file_manager(size: int, told: str) -> None:
    assert shown_size(size) == told
