"""The page on which a trainer switches a core's faults by hand: the menu, the rules in force, their counters."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from flask import Blueprint, Flask, Response, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as WerkzeugResponse

from mock_core_ui.core.catalogue import CORES, screens_of
from mock_core_ui.core.site import CoreSite
from mock_core_ui.faults import MENU, BadRule, Fault, Phase

_COOKIE = "MOCKCONTROL"

PHASES: Mapping[Phase, str] = {
    Phase.ON_REQUEST: "要求のたび",
    Phase.ON_LOGIN: "ログイン",
    Phase.ON_PAGE: "画面表示",
    Phase.BEFORE_COMMIT: "登録の前",
    Phase.AT_COMMIT: "登録の瞬間",
    Phase.AFTER_COMMIT: "登録の後",
    Phase.ON_LOOKUP: "照会",
    Phase.ON_WINDOW: "窓が開くとき",
}
PAGE_KINDS: Mapping[str, str] = {
    "": "すべての画面",
    "menu": "メニュー",
    "search": "対象者検索",
    "entry": "入力",
    "confirm": "確認",
    "complete": "完了",
    "list": "照会一覧",
    "detail": "照会詳細",
}
WINDOW_KINDS: Mapping[str, str] = {
    "": "すべての窓",
    "login": "ログオン",
    "menu": "メニュー",
    "search": "対象者検索",
    "entry": "入力",
    "confirm": "登録確認",
    "complete": "登録完了",
    "list": "申請照会",
    "detail": "申請内容",
    "picker": "事業所検索",
}
PARAMETER_NAMES: Mapping[str, str] = {
    "status": "応答の状態コード",
    "seconds": "秒数",
    "bytes": "送るバイト数",
    "host": "ホスト名",
    "certificate": "証明書",
    "text": "文言",
    "usual": "通常の応答の秒数",
    "factor": "何倍か",
    "jitter": "揺れの割合（0から1）",
    "field": "項目のname（空は自動）",
    "keep": "残すもの（文字数。一覧では oldest：古いもの、newest：新しいもの）",
    "label": "項目名",
    "group": "組のキー（空は最後の組）",
    "operator": "職員の利用者ID",
    "scope": "範囲（all：すべて、new：起動後の登録分）",
    "at": "打ち切る件数",
    "size": "１頁の件数",
    "minutes": "分（負の値は遅れ）",
    "era": "新元号",
    "letter": "新元号の記号",
    "from_year": "元年になる令和の年",
    "after_s": "窓が開いてからの秒数",
    "dx": "右への移動（画素、負の値は左）",
    "dy": "下への移動（画素、負の値は上）",
}
"""What a trainer calls the parameters of faults."""

_Answer = str | Response | WerkzeugResponse


def add_page(app: Flask, here: CoreSite, prefix: str) -> None:
    """Adds the page and its three actions. The control token comes once in the query and then as a cookie."""
    pages = Blueprint("training", __name__, template_folder="templates", url_prefix=prefix)

    @pages.get("/")
    def _show() -> _Answer:
        if _matches(here, request.args.get("token", "")):
            answer = redirect(f"{prefix}/", 303)
            answer.set_cookie(_COOKIE, here.settings.control_token, httponly=True, samesite="Strict", path=prefix)
            return answer
        if not _matches(here, request.cookies.get(_COOKIE, "")):
            return make_response("起動時に表示されたアドレス（token付き）から開いてください。", 403)
        return _page(here, request.args.get("fault", ""))

    @pages.post("/<any(add,drop,clear):action>")
    def _act(action: str) -> _Answer:
        # The token in the form, not the cookie, so that no other page can send it.
        if not _matches(here, request.form.get("token", "")):
            return make_response("起動時に表示されたアドレスから開きなおしてください。", 403)
        if action == "clear":
            here.plan.replace([])
        elif action == "drop":
            here.plan.drop(request.form.get("at", -1, type=int))
        else:
            try:
                here.plan.add(_rule(here))
            except BadRule as error:
                return make_response(_page(here, request.form.get("fault", ""), str(error)), 400)
        return redirect(f"{prefix}/", 303)

    app.register_blueprint(pages)


def _matches(here: CoreSite, given: str) -> bool:
    return secrets.compare_digest(given.encode(), here.settings.control_token.encode())


def _kinds(fault: Fault) -> Mapping[str, str]:
    """The pages or windows that a rule can name for a fault; {} where its phase knows none."""
    match fault.phase:
        case Phase.ON_PAGE:
            return PAGE_KINDS
        case Phase.ON_LOOKUP:
            return {kind: PAGE_KINDS[kind] for kind in ("", "list", "detail")}
        case Phase.ON_WINDOW:
            return WINDOW_KINDS
        case _:
            return {}


def _page(here: CoreSite, given: str, error: str = "") -> str:
    core = here.settings.core
    lines: dict[str, list[Fault]] = {}
    for fault in MENU.values():
        if core in fault.cores:
            lines.setdefault(fault.line, []).append(fault)
    chosen = _fault_of(here, given)
    return render_template(
        "training.html",
        core=CORES[core],
        lines=lines,
        rules=here.plan.report(),
        menu=MENU,
        chosen=chosen,
        error=error,
        given=request.form,
        phases=PHASES,
        kinds=_kinds,
        parameter_names=PARAMETER_NAMES,
        when_text=_when_text,
        screens=screens_of(core),
        token=here.settings.control_token,
        tls=here.plan.tls,
    )


def _fault_of(here: CoreSite, code: str) -> Fault | None:
    """The fault of a code, if this core can do it."""
    fault = MENU.get(code)
    return fault if fault is not None and here.settings.core in fault.cores else None


def _rule(here: CoreSite) -> dict[str, object]:
    """A rule from the posted form. Raises BadRule for what is not a number where one is needed."""
    form = request.form
    fault = _fault_of(here, form.get("fault", ""))
    if fault is None:
        raise BadRule("異常を選んでください。")
    if fault.needs_tls and not here.plan.tls:
        raise BadRule(f"{fault.code} は基幹システムをTLSで起動したときだけ使えます。")
    rule: dict[str, object] = {"fault": fault.code, "when": _when()}
    if form.get("limit"):
        rule["limit"] = int(_number("limit", "上限"))
    if form.get("procedure"):
        rule["procedure"] = form["procedure"]
    if "page" in form:
        rule["page"] = form["page"]
    for key, usual in fault.parameters.items():
        rule[key] = form.get(f"p_{key}", "") if isinstance(usual, str) else _number(f"p_{key}", PARAMETER_NAMES[key])
    return rule


def _when() -> dict[str, object]:
    match request.form.get("way"):
        case "nth":
            numbers = request.form.get("nth", "").replace("、", ",").replace(" ", "").split(",")
            if not all(number.isdecimal() for number in numbers):
                raise BadRule("回数は 1,3 のように数字で入力してください。")
            return {"nth": [int(number) for number in numbers]}
        case "probability":
            return {"probability": _number("probability", "確率"), "seed": int(_number("seed", "種"))}
        case _:
            step = int(_number("every", "間隔"))
            if step < 1:
                raise BadRule("間隔は1以上の数字で入力してください。")
            return {"every": step}


def _when_text(when: Mapping[str, object]) -> str:
    match when:
        case {"nth": list(numbers)}:
            return f"{'、'.join(str(number) for number in numbers)}回目"
        case {"probability": chance}:
            return f"確率{chance}"
        case {"every": 1}:
            return "毎回"
        case {"every": step}:
            return f"{step}回ごと"
        case _:
            return "毎回"


def _number(name: str, label: str) -> float:
    try:
        return float(request.form.get(name, ""))
    except ValueError:
        raise BadRule(f"{label}は数字で入力してください。") from None
