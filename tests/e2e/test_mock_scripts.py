"""Faults that live in the pages' scripts, in a real browser: what a click does, and how many records come of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Frame, Page, sync_playwright

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
def browser(browser_path: Path) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


class Clerk:
    """Somebody with a browser before one core; `said` is what dialogs and script errors told."""

    button: str
    completed: str

    def __init__(self, page: Page, server: CoreServer) -> None:
        self.page = page
        self.server = server
        self.said: list[str] = []
        page.set_default_timeout(15_000)
        page.on("dialog", self._note)
        page.on("pageerror", lambda error: self.said.append(f"error: {error.message}"))

    def _note(self, dialog: object) -> None:
        self.said.append(f"{dialog.type}: {dialog.message}")  # type: ignore[attr-defined]
        dialog.accept()  # type: ignore[attr-defined]

    @property
    def inside(self) -> Page | Frame:
        return self.page

    def to_entry(self) -> None:
        raise NotImplementedError

    def to_confirm(self) -> None:
        self.to_entry()
        self.inside.evaluate(_FILL, self.values())
        self.inside.get_by_role("button", name="確認").click()
        self.inside.get_by_role("button", name=self.button).wait_for()

    def press(self) -> None:
        self.inside.get_by_role("button", name=self.button).click()

    def values(self) -> dict[str, str | list[str]]:
        raise NotImplementedError

    def sees(self, text: str) -> None:
        self.inside.get_by_text(text).first.wait_for()

    def commits(self) -> int:
        with closing(sqlite3.connect(self.server.database)) as connection:
            count: int = connection.execute("SELECT count(*) FROM commit_log").fetchone()[0]
        return count


class SogoClerk(Clerk):
    button = "登録する"
    completed = "登録が完了しました"

    def to_entry(self) -> None:
        self.page.goto(self.server.url)
        self.page.get_by_label("利用者ID").fill(USER)
        self.page.get_by_label("パスワード").fill(PASSWORD)
        self.page.get_by_role("button", name="ログイン").click()
        self.page.goto(f"{self.server.url}entry/ltci_burden_ratio_reissue?atena={HANA.atena_no}")

    def values(self) -> dict[str, str | list[str]]:
        return valid_values(SCREENS["ltci_burden_ratio_reissue"])


class NinteiClerk(Clerk):
    button = "登録"
    completed = "正常に登録されました"

    @property
    def inside(self) -> Page | Frame:
        frame = self.page.frame("frmMain")
        assert frame is not None
        return frame

    def to_entry(self) -> None:
        self.page.goto(self.server.url)
        self.page.locator("[name=userid]").fill(USER)
        self.page.locator("[name=password]").fill(PASSWORD)
        self.page.get_by_role("button", name="ログオン").click()
        self.page.frame_locator("[name=frmMenu]").get_by_text("認定申請入力").click()
        main = self.page.frame_locator("[name=frmMain]")
        main.locator("[name=TXT_0001]").fill(HANA.atena_no)
        main.get_by_role("button", name="検索").click()
        main.locator("[name=TXT_0012]").wait_for()

    def values(self) -> dict[str, str | list[str]]:
        return valid_values(SCREENS["ltci_certification"])


class WizardClerk(Clerk):
    """Dialect C: the page's script keeps what was entered, and its last page leads to the confirmation."""

    button = "登録する"
    completed = "登録しました。"
    procedure = "pregnancy_notification"

    def to_entry(self) -> None:
        self.page.goto(f"{self.server.url}app/login")
        self.page.get_by_label("利用者ID").fill(USER)
        self.page.get_by_label("パスワード").fill(PASSWORD)
        self.page.get_by_role("button", name="ログイン").click()
        self.page.locator("#menu").wait_for()
        with self.page.expect_response(lambda answer: "/api/defaults" in answer.url):
            self.page.goto(f"{self.server.url}app/entry/{self.procedure}?atena={HANA.atena_no}")

    def to_confirm(self) -> None:
        self.to_entry()
        self.page.evaluate(_KEEP, self.values())
        self.page.get_by_role("button", name="入力内容の確認へ").click()
        self.page.get_by_role("button", name=self.button).wait_for()

    def values(self) -> dict[str, str | list[str]]:
        return {name: value for name, value in valid_values(SCREENS[self.procedure]).items() if "tempu" not in name}


class JidoshaClerk(WizardClerk):
    completed = "受け付けました。"
    procedure = "vehicle_tax_address_change"


CLERKS = {"sogo": SogoClerk, "nintei": NinteiClerk, "wakaba": WizardClerk, "jidosha": JidoshaClerk}
ONLY_PAGES = pytest.mark.parametrize("clerk", ["sogo", "nintei"], indirect=True)
"""What cannot happen on a page that stays."""


@pytest.fixture(params=CLERKS)
def clerk(request: pytest.FixtureRequest, browser: Browser, tmp_path: Path) -> Iterator[Clerk]:
    settings = CoreSettings(request.param, {USER: PASSWORD}, TOKEN)
    server = CoreServer(settings, tmp_path / "core.sqlite", small_world())
    server.start()
    context = browser.new_context(locale="ja-JP", timezone_id="Asia/Tokyo", accept_downloads=True)
    try:
        yield CLERKS[request.param](context.new_page(), server)
    finally:
        context.close()
        server.stop()


def _until(page: Page, condition: Callable[[], bool]) -> None:
    for _ in range(300):
        if condition():
            return
        page.wait_for_timeout(50)
    raise AssertionError("nothing happened")


def test_one_click_makes_two_records(clerk: Clerk) -> None:
    clerk.server.plan.replace([{"fault": "M30", "when": {"nth": [1]}}])
    clerk.to_confirm()
    clerk.press()
    clerk.sees(clerk.completed)
    assert clerk.commits() == 2


def test_one_click_makes_one_record_and_shows_the_refusal_of_the_second_request(clerk: Clerk) -> None:
    clerk.server.plan.replace([{"fault": "M27", "when": {"nth": [1]}}])
    clerk.to_confirm()
    clerk.press()
    clerk.sees("トークンエラー")
    assert clerk.commits() == 1


def test_first_click_dies_and_the_second_registers(clerk: Clerk) -> None:
    clerk.server.plan.replace([{"fault": "M35"}])
    clerk.to_confirm()
    clerk.press()
    _until(clerk.page, lambda: any("kakunin" in text for text in clerk.said))
    assert clerk.commits() == 0
    clerk.press()
    clerk.sees(clerk.completed)
    assert clerk.commits() == 1


def test_registered_behind_a_screen_that_stays(clerk: Clerk) -> None:
    clerk.server.plan.replace([{"fault": "M35b"}])
    clerk.to_confirm()
    clerk.press()
    _until(clerk.page, lambda: any("kanryo" in text for text in clerk.said))
    assert clerk.commits() == 1
    assert clerk.inside.get_by_role("button", name=clerk.button).is_enabled()


@ONLY_PAGES
def test_asks_before_the_request_goes_out(clerk: Clerk) -> None:
    clerk.server.plan.replace([{"fault": "M18"}])
    clerk.to_confirm()
    clerk.press()
    clerk.sees(clerk.completed)
    assert [text for text in clerk.said if text.startswith("beforeunload")] == ["beforeunload: "]


def test_dialogs_window_and_printer_on_the_way(clerk: Clerk) -> None:
    clerk.server.plan.replace([{"fault": fault} for fault in ("M16", "M17b", "M19", "M21")])
    clerk.page.context.add_init_script("window.print=()=>{window.top.printed=(window.top.printed||0)+1}")
    with clerk.page.expect_popup() as opened:
        clerk.to_confirm()
    opened.value.get_by_text("システム点検").wait_for()
    clerk.press()
    clerk.sees(clerk.completed)
    _until(clerk.page, lambda: clerk.page.evaluate("window.top.printed") == 1)
    assert any(text.startswith("alert: サーバとの通信") for text in clerk.said)
    assert any(text.startswith("confirm: 受付票") for text in clerk.said)


@ONLY_PAGES
def test_a_file_comes_instead_of_the_completion(clerk: Clerk) -> None:
    clerk.server.plan.replace([{"fault": "M20"}])
    clerk.to_confirm()
    with clerk.page.expect_download() as started:
        clerk.press()
    assert started.value.suggested_filename == "uketsuke.pdf"
    assert clerk.commits() == 1


def test_a_host_that_cannot_be_found(clerk: Clerk) -> None:
    clerk.server.plan.replace([{"fault": "M7b"}])
    failures: list[str | None] = []
    clerk.page.on("requestfailed", lambda request: failures.append(request.failure))
    clerk.to_confirm()
    clerk.press()
    _until(clerk.page, lambda: "net::ERR_NAME_NOT_RESOLVED" in failures)
    assert clerk.commits() == 1


def test_faults_are_switched_by_keyboard_alone(clerk: Clerk) -> None:
    page = clerk.page
    page.goto(clerk.server.training_page)
    assert TOKEN not in page.url
    page.get_by_role("link", name="M26 を選ぶ").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="異常を有効にする").wait_for()
    page.locator("#add").wait_for()
    page.keyboard.press("Enter")  # the choice of when has the focus; Enter sends the form
    page.get_by_text("現在有効な異常（1件）").wait_for()
    assert [rule["code"] for rule in clerk.server.plan.report()] == ["M26"]
    page.get_by_role("button", name="すべて解除").focus()
    page.keyboard.press("Enter")
    page.get_by_text("ありません").wait_for()
    assert clerk.server.plan.report() == []
