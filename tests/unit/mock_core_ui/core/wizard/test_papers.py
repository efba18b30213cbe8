"""Dialect C: papers that come with an entry, and those that are not taken."""

from __future__ import annotations

import pytest

from mock_core_ui.core.catalogue import SCREENS
from tests.unit.mock_core_ui.core.walking import WizardWalk
from tests.unit.mock_core_ui.core.wizard.asking import errors, told


def test_papers_are_kept_by_their_names(wakaba: WizardWalk) -> None:
    paper = told(wakaba.paper("写真/母子 手帳.JPG", b"12345"))
    assert (paper["name"], paper["size"]) == ("母子 手帳.JPG", 5)
    told(wakaba.send(wakaba.token(wakaba.confirm(uketsuke_tempu=[paper["token"]]))))
    [commit] = wakaba.commits()
    assert commit.values["uketsuke_tempu"] == ["母子 手帳.JPG"]
    assert SCREENS[wakaba.procedure].groups[0].fields[2].label in str(told(wakaba.detail(commit.receipt))["groups"])


@pytest.mark.parametrize(
    ("name", "content", "text"), [("x.exe", b"1", "添付できません"), ("x.pdf", b"", "空です"), ("", b"1", "選択されて")]
)
def test_papers_that_are_not_taken(wakaba: WizardWalk, name: str, content: bytes, text: str) -> None:
    assert text in told(wakaba.paper(name, content), 400)["message"]


def test_papers_of_another_session_are_not_known(wakaba: WizardWalk) -> None:
    paper = told(wakaba.paper())
    wakaba.log_in()
    assert errors(wakaba.confirm(uketsuke_tempu=[paper["token"]])) == [
        "受付 添付書類を読み込めません。もう一度選択してください。"
    ]


def test_too_big_a_paper(wakaba: WizardWalk) -> None:
    assert "大きすぎます" in told(wakaba.paper("x.pdf", b"0" * (20 * 1024 * 1024 + 1)), 413)["message"]
