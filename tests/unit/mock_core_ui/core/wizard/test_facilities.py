"""Dialect C: the facilities that a few letters find, and which of them counts."""

from __future__ import annotations

from tests.unit.mock_core_ui.core.walking import WizardWalk
from tests.unit.mock_core_ui.core.wizard.asking import NURSERY, ask, errors, of


def names(walk: WizardWalk, typed: str, more: str = "") -> tuple[list[str], bool]:
    found = ask(walk, f"facilities?q={typed}{more}")
    return [line for _, _, line in found["facilities"]], found["more"]


def test_facilities_are_found_by_name_or_number_a_few_at_a_time(wakaba: WizardWalk) -> None:
    lines, more = names(wakaba, "みどり保育園")
    assert lines == [
        "0301004 みどり保育園（汐見原市）",
        "0301005 みどり保育園分園（汐見原市）",
        "0301104 みどり保育園 一時預かり室（汐見原市）",
        "0301105 みどり保育園 病後児保育室（汐見原市）",
        "0301106 みどり保育園 子育て支援室（汐見原市）",
    ]
    assert more
    lines, more = names(wakaba, "みどり保育園", "&all=1")
    assert (len(lines), lines[5], more) == (7, "0399001 みどり保育園（青波市）", False)
    assert names(wakaba, "0301002") == (["0301002 港町保育所（汐見原市）"], False)
    assert names(wakaba, "") == ([], False)
    assert names(wakaba, "どこにもない") == ([], False)


def test_a_facility_counts_by_its_number_alone(wakaba: WizardWalk) -> None:
    walk = of(wakaba, NURSERY)
    assert "希望施設1 施設が正しくありません。" in errors(walk.confirm(shisetsu1_en_cd="0301099"))
    assert "希望施設1 施設は必須です。" in errors(walk.confirm(shisetsu1_en_cd="", shisetsu1_en_nm=""))
    walk.send(walk.token(walk.confirm(shisetsu1_en_cd="0301008", shisetsu1_en_nm="別の名前")))
    [commit] = walk.commits()
    assert (commit.values["shisetsu1_en_cd"], commit.values["shisetsu1_en_nm"]) == ("0301008", "認定こども園 なぎさ")
