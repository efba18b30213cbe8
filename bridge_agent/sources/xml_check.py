"""The application's XML is held against damage and hostile constructs; nothing of it is taken over."""

from __future__ import annotations

import io
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from bridge_agent.sources.archive import PackageDamaged

_DEEPEST = 100
_MOST_ELEMENTS = 100_000


def check_xml(raw: bytes, element: str, receipt_no: str) -> None:
    """Raises PackageDamaged. No document type at all is admitted, so that no entity is expanded and nothing is fetched.

    Every element called `element` ('' = none is looked for) must hold `receipt_no`, and one must be there.
    """
    found: set[str] = set()
    try:
        depth = count = 0
        for event, node in iterparse(io.BytesIO(raw), events=("start", "end"), forbid_dtd=True):
            if event == "start":
                depth, count = depth + 1, count + 1
                if depth > _DEEPEST or count > _MOST_ELEMENTS:
                    raise PackageDamaged("申請のXMLの入れ子または要素が多すぎます")
                continue
            depth -= 1
            if element and node.tag.rpartition("}")[2] == element:
                found.add((node.text or "").strip())
            node.clear()
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise PackageDamaged("申請のXMLを安全に読めません") from None
    if element and found != {receipt_no}:
        raise PackageDamaged("申請のXMLと申請データの受付番号が違います")
