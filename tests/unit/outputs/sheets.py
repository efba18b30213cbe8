"""A night's result for the tests of the morning sheet; every number in it is invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bridge_agent.domain.ledger_records import ProcedureBalance
from bridge_agent.domain.sheet import DoubtLine, HeldLine, RecipeUsed, RegisteredLine, RunInfo, SheetData

START = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
REISSUE, ALLOWANCE = "介護保険負担割合証の再交付申請", "児童手当等の受給資格及び児童手当の額についての認定請求"
DISASTER, CARE = "罹災証明書の発行申請", "要介護・要支援認定の申請"


def night() -> SheetData:
    """60 approved, all accounted for, some of them waiting for people."""
    return SheetData(
        run=RunInfo(
            run_id="12",
            site="汐見原市",
            started_at=START,
            ended_at=START + timedelta(minutes=14, seconds=3),
            agent_version="0.1.0",
            accounts=(("申請管理システム みなも", "bridge"), ("総合福祉システム", "bridge01"), ("介護認定", "RPA001")),
            started_by="tanto01",
            recipes=(RecipeUsed("ltci_burden_ratio_reissue", REISSUE, "3f" * 32),),
        ),
        balance=(
            ProcedureBalance("ltci_burden_ratio_reissue", REISSUE, 24, 19, 1, 3, 0, 1, 0, 0),
            ProcedureBalance("child_allowance_certification", ALLOWANCE, 12, 8, 1, 3, 0, 0, 0, 0),
            ProcedureBalance("disaster_victim_certificate", DISASTER, 12, 9, 0, 1, 1, 0, 1, 0),
            ProcedureBalance("ltci_certification", CARE, 12, 10, 0, 0, 0, 0, 0, 2),
        ),
        held=(
            HeldLine("02026110200007", REISSUE, "already_at_core", "", "R8-000412"),
            HeldLine("02026110300011", REISSUE, "package_column", "列「被保険者_氏名」がありません"),
            HeldLine("02026110300015", REISSUE, "package_encoding", "cp932 として読めません"),
            HeldLine("02026110400021", REISSUE, "resident_differs", "氏名"),
            HeldLine("02026110500030", ALLOWANCE, "too_many_rows", "児童 7行（画面は5行）"),
            HeldLine("02026110500031", ALLOWANCE, "character_unencodable", "請求者_氏名 U+20BB7"),
            HeldLine("02026110600035", ALLOWANCE, "same_person_twice"),
            HeldLine("02026110600038", ALLOWANCE, "already_at_core", "", "R8-000398"),
            HeldLine("02026110700042", DISASTER, "absent", "", sent_before=True, at_core=1),
        ),
        doubts=(DoubtLine("02026110700044", DISASTER, START + timedelta(minutes=9), START + timedelta(minutes=12)),),
        registered=tuple(
            RegisteredLine(
                f"0202611{8 + n // 12:02d}000{n:02d}",
                (REISSUE, ALLOWANCE, DISASTER, CARE)[n % 4],
                f"R8-{413 + n:06d}",
                START + timedelta(seconds=15 * n),
                n != 45,
            )
            for n in range(46)
        ),
    )


def unbalanced() -> SheetData:
    good = night()
    first, *others = good.balance
    return replace(
        good,
        run=replace(good.run, stops=("総合福祉システムが応答しません。2回試して止めました。",)),
        balance=(replace(first, registered=18), *others),
        duplicates=("02026110700042",),
        missing=("02026110800003",),
        lost=("02026110900001",),
    )
