"""The hazard itself, in a real browser: without protection one click on 登録 makes two records."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from mock_core_ui.core.catalogue import SCREENS
from mock_core_ui.core.server import CoreServer
from mock_core_ui.core.site import CoreSettings
from tests.unit.mock_core_ui.core.samples import HANA, PASSWORD, TOKEN, USER, small_world, valid_values

pytestmark = pytest.mark.browser

_FILL = """values => {
  for (const [name, value] of Object.entries(values)) {
    for (const e of document.getElementsByName(name)) {
      if (e.type === 'radio' || e.type === 'checkbox') e.checked = [value].flat().includes(e.value);
      else e.value = value;
    }
  }
}"""

_KEEP = """values => {
  Object.assign(entry.values, values);
  entry.at = entry.form.pages.length - 1;
  entry.redraw();
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    names = ("chromium-headless-shell", "chromium", "google-chrome", "msedge")
    found = next((path for name in names if (path := shutil.which(name))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture(params=["sogo", "nintei", "wakaba", "jidosha"])
def core(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[CoreServer]:
    settings = CoreSettings(request.param, {USER: PASSWORD}, TOKEN)
    server = CoreServer(settings, tmp_path / "core.sqlite", small_world())
    server.start()
    yield server
    server.stop()


def _register_at_sogo(page: Page, url: str) -> None:
    screen = SCREENS["ltci_burden_ratio_reissue"]
    page.goto(url)
    page.get_by_label("利用者ID").fill(USER)
    page.get_by_label("パスワード").fill(PASSWORD)
    page.get_by_role("button", name="ログイン").click()
    page.goto(f"{url}entry/{screen.procedure}?atena={HANA.atena_no}")
    page.evaluate(_FILL, valid_values(screen))
    page.get_by_role("button", name="確認").click()
    page.get_by_role("button", name="登録する").click()
    page.get_by_text("登録が完了しました").wait_for()


def _register_at_nintei(page: Page, url: str) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(url)
    page.locator("[name=userid]").fill(USER)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="ログオン").click()
    menu, main = page.frame_locator("[name=frmMenu]"), page.frame_locator("[name=frmMain]")
    menu.get_by_text("認定申請入力").click()
    main.locator("[name=TXT_0001]").fill(HANA.atena_no)
    main.get_by_role("button", name="検索").click()
    main.locator("[name=TXT_0012]").wait_for()
    frame = page.frame("frmMain")
    assert frame is not None
    frame.evaluate(_FILL, valid_values(SCREENS["ltci_certification"]))
    main.get_by_role("button", name="確認").click()
    main.get_by_role("button", name="登録").click()
    main.get_by_text("正常に登録されました").wait_for()


def _register_in_one_page(page: Page, url: str, procedure: str, completed: str) -> None:
    page.goto(f"{url}app/login")
    page.get_by_label("利用者ID").fill(USER)
    page.get_by_label("パスワード").fill(PASSWORD)
    page.get_by_role("button", name="ログイン").click()
    page.locator("#menu").wait_for()
    with page.expect_response(lambda answer: "/api/defaults" in answer.url):
        page.goto(f"{url}app/entry/{procedure}?atena={HANA.atena_no}")
    values = {name: value for name, value in valid_values(SCREENS[procedure]).items() if "tempu" not in name}
    page.evaluate(_KEEP, values)
    page.get_by_role("button", name="入力内容の確認へ").click()
    page.get_by_role("button", name="登録する").click()
    page.get_by_text(completed).wait_for()


_REGISTER: dict[str, Callable[[Page, str], None]] = {
    "sogo": _register_at_sogo,
    "nintei": _register_at_nintei,
    "wakaba": lambda page, url: _register_in_one_page(page, url, "pregnancy_notification", "登録しました。"),
    "jidosha": lambda page, url: _register_in_one_page(page, url, "vehicle_tax_address_change", "受け付けました。"),
}


def _commits(server: CoreServer) -> list[str]:
    with closing(sqlite3.connect(server.database)) as connection:
        return [request for (request,) in connection.execute("SELECT request_id FROM commit_log")]


def _plan(server: CoreServer, *rules: dict[str, object]) -> None:
    answer = httpx.post(f"{server.url}_mock/faults", json=list(rules), headers={"X-Mock-Token": TOKEN})
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize(
    ("fault", "commits"), [(None, 1), ("M4", 2), ("M5", 2)], ids=["no fault", "connection dropped", "connection reset"]
)
def test_one_click_without_protection(browser: Browser, core: CoreServer, fault: str | None, commits: int) -> None:
    """Chromium sends the POST of a re-used connection again, and shows an ordinary completion screen."""
    if fault:
        _plan(core, {"fault": fault, "when": {"nth": [1]}})
    context = browser.new_context(locale="ja-JP", timezone_id="Asia/Tokyo")
    try:
        page = context.new_page()
        posts: list[str] = []
        page.on("request", lambda request: posts.append(request.post_data or "") if request.method == "POST" else None)
        _REGISTER[core.site.settings.core](page, core.url)
    finally:
        context.close()
    assert len(_commits(core)) == commits
    assert len(set(_commits(core))) == commits
    seen = [body for body in posts if "ACTION=register" in body or body.startswith(("token=", '{"token":'))]
    assert len(seen) == 1
