"""Residents and households of the invented town; each household is new, so nobody is used twice by accident."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from mock_core_ui.people import names
from mock_core_ui.people.model import Resident
from mock_core_ui.people.names import Name
from mock_core_ui.people.numbers import TownNumbers
from mock_core_ui.people.places import Home, new_home

ELDER_EDGES = (date(1926, 12, 24), date(1926, 12, 25), date(1924, 2, 29), date(1926, 12, 31), date(1927, 1, 1))
"""Births around the change from 大正 to 昭和 (昭和元年 had seven days), and a leap day of 大正."""
PARENT_EDGES = (date(1989, 1, 7), date(1989, 1, 8), date(1989, 12, 31), date(1988, 2, 29))
"""昭和64年, 平成元年 and a leap day."""
CHILD_EDGES = {2019: (date(2019, 4, 30), date(2019, 5, 1), date(2019, 12, 31)), 2020: (date(2020, 2, 29),)}
"""By year: 平成31年, 令和元年 and a leap day."""


@dataclass(frozen=True, slots=True)
class Household:
    """One household: the person who applies, and those who live with them."""

    applicant: Resident
    spouse: Resident | None = None
    children: tuple[Resident, ...] = ()
    others: tuple[tuple[Resident, str], ...] = ()
    """Further members, each with 続柄 seen from the applicant."""


class Town:
    """Makes residents one after another and remembers them. Not thread-safe."""

    def __init__(self, rng: Random, *, plain: bool) -> None:
        self.rng = rng
        self.plain = plain
        self.numbers = TownNumbers(rng)
        self.residents: list[Resident] = []
        self.next_family: Name | None = None
        """Family name of the household that moves in next, or None for any."""

    def elder(self) -> Household:
        """An insured person of 65 or more, living alone or with a grown child who may apply for them."""
        home, family = self._new_family()
        elder = self._resident(family, "elder", home, self._birth(1925, 1960, ELDER_EDGES), insured=True)
        if self.rng.random() < 0.5:
            return Household(elder)
        born = elder.birth.year + 20
        grown = self._resident(family, "adult", home, self._birth(born, born + 18, ()), beside=elder)
        return Household(elder, others=((grown, "子"),))

    def elders(self) -> Household:
        """An insured person of 65 or more, often with an insured wife or husband, some with a grown child at home."""
        home, family = self._new_family()
        elder = self._resident(family, "elder", home, self._birth(1925, 1960, ELDER_EDGES), insured=True)
        spouse = None
        if self.rng.random() < 0.6:
            birth = self._birth(max(1925, elder.birth.year - 8), min(1960, elder.birth.year + 8), ())
            sex = "2" if elder.sex == "1" else "1"
            spouse = self._resident(family, "elder", home, birth, sex=sex, insured=True, beside=elder)
        if self.rng.random() < 0.5:
            return Household(elder, spouse)
        born = elder.birth.year + 20
        grown = self._resident(family, "adult", home, self._birth(born, born + 18, ()), beside=elder)
        return Household(elder, spouse, others=((grown, "子"),))

    def family(self, children: int | None = None) -> Household:
        """A parent with one to five children (or as many as asked), mostly with a spouse."""
        home, family = self._new_family()
        parent = self._resident(family, "adult", home, self._birth(1970, 1990, PARENT_EDGES), foreign=True)
        spouse = None
        if self.rng.random() < 0.8:
            sex = "2" if parent.sex == "1" else "1"
            spouse = self._resident(family, "adult", home, self._birth(1970, 1990, ()), sex=sex, beside=parent)
        count = children if children is not None else self.rng.choice((1, 1, 2, 2, 2, 3, 3, 4, 5))
        return Household(parent, spouse, self._children(family, home, parent, count))

    def household(self) -> Household:
        """An adult with none to four further members."""
        home, family = self._new_family()
        adult = self._resident(family, "adult", home, self._birth(1965, 1990, PARENT_EDGES), foreign=True)
        count = self.rng.choice((0, 1, 1, 2, 3, 4))
        others: list[tuple[Resident, str]] = []
        if count:
            sex = "2" if adult.sex == "1" else "1"
            spouse = self._resident(family, "adult", home, self._birth(1965, 1990, ()), sex=sex, beside=adult)
            others.append((spouse, "妻" if sex == "2" else "夫"))
        others += [(child, "子") for child in self._children(family, home, adult, count - 1)]
        return Household(adult, others=tuple(others))

    def _new_family(self) -> tuple[Home, Name]:
        family = self.next_family or names.family_name(self.rng, plain=self.plain)
        self.next_family = None
        return new_home(self.rng), family

    def _children(self, family: Name, home: Home, parent: Resident, count: int) -> tuple[Resident, ...]:
        """Children of one parent, the eldest first, born in different and not neighbouring years (at most eight)."""
        if count <= 0:
            return ()
        years = sorted(self.rng.sample(range(self.rng.choice((2009, 2010)), 2026, 2), count))
        births = [self._child_birth(year) for year in years]
        return tuple(self._resident(family, "child", home, birth, beside=parent) for birth in births)

    def _child_birth(self, year: int) -> date:
        if year in CHILD_EDGES and self.rng.random() < 0.5:
            return self.rng.choice(CHILD_EDGES[year])
        return self._birth(year, year, ())

    def _birth(self, first_year: int, last_year: int, edges: tuple[date, ...]) -> date:
        """A birth date in these years; one in six stands at an edge of an era."""
        if edges and self.rng.random() < 1 / 6:
            return self.rng.choice(edges)
        first = date(first_year, 1, 1)
        return first + timedelta(days=int(self.rng.random() * (date(last_year, 12, 31) - first).days))

    def _resident(
        self,
        family: Name,
        generation: str,
        home: Home,
        birth: date,
        *,
        sex: str = "",
        insured: bool = False,
        foreign: bool = False,
        beside: Resident | None = None,
    ) -> Resident:
        """Make and remember one resident. `beside` shares household and telephone; `foreign` allows a foreign name."""
        rng = self.rng
        sex = sex or ("1" if rng.random() < 0.5 else "2")
        name = self._whole_name(family, generation, sex, foreign=foreign)
        resident = Resident(
            atena_no=self.numbers.atena(),
            name=name.text,
            kana=name.kana,
            birth=birth,
            sex=sex,
            postal=home.postal,
            address=home.address,
            katagaki=home.katagaki,
            tel=beside.tel if beside else self.numbers.phone(rng),
            mynumber=self.numbers.mynumber(),
            insured_no=self.numbers.insured() if insured else "",
            household_no=beside.household_no if beside else self.numbers.household(),
        )
        self.residents.append(resident)
        return resident

    def _whole_name(self, family: Name, generation: str, sex: str, *, foreign: bool) -> Name:
        rng = self.rng
        if foreign and not self.plain and rng.random() < 0.08:
            return names.pick(rng, names.FOREIGN[sex])
        if generation == "elder" and sex == "1" and family in names.LONG_FAMILY:
            return names.whole(family, names.pick(rng, names.LONG_GIVEN))
        return names.whole(family, names.pick(rng, names.GIVEN[generation, sex]))
