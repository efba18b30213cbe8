"""Why an application is held or closed: one code, one Japanese sentence for the clerk, one next action.

Codes are stored in the ledger and printed on the balancing sheet; never rename one that has been used.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    # found at intake or while planning: nothing was typed
    NO_RECIPE = "no_recipe"
    RECIPE_NOT_VALID = "recipe_not_valid"
    REQUIRED_MISSING = "required_missing"
    CODE_UNKNOWN = "code_unknown"
    CHARACTER_UNENCODABLE = "character_unencodable"
    CHARACTER_LOST = "character_lost"
    TOO_LONG = "too_long"
    TOO_MANY_ROWS = "too_many_rows"
    DATE_INVALID = "date_invalid"
    NUMBER_INVALID = "number_invalid"
    VALUE_INVALID = "value_invalid"
    SIGNATURE_INVALID = "signature_invalid"
    SAME_PERSON_TWICE = "same_person_twice"
    CONTENT_CHANGED = "content_changed"
    RECEIPT_CONFLICT = "receipt_conflict"
    PACKAGE_DAMAGED = "package_damaged"
    PACKAGE_COLUMN = "package_column"
    PACKAGE_ENCODING = "package_encoding"
    PACKAGE_ABSENT = "package_absent"
    SOURCE_STATE_UNKNOWN = "source_state_unknown"
    NOT_YET_SUPPORTED = "not_yet_supported"
    ATTACHMENT_MISSING = "attachment_missing"
    PAPER_AWAITED = "paper_awaited"
    SUM_DIFFERS = "sum_differs"
    # found on the core's screens before arming: nothing was sent
    RESIDENT_NOT_FOUND = "resident_not_found"
    RESIDENT_DIFFERS = "resident_differs"
    DUPLICATE_WARNING = "duplicate_warning"
    ALREADY_AT_CORE = "already_at_core"
    LATE_RECORD = "late_record"
    READBACK_DIFFERS = "readback_differs"
    ATTACHMENT_LOST = "attachment_lost"
    PREREQUISITE = "prerequisite"
    PREREQUISITE_MISSING = "prerequisite_missing"
    REFUSED_BY_SCREEN = "refused_by_screen"
    SCREEN_CHANGED = "screen_changed"
    DIALOG_UNKNOWN = "dialog_unknown"
    TRIED_TOO_OFTEN = "tried_too_often"
    # found after arming: an attempt exists
    ABSENT = "absent"
    ABSENT_AFTER_RESTORE = "absent_after_restore"
    MISMATCH = "mismatch"
    OTHER_OPERATOR = "other_operator"
    DUPLICATE_AT_CORE = "duplicate_at_core"
    LOOKUP_UNTRUSTED = "lookup_untrusted"
    LOOKUP_FAILED = "lookup_failed"
    REJECTED_BY_CORE = "rejected_by_core"
    SECOND_DOUBT = "second_doubt"
    ODD_ANSWER = "odd_answer"
    MISSING_AT_CORE = "missing_at_core"
    WITHDRAWN_AFTER_ENTRY = "withdrawn_after_entry"
    # ways to be closed
    WITHDRAWN = "withdrawn"
    ENTERED_BY_HAND = "entered_by_hand"
    DISMISSED = "dismissed"


WAIVABLE = frozenset({Reason.ATTACHMENT_MISSING, Reason.PAPER_AWAITED})
"""What a person answers for by releasing the application: it is not held for the same content again."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a clerk reads: `sentence` says what is the matter, `action` what to do next."""

    sentence: str
    action: str


_E = Explanation
EXPLANATIONS: dict[Reason, Explanation] = {
    Reason.NO_RECIPE: _E(
        "この手続のレシピがありません。", "手作業で入力するか、情報担当者にレシピの作成を依頼してください。"
    ),
    Reason.RECIPE_NOT_VALID: _E(
        "申請日または様式の版が、レシピの有効範囲の外です。",
        "様式の版を確かめ、手作業で入力するか、情報担当者にレシピの改定を依頼してください。",
    ),
    Reason.REQUIRED_MISSING: _E(
        "必須の項目が空です。", "申請者に補正を求めるか、内容を確かめて手作業で入力してください。"
    ),
    Reason.CODE_UNKNOWN: _E(
        "選択肢のコードが対応表にありません。",
        "情報担当者に対応表の確認を依頼し、表に加わったら保留を解除してください。加えないなら、手作業で入力してください。",
    ),
    Reason.CHARACTER_UNENCODABLE: _E(
        "基幹システムで使えず、承認された置き換えの表でも置き換えられない文字が含まれています。",
        "使う文字を決め、手作業で入力してください。表にない文字がたびたび届くなら、表に加えるかを情報担当者に相談してください。",
    ),
    Reason.CHARACTER_LOST: _E(
        "申請管理システムの出力で文字が「〓」に変わっています。",
        "申請管理システムの画面で元の文字を確かめ、手作業で入力してください。",
    ),
    Reason.TOO_LONG: _E(
        "基幹システムの入力欄より長い値です。", "省略のしかたを決め、手作業で入力してください（自動では切りません）。"
    ),
    Reason.TOO_MANY_ROWS: _E(
        "明細の行数が基幹システムの画面の行数を超えています。",
        "全件を手作業で入力してください（一部だけの入力はしません）。",
    ),
    Reason.DATE_INVALID: _E(
        "存在しない日付、または読めない日付です。",
        "申請者に確かめ、補正を求めてください。同じ項目で続けて出るなら、情報担当者に日付の書き方を確かめてもらってください。",
    ),
    Reason.NUMBER_INVALID: _E(
        "番号の桁数または検査数字が正しくありません。", "申請者または住民記録で番号を確かめてください。"
    ),
    Reason.VALUE_INVALID: _E("値の形が入力欄の決まりに合いません。", "申請内容を確かめ、手作業で入力してください。"),
    Reason.SIGNATURE_INVALID: _E(
        "電子署名の検証結果が「正常」ではありません。",
        "本人確認をやり直し、受け付けるなら手作業で入力し、受け付けないなら差戻しにしてください（保留を解除しても入力しません）。",
    ),
    Reason.SAME_PERSON_TWICE: _E(
        "同じ人から同じ手続の申請が複数あります。", "どの申請を生かすかを決め、生かすものを保留解除してください。"
    ),
    Reason.CONTENT_CHANGED: _E(
        "ダウンロードの後に申請内容が変わりました。", "新しい内容を確かめてから、保留を解除してください。"
    ),
    Reason.RECEIPT_CONFLICT: _E(
        "同じ受付番号で内容の違う申請が同時に届きました。",
        "申請管理システムで正しい内容を確かめ、手作業で入力してください。",
    ),
    Reason.PACKAGE_DAMAGED: _E(
        "ダウンロードしたファイルが壊れています。",
        "申請管理システムで開けるかを確かめ、保留を解除するともう一度取り込みます（受け渡しフォルダーなら、先に出力し直してください）。",
    ),
    Reason.PACKAGE_COLUMN: _E(
        "申請データの列が決まりと違います。",
        "情報担当者に列の変更を確かめてもらい、設定が直ってから保留を解除してください。",
    ),
    Reason.PACKAGE_ENCODING: _E(
        "申請データの文字コードが決まりと違います。",
        "情報担当者に出力設定を確かめてもらい、直ってから保留を解除してください。",
    ),
    Reason.PACKAGE_ABSENT: _E(
        "申請データが届いていません。",
        "申請管理システムで承認済のままかを確かめてください。受け渡しフォルダーなら、出力し直すか、failed のファイルを"
        "受け渡しフォルダーに戻してから、保留を解除してください。",
    ),
    Reason.SOURCE_STATE_UNKNOWN: _E(
        "申請管理システムでの状態が、対応表か状態の一覧にありません。",
        "申請管理システムで状態を確かめ、承認済なら保留を解除してください。同じ保留に戻るなら、情報担当者に状態の名前（states）と"
        "一覧の出力を確かめてもらってください。",
    ),
    Reason.NOT_YET_SUPPORTED: _E(
        "このレシピの仕上げ方（仮登録・立会い）には、まだ対応していません。", "手作業で入力してください。"
    ),
    Reason.ATTACHMENT_MISSING: _E(
        "必要な添付書類がありません。",
        "申請者に補正を求めてください。書類が別に届いていれば、それを確かめて保留を解除してください。",
    ),
    Reason.ATTACHMENT_LOST: _E(
        "基幹システムに送る添付ファイルを、取り出せません。",
        "申請管理システムの画面で添付ファイルを確かめ、手作業で入力してください。",
    ),
    Reason.PAPER_AWAITED: _E(
        "原本など、別に届く書類を待っています。", "書類が届いたことを確かめてから、保留を解除してください。"
    ),
    Reason.SUM_DIFFERS: _E("明細の合計が、申請に書かれた合計と合いません。", "申請者に確かめ、補正を求めてください。"),
    Reason.PREREQUISITE: _E(
        "入力の前提（住民記録への反映、番号の付番など）が、基幹システムでまだ整っていません。",
        "することはありません。日を改めて、自動でもう一度試します。",
    ),
    Reason.PREREQUISITE_MISSING: _E(
        "入力の前提（住民記録への反映、番号の付番など）が、待つ期限を過ぎても整いません。",
        "担当に確かめ、整ってから保留を解除するか、手作業で入力してください。",
    ),
    Reason.RESIDENT_NOT_FOUND: _E(
        "宛名番号の住民が基幹システムに見つかりません。", "宛名番号の特定をやり直してください。"
    ),
    Reason.RESIDENT_DIFFERS: _E(
        "基幹システムの住民と申請の氏名または生年月日が違います。", "別人でないかを住民記録で確かめてください。"
    ),
    Reason.DUPLICATE_WARNING: _E(
        "基幹システムが「同一人の申請がある」と警告しました。",
        "先の登録を確かめ、重複なら取り下げの案内を、別件なら手作業で入力してください。",
    ),
    Reason.ALREADY_AT_CORE: _E(
        "この申請は、すでに基幹システムに登録されています。",
        "内容が同じことを確かめ、申請管理システムで連携済にしてください。",
    ),
    Reason.LATE_RECORD: _E(
        "前の試行の登録が後から見つかりました。", "もう一度照会し、登録が1件だけであることを確かめてください。"
    ),
    Reason.READBACK_DIFFERS: _E(
        "画面に入力した値を読み戻すと、違う値でした。", "情報担当者に画面の変更を確かめてもらってください。"
    ),
    Reason.REFUSED_BY_SCREEN: _E(
        "基幹システムの入力チェックでエラーになりました（登録はしていません）。",
        "エラーの項目を確かめ、手作業で入力してください。",
    ),
    Reason.SCREEN_CHANGED: _E(
        "基幹システムの画面が想定と違います（登録はしていません）。",
        "情報担当者に画面の変更を確かめてもらってください。この手続は止めています。",
    ),
    Reason.DIALOG_UNKNOWN: _E(
        "基幹システムが想定外のメッセージを出しました（登録はしていません）。",
        "情報担当者にメッセージの扱いを決めてもらってください。",
    ),
    Reason.TRIED_TOO_OFTEN: _E(
        "登録前の通信エラーが続きました（登録はしていません）。", "基幹システムの状態を確かめ、保留を解除してください。"
    ),
    Reason.ABSENT: _E(
        "登録操作の結果が不明で、照会しても見つかりません。",
        "基幹システムで本当に無いことを確かめ、手作業で入力してください（この版では、保留の一覧に残ります）。",
    ),
    Reason.ABSENT_AFTER_RESTORE: _E(
        "台帳を復元した後に照会しましたが、基幹システムに見つかりません。",
        "基幹システムに無いことを2人で確かめ、情報担当者に台帳の復元後の解除（ledger release-absent）を依頼してください。",
    ),
    Reason.MISMATCH: _E(
        "登録は見つかりましたが、内容に違いがあります。",
        "基幹システムの登録内容を確かめ、必要なら訂正して、hold look-again でもう一度照会してください。",
    ),
    Reason.OTHER_OPERATOR: _E("同じ申請を別の職員が登録しています。", "二重登録でないことを確かめてください。"),
    Reason.DUPLICATE_AT_CORE: _E(
        "基幹システムに同じ申請が2件以上あります。", "すぐに重複を確かめ、不要な登録を取り消してください。"
    ),
    Reason.LOOKUP_UNTRUSTED: _E(
        "照会画面が、あるはずの記録を返しません。結果を確かめられませんでした。",
        "基幹システムの照会が正常に戻ってから、hold look-again でもう一度照会してください。",
    ),
    Reason.LOOKUP_FAILED: _E(
        "照会に失敗し、結果を確かめられませんでした。",
        "基幹システムの状態を確かめ、hold look-again でもう一度照会してください。",
    ),
    Reason.REJECTED_BY_CORE: _E(
        "基幹システムが登録を断り、照会でも登録がありません。",
        "断られた理由を確かめ、手作業で入力してください（この版では、保留の一覧に残ります）。",
    ),
    Reason.SECOND_DOUBT: _E(
        "2回続けて登録の結果が不明になりました。",
        "基幹システムで登録の有無を確かめ、手作業で処理してください（この版では、保留の一覧に残ります）。",
    ),
    Reason.ODD_ANSWER: _E(
        "登録操作の後に、想定外のメッセージまたは二重の送信が起きました。",
        "基幹システムで登録が1件だけで、内容が正しいことを確かめてください。",
    ),
    Reason.MISSING_AT_CORE: _E(
        "登録確認済の申請が、基幹システムに見つかりません。", "誰かが取り消していないかを確かめてください。"
    ),
    Reason.WITHDRAWN_AFTER_ENTRY: _E(
        "登録の後に、申請が取り下げまたは変更されました。",
        "基幹システムの登録を取り消すか訂正するかを判断してください。",
    ),
    Reason.WITHDRAWN: _E("申請が取り下げられました。", "することはありません。"),
    Reason.ENTERED_BY_HAND: _E("職員が手作業で入力しました。", "することはありません。"),
    Reason.DISMISSED: _E("職員が入力不要と判断しました。", "することはありません。"),
}
