"""Writes docs/procedures.md and the README's table of procedures from the recipes; `--check` only says what differs."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from scripts.environment import go_on_in_environment  # noqa: E402

if __name__ == "__main__":
    go_on_in_environment()  # what follows needs the installed packages

from bridge_agent.domain.recipe import LoadedRecipe  # noqa: E402
from bridge_agent.mapping.recipe_files import load_procedures, load_recipes  # noqa: E402
from bridge_agent.workshop.coverage import coverage, markdown  # noqa: E402

PAGE = ROOT / "docs" / "procedures.md"
README = ROOT / "README.md"
BEGIN, END = "<!-- 手続の表（scripts/procedure_pages.py が書く） -->", "<!-- 手続の表の終わり -->"

HEAD = """# 手続ごとの流れ

`scripts/procedure_pages.py` がレシピから書きます。直すときはレシピの `screen`・`flow`・`ends_at`・`route`・`papers` を直してください。
「入力の前」と「入力の後」は担当の仕事の流れの例で、団体によって違います。

"""


def page(recipes: Path) -> str:
    """docs/procedures.md: every procedure's way through the office."""
    by_procedure: dict[str, list[LoadedRecipe]] = {}
    for loaded in load_recipes(recipes):
        by_procedure.setdefault(loaded.recipe.procedure, []).append(loaded)
    parts = [HEAD]
    group = ""
    for number, named in enumerate(load_procedures(recipes), start=1):
        if named.group != group:
            group = named.group
            parts.append(f"## {group}\n\n")
        parts.append(f"### {number} {named.name}\n\n")
        found = by_procedure.get(named.id, [])
        parts.append("".join(_described(loaded) for loaded in found) or "レシピはありません。\n\n")
    return "".join(parts)


ORIGINALS: dict[str, list[str]] = {
    "yes": ["原本が届くまで保留"],
    "no": [],
    "if_no_file": ["添付が無ければ原本が届くまで保留"],
}


def _described(loaded: LoadedRecipe) -> str:
    recipe = loaded.recipe
    screen = f"{loaded.core.name} {recipe.screen}".strip()
    lines = [f"- 入力する画面: {screen}（`recipes/{recipe.core}/{recipe.procedure}`）"]
    if recipe.route:
        lines.append(f"- 届く道: {recipe.route}（市区町村の申請管理システムではありません）")
    if recipe.flow:
        lines.append(f"- 入力の前: {' → '.join(recipe.flow.before)}")
        lines.append(f"- 入力の後: {' → '.join(recipe.flow.after)}")
    lines.append(f"- エージェントが登録した申請: {recipe.afterwards or '登録済'}")
    for paper in recipe.papers:
        told = [
            *(["当てはまる申請だけ"] if paper.when or paper.rows else []),
            *ORIGINALS[paper.original],
        ]
        lines.append(f"- 書類: {paper.name}" + (f"（{'、'.join(told)}）" if told else ""))
    return "\n".join(lines) + "\n\n"


def readme(recipes: Path, text: str) -> str:
    """The README with its table written anew."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise SystemExit(f"README.md に {BEGIN} と {END} がありません / the marks are not in README.md")
    return f"{before}{BEGIN}\n\n{markdown(coverage(recipes))}\n{END}{after}"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="書かずに、違いがあれば 1 で終わる / only compare")
    given = parser.parse_args(arguments)
    recipes = ROOT / "recipes"
    wanted = {PAGE: page(recipes), README: readme(recipes, README.read_text(encoding="utf-8"))}
    differing = [file for file, text in wanted.items() if not file.exists() or file.read_text(encoding="utf-8") != text]
    for file in differing:
        if not given.check:
            file.write_text(wanted[file], encoding="utf-8", newline="\n")
        sys.stdout.write(f"{file.relative_to(ROOT)}: {'違います' if given.check else '書きました'}\n")
    return 1 if given.check and differing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
