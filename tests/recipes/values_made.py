"""Values for every named conversion, made together with what must come out: the expectation is put together piece by
piece beside the value and knows nothing of the code. Half of what is tried is valid; the rest is near it, or anything.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from random import Random

Made = tuple[tuple[str, ...], str | tuple[str, ...]]
"""The arguments and what must come out."""
Maker = Callable[[Random], Made]
Piece = tuple[str, str]
"""A part of the value and what becomes of it, whatever stands beside it."""

# ---- characters, as the standards list them ------------------------------------------------------------------------

_WIDE = {chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)} | {" ": "\u3000"}
_DIGITS, _LETTERS = "0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_HALF = "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝ"
_FULL = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
_SMALL_HALF, _SMALL_FULL, _SMALL_LARGE = "ｧｨｩｪｫｬｭｮｯ", "ァィゥェォャュョッ", "アイウエオヤユヨツ"
_BARE = list(zip(_HALF, _FULL, strict=True))
_VOICED = [(f"{h}ﾞ", chr(ord(f) + 1), f) for h, f in _BARE if h in "ｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾊﾋﾌﾍﾎ"] + [("ｳﾞ", "ヴ", "ウ")]
_ROUND = [(f"{h}ﾟ", chr(ord(f) + 2), f) for h, f in _BARE if h in "ﾊﾋﾌﾍﾎ"]
_SMALL = list(zip(_SMALL_HALF, _SMALL_FULL, strict=True))
_KANA: list[tuple[str, str]] = [*_BARE, *_SMALL, *((h, f) for h, f, _ in (*_VOICED, *_ROUND))]
"""Half-width form, full-width form."""
_KANJI = [(c, c) for c in "渡邉髙﨑花子①㈱々〆仝"]
_HIRAGANA = [(c, c) for c in "あがぱゔっゝ"]
_SAME = [*_KANJI, *_HIRAGANA]


def _joined(pieces: Sequence[Piece], most: int = 12, fewest: int = 0) -> Maker:
    def make(random: Random) -> Made:
        chosen = random.choices(pieces, k=random.randint(fewest, most))
        return ("".join(piece[0] for piece in chosen),), "".join(piece[1] for piece in chosen)

    return make


def _swap(pieces: Sequence[Piece]) -> list[Piece]:
    return [(after, before) for before, after in pieces]


def _of(characters: str) -> list[Piece]:
    return [(character, _WIDE[character]) for character in characters]


def _mirror(*kinds: Sequence[Piece]) -> list[Piece]:
    """These stay what they are in both widths."""
    return [(text, text) for kind in kinds for piece in kind for text in piece]


_ASCII = [*_of("".join(_WIDE))]
_KANA_THERE_AND_BACK = [(f, h) for h, f in _KANA] + [("ー", "ｰ")]
_APART = [(f + mark, h) for h, _, f in _VOICED for mark in "\u3099゛"] + [(f + "\u309a", h) for h, _, f in _ROUND]
_LONG = [(f + hyphen, h + "ｰ") for h, f in _BARE for hyphen in "ー-－‐−"]
_WORDS = [(f"Ａ－{c}", f"A-{c}") for c in _LETTERS]
_TO_HALF_KANA = [*_KANA_THERE_AND_BACK, *_APART, *_LONG, *_WORDS, *_swap(_of("()/.,&")), ("\u3000", " "), (" ", " ")]
_FULL_OF = dict(_KANA)


def _wide_kana(piece: Piece) -> Piece:
    """The same source, as a full-width kana field wants it."""
    before, half = piece
    wide, index = "", 0
    while index < len(half):
        two, one = half[index : index + 2], half[index]
        if two in _FULL_OF:
            wide, index = wide + _FULL_OF[two], index + 2
            continue
        wide += {**_FULL_OF, "ｰ": "ー"}.get(one) or _WIDE[one]
        index += 1
    return before, wide


def _zengin(extra: Sequence[Piece]) -> list[Piece]:
    half_of = dict(zip(_FULL, _HALF, strict=True))
    full = [(f, h) for h, f in _BARE if f != "ヲ"] + [(f, h) for h, f, _ in (*_VOICED, *_ROUND)]
    large = [(f, half_of[large]) for f, large in zip(_SMALL_FULL, _SMALL_LARGE, strict=True)]
    large += [(h, half_of[large]) for h, large in zip(_SMALL_HALF, _SMALL_LARGE, strict=True)]
    signs = [("ー", "-"), ("－", "-"), ("‐", "-"), ("−", "-"), ("ｰ", "-"), ("\u3000", " "), (" ", " ")]
    signs += [(form, sign) for sign in "()./" for form in (sign, _WIDE[sign])]
    letters = [(form, c.upper()) for c in _LETTERS for form in (c, _WIDE[c])]
    digits = [(form, c) for c in _DIGITS for form in (c, _WIDE[c])]
    return [*full, *((h, h) for _, h in full), *large, *signs, *letters, *digits, *extra]


# ---- numbers and days ----------------------------------------------------------------------------------------------

_ERAS = [
    ("明治", "明", "M", 1867, date(1873, 1, 1), date(1912, 7, 29)),
    ("大正", "大", "T", 1911, date(1912, 7, 30), date(1926, 12, 24)),
    ("昭和", "昭", "S", 1925, date(1926, 12, 25), date(1989, 1, 7)),
    ("平成", "平", "H", 1988, date(1989, 1, 8), date(2019, 4, 30)),
    ("令和", "令", "R", 2018, date(2019, 5, 1), date(2100, 12, 31)),
]


def _era_day(random: Random) -> tuple[tuple[str, str, str, int, date, date], date]:
    era = random.choice(_ERAS)
    edges = (era[4], era[5])
    day = (
        random.choice(edges) if random.random() < 0.1 else era[4] + timedelta(random.randint(0, (era[5] - era[4]).days))
    )
    return era, day


def _wide_digits(text: str) -> str:
    return "".join(_WIDE.get(character, character) if character.isdigit() else character for character in text)


def _in_era(show: Callable[[tuple[str, str, str, int, date, date], int, date], str | tuple[str, ...]]) -> Maker:
    def make(random: Random) -> Made:
        era, day = _era_day(random)
        return (day.isoformat(),), show(era, day.year - era[3], day)

    return make


def _written(random: Random) -> Made:
    era, day = _era_day(random)
    year = day.year - era[3]
    shown = random.choice(["元", "1", "01"]) if year == 1 else random.choice([str(year), f"{year:02d}"])
    month, number = (random.choice([str(n), f"{n:02d}"]) for n in (day.month, day.day))
    if random.random() < 0.5:
        blank = random.choice(["", "", " ", "\u3000"])
        text = f"{random.choice(era[:2])}{blank}{shown}年{blank}{month}月{blank}{number}日"
    else:
        between = random.choice("./-")
        text = f"{random.choice(era[:3])}{shown}{between}{month}{between}{number}"
    return ((_wide_digits(text) if random.random() < 0.3 else text),), day.isoformat()


def _any_day(show: Callable[[date], str | tuple[str, ...]]) -> Maker:
    def make(random: Random) -> Made:
        day = date.fromordinal(random.randint(1, date.max.toordinal()))
        return (day.isoformat(),), show(day)

    return make


def _month_in_era(show: Callable[[str, int, int], str | tuple[str, ...]]) -> Maker:
    def make(random: Random) -> Made:
        while True:
            era, day = _era_day(random)
            whole = date(day.year, day.month, 1), date(day.year, day.month, 28)
            if whole[0] >= era[4] and whole[1] < era[5] - timedelta(3):
                return (f"{day:%Y-%m}",), show(era[0], day.year - era[3], day.month)

    return make


def _year(year: int) -> str:
    return "元" if year == 1 else str(year)


def _time(show: Callable[[int, int], str | tuple[str, ...]]) -> Maker:
    def make(random: Random) -> Made:
        hour, minute = random.randrange(24), random.randrange(60)
        return (f"{hour:02d}:{minute:02d}",), show(hour, minute)

    return make


def _number(random: Random, length: int) -> str:
    return "".join(random.choices(_DIGITS, k=length))


def _divided_number(random: Random) -> Made:
    number = _number(random, random.randint(1, 14))
    written = "".join(c + random.choice(["", "", "", "-", " ", "－", "‐", "−", "\u3000"]) for c in number)
    return (random.choice([written, _wide_digits(written)]),), number


def _two_digits(random: Random) -> Made:
    number = random.randrange(100)
    written = random.choice([str(number), f"{number:02d}"])
    return (random.choice([written, _wide_digits(written)]),), f"{number:02d}"


def _postal(show: Callable[[str, str], str | tuple[str, ...]]) -> Maker:
    def make(random: Random) -> Made:
        first, last = _number(random, 3), _number(random, 4)
        written = random.choice(["", "〒"]) + first + random.choice(["", "-", "－", "−", " "]) + last
        return (random.choice([written, _wide_digits(written)]),), show(first, last)

    return make


def _amount(*, commas: bool) -> Maker:
    def make(random: Random) -> Made:
        number = random.choice([1, 1, 1, -1]) * random.randrange(10 ** random.randint(1, 13))
        plain, grouped = str(number), f"{number:,}"
        written = random.choice([plain, grouped])
        written = random.choice([written, "".join(_WIDE[character] for character in written)])
        return (written,), grouped if commas else plain

    return make


def _decimal(show: Callable[[str, str], str | tuple[str, ...]], most: int) -> Maker:
    def make(random: Random) -> Made:
        whole = random.choice(["", "", "-"]) + str(random.randrange(10 ** random.randint(1, 9)))
        fraction = _number(random, random.randint(0, most))
        return (f"{whole}.{fraction}" if fraction else whole,), show(whole, fraction)

    return make


def _lines(*, joined: bool) -> Maker:
    def make(random: Random) -> Made:
        lines = ["".join(random.choices("渡邉a1　", k=random.randint(1, 6))) for _ in range(random.randint(1, 5))]
        text = lines[0] + "".join(random.choice(["\n", "\r\n", "\r"]) + line for line in lines[1:])
        return (text,), (" " if joined else "\n").join(lines)

    return make


def _choice(place: int) -> Maker:
    def make(random: Random) -> Made:
        given = random.sample(["1", "2", "3", "9", "a", "03"], k=random.randint(1, 5))
        return ("|".join(given),), given[place - 1] if place <= len(given) else ""

    return make


def _phone(random: Random) -> Made:
    area = random.choice(["03", "06", "045", "0123", "01234", "090", "080", "070", "050", "0120"])
    rest = {"090": 8, "080": 8, "070": 8, "050": 8}.get(area, 10 - len(area))
    city_length = 4 if rest == 8 else rest - 4 if area != "0120" else 3
    city, number = _number(random, city_length), _number(random, rest - city_length)
    shapes = [
        f"{area}-{city}-{number}",
        f"{area}({city}){number}",
        f"({area}){city}-{number}",
        f"{area}－{city}−{number}",
    ]
    if area in ("03", "06", "090", "080", "070", "050", "0120") and area + city[:1] != "0800":
        shapes.append(area + city + number)
    return (random.choice([*shapes, _wide_digits(shapes[0])]),), (area, city, number)


def _name(random: Random) -> Made:
    family, given = ("".join(random.choices("渡邉髙﨑々ABＣァｱ・", k=random.randint(1, 5))) for _ in range(2))
    return (family + random.choice(" \u3000") + given,), (family, given)


def _yucho(random: Random) -> Made:
    two = _number(random, 2)
    if random.random() < 0.5:
        number = _number(random, random.randint(1, 7))
        return (f"1{two}{_number(random, 2)}", f"{number}1"), (f"{two}8", "普通", number.rjust(7, "0"))
    number = _number(random, random.randint(1, 7))
    return (f"0{two}{_number(random, 2)}", number), (f"{two}9", "当座", number.rjust(7, "0"))


_KIND_BY_KIND = [*_mirror(_of("()-/.")), *_SAME, *_mirror(_BARE)]
TRANSFORM_MAKERS: dict[str, Maker] = {
    "half_width": _joined([*_swap(_ASCII), *_SAME, *_mirror(_KANA), ("−", "-"), ("〜", "~")]),
    "full_width": _joined([*_ASCII, *_SAME, *_KANA, *((f, f) for _, f in _KANA)]),
    "half_digits": _joined([*_swap(_of(_DIGITS)), *_mirror(_of(_LETTERS + " ")), *_KIND_BY_KIND]),
    "full_digits": _joined([*_of(_DIGITS), *_mirror(_of(_LETTERS + " ")), *_KIND_BY_KIND]),
    "half_letters": _joined([*_swap(_of(_LETTERS)), *_mirror(_of(_DIGITS + " ")), *_KIND_BY_KIND]),
    "full_letters": _joined([*_of(_LETTERS), *_mirror(_of(_DIGITS + " ")), *_KIND_BY_KIND]),
    "half_spaces": _joined([("\u3000", " "), *_mirror(_of(_DIGITS + _LETTERS)), *_KIND_BY_KIND]),
    "full_spaces": _joined([(" ", "\u3000"), *_mirror(_of(_DIGITS + _LETTERS)), *_KIND_BY_KIND]),
    "half_kana": _joined(_TO_HALF_KANA),
    "full_kana": _joined([_wide_kana(piece) for piece in _TO_HALF_KANA]),
    "kana_to_half": _joined([*_KANA_THERE_AND_BACK, *_APART, *_SAME, *_mirror(_of(_DIGITS + "-"))]),
    "kana_to_full": _joined([*_KANA, ("ｰ", "ー"), *_SAME, *_mirror(_of(_DIGITS + "-"))]),
    "katakana": _joined(
        [(chr(ord(f) - 0x60), f) for _, f in _KANA if f != "ヴ"] + [("ゔ", "ヴ"), *_KANJI, *_mirror(_KANA)]
    ),
    "zengin_kana": _joined(_zengin([("ヲ", "ｦ")])),
    "zengin_kana_least": _joined(_zengin([])),
    "zengin_kana_most": _joined(_zengin([("ヲ", "ｦ"), ("，", ","), ("￥", "\\"), ("「", "｢"), ("」", "｣")])),
    "wareki": _in_era(lambda era, year, day: f"{era[0]}{_year(year)}年{day.month}月{day.day}日"),
    "wareki_1nen": _in_era(lambda era, year, day: f"{era[0]}{year}年{day.month}月{day.day}日"),
    "wareki_letters": _in_era(lambda era, year, day: f"{era[2]}{year:02d}.{day.month:02d}.{day.day:02d}"),
    "gannen": lambda random: ((text := str(random.randint(1, 64)),), "元" if text == "1" else text),
    "read_wareki": _written,
    "slashes": _any_day(lambda day: f"{day.year:04d}/{day.month:02d}/{day.day:02d}"),
    "eight_digits": _any_day(lambda day: f"{day.year:04d}{day.month:02d}{day.day:02d}"),
    "wareki_month": _month_in_era(lambda name, year, month: f"{name}{_year(year)}年{month}月"),
    "month_slashes": lambda random: (
        (f"{(y := random.randint(1, 9999)):04d}-{(m := random.randint(1, 12)):02d}",),
        f"{y:04d}/{m:02d}",
    ),
    "six_digits": lambda random: (
        (f"{(y := random.randint(1, 9999)):04d}-{(m := random.randint(1, 12)):02d}",),
        f"{y:04d}{m:02d}",
    ),
    "four_digits": _time(lambda hour, minute: f"{hour:02d}{minute:02d}"),
    "digits": _divided_number,
    "two_digits": _two_digits,
    "postal_hyphen": _postal(lambda first, last: f"{first}-{last}"),
    "commas": _amount(commas=True),
    "no_commas": _amount(commas=False),
    "decimals_1": _decimal(lambda whole, fraction: f"{whole}.{fraction:0<1}", 1),
    "decimals_2": _decimal(lambda whole, fraction: f"{whole}.{fraction:0<2}", 2),
    "line_ends": _lines(joined=False),
    "one_line": _lines(joined=True),
    **{f"choice_{place}": _choice(place) for place in range(1, 6)},
}
SPLIT_MAKERS: dict[str, Maker] = {
    "wareki": _in_era(lambda era, year, day: (era[0], str(year), str(day.month), str(day.day))),
    "seireki": _any_day(lambda day: (str(day.year), str(day.month), str(day.day))),
    "wareki_month": _month_in_era(lambda name, year, month: (name, str(year), str(month))),
    "seireki_month": lambda random: (
        (f"{(y := random.randint(1, 9999)):04d}-{(m := random.randint(1, 12)):02d}",),
        (str(y), str(m)),
    ),
    "time": _time(lambda hour, minute: (str(hour), str(minute))),
    "decimal": _decimal(lambda whole, fraction: (whole, fraction), 6),
    "postal": _postal(lambda first, last: (first, last)),
    "phone": _phone,
    "name": _name,
    "yucho": _yucho,
}

# ---- what is not meant to fit --------------------------------------------------------------------------------------

_ANYTHING = (
    "0９٣Ⅷ①一〇元R令昭年月日./-－−‐—ー〜～ 　\u00a0\t\r\n\x00\x1b|,，:：+＋△%￥¥\\\"'()（）〒〓\ufffd"
    "ｶﾞﾟカ゛゜\u3099\u309aヮヰヱヶㇰあゔ渡邉髙﨑葛\U000e0100\ufe0f\ue000\U00020bb7\U0001f600éß\u202e\u200b\ufeff\ud800Aaｚ"
)


def near(random: Random, text: str) -> str:
    """The text with one to three characters taken away, put in, doubled or changed."""
    characters = list(text)
    for _ in range(random.randint(1, 3)):
        place = random.randint(0, len(characters))
        match random.randrange(4):
            case 0:
                characters[place : place + 1] = []
            case 1:
                characters.insert(place, random.choice(_ANYTHING))
            case 2:
                characters[place : place + 1] = characters[place : place + 1] * 2
            case _:
                characters[place : place + 1] = [random.choice(_ANYTHING)]
    return "".join(characters)


def anything(random: Random) -> str:
    if random.random() < 0.1:
        return "".join(chr(random.randrange(0x110000)) for _ in range(random.randint(0, 20)))
    return "".join(random.choices(_ANYTHING, k=random.randint(0, random.choice([3, 12, 60]))))
