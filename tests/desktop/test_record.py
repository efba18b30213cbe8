"""`recipe record --desktop`: what an author marks in the recorder is what the hand-written recipe says of the same window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.desktop.driver import MENU, REISSUE, Clerk, Core
from tests.desktop.recorder import ANCHOR_NAME, RECORDER, ROOT, THROW_AWAY, Author
from tests.desktop.x11 import Display, until

RECIPE = ROOT / "recipes/hibari/ltci_insured_card_reissue/recipe.yaml"
PAGES = ["ctrl+0", "ctrl+1", "ctrl+2", "ctrl+3", "ctrl+4"]
HEADER = ["atena_no", "insured_name", "insured_birth", "receipt_no"]
APPLICATION = [
    *(f"application_date.{part}" for part in ("era", "year", "month", "day")),
    "",  # 受付方法: no item of the application
    *("applicant_kind", "applicant_name", "applicant_rel", "applicant_address"),
    *(f"applicant_tel.{part}" for part in ("area", "city", "number")),
]
INSURED = [
    *("insured_no", "insured_kana", "insured_name"),
    *(f"insured_birth.{part}" for part in ("era", "year", "month", "day")),
    *("insured_sex", "insured_mynumber", "insured_postal.first", "insured_postal.last"),
    *("insured_address", "insured_katagaki"),
    *(f"insured_tel.{part}" for part in ("area", "city", "number")),
]
CARDS = ["cards", ""] * 5
REISSUED = ["reason", "reason_text", "ins_name", "delivery"]
HEADING = (26, 53, 163, 75)
"""被保険者証再交付入力, the window's heading, in the recorder's window."""
HEADER_FIELD = (26, 80, 163, 102)
"""宛名番号 with its value, below the heading."""

Record = Callable[..., Author]


@pytest.fixture
def record(display: Display, tmp_path: Path) -> Iterator[Record]:
    """Starts the recorder; by default for the window of 被保険者証再交付入力 and all its pages."""
    authors: list[Author] = []

    def begin(window: str = REISSUE, pages: list[str] = PAGES, *more: str) -> Author:
        authors.append(Author(display, tmp_path / "out", window, pages, *more))
        return authors[-1]

    yield begin
    for author in authors:
        author.close()


def targets(fields: list[dict[str, Any]]) -> list[tuple[str, str, str, str]]:
    """Item, part, place and control of each field that takes an item, in the order of the file."""
    found = []
    for field in fields:
        if "from" in field:
            parts = field.get("parts", {"": field})
            found += [(field["from"], name, p["to"]["tab"], p.get("control", "text")) for name, p in parts.items()]
    return found


def step(steps: list[dict[str, Any]], word: str) -> Any:
    [found] = [step[word] for step in steps if word in step]
    return found


def places_in_window(display: Display, title: str, picture: Path) -> list[tuple[int, int]]:
    """Middles of the places where the window shows this picture, as the driver looks for it."""
    import numpy as np
    from PIL import Image, ImageGrab

    from bridge_agent.drivers.desktop.pictures import places_of

    x, y, width, height = display.area_of(title)
    shown = ImageGrab.grab((x, y, x + width, y + height), xdisplay=display.name).convert("L")
    return places_of(np.asarray(shown), np.asarray(Image.open(picture)))


def test_what_an_author_marks_is_what_the_recipe_says(
    clerk: Clerk, display: Display, core: Core, record: Record, tmp_path: Path
) -> None:
    clerk.open(REISSUE)
    before = core.commits()
    author = record()
    author.wait_window()
    for item in HEADER:
        display.key("alt+3" if item != "receipt_no" else "alt+1")
        author.name(item)
    author.name(*APPLICATION, *INSURED, *CARDS, *REISSUED)
    author.draw(*HEADER_FIELD)  # refused: it would show a resident's number
    author.draw(*HEADING)
    display.wait_active(ANCHOR_NAME)
    display.pasted("見出し")
    display.key("Return")
    display.wait_active(RECORDER)
    display.key("F2", "Escape")
    code, said, complained = author.wait_ended()
    assert (code, complained) == (0, "")
    assert said.splitlines()[-1] == f"{tmp_path / 'out' / 'targets.yaml'} に書きました。"

    written = yaml.safe_load((tmp_path / "out" / "targets.yaml").read_text(encoding="utf-8"))
    recipe = yaml.safe_load(RECIPE.read_text(encoding="utf-8"))["steps"]
    assert targets(step(written, "fill")) == targets(step(recipe, "fill"))
    assert targets(step(written, "resident")) == targets(step(recipe, "resident"))
    assert step(written, "expect") == {"shows": [{"title": REISSUE}, {"image": "見出し"}]}
    remarks = (tmp_path / "out" / "targets.yaml").read_text(encoding="utf-8")
    unnamed = ["ctrl+1|5/12", *(f"ctrl+3|{number}/10" for number in (2, 4, 6, 8, 10))]
    assert [line.strip("# ") for line in remarks.splitlines() if line.startswith("    # ctrl+")] == unnamed

    display.activate(REISSUE)
    display.wait_active(REISSUE)
    [middle] = places_in_window(display, REISSUE, tmp_path / "out" / "pictures" / "見出し.png")
    assert middle == pytest.approx((76, 17), abs=4)
    clerk.key("Escape")  # with anything entered it would ask
    display.wait_active(MENU)
    assert core.commits() == before


def test_the_author_corrects_undoes_and_throws_away(
    clerk: Clerk, display: Display, record: Record, tmp_path: Path
) -> None:
    clerk.open(REISSUE)
    author = record(REISSUE, ["ctrl+4"])
    author.wait_window()
    author.name("reason", "reason_text")
    display.key("Up", "ctrl+a")
    author.name("ins_name")
    display.key("ctrl+z")  # what was there before is back
    display.key("F4", "Up", "Left", "shift+Right", "Return")  # round the window's heading
    display.wait_active(ANCHOR_NAME)
    display.type("by_keys")
    display.key("Return")
    display.wait_active(RECORDER)
    display.key("F2")
    until("it is written", (tmp_path / "out" / "targets.yaml").exists)
    author.draw(100, 180, 300, 230)  # across fields: refused, no name is asked for
    display.key("ctrl+z", "Escape")
    display.wait_active(THROW_AWAY)
    display.key("n")
    display.wait_active(RECORDER)
    display.key("Escape")
    display.wait_active(THROW_AWAY)
    display.key("y")
    assert author.wait_ended()[0] == 0
    written = yaml.safe_load((tmp_path / "out" / "targets.yaml").read_text(encoding="utf-8"))
    assert targets(step(written, "fill")) == [
        ("reason", "", "ctrl+4|1/4", "select"),
        ("reason_text", "", "ctrl+4|2/4", "text"),
    ]
    assert step(written, "expect")["shows"] == [{"title": REISSUE}, {"image": "by_keys"}]
    assert [file.name for file in (tmp_path / "out").iterdir() if file.is_file()] == ["targets.yaml"]


@pytest.mark.parametrize(
    ("window", "pages", "sentence"),
    [
        ("ありません*", PAGES, "題名が「ありません*」の画面がありません。"),
        ("ひばり介護保険*", PAGES, "題名が「ひばり介護保険*」の画面が2つ以上あります。"),
        (REISSUE, ["f12"], "--page に「f12」は使えません。"),
    ],
)
def test_what_cannot_be_recorded_is_told_in_one_sentence(
    clerk: Clerk, record: Record, tmp_path: Path, window: str, pages: list[str], sentence: str
) -> None:
    clerk.open(REISSUE)
    code, said, complained = record(window, pages).wait_ended()
    assert (code, said) == (2, "")
    assert complained.startswith(sentence)
    assert not (tmp_path / "out").exists()


def test_a_window_that_comes_in_front_stops_the_walk(clerk: Clerk, display: Display, record: Record) -> None:
    clerk.open(REISSUE)
    author = record()
    assert author.next_line().startswith("1ページ目")
    display.activate(MENU)
    code, _, complained = author.wait_ended()
    assert code == 2
    assert complained.startswith("別の画面が前に出たため、止めました。")
