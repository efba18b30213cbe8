"""Entry forms that are not as a recipe knows them, and fields that the core changes without a word."""

from __future__ import annotations

from collections.abc import Mapping

from tests.unit.mock_core_ui.core.samples import valid_values
from tests.unit.mock_core_ui.core.walking import Walk


def test_options_are_renamed_under_their_old_codes(walk: Walk) -> None:
    usual = walk.lists(walk.entry())
    walk.plan({"fault": "M32", "text": "★", "when": {"nth": [1]}})
    changed = walk.lists(walk.entry())
    [name] = [name for name in usual if usual[name] != changed[name]]
    assert changed[name] == [(code, text + ("★" if code else "")) for code, text in usual[name]]
    assert walk.lists(walk.entry()) == usual


def test_options_come_in_another_order(walk: Walk) -> None:
    usual = walk.lists(walk.entry())
    chosen = next(name for name in reversed(usual) if len(usual[name]) > 2 and "令" not in str(usual[name]))
    walk.plan({"fault": "M32b", "field": chosen})
    changed = walk.lists(walk.entry())
    assert [name for name in usual if usual[name] != changed[name]] == [chosen]
    assert changed[chosen] == [usual[chosen][0], *reversed(usual[chosen][1:])]


def test_a_field_moves_and_keeps_its_name(walk: Walk) -> None:
    def order() -> list[str]:
        return walk.controls(walk.entry())

    usual = order()
    walk.plan({"fault": "M33"})
    changed = order()
    assert changed != usual
    assert sorted(changed) == sorted(usual)
    assert walk.completion_text in walk.register().text


def test_a_new_field_must_be_filled(walk: Walk) -> None:
    usual = set(walk.controls(walk.entry()))
    walk.plan({"fault": "M33b"})
    page = walk.entry()
    assert "連絡希望時間帯" in page.text
    [name] = set(walk.controls(page)) - usual
    refused = walk.confirm().text
    assert "連絡希望時間帯" in refused
    assert walk.commits() == []
    assert walk.completion_text in walk.register(**{name: "午前"}).text
    walk.plan()
    walk.entry()
    assert walk.completion_text in walk.register().text


def _changed(before: Mapping[str, object], after: Mapping[str, object]) -> dict[str, tuple[object, object]]:
    return {name: (before[name], after[name]) for name in before if before[name] != after[name]}


def test_a_field_is_cut_and_the_confirm_screen_shows_it(walk: Walk) -> None:
    usual = walk.confirm().text
    walk.plan({"fault": "M31", "keep": 2})
    shown = walk.confirm().text
    walk.register()
    [(before, after)] = _changed(_clean_values(walk), dict(walk.commits()[0].values)).values()
    assert after == str(before)[:2]
    assert shown.count(str(before)) == usual.count(str(before)) - 1


def test_a_field_is_cut_at_the_commit_only(walk: Walk) -> None:
    usual = walk.confirm().text
    walk.plan({"fault": "M31c", "keep": 1})
    shown = walk.confirm().text
    walk.register()
    [(before, after)] = _changed(_clean_values(walk), dict(walk.commits()[0].values)).values()
    assert after == str(before)[:1]
    assert shown.count(str(before)) == usual.count(str(before))


def test_a_field_becomes_full_width(walk: Walk) -> None:
    for fault in ("M31b", "M31d"):
        walk.plan({"fault": fault})
        shown = walk.confirm().text
        walk.register()
        values = dict(walk.commits()[-1].values)
        [(before, after)] = _changed(_clean_values(walk), values).values()
        assert str(before).isascii()
        assert (str(after), len(str(after))) == ("１" * len(str(before)), len(str(before)))
        assert (str(after) in shown) == (fault == "M31b")


def test_the_field_to_change_can_be_named(walk: Walk) -> None:
    name = [name for name, value in _clean_values(walk).items() if value == "試験の値"][-1]
    walk.plan({"fault": "M31c", "field": name, "keep": 2})
    walk.register()
    assert list(_changed(_clean_values(walk), dict(walk.commits()[0].values))) == [name]


def test_part_of_the_record_is_lost(walk: Walk) -> None:
    walk.plan({"fault": "M36"})
    assert walk.completion_text in walk.register().text
    [commit] = walk.commits()
    lost = _changed(_clean_values(walk), dict(commit.values))
    assert lost
    assert all(after in ("", []) for _, after in lost.values())
    last = walk.screen.groups[-1].key
    if walk.core.app.name.endswith("sogo.app"):
        assert all(name.startswith(last) for name in lost)


def _clean_values(walk: Walk) -> dict[str, object]:
    """What a registration without faults stores."""
    return dict(valid_values(walk.screen))
