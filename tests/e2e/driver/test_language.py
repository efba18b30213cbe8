"""Pages that write days and figures as the browser's language and time zone say."""

from __future__ import annotations

import pytest

from bridge_agent.domain.comparison import equal
from bridge_agent.domain.plan import Comparison
from bridge_agent.drivers.browser.screen import BrowserScreen
from tests.e2e.browser_sessions import css
from tests.e2e.browser_site import Site
from tests.e2e.driver.small_pages import shown

pytestmark = pytest.mark.browser

PAGE = """<p id=language></p><p id=day></p><p id=figure></p><script>
document.querySelector('#language').textContent = navigator.language;
document.querySelector('#day').textContent = new Date(Date.UTC(2026, 10, 5, 16)).toLocaleDateString();
document.querySelector('#figure').textContent = (-1234567.5).toLocaleString();
</script>"""


def test_days_and_figures_are_written_as_in_japan_wherever_the_agent_runs(site: Site, screen: BrowserScreen) -> None:
    shown(site, screen, PAGE)
    language, day, figure = screen.read([css("#language"), css("#day"), css("#figure")])
    assert (language, day, figure) == ("ja-JP", "2026/11/6", "-1,234,567.5")
    assert day is not None
    assert equal("2026-11-06", day, Comparison.DATE)
