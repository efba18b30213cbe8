"""Lines M1-M15 of the fault menu: the network, and the log-in."""

from __future__ import annotations

from mock_core_ui.faults.model import BROWSER_CORES, AnswerEffect, Fault, PageEffect, Phase

_BEFORE, _AFTER, _PAGE = Phase.BEFORE_COMMIT, Phase.AFTER_COMMIT, Phase.ON_PAGE
_A, _P = AnswerEffect, PageEffect
_STATUS = {"status": 500}
_MINUTE = {"seconds": 60}
_BYTES = {"bytes": 200}
_CERTIFICATES = {"certificate": ("expired", "unknown", "wrong-host")}
_BAD_TLS: dict[str, str | float] = {"certificate": "expired", "seconds": 30}
_NOWHERE = {"host": "kikan.invalid"}
"""The top-level name `invalid` is kept free for good (RFC 2606), so the browser's own look-up must fail."""

NETWORK = (
    Fault("M1", "commit_then_error", "登録後に500（502・503・504も選べる）", _AFTER, _A.ERROR, "real", "", _STATUS),
    Fault("M1b", "error_before_commit", "登録せずに500", _BEFORE, _A.ERROR, "real", "", _STATUS),
    Fault("M2", "hang_then_commit", "応答が遅れてから登録", _BEFORE, _A.WAIT, "real", "", _MINUTE),
    Fault("M3", "commit_then_hang", "登録後に無応答", _AFTER, _A.STALL, "real", "", _MINUTE),
    Fault("M3b", "hang_without_commit", "登録せずに無応答、のち切断", _BEFORE, _A.SWALLOW, "real", "", _MINUTE),
    Fault("M4", "commit_then_drop", "登録後に応答なしで切断", _AFTER, _A.DROP, "real"),
    Fault("M4b", "drop_before_commit", "登録前に応答なしで切断", _BEFORE, _A.DROP, "real"),
    Fault("M5", "commit_then_reset", "登録後にTCPリセット", _AFTER, _A.RESET, "real"),
    Fault("M5b", "reset_before_commit", "登録前にTCPリセット", _BEFORE, _A.RESET, "real"),
    Fault(
        "M6",
        "refused_before_commit",
        "登録せずに全接続を切断し、以後の接続を拒否",
        _BEFORE,
        _A.REFUSE,
        "real",
        "",
        {"seconds": 10},
    ),
    Fault(
        "M6b",
        "refused_after_commit",
        "登録後に全接続を切断し、以後の接続を拒否",
        _AFTER,
        _A.REFUSE,
        "real",
        "",
        {"seconds": 10},
    ),
    Fault(
        "M7",
        "dns_before_commit",
        "登録せずに、名前解決できないホストへ誘導（DNS障害の代わり）",
        _BEFORE,
        _A.UNKNOWN_HOST,
        "imitated",
        "",
        _NOWHERE,
        cores=BROWSER_CORES,
    ),
    Fault(
        "M7b",
        "dns_after_commit",
        "登録後に、名前解決できないホストへ誘導（DNS障害の代わり）",
        _AFTER,
        _A.UNKNOWN_HOST,
        "imitated",
        "",
        _NOWHERE,
        cores=BROWSER_CORES,
    ),
    Fault(
        "M8",
        "tls_before_commit",
        "登録せずに切断し、以後は不正な証明書を提示（TLSで起動したときのみ）",
        _BEFORE,
        _A.BAD_CERTIFICATE,
        "real",
        "",
        _BAD_TLS,
        _CERTIFICATES,
        needs_tls=True,
        cores=BROWSER_CORES,
    ),
    Fault(
        "M8b",
        "tls_after_commit",
        "登録後に切断し、以後は不正な証明書を提示（TLSで起動したときのみ）",
        _AFTER,
        _A.BAD_CERTIFICATE,
        "real",
        "",
        _BAD_TLS,
        _CERTIFICATES,
        needs_tls=True,
        cores=BROWSER_CORES,
    ),
    Fault("M9", "truncated_page", "途中で切れた完了画面", _PAGE, _P.TRUNCATE, "real", "complete", _BYTES),
    Fault("M9b", "truncated_entry", "途中で切れた入力画面", _PAGE, _P.TRUNCATE, "real", "entry", _BYTES),
    Fault("M10", "empty_completion", "登録後に空の応答（200）", _PAGE, _P.EMPTY_PAGE, "real", "complete"),
    Fault("M10b", "empty_before_commit", "登録せずに空の応答（200）", _BEFORE, _A.EMPTY, "real"),
    Fault(
        "M11",
        "wrong_encoding",
        "完了画面が文字化け（CP932をUTF-8と宣言）",
        _PAGE,
        _P.WRONG_ENCODING,
        "real",
        "complete",
    ),
    Fault(
        "M11b",
        "wrong_encoding_of_entry",
        "入力画面が文字化け（CP932をUTF-8と宣言）",
        _PAGE,
        _P.WRONG_ENCODING,
        "real",
        "entry",
    ),
)

LOGIN = (
    Fault("M12", "expired_before_submit", "登録前にセッション切れ", _BEFORE, _A.LOGIN_PAGE, "real"),
    Fault(
        "M12b",
        "expired_to_a_fresh_form_before_submit",
        "登録前にセッション切れ、空の入力画面に戻る",
        _BEFORE,
        _A.FRESH_FORM,
        "real",
        cores=BROWSER_CORES,
    ),
    Fault(
        "M12c",
        "expired_to_a_fresh_form_before_confirm",
        "確認画面の前にセッション切れ、空の入力画面に戻る",
        _PAGE,
        _P.FRESH_FORM,
        "real",
        "confirm",
        cores=BROWSER_CORES,
    ),
    Fault("M13", "expired_after_commit", "登録後にセッション切れ", _AFTER, _A.LOGIN_PAGE, "real"),
    Fault(
        "M13b",
        "expired_to_a_fresh_form_after_commit",
        "登録後にセッション切れ、空の入力画面に戻る",
        _AFTER,
        _A.FRESH_FORM,
        "real",
        cores=BROWSER_CORES,
    ),
    Fault(
        "M14",
        "forced_out_before_commit",
        "登録せずに強制ログアウト（同じ利用者が別の端末でログイン）",
        _BEFORE,
        _A.TAKEN_OVER,
        "real",
    ),
    Fault(
        "M14b",
        "forced_out_after_commit",
        "登録後に強制ログアウト（同じ利用者が別の端末でログイン）",
        _AFTER,
        _A.TAKEN_OVER,
        "real",
    ),
    Fault(
        "M15",
        "password_expired",
        "ログイン直後にパスワード変更を強制",
        Phase.ON_LOGIN,
        _A.PASSWORD_EXPIRED,
        "real",
    ),
)
