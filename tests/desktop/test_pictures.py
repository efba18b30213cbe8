"""Reference pictures are found in the mock client's own windows at every scaling, exactly once or not at all."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bridge_agent.domain.errors import BusinessError
from bridge_agent.domain.reasons import Reason
from bridge_agent.steps.places import Spot

np = pytest.importorskip("numpy")
cv2 = pytest.importorskip("cv2")

from bridge_agent.drivers.desktop.desk import Box, Window  # noqa: E402
from bridge_agent.drivers.desktop.pictures import Pictures  # noqa: E402

SCALINGS = (100, 125, 150)
LABELS = ("本人との関係", "申請者住所", "申請者氏名")


@dataclass
class Shown:
    """A desk that shows one picture."""

    grey: Any

    def picture(self, _: Box) -> Any:
        return self.grey


def drawn(scaling: int, labels: tuple[str, ...] = LABELS) -> Any:
    """Labels as a program draws them anew at a scaling: bigger letters, not a stretched picture."""
    from PIL import Image, ImageDraw, ImageFont

    def px(at_100: float) -> int:
        return round(at_100 * scaling / 100)

    font = ImageFont.truetype(_font(), px(13))
    image = Image.new("L", (px(700), px(60 + 40 * len(labels))), 212)
    pen = ImageDraw.Draw(image)
    for number, text in enumerate(labels):
        top = px(30 + 40 * number)
        pen.rectangle((px(18), top, px(130), top + px(24)), fill=200, outline=120)
        pen.text((px(24), top + px(3)), text, font=font, fill=10)
        pen.rectangle((px(136), top, px(500), top + px(24)), fill=255, outline=120)
    return np.asarray(image)


def _font() -> str:
    found = sorted(Path("/usr/share/fonts").rglob("NotoSansCJK-Regular.ttc"))
    if not found:
        pytest.skip("no Japanese font")
    return str(found[0])


WINDOW = Window(1, 1, "", "", Box(0, 0, 1, 1))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Each label's picture as taken at 100 % and at 150 %: nothing was taken at 125 %."""
    for scaling, suffix in ((100, ""), (150, "@150")):
        grey = drawn(scaling)
        for number, name in enumerate(LABELS):
            top, bottom, left, right = (n * scaling // 100 for n in (30 + 40 * number, 55 + 40 * number, 18, 131))
            _save(tmp_path / f"{name}{suffix}.png", grey[top:bottom, left:right])
    return tmp_path


def _save(file: Path, grey: Any) -> None:
    _, content = cv2.imencode(".png", grey)
    file.write_bytes(content.tobytes())


@pytest.mark.parametrize("scaling", SCALINGS)
@pytest.mark.parametrize("number", range(len(LABELS)))
def test_a_label_is_found_at_every_scaling_and_the_point_lies_in_its_field(
    folder: Path, scaling: int, number: int
) -> None:
    spot = Spot(LABELS[number], 200, 0)
    x, y = Pictures(folder, SCALINGS).find(Shown(drawn(scaling)), WINDOW, [spot])[spot]  # type: ignore[arg-type]
    middle = (30 + 40 * number + 12) * scaling / 100
    assert abs(y - middle) <= 4
    assert 136 * scaling / 100 < x < 500 * scaling / 100


@pytest.mark.parametrize("scaling", SCALINGS)
def test_a_label_that_stands_there_twice_or_not_at_all_is_refused(folder: Path, scaling: int) -> None:
    pictures = Pictures(folder, SCALINGS)
    twice = Shown(drawn(scaling, ("申請者住所", "備考", "申請者住所")))
    with pytest.raises(BusinessError, match="2つ以上") as raised:
        pictures.find(twice, WINDOW, [Spot("申請者住所", 0, 0)])  # type: ignore[arg-type]
    assert raised.value.reason is Reason.SCREEN_CHANGED
    with pytest.raises(BusinessError, match="2つ以上"):
        pictures.shows(twice, WINDOW, "申請者住所")  # type: ignore[arg-type]
    gone = Shown(drawn(scaling, ("備考", "電話番号")))
    assert not pictures.shows(gone, WINDOW, "申請者住所")  # type: ignore[arg-type]
    with pytest.raises(BusinessError, match="見つかりません"):
        pictures.find(gone, WINDOW, [Spot("申請者住所", 0, 0)])  # type: ignore[arg-type]


@pytest.mark.parametrize("number", range(len(LABELS)))
def test_a_stretched_picture_is_found_in_its_own_place_or_refused(folder: Path, number: int) -> None:
    for file in folder.glob("*@150.png"):
        file.unlink()
    spot = Spot(LABELS[number], 0, 0)
    found = {}
    with suppress(BusinessError):
        found = Pictures(folder, SCALINGS).find(Shown(drawn(150)), WINDOW, [spot])  # type: ignore[arg-type]
    assert all(abs(y - (30 + 40 * number + 12) * 1.5) <= 4 for _, y in found.values())


def test_a_picture_of_the_scaling_itself_goes_before_a_stretched_one(folder: Path) -> None:
    grey = drawn(150, ("電話番号", "備考"))
    _save(folder / "申請者住所@150.png", grey[105:143, 27:197])  # the author's picture for 150 % shows another label
    spot = Spot("申請者住所", 0, 0)
    _, y = Pictures(folder, SCALINGS).find(Shown(grey), WINDOW, [spot])[spot]  # type: ignore[arg-type]
    assert abs(y - 123) <= 2


def test_a_picture_that_nobody_took_is_named(folder: Path) -> None:
    with pytest.raises(BusinessError, match=r"無い\.png"):
        Pictures(folder, SCALINGS).shows(Shown(drawn(100)), WINDOW, "無い")  # type: ignore[arg-type]
