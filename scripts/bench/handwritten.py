"""The same entries as a good developer would script them with Playwright by hand: locators by label, fill, click, read.

No waits beyond Playwright's own, no read-back, no look-up, no ledger. Nothing here may know the agent.
"""

from __future__ import annotations

from collections.abc import Mapping

from playwright.sync_api import Locator, Page

Values = Mapping[str, str]
"""Control name -> value, only of controls that are filled."""


def log_in(page: Page, base: str, user: str, password: str) -> None:
    page.goto(f"{base}/login")
    page.get_by_label("利用者ID").fill(user)
    page.get_by_label("パスワード").fill(password)
    page.get_by_role("button", name="ログイン").click()
    page.get_by_text("児童手当認定請求").first.wait_for()


def enter(page: Page, base: str, atena_no: str, values: Values) -> str:
    """One 児童手当認定請求; returns the core's receipt number."""
    fill(page, base, atena_no, values)
    page.get_by_role("button", name="確認").click()
    page.get_by_role("button", name="登録する").click()
    return page.locator("#uketsuke_no").inner_text()


def fill(page: Page, base: str, atena_no: str, values: Values) -> None:
    page.goto(f"{base}/entry/child_allowance_certification?atena={atena_no}")
    page.get_by_label("整理番号").fill(values["seiri_no"])
    reception(page.get_by_role("group", name="受付情報", exact=True), page, values)
    claimant(page.get_by_role("group", name="請求者", exact=True), page, values)
    spouse(page.get_by_role("group", name="配偶者", exact=True), page, values)
    for row in range(1, 6):
        if f"jido{row}_shimei" in values:
            child(page.get_by_role("group", name=f"児童{row}", exact=True), page, values, row)
    for row in range(1, 4):
        if f"santei{row}_shimei" in values:
            older_child(page, values, row)
    account(page.get_by_role("group", name="振込先口座", exact=True), page, values)


def reception(group: Locator, page: Page, values: Values) -> None:
    group.get_by_label("受付区分").select_option(values["uketsuke_kubun"])
    day(page, values, "uketsuke_seikyubi")


def day(page: Page, values: Values, name: str) -> None:
    """Era, year, month and day: four controls, of which only the first has a label of its own."""
    page.locator(f"#{name}_g").select_option(values[f"{name}_g"])
    page.locator(f"#{name}_y").fill(values[f"{name}_y"])
    page.locator(f"#{name}_m").fill(values[f"{name}_m"])
    page.locator(f"#{name}_d").fill(values[f"{name}_d"])


def text(group: Locator, label: str, values: Values, name: str) -> None:
    if name in values:
        group.get_by_label(label, exact=True).fill(values[name])


def choice(group: Locator, label: str, values: Values, name: str) -> None:
    if name in values:
        group.get_by_label(label, exact=True).select_option(values[name])


def claimant(group: Locator, page: Page, values: Values) -> None:
    text(group, "氏名カナ", values, "seikyusha_kana")
    text(group, "氏名", values, "seikyusha_shimei")
    page.locator(f"#seikyusha_seibetsu_{values['seikyusha_seibetsu']}").check()
    day(page, values, "seikyusha_birth")
    text(group, "個人番号", values, "seikyusha_kojin_no")
    page.locator("#seikyusha_yubin_1").fill(values["seikyusha_yubin_1"])
    page.locator("#seikyusha_yubin_2").fill(values["seikyusha_yubin_2"])
    text(group, "住所", values, "seikyusha_jusho")
    text(group, "方書", values, "seikyusha_katagaki")
    for part in ("1", "2", "3"):
        page.locator(f"#seikyusha_tel_{part}").fill(values[f"seikyusha_tel_{part}"])
    text(group, "１月１日の住所", values, "seikyusha_jan1_jusho")
    choice(group, "職業区分", values, "seikyusha_shokugyo")
    choice(group, "加入年金", values, "seikyusha_nenkin")
    text(group, "勤務先名", values, "seikyusha_kinmusaki")


def spouse(group: Locator, page: Page, values: Values) -> None:
    page.locator(f"#haigusha_umu_{values['haigusha_umu']}").check()
    text(group, "氏名カナ", values, "haigusha_kana")
    text(group, "氏名", values, "haigusha_shimei")
    if "haigusha_birth_g" in values:
        day(page, values, "haigusha_birth")
    text(group, "個人番号", values, "haigusha_kojin_no")
    choice(group, "職業区分", values, "haigusha_shokugyo")
    text(group, "住所", values, "haigusha_jusho")


def child(group: Locator, page: Page, values: Values, row: int) -> None:
    text(group, "児童氏名", values, f"jido{row}_shimei")
    text(group, "児童氏名フリガナ", values, f"jido{row}_kana")
    day(page, values, f"jido{row}_birth")
    choice(group, "続柄", values, f"jido{row}_zokugara")
    choice(group, "同別居", values, f"jido{row}_dokyo")
    text(group, "別居先住所", values, f"jido{row}_jusho")
    choice(group, "監護", values, f"jido{row}_kango")
    choice(group, "生計", values, f"jido{row}_seikei")
    text(group, "個人番号", values, f"jido{row}_kojin_no")


def older_child(page: Page, values: Values, row: int) -> None:
    page.locator(f"#santei{row}_shimei").fill(values[f"santei{row}_shimei"])
    day(page, values, f"santei{row}_birth")
    page.locator(f"#santei{row}_futan").select_option(values[f"santei{row}_futan"])


def account(group: Locator, page: Page, values: Values) -> None:
    page.locator(f"#koza_kubun_{values['koza_kubun']}").check()
    text(group, "金融機関コード", values, "koza_ginko_cd")
    text(group, "金融機関名", values, "koza_ginko_nm")
    text(group, "支店コード", values, "koza_shiten_cd")
    text(group, "支店名", values, "koza_shiten_nm")
    choice(group, "預金種目", values, "koza_shumoku")
    text(group, "口座番号", values, "koza_koza_no")
    text(group, "ゆうちょ記号", values, "koza_kigo")
    text(group, "ゆうちょ番号", values, "koza_bango")
    text(group, "口座名義人カナ", values, "koza_meigi")
