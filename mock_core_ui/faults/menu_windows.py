"""Lines D1-D8 of the fault menu: what the windows of the desktop core's client do. Only such a client has them."""

from __future__ import annotations

from mock_core_ui.faults.model import DESKTOP_CORES, Fault, Parameters, Phase, WindowEffect

_W = WindowEffect


def _fault(code: str, name: str, title: str, effect: WindowEffect, page: str, parameters: Parameters) -> Fault:
    return Fault(code, name, title, Phase.ON_WINDOW, effect, "real", page, parameters, cores=DESKTOP_CORES)


DESKTOP = (
    _fault(
        "D1",
        "window_message",
        "入力画面で予期しない警告の窓が開く",
        _W.MODAL,
        "entry",
        {"text": "サーバとの通信が一時的に不安定です。", "after_s": 0.5},
    ),
    _fault(
        "D1b",
        "window_message_after_commit",
        "登録完了の画面で予期しない警告の窓が開く",
        _W.MODAL,
        "complete",
        {"text": "印刷サービスに接続できません。", "after_s": 0.3},
    ),
    _fault("D2", "window_moves", "入力画面が動く", _W.MOVE, "entry", {"dx": 60, "dy": 45, "after_s": 0.5}),
    _fault("D3", "window_slow", "画面が遅れて開き、項目の移動も遅れる", _W.SLOW, "", {"seconds": 0.5}),
    _fault("D4", "window_frozen", "入力画面が開いたあと応答しない", _W.FREEZE, "entry", {"seconds": 5}),
    _fault(
        "D4b",
        "window_frozen_after_commit",
        "登録完了の画面が開いたあと応答しない",
        _W.FREEZE,
        "complete",
        {"seconds": 5},
    ),
    _fault("D5", "window_twin", "入力画面と同じ題名の窓がもう一つ開く", _W.TWIN, "entry", {}),
    _fault("D6", "focus_taken", "お知らせの窓が入力画面の前に出る", _W.OTHER_FOCUS, "entry", {"after_s": 0.5}),
    _fault(
        "D6b",
        "focus_taken_at_confirm",
        "お知らせの窓が登録確認の前に出る",
        _W.OTHER_FOCUS,
        "confirm",
        {"after_s": 0.3},
    ),
    _fault("D7", "paste_swallowed", "項目への貼り付けが無視される", _W.SWALLOW_PASTE, "entry", {"field": ""}),
    _fault("D8", "paste_changed", "項目に貼り付けた最後の文字が失われる", _W.CHANGE_PASTE, "entry", {"field": ""}),
)
