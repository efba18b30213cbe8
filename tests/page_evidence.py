"""A failing browser test leaves a masked picture and an outline of each page it watched, in .test-artifacts/.

Both are made before the test's fixtures close the page. Neither holds what was typed: boxes cover every input and
table cell of the picture, and the outline says filled or empty, with all digits as 9.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Frame, Page

    Watched = Page | BrowserContext

ARTIFACTS = Path(__file__).resolve().parents[1] / ".test-artifacts"
COVERED = "input, textarea, select, td, dd, output, [contenteditable]"
PICTURE_LIMIT_MS = 5000
_WATCHED: pytest.StashKey[list[Watched]] = pytest.StashKey()

_OUTLINE = """() => {
  const lines = ['title: ' + document.title];
  const text = e => (e.innerText || '').replace(/\\s+/g, ' ').trim().slice(0, 80);
  const shown = e => e.getClientRects().length > 0;
  const chosen = 'h1,h2,h3,legend,label,th,button,a,input,select,textarea,[role=alert],[role=dialog],.error,.message';
  for (const e of document.querySelectorAll(chosen)) {
    const tag = e.tagName.toLowerCase();
    const hidden = shown(e) ? '' : ' (hidden)';
    if (['input', 'select', 'textarea'].includes(tag)) {
      const push = ['submit', 'button', 'reset'].includes(e.type);
      const state = push ? e.value : ['checkbox', 'radio'].includes(e.type) ? '' : e.value ? 'filled' : 'empty';
      lines.push(`${tag} ${e.type || ''} name=${e.name || ''} id=${e.id || ''} ${state}${hidden}`);
    } else if (text(e)) lines.push(`${tag}: ${text(e)}${hidden}`);
  }
  return lines.join('\\n');
}"""


@pytest.fixture
def watch_page(request: pytest.FixtureRequest) -> Callable[[Watched], None]:
    """Call it with a page, or with a context for all its pages."""
    watched = request.node.stash.setdefault(_WATCHED, [])

    def watch(page_or_context: Watched) -> None:
        watched.append(page_or_context)

    return watch


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    watched = item.stash.get(_WATCHED, [])
    if report.failed and report.when in ("setup", "call") and watched:
        folder = ARTIFACTS / re.sub(r"[^\w.\-]+", "_", item.nodeid)[-120:]
        said = keep(watched, folder)
        report.sections.append(("page evidence", said))
    return report


def keep(watched: list[Watched], folder: Path) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    pages: list[Page] = []
    for one in watched:
        pages += one.pages if hasattr(one, "pages") else [one]
    for number, page in enumerate(pages, start=1):
        try:
            _keep_page(page, folder / f"page-{number}")
        except Exception as error:  # the page is gone or hangs; its text may hold what was typed
            (folder / f"page-{number}.txt").write_text(f"not readable: {type(error).__name__}\n", encoding="utf-8")
    return f"{len(pages)} page(s) in {folder.relative_to(ARTIFACTS.parent)}"


def _keep_page(page: Page, stem: Path) -> None:
    outline = "\n\n".join(_outline(frame) for frame in page.frames)
    stem.with_suffix(".txt").write_text(re.sub(r"\d", "9", outline) + "\n", encoding="utf-8")
    masks = [frame.locator(COVERED) for frame in page.frames]
    page.screenshot(path=stem.with_suffix(".png"), mask=masks, timeout=PICTURE_LIMIT_MS, animations="disabled")


def _outline(frame: Frame) -> str:
    """Without the address's query, which may hold names."""
    return f"frame {frame.name!r} {urlsplit(frame.url).path}\n{frame.evaluate(_OUTLINE)}"
