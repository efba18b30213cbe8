"""Makes the pictures of the README from a real run in the made-up town: a filled core screen, the morning sheet."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from scripts.browsers import bring_browser
from scripts.environment import ROOT, go_on_in_environment

IMAGES = ROOT / "docs" / "images"


def main() -> int:
    go_on_in_environment()
    browser = bring_browser(Path(sys.executable), headless=True)
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bridge-pictures-", ignore_cleanup_errors=True) as folder:
        core_screens(Path(folder) / "core", browser)
        morning_sheet(Path(folder) / "night", browser)
    return 0


def core_screens(folder: Path, browser: Path) -> None:
    """One application entered by the agent; the same values then shown on the screen, before confirm."""
    from scripts.bench import handwritten
    from scripts.bench.competitors import Agent, Handwritten

    with Agent(folder / "agent", browser, 3, 5) as agent:
        commit = agent.enter().commit
    with Handwritten(folder / "screen", browser, 3, 5) as shown:
        shown.page.set_viewport_size({"width": 1180, "height": 900})
        handwritten.fill(shown.page, shown.base, commit.atena_no, commit.values)
        shown.page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0); }")
        shown.page.screenshot(path=IMAGES / "core-screen.png")


def morning_sheet(folder: Path, browser: Path) -> None:
    from playwright.sync_api import sync_playwright

    from tests.e2e.agent_town import AgentTown

    town = AgentTown(folder, seed=7, applications=44, browser=browser)
    try:
        town.run()
        (sheet,) = (town.home / "reports").glob("*.html")
        with sync_playwright() as playwright:
            launched = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
            page = launched.new_page(viewport={"width": 1180, "height": 1000}, locale="ja-JP")
            page.goto(sheet.as_uri())
            page.screenshot(path=IMAGES / "morning-sheet.png")
            launched.close()
    finally:
        town.close()


if __name__ == "__main__":
    sys.exit(main())
