"""A failing browser test leaves its pages behind: masked, and without what was typed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from tests import page_evidence

pytestmark = pytest.mark.browser

FORM = """data:text/html;charset=utf-8,<title>入力</title><h1>児童手当 12345</h1>
<label>氏名 <input name=shimei></label><label>区分 <select name=kubun><option>国民年金</select></label>
<iframe name=inner srcdoc="<button>登録する</button><input name=tel value=0312345678>"></iframe>"""


@pytest.fixture
def filled_page(browser_path: Path, watch_page: Callable[[Page], None]) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.goto(FORM)
        page.get_by_label("氏名").fill("汐見 花子")
        watch_page(page)
        yield page
        browser.close()


def test_pages_are_kept_without_typed_values(
    filled_page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_evidence, "ARTIFACTS", tmp_path / "artifacts")
    said = page_evidence.keep([filled_page], tmp_path / "artifacts" / "one")
    assert said.startswith("1 page")
    outline = (tmp_path / "artifacts/one/page-1.txt").read_text(encoding="utf-8")
    assert (tmp_path / "artifacts/one/page-1.png").read_bytes().startswith(b"\x89PNG")
    assert "児童手当 99999" in outline
    assert "name=shimei id= filled" in outline
    assert "button: 登録する" in outline
    assert "frame 'inner'" in outline
    for value in ("花子", "0312345678", "12345"):
        assert value not in outline


def test_a_closed_page_is_said_to_be_gone(filled_page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_evidence, "ARTIFACTS", tmp_path / "artifacts")
    filled_page.close()
    page_evidence.keep([filled_page], tmp_path / "artifacts" / "one")
    assert "not readable" in (tmp_path / "artifacts/one/page-1.txt").read_text(encoding="utf-8")
