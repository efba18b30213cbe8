"""The procedures that residents of the town can apply for, with the management system's codes."""

from __future__ import annotations

from dataclasses import dataclass

BURDEN_RATIO_REISSUE = "ltci_burden_ratio_reissue"
CHILD_ALLOWANCE = "child_allowance_certification"
DISASTER_CERTIFICATE = "disaster_victim_certificate"
LTCI_CERTIFICATION = "ltci_certification"
LTCI_RENEWAL = "ltci_renewal"
LTCI_CARE_PLAN = "ltci_care_plan_request"
LTCI_CARD_REISSUE = "ltci_insured_card_reissue"
PREGNANCY = "pregnancy_notification"
CHILDCARE = "childcare_certification"
NURSERY = "nursery_application"
NURSERY_STATUS = "nursery_status"
REARING_STATUS = "child_rearing_allowance_status"
VEHICLE_ENV_TAX = "vehicle_env_tax"
VEHICLE_REPORT = "vehicle_tax_report"
VEHICLE_ADDRESS = "vehicle_tax_address_change"
PARKING = "parking_space_certificate"
DOMICILE_EXCEPTION = "ltci_domicile_exception"
"""A local procedure that the management system knows and nobody wrote a recipe for."""


@dataclass(frozen=True, slots=True)
class Procedure:
    id: str
    code: str
    """手続コード in the management system."""
    name: str


PROCEDURES: dict[str, Procedure] = {
    procedure.id: procedure
    for procedure in (
        Procedure(CHILD_ALLOWANCE, "J0001", "児童手当等の受給資格及び児童手当の額についての認定請求"),
        Procedure(LTCI_CERTIFICATION, "K0016", "要介護・要支援認定の申請"),
        Procedure(LTCI_RENEWAL, "K0017", "要介護・要支援更新認定の申請"),
        Procedure(LTCI_CARE_PLAN, "K0018", "居宅（介護予防）サービス計画作成（変更）依頼の届出"),
        Procedure(LTCI_CARD_REISSUE, "K0019", "被保険者証の再交付申請"),
        Procedure(BURDEN_RATIO_REISSUE, "K0020", "介護保険負担割合証の再交付申請"),
        Procedure(DISASTER_CERTIFICATE, "S0027", "罹災証明書の発行申請"),
        Procedure(CHILDCARE, "J0011", "支給認定の申請"),
        Procedure(NURSERY, "J0012", "保育施設等の利用申込"),
        Procedure(NURSERY_STATUS, "J0013", "保育施設等の現況届"),
        Procedure(REARING_STATUS, "J0014", "児童扶養手当の現況届の事前送信"),
        Procedure(PREGNANCY, "J0015", "妊娠の届出"),
        Procedure(VEHICLE_ENV_TAX, "V0028", "自動車税環境性能割の申告納付"),
        Procedure(VEHICLE_REPORT, "V0029", "自動車税の賦課徴収に関する事項の申告又は報告"),
        Procedure(VEHICLE_ADDRESS, "V0030", "自動車税住所変更届"),
        Procedure(PARKING, "V0031", "自動車の保管場所証明の申請"),
        Procedure(DOMICILE_EXCEPTION, "K0099", "介護保険住所地特例"),
    )
}

ROUND = (BURDEN_RATIO_REISSUE, CHILD_ALLOWANCE, BURDEN_RATIO_REISSUE, DISASTER_CERTIFICATE, LTCI_CERTIFICATION)
"""Order in which plain applications arrive: 40 % of the simplest, 20 % of each other."""

DESKTOP_ROUND = (LTCI_CARD_REISSUE, LTCI_RENEWAL, LTCI_CARD_REISSUE, LTCI_CARE_PLAN)
"""What follows the round in a town that names these procedures: they are those of the desktop core, which a town has
only when it is asked for."""

FURTHER_ROUND: tuple[str, ...] = (
    PREGNANCY,
    NURSERY,
    CHILDCARE,
    NURSERY_STATUS,
    REARING_STATUS,
    VEHICLE_ADDRESS,
    VEHICLE_ENV_TAX,
    VEHICLE_REPORT,
    PARKING,
)
"""What a town that names these procedures gets beside the rounds above, in this order."""

KNOWN = frozenset({*ROUND, *DESKTOP_ROUND, *FURTHER_ROUND})
"""Everything that a town can be asked to apply for."""
