"""The core's own list of care offices: those of the town and namesakes next to them, so that a search must be exact."""

from __future__ import annotations

from dataclasses import dataclass

from mock_core_ui.people.places import CARE_OFFICES

_OTHERS = (
    ("0070100034", "汐見原市港町地域包括支援センター", "汐見原市港町2-1-8"),
    ("0070100042", "汐見原市緑ケ丘地域包括支援センター", "汐見原市緑ケ丘3-4-1"),
    ("0070200131", "ケアプランみなも東", "汐見原市十一番町8-2-2"),
    ("0070200149", "ケアプランみなと", "汐見原市港町7-1-3"),
    ("0070200157", "居宅介護支援事業所 上之郷", "汐見原市上之郷字髙台210"),
    ("0070200165", "居宅介護支援センター あさなぎ", "汐見原市中央二丁目5番1号"),
    ("0070200173", "しおみ介護相談室", "汐見原市一番町四丁目2番9号"),
    ("0070300022", "特別養護老人ホーム 緑風園", "汐見原市緑ケ丘9-1-1"),
    ("0070300030", "特別養護老人ホーム 汐見の郷", "汐見原市大字新田1024"),
    ("0070400020", "介護老人保健施設 あおば", "汐見原市沖ノ﨑2-6-6"),
    ("0070500027", "新田介護医療院", "汐見原市大字新田77"),
)


@dataclass(frozen=True, slots=True)
class Office:
    number: str
    name: str
    address: str


OFFICES: tuple[Office, ...] = tuple(
    sorted(
        (
            *(Office(office.number, office.name, "汐見原市内") for office in CARE_OFFICES),
            *(Office(*other) for other in _OTHERS),
        ),
        key=lambda office: office.number,
    )
)


def find_offices(number: str, name: str) -> tuple[Office, ...]:
    """Offices whose number begins with `number` and whose name contains `name`; none when both are empty."""
    if not number and not name:
        return ()
    return tuple(office for office in OFFICES if office.number.startswith(number) and name in office.name)
