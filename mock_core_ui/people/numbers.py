"""Numbers of the invented town: unique, reproducible, with the check digits and leading zeros that real ones have."""

from __future__ import annotations

from random import Random

MYNUMBER_PREFIX = "9900"
"""First digits of every invented 個人番号, so that a leak is easy to tell from chance."""


class Series:
    """Unique numbers below 10**digits in an order that looks random: a walk with a step prime to 10."""

    def __init__(self, rng: Random, digits: int, width: int) -> None:
        self._modulus = 10**digits
        self._width = width
        self._step = rng.randrange(self._modulus // 10, self._modulus) // 10 * 10 + rng.choice((1, 3, 7, 9))
        self._value = rng.randrange(self._modulus)

    def next(self) -> str:
        """The next number, zero-filled to the series' width."""
        self._value = (self._value + self._step) % self._modulus
        return f"{self._value:0{self._width}d}"


def mynumber_check_digit(first_eleven: str) -> str:
    """Check digit of a 個人番号 (番号利用法施行規則: weights 2-7 then 2-6 from the lowest digit, modulo 11)."""
    total = 0
    for place, digit in enumerate(reversed(first_eleven), start=1):
        weight = place + 1 if place <= 6 else place - 5
        total += int(digit) * weight
    remainder = total % 11
    return "0" if remainder <= 1 else str(11 - remainder)


def is_valid_mynumber(number: str) -> bool:
    """Whether twelve digits end with the right check digit."""
    return len(number) == 12 and number.isdecimal() and mynumber_check_digit(number[:11]) == number[11]


def with_wrong_check_digit(number: str) -> str:
    """The same 個人番号 with a check digit that is wrong by one."""
    return number[:11] + str((int(number[11]) + 1) % 10)


class TownNumbers:
    """All number series of one town."""

    def __init__(self, rng: Random) -> None:
        self._mynumber = Series(rng, 7, 7)
        self._atena = Series(rng, 8, 10)
        self._insured = Series(rng, 7, 10)
        self._household = Series(rng, 7, 10)
        self._account = Series(rng, 6, 7)
        self._yucho = Series(rng, 6, 6)
        self._phone = Series(rng, 6, 6)

    def mynumber(self) -> str:
        """個人番号, 12 digits, valid."""
        body = MYNUMBER_PREFIX + self._mynumber.next()
        return body + mynumber_check_digit(body)

    def atena(self) -> str:
        """宛名番号, 10 digits, at least two leading zeros."""
        return self._atena.next()

    def insured(self) -> str:
        """介護被保険者番号, 10 digits, at least three leading zeros."""
        return self._insured.next()

    def household(self) -> str:
        """世帯番号, 10 digits."""
        return self._household.next()

    def account(self) -> str:
        """口座番号, 7 digits, always with a leading zero."""
        return self._account.next()

    def yucho(self, rng: Random) -> tuple[str, str]:
        """ゆうちょ 記号 (1nnn0) and 番号 (up to 8 digits, ending in 1)."""
        return f"1{rng.randrange(1000):03d}0", f"{1 + rng.randrange(9)}{self._yucho.next()}1"

    def phone(self, rng: Random) -> str:
        """A telephone number that no one can have: the subscriber part begins with zeros."""
        digits = self._phone.next()
        if rng.random() < 0.6:
            return f"0{rng.choice('789')}0-00{digits[:2]}-{digits[2:]}"
        return f"0123-0{digits[1]}-{digits[2:]}"
