"""Lines M36-M45 of the fault menu: what is stored, what becomes of the record, the look-up, and the clock."""

from __future__ import annotations

from mock_core_ui.faults.model import (
    BROWSER_CORES,
    AnswerEffect,
    ClockEffect,
    Fault,
    LookupEffect,
    Phase,
    RecordEffect,
    StoreEffect,
)

_AFTER, _LOOKUP, _REQUEST = Phase.AFTER_COMMIT, Phase.ON_LOOKUP, Phase.ON_REQUEST
_CLERK = {"operator": "clerk01"}
_SCOPE = {"scope": ("all", "new")}

STORED = (
    Fault(
        "M36",
        "part_committed",
        "登録の一部だけが残る（最後の組の値が失われる。二件のうち一件だけの登録の代わり）",
        Phase.AT_COMMIT,
        StoreEffect.LOSE_GROUP,
        "imitated",
        "",
        {"group": ""},
    ),
)

AFTERWARDS = (
    Fault("M37", "visible_late", "照会に遅れて表示", _AFTER, RecordEffect.HIDE, "real", "", {"seconds": 10}),
    Fault(
        "M42",
        "edited_by_clerk",
        "登録直後に職員が項目を訂正（登録者と登録日時は元のまま）",
        _AFTER,
        RecordEffect.EDIT,
        "real",
        "",
        {"field": "", "text": "（訂正）", "operator": ""},
    ),
    Fault(
        "M42b",
        "edited_by_clerk_shown",
        "登録直後に職員が項目を訂正（登録者と登録日時も変わる）",
        _AFTER,
        RecordEffect.EDIT,
        "real",
        "",
        {"field": "", "text": "（訂正）", "operator": "clerk01"},
    ),
    Fault(
        "M43",
        "clerk_before",
        "登録の直前に職員が同じ申請を登録",
        Phase.BEFORE_COMMIT,
        RecordEffect.CLERK_TOO,
        "real",
        "",
        _CLERK,
    ),
    Fault(
        "M43b", "clerk_after", "登録の直後に職員が同じ申請を登録", _AFTER, RecordEffect.CLERK_TOO, "real", "", _CLERK
    ),
    Fault(
        "M44",
        "number_reused",
        "登録直後に取り消され、番号が別人の記録に使われる",
        _AFTER,
        RecordEffect.REUSE_NUMBER,
        "real",
        "",
        _CLERK,
    ),
)

LOOKUP_AND_CLOCK = (
    Fault("M38", "lookup_error", "照会で500", _LOOKUP, AnswerEffect.ERROR, "real", "", {"status": 500}),
    Fault(
        "M39",
        "no_hits",
        "照会が誤って0件（すべて）",
        _LOOKUP,
        LookupEffect.NO_HITS,
        "real",
        "list",
        {"scope": "all"},
        _SCOPE,
    ),
    Fault(
        "M39b",
        "no_new_hits",
        "照会が誤って0件（起動後に登録されたものだけ）",
        _LOOKUP,
        LookupEffect.NO_HITS,
        "real",
        "list",
        {"scope": "new"},
        _SCOPE,
    ),
    Fault(
        "M40",
        "list_cut",
        "照会が100件で打ち切り（件数は全件、続きは見られない）",
        _LOOKUP,
        LookupEffect.CUT_LIST,
        "real",
        "list",
        {"at": 100, "keep": "oldest"},
        {"keep": ("oldest", "newest")},
    ),
    Fault(
        "M40b", "small_pages", "照会が１頁少数件ずつ", _LOOKUP, LookupEffect.SMALL_PAGES, "real", "list", {"size": 1}
    ),
    Fault("M41", "namesake", "照会に同姓同名の別人の記録も出る", _LOOKUP, LookupEffect.NAMESAKE, "imitated", "list"),
    Fault(
        "M45",
        "clock_off",
        "基幹の時計が10分ずれる（負の値は遅れ）",
        _REQUEST,
        ClockEffect.OFFSET,
        "real",
        "",
        {"minutes": 10},
    ),
    Fault("M45b", "midnight", "基幹の時計が翌日0時になる", _REQUEST, ClockEffect.MIDNIGHT, "real"),
    Fault(
        "M45c",
        "new_era",
        "改元：令和8年以後が新元号で表示され、元号の選択肢も増える",
        _REQUEST,
        ClockEffect.NEW_ERA,
        "imitated",
        "",
        {"era": "試元", "letter": "X", "from_year": 8},
        cores=BROWSER_CORES,
    ),
)
