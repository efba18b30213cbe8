"""A site's ledger as a whole: what the ledger commands do with settings, key store, locks and witness together."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TextIO

from bridge_agent import wiring
from bridge_agent.credentials import (
    SITE_KEY_FORMER,
    SITE_KEY_NEXT,
    Secret,
    SecretStore,
    finish_rekey,
    site_key_that_fits,
)
from bridge_agent.domain.clock import JST
from bridge_agent.domain.errors import ConfigError
from bridge_agent.file_errors import writable
from bridge_agent.ledger import restore as restoring
from bridge_agent.ledger.audit import Head, head_of, problems
from bridge_agent.ledger.in_use import alone
from bridge_agent.ledger.keeping import append_head, read_heads, write_witness
from bridge_agent.ledger.opening import check_value_in, make_engine, open_ledger
from bridge_agent.ledger.place import release_reserve
from bridge_agent.ledger.purge import Purged
from bridge_agent.ledger.rekey import Rekeyed, Rekeying, rekey
from bridge_agent.ledger.restore import Keys
from bridge_agent.ledger.row_seals import install
from bridge_agent.ledger.store import SqlLedger
from bridge_agent.ledger.writing import moment_of
from bridge_agent.logs import set_up
from bridge_agent.mapping.recipe_files import load_source
from bridge_agent.outputs.evidence import purge as purge_evidence
from bridge_agent.outputs.papers import PaperFiles
from bridge_agent.sealing import key_to_text, new_key
from bridge_agent.settings import Settings, load_settings


@dataclass(frozen=True, slots=True)
class SiteBooks:
    settings: Settings
    store: SecretStore

    # ---- keys ---------------------------------------------------------------------------------------------------

    def keys(self, file: Path | None = None) -> Keys:
        """The key of this ledger file (a backup may have the former one). Raises ConfigError when none opens it."""
        check = check_value_in(file or self.settings.ledger_file)
        fitting = site_key_that_fits(self.store, lambda text: wiring.sealer_of(text).check_value() == check)
        if fitting is not None:
            sealer = wiring.sealer_of(fitting.reveal())
            return Keys(sealer, sealer.check_value())
        raise ConfigError(
            f"{file or self.settings.ledger_file} を開く鍵が鍵の保管庫にないか、台帳ではないファイルです。"
            "鍵の控えとファイルを確かめてください。"
        )

    def rekey(self) -> Rekeyed:
        if self.store.get(SITE_KEY_FORMER) is not None:
            raise ConfigError(
                "前の鍵がまだ残っています。前の鍵の控えと証跡が要らなくなってから ledger rekey --forget-former で消し、"
                "そのあとで鍵を更新してください。"
            )
        with alone(wiring.lock_folder(self.settings)):
            former = wiring.site_sealer(self.settings, self.store)
            secret = Secret(key_to_text(new_key()))
            self.store.set(SITE_KEY_NEXT, secret)  # before the ledger can have it
            new = wiring.sealer_of(secret.reveal())
            work = Rekeying(Keys(former, former.check_value()), Keys(new, new.check_value()), self._numbering())
            done = rekey(self.settings.ledger_file, work, wiring.SystemClock().now())
            finish_rekey(self.store)
            ledger = self._opened(self.keys())
            try:
                ledger.keep_witness(self.settings.epoch_file)
            finally:
                ledger.engine.dispose()
        return done

    def _numbering(self) -> Sequence[tuple[str, str]]:
        named = self.settings.source
        profile = load_source(self.settings.site.recipes, named.profile)
        return [(profile.source, named.scope), (profile.name, named.scope), (named.profile, named.scope)]

    def forget_former_key(self) -> None:
        self.keys()  # the ledger opens with a key that stays
        former = self.store.get(SITE_KEY_FORMER)
        if former is not None and wiring.sealer_of(former.reveal()).check_value() == self.keys().check:
            raise ConfigError("台帳は前の鍵を使っています（前の鍵の控えから復元したため）。消せません。")
        self.store.delete(SITE_KEY_FORMER)

    # ---- backup and restore -------------------------------------------------------------------------------------

    def back_up(self, to: Path) -> Head:
        return restoring.back_up(self.settings.ledger_file, to, self.keys(), wiring.SystemClock().now())

    def restore(self, source: Path) -> Path | None:
        with alone(wiring.lock_folder(self.settings)):
            with writable("データのフォルダ", self.settings.site.data):
                self.settings.site.data.mkdir(parents=True, exist_ok=True)
            head, aside = restoring.restore(
                source,
                self.settings.ledger_file,
                self.settings.epoch_file,
                self.keys(source),
                wiring.SystemClock(),
                wiring.this_process(),
                wiring.person(),
            )
            self._keep(head)
        return aside

    def accept_restore(self) -> None:
        """The ledger in place was put back by hand: the same rules as after `restore`."""
        with alone(wiring.lock_folder(self.settings)):
            ledger = self._opened(self.keys())
            try:
                with ledger.engine.connect() as connection:
                    last = connection.exec_driver_sql("SELECT at FROM event ORDER BY event_id DESC LIMIT 1").scalar()
                if last is None:
                    raise ConfigError("台帳に記録がありません。控えから復元してください（ledger restore）。")
                ledger.restored(
                    restoring.next_epoch(ledger, self.settings.epoch_file), moment_of(last), wiring.person()
                )
                self._keep(ledger.head())
                ledger.keep_witness(self.settings.epoch_file)
            finally:
                ledger.engine.dispose()

    def _keep(self, head: Head) -> None:
        write_witness(self.settings.epoch_file, head)
        append_head(self.settings.heads_file, head)

    def begin_anew(self) -> None:
        file, witness = self.settings.ledger_file, self.settings.epoch_file
        if file.exists() and file.stat().st_size > 0:
            raise ConfigError(f"台帳 {file} があります。作り直しません。")
        with alone(wiring.lock_folder(self.settings)):
            file.unlink(missing_ok=True)
            release_reserve(file)
            for kept in (witness, self.settings.heads_file):
                if kept.exists():
                    kept.replace(kept.with_name(f"{kept.name}.former-{wiring.SystemClock().now():%Y%m%d%H%M%S}"))

    # ---- looking ------------------------------------------------------------------------------------------------

    def _opened(self, keys: Keys) -> SqlLedger:
        """Past the witness, for the commands that mend a disagreement with it."""
        engine = open_ledger(self.settings.ledger_file, keys.check, keys.sealer)
        return SqlLedger(engine, wiring.SystemClock(), keys.sealer, wiring.this_process())

    def heads_if_any(self) -> Sequence[Head]:
        return read_heads(self.settings.heads_file) if self.settings.heads_file.exists() else ()

    def problems(self, heads: Sequence[Head]) -> list[str]:
        """Works on a ledger that would be refused at start, too."""
        keys = self.keys()
        engine = make_engine(self.settings.ledger_file)
        install(engine, keys.sealer)
        try:
            with engine.connect() as connection:
                return problems(connection, keys.sealer, heads)
        finally:
            engine.dispose()

    def export(self, file: Path) -> int:
        """The whole file or none. Raises ConfigError when it cannot be written."""
        engine = make_engine(self.settings.ledger_file)
        count = 0
        try:
            with writable("書き出すファイル", file), _new_file(file) as out, engine.connect() as connection:
                for row in connection.exec_driver_sql("SELECT * FROM event ORDER BY event_id"):
                    out.write(json.dumps(dict(row._mapping), ensure_ascii=False) + "\n")
                    count += 1
                out.write(head_of(connection, "").line + "\n")
        finally:
            engine.dispose()
        return count

    def purge(self, keep: timedelta, *, dry: bool) -> Purged:
        with alone(wiring.lock_folder(self.settings)):
            ledger = wiring.open_books(self.settings, wiring.site_sealer(self.settings, self.store))
            try:
                done = ledger.purge(keep, dry=dry)
                if not dry:
                    evidence = self.settings.evidence
                    purge_evidence(self.settings.site.data / "evidence", evidence.keep_days, datetime.now(JST).date())
                    PaperFiles(self.settings.papers_folder, ledger.sealer).forget_all_but(ledger.with_content())
                    ledger.keep_witness(self.settings.epoch_file)
                return done
            finally:
                ledger.engine.dispose()


@contextmanager
def _new_file(file: Path) -> Iterator[TextIO]:
    """A part would look like the whole, and its name would be taken for the next try."""
    out = file.open("x", encoding="utf-8", newline="\n")
    try:
        with out:
            yield out
    except BaseException:
        file.unlink(missing_ok=True)
        raise


def site_books(start: wiring.Start) -> SiteBooks:
    settings = load_settings(start.config)
    set_up(folder=None)
    return SiteBooks(settings, wiring.open_store(start, settings))
