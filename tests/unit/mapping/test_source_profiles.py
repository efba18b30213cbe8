"""The profiles of sources: told apart by their kind, every mistake with its place, and the nearest right word."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from bridge_agent.domain.errors import RecipeError
from bridge_agent.domain.folder_profile import FolderProfile
from bridge_agent.domain.rest_profile import RestProfile
from bridge_agent.domain.source_profile import ScreenProfile
from bridge_agent.mapping.check import check_recipes
from bridge_agent.mapping.recipe_files import load_source
from bridge_agent.mapping.schema import schema_text

RECIPES = Path(__file__).parents[3] / "recipes"
FOLDER = (RECIPES / "sources" / "minamo-folder.yaml").read_text(encoding="utf-8")
REST = (RECIPES / "sources" / "minamo-rest.yaml").read_text(encoding="utf-8")
OSS = (RECIPES / "sources" / "oss.yaml").read_text(encoding="utf-8")


@pytest.fixture
def recipes(tmp_path: Path) -> Path:
    (tmp_path / "sources").mkdir()
    shutil.copy(RECIPES / "sources" / "minamo.yaml", tmp_path / "sources")
    return tmp_path


def refused(recipes: Path, text: str) -> RecipeError:
    (recipes / "sources" / "x.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(RecipeError) as error:
        load_source(recipes, "x")
    return error.value


def line_of(text: str, piece: str) -> int:
    return text[: text.index(piece)].count("\n") + 1


@pytest.mark.parametrize(
    ("name", "model"),
    [("minamo", ScreenProfile), ("minamo-folder", FolderProfile), ("minamo-rest", RestProfile), ("oss", RestProfile)],
)
def test_the_profiles_that_ship_are_of_their_kind(name: str, model: type) -> None:
    assert type(load_source(RECIPES, name)) is model


def test_all_ways_to_one_system_give_an_application_one_identity_and_the_same_columns() -> None:
    profiles = [load_source(RECIPES, name) for name in ("minamo", "minamo-folder", "minamo-rest")]
    assert {(profile.source, profile.scope) for profile in profiles} == {("minamo", "shiomihara")}
    assert len({json.dumps(profile.package.model_dump()["columns"], sort_keys=True) for profile in profiles}) == 1


def test_another_system_numbers_its_applications_by_itself() -> None:
    oss, minamo = load_source(RECIPES, "oss"), load_source(RECIPES, "minamo")
    assert (oss.source, oss.scope) != (minamo.source, minamo.scope)
    assert not set(oss.package.envelope.names) & {"受付番号", "手続コード", "申請日時"}


MISTAKES = [
    (FOLDER, "kind: folder", "kind: foldr", "kind: foldr", "「kind」の値が決められた語ではありません", "もしかして「folder」"),
    (FOLDER, "by: quiet", "by: quite", "by: quite", "「by」の値が決められた語ではありません", "もしかして「quiet」"),
    (FOLDER, "quiet_s: 5", "quiet_s: 0", "quiet_s: 0", "「quiet_s」は 0.0 より大きい数にしてください", ""),
    (FOLDER, "keep_days", "keep_dayz", "keep_dayz", "「keep_dayz」という項目はありません", "もしかして「keep_days」"),
    (FOLDER, "file: 連携結果.csv", "file: ../連携結果.csv", "file: ../", "普通のファイル名を書いてください", ""),
    (FOLDER, "file: 状態一覧.csv", "file: C:\\状態.csv", "file: C:", "普通のファイル名を書いてください", ""),
    (FOLDER, "    core_number: 基幹側受付番号\n    state", "    state", "  columns:", "columns に core_number が要ります", ""),
    (FOLDER, "  取下げ: withdrawn\n", "  取下げ: withdrew\n", "取下げ: withdrew", "「取下げ」の値が決められた語ではありません", "もしかして「withdrawn」"),
    (FOLDER, "assumed: approved\n  list:\n", "assumed: unknown\n  lists:\n", "lists:", "「lists」という項目はありません", "もしかして「list」"),
    (FOLDER, "package: minamo", "package: minano", "package: minano", "情報源「minano」がありません", "もしかして「minamo」"),
    (REST, "kind: rest", "kind: resto", "kind: resto", "「kind」の値が決められた語ではありません", "もしかして「rest」"),
    (REST, "path: /api/v1/login", "path: http://x/login", "path: http", "path は / で始めてください", ""),
    (REST, "path: /api/v1/login", "path: //x/login", "path: //x", "path は / で始めてください", ""),
    (REST, '"{password}"', '"{passwort}"', "login:", "{passwort} は使えません", ""),
    (REST, '"{password}"', "x", "login:", "{password} が要ります", ""),
    (REST, "applications/{receipt_no}", "applications/all", "application:", "{receipt_no} が要ります", ""),
    (REST, "    revision: revision\n    state: status\n\napp", "    state: status\n\napp", "  fields:", "fields に revision が要ります", ""),
    (REST, "page_size: 100", "page_size: many", "page_size: many", "「page_size」には整数を書いてください", ""),
    (REST, "method: POST\n  path: /api/v1/login", "method: DELETE\n  path: /api/v1/login", "method: DELETE", "「method」の値が決められた語ではありません", ""),
    (REST, "  連携済: linked\n  完了: linked\n", "", "", "states に linked にあたる状態名が要ります", ""),
    (OSS, "hash, size: saizu", "hash", "application:", "attachment に size が要ります", ""),
    (OSS, "    receipt_no: 到達番号\n", "", "  envelope:", "「receipt_no」がありません", "receipt_no: を書く"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "right", "wrong", "place", "message", "remedy"), MISTAKES)
def test_a_mistake_is_told_with_its_place(
    recipes: Path, text: str, right: str, wrong: str, place: str, message: str, remedy: str
) -> None:
    assert right in text
    written = text.replace(right, wrong, 1)
    error = refused(recipes, written)
    assert message in error.message
    assert remedy in error.remedy
    file, line, _ = error.where.split(":")
    assert file == "sources/x.yaml"
    if place:
        assert int(line) == line_of(written, place)


def test_a_mistake_in_the_shared_package_is_told_with_its_own_file(recipes: Path) -> None:
    path = recipes / "sources" / "minamo.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("charset: cp932", "charset: sjis"), encoding="utf-8")
    error = refused(recipes, FOLDER)
    assert error.where.startswith("sources/minamo.yaml:")


def test_a_package_is_not_borrowed_from_one_that_borrows(recipes: Path) -> None:
    (recipes / "sources" / "y.yaml").write_text(FOLDER, encoding="utf-8")
    assert (
        "sources/y.yaml に package の中身がありません"
        in refused(recipes, FOLDER.replace("package: minamo", "package: y")).message
    )


def test_the_check_of_recipes_reads_the_sources_too(recipes: Path) -> None:
    (recipes / "sources" / "x.yaml").write_text(FOLDER.replace("by: quiet", "by: quite"), encoding="utf-8")
    (finding,) = check_recipes(recipes)
    assert finding.line.startswith("sources/x.yaml:")


def test_the_schema_knows_every_kind_and_every_word() -> None:
    schema = json.loads(schema_text("source"))
    kinds = {tuple(one["properties"]["kind"].get("const", "?")): one for one in schema["anyOf"]}
    assert len(kinds) == 3
    words = {word for one in schema["anyOf"] for word in one["properties"]}
    assert {"login", "list", "standing", "link", "ready", "result", "application", "package", "states"} <= words
    assert "include" not in words
