"""The browser driver choosing files: from memory into the page, by the field's name, never half of them."""

from __future__ import annotations

import hashlib

import pytest

from bridge_agent.domain.application import Attachment
from bridge_agent.domain.errors import BusinessError
from bridge_agent.domain.plan import How, Mark, Sign
from bridge_agent.domain.reasons import Reason
from bridge_agent.drivers.browser.screen import BrowserScreen
from bridge_agent.steps.upload import UploadAct
from tests.e2e.browser_sessions import at, css
from tests.e2e.browser_site import Site
from tests.e2e.driver.small_pages import shown

pytestmark = pytest.mark.browser

CONTENTS = {"届出書.pdf": b"%PDF-1.4 one", "通帳の写し.jpg": b"\xff\xd8 two"}
FIELD = """<label for=f>添付書類</label><input type=file id=f name=papers {more}><p id=out></p>
<script>f.onchange = async () => {{
  const told = await Promise.all([...f.files].map(async (file) => `${{file.name}} ${{file.type}} ${{(await file.arrayBuffer()).byteLength}}`));
  out.textContent = `${{told.join(' / ')}} 計${{f.files.length}}件`;
}};</script>"""


class InMemory:
    def read(self, attachment: Attachment) -> bytes:
        if attachment.name not in CONTENTS:
            raise BusinessError(Reason.ATTACHMENT_LOST, attachment.name)
        return CONTENTS[attachment.name]


def papers(*names: str) -> list[Attachment]:
    return [Attachment(name, hashlib.sha256(CONTENTS.get(name, b"")).hexdigest(), 1) for name in names]


def opened(site: Site, screen: BrowserScreen, more: str = "multiple", path: str = "/t") -> None:
    screen.begin((), InMemory())
    shown(site, screen, FIELD.format(more=more), path)


@pytest.mark.parametrize("target", [at(How.LABEL, "添付書類"), at(How.NAME, "papers"), css("#f")])
def test_the_files_arrive_with_name_kind_and_content(site: Site, screen: BrowserScreen, target: object) -> None:
    opened(site, screen)
    done = Mark("uploaded", (Sign(css="#out", text="計2件"),))
    UploadAct(target, tuple(papers(*CONTENTS)), done).perform(screen)  # type: ignore[arg-type]
    assert screen.read([css("#out")]) == ("届出書.pdf application/pdf 12 / 通帳の写し.jpg image/jpeg 6 計2件",)


def test_a_field_for_one_takes_no_two(site: Site, screen: BrowserScreen) -> None:
    opened(site, screen, more="")
    with pytest.raises(BusinessError, match="1つしか"):
        screen.attach(css("#f"), papers(*CONTENTS))
    assert screen.read([css("#out")]) == ("",)


def test_one_that_cannot_be_had_stops_all(site: Site, screen: BrowserScreen) -> None:
    opened(site, screen)
    with pytest.raises(BusinessError) as held:
        screen.attach(css("#f"), papers("届出書.pdf", "無くなった.pdf"))
    assert held.value.reason is Reason.ATTACHMENT_LOST
    assert screen.read([css("#out")]) == ("",)


def test_without_papers_nothing_is_sent(site: Site, screen: BrowserScreen) -> None:
    screen.begin(())
    shown(site, screen, FIELD.format(more="multiple"))
    with pytest.raises(BusinessError) as held:
        screen.attach(css("#f"), papers("届出書.pdf"))
    assert held.value.reason is Reason.ATTACHMENT_LOST


@pytest.mark.parametrize("body", ["<p>なし</p>", "<input type=file name=papers><input type=file name=papers>"])
def test_a_field_that_is_not_there_once_stops_the_procedure(site: Site, screen: BrowserScreen, body: str) -> None:
    screen.begin((), InMemory())
    shown(site, screen, body)
    with pytest.raises(BusinessError) as held:
        screen.attach(at(How.NAME, "papers"), papers("届出書.pdf"))
    assert held.value.reason is Reason.SCREEN_CHANGED


def test_a_hidden_field_with_a_label_will_do(site: Site, screen: BrowserScreen) -> None:
    screen.begin((), InMemory())
    shown(
        site,
        screen,
        '<label>ファイルを選ぶ<input type=file id=f style="display:none" onchange="out.textContent=f.files.length"></label><p id=out></p>',
    )
    screen.attach(at(How.LABEL, "ファイルを選ぶ"), papers("届出書.pdf"))
    assert screen.read([css("#out")]) == ("1",)
