"""bridge.toml: where things are and which accounts are used. Never a secret: passwords and keys are in the key store."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any, Literal, get_args
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo, field_validator, model_validator

from bridge_agent.domain.errors import ConfigError
from bridge_agent.mapping.toml_loader import read_toml

FILE_NAME = "bridge.toml"

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_PATHS_AS_TEXT = {"path", "epoch_file", "heads"}
"""Settings that are a place or empty."""
_TIME = re.compile("([01][0-9]|2[0-3]):[0-5][0-9]")


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    @field_validator("*", mode="before")
    @classmethod
    def _no_control(cls, value: Any, field: ValidationInfo) -> Any:
        """ "C:\\bridge" in double quotes is read as a backspace and "ridge": a folder that nobody meant."""
        name = field.field_name or ""
        of_a_path = name in _PATHS_AS_TEXT or Path in _kinds(cls.model_fields[name].annotation)
        if of_a_path and isinstance(value, str) and _CONTROL.search(value):
            raise ValueError("「\\」が改行などの記号として読まれました。フォルダの区切りは / で書いてください")
        return value


def _kinds(annotation: Any) -> tuple[Any, ...]:
    """Path | None -> (Path, NoneType)."""
    return get_args(annotation) or (annotation,)


def _address(value: str) -> str:
    try:
        parts = urlsplit(value)
        good = parts.scheme in ("http", "https") and parts.hostname and (parts.port is None or parts.port > 0)
    except ValueError:  # a port that is no number, or too large
        good = False
    if not good:
        raise ValueError("アドレスは http:// か https:// から、http://host:8080 のように書いてください")
    return value


Address = Annotated[str, AfterValidator(_address)]
User = Annotated[str, Field(min_length=1)]


class Site(_Section):
    name: str = "（自治体名）"
    data: Path = Path("data")
    """Ledger, evidence, work files and logs; keep it on a local, encrypted disk."""
    recipes: Path = Path("recipes")
    reports: Path = Path("reports")


class SourceSettings(_Section):
    profile: str
    """File name (without .yaml) in recipes/sources/."""
    address: Address | Literal[""] = ""
    """Of a system with web screens or an interface."""
    path: str = ""
    """Of a drop folder."""
    user: str = ""
    """Of a system that asks for a log-in."""
    scope: str = "default"
    """Numbering scope of the 受付番号: another one only if the numbers start again."""

    @model_validator(mode="after")
    def _one_way_in(self) -> SourceSettings:
        if bool(self.address) == bool(self.path):
            raise ValueError("address（システムのアドレス）か path（受け渡しフォルダー）のどちらか1つを書いてください")
        if bool(self.address) != bool(self.user):
            raise ValueError("user（利用者ID）は、address を書くときに要り、path のときには書きません")
        return self


class Account(_Section):
    user: User
    operator: User
    """How the core's look-up shows this account under 登録者."""
    environment: Literal["test", "production"] = "production"
    """`core test` registers for real, so it runs against the vendor's test environment only."""


class CoreSettings(Account):
    address: Address | Literal[""] = ""
    """Of a core with web screens."""
    command: tuple[str, ...] = ()
    """Of a core with a client program: the program and its arguments."""
    more_accounts: tuple[Account, ...] = ()
    """Further accounts, one lane each, for `run --lanes`; every account is used by nobody else."""

    @field_validator("more_accounts")
    @classmethod
    def _each_once(cls, more: tuple[Account, ...], others: ValidationInfo) -> tuple[Account, ...]:
        """Two lanes with one account would be one lane to the ledger, and one log-in to the core."""
        users = [others.data.get("user"), *(account.user for account in more)]
        twice = next((user for user in users if users.count(user) > 1), None)
        if twice is not None:
            raise ValueError(f"利用者 {twice} が2回書かれています。レーンごとに別の利用者にしてください")
        return more

    @model_validator(mode="after")
    def _one_way_in(self) -> CoreSettings:
        if bool(self.address) == bool(self.command):
            raise ValueError(
                "address（Web の画面のアドレス）か command（クライアントの起動）のどちらか1つを書いてください"
            )
        return self

    @property
    def place(self) -> str:
        """Where the core is, for telling two of them apart."""
        return self.address.rstrip("/") or " ".join(self.command)

    @property
    def accounts(self) -> tuple[Account, ...]:
        return (self, *self.more_accounts)


class CredentialSettings(_Section):
    store: Literal["os", "file"] = "os"
    """os: the operating system's key store; file: an encrypted file whose passphrase is asked for at start."""
    file: Path = Path("credentials.sealed")


class BrowserSettings(_Section):
    path: str = ""
    """'' = an installed Edge, Chrome or Chromium is looked for."""
    headless: bool = True
    ca_file: Path | None = None
    """PEM of the municipality's own certification authority; the browser itself trusts what its system trusts."""


class EvidenceSettings(_Section):
    pictures: bool = False
    """Masked pictures of the screens before and after the register action."""
    keep_days: int = Field(90, ge=1)
    quota_mb: int = Field(500, ge=1)


class RunSettings(_Section):
    lanes: int = Field(1, ge=1)
    """Lanes at the same time; more than one needs `more_accounts` or several cores."""
    look_back_days: int = Field(3, ge=0)
    """Applications registered, reported or held within so many days are looked up again at the end of a run."""


class LedgerSettings(_Section):
    epoch_file: str = ""
    """Tells an old ledger that was put back; '' = ledger-epoch.json in the reports. Never in the data folder."""
    keep_days: int = Field(90, ge=1)
    """How long sealed contents of applications that are done with are kept (`purge`)."""


class AuditSettings(_Section):
    heads: str = ""
    """One line a run, which shows records that were cut off or written anew; '' = audit-heads.jsonl in the reports."""


class ScheduleSettings(_Section):
    at: str = "20:00"
    """Start of the nightly run, Japan time, on opening days (not on holidays, nor 12/29-1/3)."""

    @field_validator("at")
    @classmethod
    def _a_time(cls, value: str) -> str:
        if not _TIME.fullmatch(value):
            raise ValueError("「at」には 20:00 のように、00:00 から 23:59 までの時刻を半角で書いてください")
        return value


class Settings(_Section):
    site: Site = Site()
    source: SourceSettings
    cores: dict[str, CoreSettings]
    credentials: CredentialSettings = CredentialSettings()
    browser: BrowserSettings = BrowserSettings()
    evidence: EvidenceSettings = EvidenceSettings()
    run: RunSettings = RunSettings()
    schedule: ScheduleSettings = ScheduleSettings()
    ledger: LedgerSettings = LedgerSettings()
    audit: AuditSettings = AuditSettings()

    @field_validator("cores")
    @classmethod
    def _lanes_apart(cls, cores: dict[str, CoreSettings]) -> dict[str, CoreSettings]:
        """A lane is known by its core's name and its user: no two may look alike, on paper or at the core."""
        lanes: dict[str, str] = {}
        for core, settings in cores.items():
            for account in settings.accounts:
                for mark in (f"{core}-{account.user}", f"{settings.place} {account.user}"):
                    if mark in lanes:
                        raise ValueError(
                            f"{lanes[mark]} と {core} の利用者 {account.user} が重なります。別の利用者にしてください"
                        )
                    lanes[mark] = core
        return cores

    @property
    def ledger_file(self) -> Path:
        return self.site.data / "ledger.db"

    @property
    def papers_folder(self) -> Path:
        return self.site.data / "papers"

    @property
    def epoch_file(self) -> Path:
        return Path(self.ledger.epoch_file) if self.ledger.epoch_file else self.site.reports / "ledger-epoch.json"

    @property
    def heads_file(self) -> Path:
        return Path(self.audit.heads) if self.audit.heads else self.site.reports / "audit-heads.jsonl"


def load_settings(path: Path) -> Settings:
    """Read bridge.toml; relative paths in it are relative to the file. Raises ConfigError with every mistake, one a line."""
    try:
        settings = read_toml(path, Settings, "設定ファイル")
    except FileNotFoundError:
        raise ConfigError(f"設定ファイル {path} がありません。bridge-agent init で作れます。") from None
    return _anchored(settings, path.resolve().parent)


def _anchored(settings: Settings, folder: Path) -> Settings:
    site = settings.site
    moved = site.model_copy(
        update={"data": folder / site.data, "recipes": folder / site.recipes, "reports": folder / site.reports}
    )
    credentials = settings.credentials.model_copy(update={"file": folder / settings.credentials.file})
    changed: dict[str, object] = {"site": moved, "credentials": credentials}
    if settings.ledger.epoch_file:
        changed["ledger"] = settings.ledger.model_copy(update={"epoch_file": str(folder / settings.ledger.epoch_file)})
    if settings.audit.heads:
        changed["audit"] = settings.audit.model_copy(update={"heads": str(folder / settings.audit.heads)})
    if settings.source.path:
        changed["source"] = settings.source.model_copy(update={"path": str(folder / settings.source.path)})
    if settings.browser.ca_file is not None:
        changed["browser"] = settings.browser.model_copy(update={"ca_file": folder / settings.browser.ca_file})
    anchored = settings.model_copy(update=changed)
    for file in (anchored.epoch_file, anchored.heads_file):
        if file.resolve().is_relative_to(anchored.site.data.resolve()):
            raise ConfigError(
                f"{file} は台帳と同じ場所にあります。台帳と一緒に戻されると役に立たないため、"
                "[ledger] epoch_file と [audit] heads は [site] data の外にしてください。"
            )
    return anchored


TEMPLATE = """\
# 橋渡しエージェントの設定。パスワードや鍵はここに書かず、bridge-agent credentials set で登録します。

[site]
name = "○○市"            # 突合表の見出しに出る名前
data = "data"             # 台帳・証跡・ログの置き場所（暗号化された手元のディスク）
recipes = "recipes"       # レシピの置き場所
reports = "reports"       # 突合表の置き場所

[source]                  # 申請管理システム
profile = "minamo"        # recipes/sources/ のファイル名
address = "http://127.0.0.1:8080"  # 受け渡しフォルダーから取り込むときは、address と user の代わりに path = "フォルダー"
user = "bridge"           # 専用の利用者ID
scope = "default"         # 受付番号の採番が変わったときだけ変える

[cores.sogo]              # 基幹システムごとに1つ（名前は recipes/ のフォルダ名）
address = "http://127.0.0.1:8081"
user = "bridge01"         # 専用のアカウント（職員と共用しない）
operator = "bridge01"     # 照会画面の「登録者」に出る名前
environment = "production"  # 業者の試験環境なら "test"（bridge-agent core test は test のときだけ動きます）

# [[cores.sogo.more_accounts]]   # run --lanes 2 で同時に使う2つめのアカウント（1つのアカウント = 1つのレーン）
# user = "bridge02"
# operator = "bridge02"

[cores.nintei]
address = "http://127.0.0.1:8082"
user = "bridge01"
operator = "bridge01"

[credentials]
store = "os"              # os = Windows資格情報マネージャー等。file = 暗号化ファイル（コマンドのたびに合言葉を尋ねます）
file = "credentials.sealed"

[browser]
path = ""                 # 空なら Edge・Chrome・Chromium を探します
headless = true           # false にすると画面を出して動きます
# ca_file = "ca.pem"      # https で庁内の認証局を使うとき、その証明書（PEM）

[evidence]
pictures = false          # true にすると、個人情報を隠した画面の写しを残します
keep_days = 90
quota_mb = 500

[run]
lanes = 1                 # 同時に動かすレーンの数
look_back_days = 3        # 実行の終わりに、何日前までの登録と保留をもう一度照会するか

[schedule]
at = "20:00"              # 開庁日の夜間処理を始める時刻

[ledger]
epoch_file = ""           # 台帳の世代の控え（空なら reports の ledger-epoch.json。別の機器の共有フォルダを勧めます）
keep_days = 90            # 処理の終わった申請の中身（暗号化したもの）を残す日数（purge で消します）

[audit]
heads = ""                # 記録の鎖の控え（空なら reports の audit-heads.jsonl。別の機器の共有フォルダを勧めます）
"""
