"""The procedures that residents of the town can apply for, with the management system's codes."""

from __future__ import annotations

from dataclasses import dataclass

BURDEN_RATIO_REISSUE = "ltci_burden_ratio_reissue"
CHILD_ALLOWANCE = "child_allowance_certification"
CHILD_AMOUNT_CHANGE = "child_allowance_amount_change"
CHILD_NAME_ADDRESS_CHANGE = "child_allowance_name_address_change"
CHILD_EXTINCTION = "child_allowance_extinction"
CHILD_UNPAID = "child_allowance_unpaid"
CHILD_DONATION = "child_allowance_donation"
CHILD_DONATION_CHANGE = "child_allowance_donation_change"
CHILD_SCHOOL_FEE = "child_allowance_school_fee"
CHILD_SCHOOL_FEE_CHANGE = "child_allowance_school_fee_change"
CHILD_STATUS = "child_allowance_status"
DISASTER_CERTIFICATE = "disaster_victim_certificate"
LTCI_CERTIFICATION = "ltci_certification"
LTCI_RENEWAL = "ltci_renewal"
LTCI_CARE_PLAN = "ltci_care_plan_request"
LTCI_CARD_REISSUE = "ltci_insured_card_reissue"
PREGNANCY = "pregnancy_notification"
LTCI_CATEGORY_CHANGE = "ltci_category_change"
LTCI_HIGH_COST = "ltci_high_cost"
LTCI_BURDEN_LIMIT = "ltci_burden_limit"
LTCI_EQUIPMENT = "ltci_equipment"
LTCI_HOME_RENOVATION = "ltci_home_renovation"
LTCI_AFTER_MOVE = "ltci_after_move"
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
        Procedure(CHILD_AMOUNT_CHANGE, "J0002", "児童手当等の額の改定の請求及び届出"),
        Procedure(CHILD_NAME_ADDRESS_CHANGE, "J0003", "児童手当等の氏名変更/住所変更等の届出"),
        Procedure(CHILD_EXTINCTION, "J0004", "児童手当等の受給事由消滅の届出"),
        Procedure(CHILD_UNPAID, "J0005", "未支払の児童手当等の請求"),
        Procedure(CHILD_DONATION, "J0006", "児童手当等に係る寄附の申出"),
        Procedure(CHILD_DONATION_CHANGE, "J0007", "児童手当に係る寄附変更等の申出"),
        Procedure(CHILD_SCHOOL_FEE, "J0008", "受給資格者の申出による学校給食費等の徴収等の申出"),
        Procedure(CHILD_SCHOOL_FEE_CHANGE, "J0009", "受給資格者の申出による学校給食費等の徴収等の変更等の申出"),
        Procedure(CHILD_STATUS, "J0010", "児童手当等の現況届"),
        Procedure(LTCI_CERTIFICATION, "K0016", "要介護・要支援認定の申請"),
        Procedure(LTCI_RENEWAL, "K0017", "要介護・要支援更新認定の申請"),
        Procedure(LTCI_CARE_PLAN, "K0018", "居宅（介護予防）サービス計画作成（変更）依頼の届出"),
        Procedure(LTCI_CARD_REISSUE, "K0019", "被保険者証の再交付申請"),
        Procedure(BURDEN_RATIO_REISSUE, "K0020", "介護保険負担割合証の再交付申請"),
        Procedure(LTCI_CATEGORY_CHANGE, "K0021", "要介護・要支援状態区分変更認定の申請"),
        Procedure(LTCI_HIGH_COST, "K0022", "高額介護（予防）サービス費の支給申請"),
        Procedure(LTCI_BURDEN_LIMIT, "K0023", "介護保険負担限度額認定申請"),
        Procedure(LTCI_EQUIPMENT, "K0024", "居宅介護（介護予防）福祉用具購入費の支給申請"),
        Procedure(LTCI_HOME_RENOVATION, "K0025", "居宅介護（介護予防）住宅改修費の支給申請"),
        Procedure(LTCI_AFTER_MOVE, "K0026", "住所移転後の要介護・要支援認定申請"),
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
    CHILD_AMOUNT_CHANGE,
    CHILD_NAME_ADDRESS_CHANGE,
    CHILD_EXTINCTION,
    CHILD_UNPAID,
    CHILD_DONATION,
    CHILD_DONATION_CHANGE,
    CHILD_SCHOOL_FEE,
    CHILD_SCHOOL_FEE_CHANGE,
    CHILD_STATUS,
    LTCI_CATEGORY_CHANGE,
    LTCI_HIGH_COST,
    LTCI_BURDEN_LIMIT,
    LTCI_EQUIPMENT,
    LTCI_HOME_RENOVATION,
    LTCI_AFTER_MOVE,
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

ALL_PROCEDURES = tuple(dict.fromkeys((*ROUND, *DESKTOP_ROUND, *FURTHER_ROUND)))
WEB_PROCEDURES = tuple(one for one in ALL_PROCEDURES if one not in DESKTOP_ROUND)
KNOWN = frozenset({*ROUND, *DESKTOP_ROUND, *FURTHER_ROUND})
"""Everything that a town can be asked to apply for."""
