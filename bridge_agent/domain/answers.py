"""What came after a register action, in the words that a clerk reads in the log and on the screen."""

ANSWERS = {
    "": "なし",
    "seen": "完了画面",
    "interrupted": "途中で中断",
    "no_answer": "答えなし",
    "dialog": "想定外のダイアログ",
    "fuse_blocked": "登録要求の繰り返し（遮断）",
    "fuse_silent": "登録要求を確かめられない完了画面",
    "proofs_differ": "完了画面の内容がこの申請と違う",
    "refused": "登録を断る画面",
    "session_lost": "ログイン切れの画面",
    "system_down": "システム停止の画面",
    "no_known_screen": "想定にない画面",
    "seen_absent": "完了画面（照会では見つからない）",
    "seen_unreadable": "完了画面（照会を読めない）",
    "seen_untrusted": "完了画面（照会を確かめられない）",
    "reconstructed": "控えから戻した台帳にない試行",
}
