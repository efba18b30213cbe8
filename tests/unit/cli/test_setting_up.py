"""Setting up a site as IT staff do it: init, credentials set, doctor. What is wrong is told once, with what to do."""

from __future__ import annotations

import getpass
import io
import shutil
import sys
from pathlib import Path

import pytest

from bridge_agent import cli, sealing
from bridge_agent.credentials import EncryptedFileStore, Secret
from bridge_agent.sealing import PassphraseBox
from bridge_agent.settings import TEMPLATE, load_settings

ROOT = Path(__file__).parents[3]
NAMES = ["source/minamo/bridge", "core/nintei/bridge01", "core/sogo/bridge01"]


class Keyboard(io.StringIO):
    def isatty(self) -> bool:
        return True


class Desk:
    """A folder with a bridge.toml, and a person who types."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.monkeypatch = monkeypatch
        self.capsys = capsys
        (folder / "bridge.toml").write_text(TEMPLATE.replace('store = "os"', 'store = "file"'), encoding="utf-8")
        monkeypatch.chdir(folder)

    def types(self, *answers: str) -> None:
        left = list(answers)
        self.monkeypatch.setattr(sys, "stdin", Keyboard())
        self.monkeypatch.setattr(getpass, "getpass", lambda _: left.pop(0))

    def pipes(self, text: str) -> None:
        self.monkeypatch.setattr(sys, "stdin", io.StringIO(text))

    def command(self, *words: str) -> tuple[int, str]:
        self.monkeypatch.setattr(sys, "argv", ["bridge-agent", *words])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        captured = self.capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return ended.value.code, captured.out + captured.err

    def stored(self, passphrase: str) -> list[Secret | None]:
        file = load_settings(self.folder / "bridge.toml").credentials.file
        store = EncryptedFileStore(file, PassphraseBox(passphrase))
        return [store.get(name) for name in NAMES]


@pytest.fixture
def at_desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Desk:
    monkeypatch.setattr(PassphraseBox.__init__, "__kwdefaults__", {"cost": 2**4})
    assert sealing.SCRYPT_COST > 2**4
    return Desk(tmp_path, monkeypatch, capsys)


def test_the_first_passphrase_is_asked_twice_and_later_once(at_desk: Desk) -> None:
    at_desk.types("合言葉", "合言葉", "p1", "p2", "p3")
    code, told = at_desk.command("credentials", "set")
    assert code == 0
    assert "新しく作ります" in told
    assert "失くすと" in told
    assert at_desk.stored("合言葉") == [Secret("p1"), Secret("p2"), Secret("p3")]
    at_desk.types("合言葉", "q2")
    code, told = at_desk.command("credentials", "set", NAMES[1])
    assert code == 0
    assert "新しく作ります" not in told
    assert at_desk.stored("合言葉") == [Secret("p1"), Secret("q2"), Secret("p3")]


def test_a_piped_passphrase_is_read_once_and_said_to_be_kept(at_desk: Desk) -> None:
    at_desk.pipes("合言葉\np1\np2\np3\n")
    code, told = at_desk.command("--passphrase-stdin", "credentials", "set", "--value-stdin")
    assert code == 0
    assert "新しく作ります" in told
    assert at_desk.stored("合言葉") == [Secret("p1"), Secret("p2"), Secret("p3")]


def marks(told: str) -> dict[str, str]:
    """Title -> the rest of doctor's line, with its mark."""
    lines = [line for line in told.splitlines() if line[:1] in "○×"]
    return {line[2:].split(": ")[0]: line[0] + line.split(": ", 1)[1] for line in lines}


def test_doctor_tells_a_missing_recipes_folder_once_with_what_to_do(at_desk: Desk) -> None:
    at_desk.pipes("合言葉\np1\np2\np3\n")
    at_desk.command("--passphrase-stdin", "credentials", "set", "--value-stdin")
    at_desk.pipes("合言葉\n")
    code, told = at_desk.command("--passphrase-stdin", "doctor")
    assert code == 2
    assert told.count("がありません") == 1
    found = marks(told)
    assert "[site] recipes を直すか" in found["レシピ"]
    assert found["認証情報"].startswith("×上の「レシピ」が×のため")
    assert found["台帳とディスク"].startswith("×上の「認証情報」が×のため")


def test_doctor_goes_on_when_the_data_folder_cannot_be_written(at_desk: Desk) -> None:
    shutil.copytree(ROOT / "recipes", at_desk.folder / "recipes")
    at_desk.pipes("合言葉\np1\np2\np3\n")
    at_desk.command("--passphrase-stdin", "credentials", "set", "--value-stdin")
    (at_desk.folder / "data").write_text("", encoding="utf-8")  # a file where the folder should be
    at_desk.pipes("合言葉\n")
    code, told = at_desk.command("--passphrase-stdin", "doctor")
    assert code == 2
    found = marks(told)
    assert found["データのフォルダ"].startswith(f"×データのフォルダ {at_desk.folder / 'data'} に書き込めません。")
    assert found["レシピ"].startswith("○")
    assert found["認証情報"].startswith("×上の「データのフォルダ」が×のため")
    assert "sogo への接続" in found
    at_desk.pipes("合言葉\n")
    code, told = at_desk.command("--passphrase-stdin", "run")
    assert code == 2
    assert told.startswith(f"ログのフォルダ {at_desk.folder / 'data' / 'logs'} に書き込めません。")


def test_doctor_tells_a_recipe_that_reads_what_the_source_does_not_bring(at_desk: Desk) -> None:
    recipes = at_desk.folder / "recipes"
    shutil.copytree(ROOT / "recipes", recipes)
    at_desk.pipes("合言葉\n")
    _code, told = at_desk.command("--passphrase-stdin", "doctor")
    assert marks(told)["レシピと取り込み元の列"] == "○31 件のレシピのうち 31 件の手続の列が、取り込み元の定義にあります"
    source = recipes / "sources" / "minamo.yaml"
    written = source.read_text(encoding="utf-8")
    source.write_text(written.replace("      - 使用目的コード\n", "      - 使用目的\n"), encoding="utf-8")
    at_desk.pipes("合言葉\n")
    code, told = at_desk.command("--passphrase-stdin", "doctor")
    assert code == 2
    assert marks(told)["レシピと取り込み元の列"] == (
        "×レシピ sogo/disaster_victim_certificate が使う列「使用目的コード」が、sources/minamo.yaml の手続 S0027 の columns に"
        "ありません。どちらかの列の名前を直してください。"
    )


def test_doctor_tells_when_no_recipe_takes_what_the_source_brings(at_desk: Desk) -> None:
    recipes = at_desk.folder / "recipes"
    shutil.copytree(ROOT / "recipes", recipes)
    for core in ("hibari", "jidosha", "nintei", "wakaba"):
        shutil.rmtree(recipes / core)
    (at_desk.folder / "bridge.toml").write_text(
        TEMPLATE.replace('store = "os"', 'store = "file"').replace('profile = "minamo"', 'profile = "oss"'),
        encoding="utf-8",
    )
    at_desk.pipes("合言葉\n")
    code, told = at_desk.command("--passphrase-stdin", "doctor")
    assert code == 2
    assert "どのレシピの手続コードもありません" in marks(told)["レシピと取り込み元の列"]


def test_doctor_makes_no_key_under_a_passphrase_nobody_has_chosen(at_desk: Desk) -> None:
    at_desk.pipes("合言葉\n")
    code, told = at_desk.command("--passphrase-stdin", "doctor")
    assert code == 2
    assert "先に bridge-agent credentials set" in marks(told)["認証情報"]
    assert not (at_desk.folder / "credentials.sealed").exists()


def test_init_names_a_place_where_it_cannot_write(at_desk: Desk) -> None:
    (at_desk.folder / "file").write_text("", encoding="utf-8")
    code, told = at_desk.command("--config", "file/bridge.toml", "init")
    assert code == 2
    assert told.startswith(f"設定ファイル {Path('file/bridge.toml')} に書き込めません。")
