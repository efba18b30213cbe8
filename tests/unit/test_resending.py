"""`after_quiescence` is refused unless the core's record lies beside its profile and permits it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bridge_agent import wiring
from bridge_agent.domain.charsets import Charset
from bridge_agent.domain.conformance import ConformanceRecord, Outcome, Subject
from bridge_agent.domain.core_profile import CoreProfile, OnAbsent
from bridge_agent.domain.errors import ConfigError
from bridge_agent.drivers.browser.find import BrowserChoice, installed_version
from bridge_agent.mapping.conformance_files import load_record, record_file, save_record
from bridge_agent.settings import Settings, load_settings
from tests.unit.domain.test_conformance import PROFILE, SEALER, finding, record

DECLARED = PROFILE.model_copy(update={"resubmit_on_absent": OnAbsent.AFTER_QUIESCENCE})


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """With a browser that only tells its version."""
    (tmp_path / "recipes" / "site").mkdir(parents=True)
    browser = tmp_path / "bin" / "chromium"
    browser.parent.mkdir()
    browser.write_text("#!/bin/sh\necho 'Chromium 156.0.7.8 built on Debian'\n", encoding="utf-8")
    browser.chmod(0o755)
    config = tmp_path / "bridge.toml"
    config.write_text(
        f"""[source]
profile = "minamo"
address = "http://127.0.0.1:1"
user = "u"
[cores]
[browser]
path = "{browser.as_posix()}"
""",
        encoding="utf-8",
    )
    return load_settings(config)


def refused(settings: Settings, core: CoreProfile = DECLARED) -> str:
    with pytest.raises(ConfigError) as refusal:
        wiring.refuse_resending(settings, [core], SEALER)
    return refusal.value.message


def keep(settings: Settings, made: ConformanceRecord) -> Path:
    file = record_file(settings.site.recipes, "site")
    save_record(file, made)
    return file


pytestmark = pytest.mark.skipif("sys.platform == 'win32'", reason="the stand-in for the browser is a shell script")


def test_never_needs_no_record(settings: Settings) -> None:
    wiring.refuse_resending(settings, [PROFILE], SEALER)


def test_a_good_record_permits_it(settings: Settings) -> None:
    keep(settings, record())
    wiring.refuse_resending(settings, [DECLARED], SEALER)


def test_without_a_record(settings: Settings) -> None:
    sentence = refused(settings)
    assert "記録がありません" in sentence
    assert "bridge-agent core test site" in sentence


def test_with_a_failed_line(settings: Settings) -> None:
    keep(settings, record(finding(Subject.CANARY, Outcome.FAILED)))
    assert "確認用の記録" in refused(settings)


def test_with_an_edited_record(settings: Settings) -> None:
    file = keep(settings, record(finding(Subject.FUSE, Outcome.FAILED)))
    text = file.read_text(encoding="utf-8")
    assert '"failed"' in text
    file.write_text(text.replace('"failed"', '"passed"'), encoding="utf-8")
    assert "署名" in refused(settings)


def test_with_a_changed_profile(settings: Settings) -> None:
    keep(settings, record())
    assert "core.yaml" in refused(settings, DECLARED.model_copy(update={"charset": Charset.UTF_8}))


def test_with_a_newer_browser(settings: Settings) -> None:
    keep(settings, record())
    browser = Path(settings.browser.path)
    browser.write_text(browser.read_text(encoding="utf-8").replace("156.", "157."), encoding="utf-8")
    assert "ブラウザ" in refused(settings)


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfe", b'{"format": 1, "more": true}'])
def test_with_a_file_that_is_no_record(settings: Settings, content: bytes) -> None:
    record_file(settings.site.recipes, "site").write_bytes(content)
    assert "壊れています" in refused(settings)


def test_a_browser_that_tells_no_version(tmp_path: Path) -> None:
    silent = tmp_path / "chromium"
    silent.write_text("#!/bin/sh\n", encoding="utf-8")
    silent.chmod(0o755)
    assert installed_version(BrowserChoice(silent, "chromium")) == ""
    assert installed_version(BrowserChoice(tmp_path / "nothing", "chromium")) == ""


def test_saving_leaves_no_half_file(tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    save_record(file, record())
    assert [found.name for found in tmp_path.iterdir()] == ["x.json"]
    assert load_record(tmp_path, "nothing") is None


def test_a_record_that_cannot_be_written_names_the_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"適合試験の記録 .*x\.json に書き込めません。.*no がありません"):
        save_record(tmp_path / "no" / "x.json", record())
