"""From a posted form to what the core stores: cut to length, deleted rows blanked, checked against the catalogue."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

from mock_core_ui.core import eras
from mock_core_ui.core.catalogue.codes import ERA_NAMES, ERAS
from mock_core_ui.core.catalogue.screen import (
    DELETE_KEY,
    PARTS,
    REFERENCE_MAXIMUM,
    REFERENCE_NAME,
    Field,
    Kind,
    Placed,
    Screen,
    When,
    placed_fields,
)

Values = dict[str, str | list[str]]
"""Control name -> what is stored. Multiple choice: a list of codes; everything else: text, '' when empty."""

Posted = Callable[[str], list[str]]
"""All values that a form posted under a name."""

_HALF_KANA = re.compile(r"[ -~\uff61-\uff9f]*")
_KANA = re.compile(r"[\u30a1-\u30fa\u30fb\u30fc\u3000]*")
_ZENGIN = re.compile(r"[0-9A-Z ()./\-\uff66\uff71-\uff9f]*")
_DIGITS = re.compile(r"[0-9]*")
_LAST_HOUR, _LAST_MINUTE = 23, 59


def read(screen: Screen, posted: Posted) -> Values:
    """What the core keeps of a posted form. Too long text is cut without a word, as such systems do."""
    values: Values = {}
    if screen.reference:
        values[REFERENCE_NAME] = _single(posted, REFERENCE_NAME)[:REFERENCE_MAXIMUM]
    deleted: set[tuple[str, int]] = set()
    for placed in placed_fields(screen):
        _read_field(placed, posted, values)
        if placed.field.key == DELETE_KEY and values[placed.names[0]]:
            deleted.add((placed.group.key, placed.row))
    for placed in placed_fields(screen):
        if (placed.group.key, placed.row) in deleted:
            for name in placed.names:
                values[name] = ""
    return values


def _single(posted: Posted, name: str) -> str:
    found = posted(name)
    return found[0].replace("\r\n", "\n") if found else ""


def _read_field(placed: Placed, posted: Posted, values: Values) -> None:
    field = placed.field
    if field.kind in (Kind.CHECKS, Kind.FILES):
        values[placed.names[0]] = posted(placed.names[0])
        return
    if field.kind is Kind.CHECK:
        values[placed.names[0]] = "1" if _single(posted, placed.names[0]) else ""
        return
    sizes = [size for _, _, size in PARTS[field.kind]] if field.kind in PARTS else [field.maximum]
    for name, size in zip(placed.names, sizes, strict=True):
        text = _single(posted, name)
        values[name] = text[:size] if size else text


def text_of(values: Values, name: str) -> str:
    """A stored value as text; '' where the control is unknown or holds a list."""
    found = values.get(name, "")
    return found if isinstance(found, str) else ""


def is_blank(values: Values, placed: Placed) -> bool:
    """Whether nothing was entered in any control of the field."""
    return not any(values.get(name) for name in placed.names)


def date_at(screen: Screen, values: Values, placed: Placed) -> date | None:
    """The day in a 和暦 field; None when it is empty, unreadable or did not exist."""
    era, year, month, day = (text_of(values, name) for name in placed.names)
    if not all(_DIGITS.fullmatch(part) and part for part in (year, month, day)):
        return None
    return eras.to_date(ERA_NAMES[screen.core].get(era, ""), int(year), int(month), int(day))


def month_at(screen: Screen, values: Values, placed: Placed) -> date | None:
    """The first day of a month in a 和暦 field; None when it is empty, unreadable or not of that era at all."""
    era, year, month = (text_of(values, name) for name in placed.names)
    if not all(_DIGITS.fullmatch(part) and part for part in (year, month)):
        return None
    return eras.to_month(ERA_NAMES[screen.core].get(era, ""), int(year), int(month))


def application_date(screen: Screen, values: Values) -> date:
    """The day the record is filed under. Only for values that passed `errors_in`."""
    for placed in placed_fields(screen):
        if f"{placed.group.key}.{placed.field.key}" == screen.application_date:
            found = date_at(screen, values, placed)
            if found is not None:
                return found
    raise ValueError(f"{screen.procedure}: no application date")


def errors_in(screen: Screen, values: Values) -> list[str]:
    """Everything that is wrong, in the order of the page; empty when the core would take it."""
    found: list[str] = []
    reference = text_of(values, REFERENCE_NAME)
    if not _encodable(reference):
        found.append("整理番号に使用できない文字が含まれています。")
    used = _used_rows(screen, values)
    for placed in placed_fields(screen):
        if placed.row and placed.row not in used[placed.group.key]:
            continue
        if is_blank(values, placed):
            if _is_required(screen, values, placed):
                found.append(f"{placed.title}は必須です。")
            continue
        found.extend(_problems(screen, values, placed))
    return found


def _used_rows(screen: Screen, values: Values) -> Mapping[str, set[int]]:
    used: dict[str, set[int]] = {
        group.key: set(range(1, group.first_rows_required + 1)) for group in screen.groups if group.rows
    }
    for placed in placed_fields(screen):
        if placed.row and placed.field.key != DELETE_KEY and not is_blank(values, placed):
            used[placed.group.key].add(placed.row)
    return used


def _is_required(screen: Screen, values: Values, placed: Placed) -> bool:
    required = placed.field.required
    if not isinstance(required, When):
        return required
    for other in placed_fields(screen):
        if (other.group.key, other.row, other.field.key) == (placed.group.key, placed.row, required.key):
            return text_of(values, other.names[0]) in required.codes
    return False


def _problems(screen: Screen, values: Values, placed: Placed) -> list[str]:
    field = placed.field
    if field.kind is Kind.DATE:
        known = date_at(screen, values, placed) is not None
        return [] if known else [f"{placed.title}の日付が正しくありません。"]
    if field.kind is Kind.YEAR_MONTH:
        known = month_at(screen, values, placed) is not None
        return [] if known else [f"{placed.title}の年月が正しくありません。"]
    if field.kind is Kind.TIME:
        return _time_problems(values, placed)
    if field.kind is Kind.FILES:
        return []
    if field.kind in (Kind.SELECT, Kind.RADIO, Kind.CHECKS):
        return _unknown_codes(values, placed)
    if field.kind in (Kind.PHONE, Kind.POSTAL):
        return _split_problems(values, placed)
    texts = [text_of(values, name) for name in placed.names]
    if not all(_encodable(text) for text in texts):
        return [f"{placed.title}に使用できない文字が含まれています。"]
    return _character_problems(field, placed.title, texts[0])


def _unknown_codes(values: Values, placed: Placed) -> list[str]:
    held = values[placed.names[0]]
    codes = [held] if isinstance(held, str) else held
    known = {choice.code for choice in placed.field.choices}
    return [] if all(code in known for code in codes) else [f"{placed.title}の値が不正です。"]


def _split_problems(values: Values, placed: Placed) -> list[str]:
    parts = [text_of(values, name) for name in placed.names]
    if not all(part and _DIGITS.fullmatch(part) for part in parts):
        return [f"{placed.title}は半角数字ですべての欄に入力してください。"]
    if placed.field.kind is Kind.POSTAL and [len(part) for part in parts] != [3, 4]:
        return [f"{placed.title}の桁数が正しくありません。"]
    return []


def _time_problems(values: Values, placed: Placed) -> list[str]:
    hour, minute = (text_of(values, name) for name in placed.names)
    sound = all(part and _DIGITS.fullmatch(part) for part in (hour, minute))
    if not sound or int(hour) > _LAST_HOUR or int(minute) > _LAST_MINUTE:
        return [f"{placed.title}の時刻が正しくありません。"]
    return []


def _character_problems(field: Field, title: str, text: str) -> list[str]:
    if field.kind is Kind.HALF_KANA and not _HALF_KANA.fullmatch(text):
        return [f"{title}は半角カナで入力してください。"]
    if field.kind is Kind.KANA and not _KANA.fullmatch(text):
        return [f"{title}は全角カタカナで入力してください。"]
    if field.kind is Kind.ZENGIN and not _ZENGIN.fullmatch(text):
        return [f"{title}に振込で使用できない文字があります。"]
    if field.kind is Kind.DIGITS:
        if not _DIGITS.fullmatch(text):
            return [f"{title}は半角数字で入力してください。"]
        if field.exact and len(text) != field.maximum:
            return [f"{title}は{field.maximum}桁で入力してください。"]
    return []


def _encodable(text: str) -> bool:
    try:
        text.encode("cp932")
    except UnicodeEncodeError:
        return False
    return True


def era_label(core: str, code: str) -> str:
    """What the 元号 list shows for a code."""
    return next((choice.label for choice in ERAS[core] if choice.code == code), "")
