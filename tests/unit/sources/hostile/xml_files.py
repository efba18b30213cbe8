"""Packages whose XML would read files, call other machines or grow without end, if a parser let it."""

from __future__ import annotations

from tests.unit.sources.hostile.case import ACCEPTED, GOOD_XML, XML, Case, Put, good, put_zip
from tests.unit.sources.packages import NUMBER

HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
BODY = f"<申請><受付番号>{NUMBER}</受付番号></申請>"


def xml(text: str, charset: str = "utf-8") -> Put:
    return put_zip(good() | {f"{NUMBER}/{XML}": text.encode(charset)})


def laughs() -> str:
    lines = ['<!ENTITY a0 "haha">', *(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))]
    return f"{HEAD}<!DOCTYPE x [{''.join(lines)}]><x>&a9;</x>"


XML_CASES: tuple[Case, ...] = (
    Case("entity that reads a file", xml(f'{HEAD}<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>')),
    Case("entity that reads a share", xml(f'{HEAD}<!DOCTYPE x [<!ENTITY e SYSTEM "file://host/s/x">]><x>&e;</x>')),
    Case("entity that calls out", xml(f'{HEAD}<!DOCTYPE x [<!ENTITY e SYSTEM "http://127.0.0.1:9/x">]><x>&e;</x>')),
    Case("document type from outside", xml(f'{HEAD}<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">{BODY}')),
    Case("public document type", xml(f'{HEAD}<!DOCTYPE x PUBLIC "-//X//EN" "http://127.0.0.1:9/x">{BODY}')),
    Case("parameter entity", xml(f'{HEAD}<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;]>{BODY}')),
    Case("billion laughs", xml(laughs())),
    Case("one long entity, often", xml(f'{HEAD}<!DOCTYPE x [<!ENTITY a "{"x" * 50000}">]><x>{"&a;" * 50000}</x>')),
    Case("an entity that nobody uses", xml(f'{HEAD}<!DOCTYPE x [<!ENTITY a "x">]>{BODY}')),
    Case("an empty document type", xml(f"{HEAD}<!DOCTYPE x>{BODY}")),
    Case("200,000 elements inside each other", xml(HEAD + "<a>" * 200_000)),
    Case("200,000 elements after each other", xml(f"{HEAD}<x>{'<a/>' * 200_000}</x>")),
    Case("XML that ends in the middle", xml((HEAD + BODY)[:-8])),
    Case("XML of another application", xml((HEAD + BODY).replace(NUMBER, "0202611059999"))),
    Case("XML with two numbers", xml(f"{HEAD}<x>{BODY}{BODY.replace(NUMBER, '0202611059999')}</x>")),
    Case("XML without a number", xml(f"{HEAD}<x/>")),
    Case("XML that says another encoding", xml('<?xml version="1.0" encoding="UTF-7"?>' + BODY)),
    Case("XML in cp932", xml('<?xml version="1.0" encoding="Shift_JIS"?>' + BODY, "cp932")),
    Case("XML that is none", xml("PK")),
    Case(
        "an include that nobody follows",
        xml(
            f'{HEAD}<申請 xmlns:i="http://www.w3.org/2001/XInclude"><受付番号>{NUMBER}</受付番号><i:include href="file:///x"/></申請>'
        ),
        ACCEPTED,
    ),
    Case("good XML", put_zip(good() | {f"{NUMBER}/{XML}": GOOD_XML}), ACCEPTED),
)
