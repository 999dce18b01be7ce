"""Every encrypted value under the newest key, so that an old key can be thrown away.

The columns are found by walking all tables: a new one cannot be forgotten. Batches are transactions of
their own; a rotation that was stopped goes on where it is started again, for what is under the newest key is
left alone. The portal may run meanwhile, with both keys set.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import TableClause, Text, column, select, table, update

from database.encryption import Keyring, UndecryptableError
from database.engine import Database
from database.tenancy import EVERYONE, TenantSession
from database.types import Encrypted, EncryptedJson
from portal.store import tables

BATCH = 200
KEY = "id"


@dataclass(frozen=True)
class EncryptedTable:
    name: str
    columns: tuple[str, ...]

    @property
    def stored(self) -> TableClause:
        """The same table as the database sees it: its values are the ciphertexts."""
        return table(self.name, column(KEY), *(column(name, Text) for name in self.columns))


@dataclass(frozen=True)
class Progress:
    table: str
    seen: int
    changed: int


class UnreadableRowError(Exception):
    """A value fits none of the keys; says in which row."""


def encrypted_tables() -> tuple[EncryptedTable, ...]:
    found = (
        EncryptedTable(name, _encrypted(each.columns))
        for name, each in sorted(tables.METADATA.tables.items())
    )
    return tuple(each for each in found if each.columns)


def rotate(database: Database, keyring: Keyring, batch: int = BATCH) -> Iterator[Progress]:
    """Works as it is iterated: one Progress after each batch, counted for each table from its beginning."""
    for each in encrypted_tables():
        seen, changed, last = 0, 0, 0
        while True:
            with database.write(EVERYONE) as session:
                rows = _after(session, each, last, batch)
                changed += sum(_rotate_row(session, each, row, keyring) for row in rows)
            if not rows:
                break
            seen, last = seen + len(rows), rows[-1][KEY]
            yield Progress(each.name, seen, changed)


def _encrypted(columns: Any) -> tuple[str, ...]:
    return tuple(each.name for each in columns if isinstance(each.type, Encrypted | EncryptedJson))


def _after(session: TenantSession, each: EncryptedTable, last: int, batch: int) -> list[Any]:
    stored = each.stored
    query = select(stored).where(stored.c[KEY] > last).order_by(stored.c[KEY]).limit(batch)
    return list(session.execute(query).mappings())


def _rotate_row(session: TenantSession, each: EncryptedTable, row: Any, keyring: Keyring) -> bool:
    """A value that somebody changed meanwhile is under the newest key already, and stays."""
    old = {name: row[name] for name in each.columns if row[name] and not keyring.is_newest(row[name])}
    if not old:
        return False
    try:
        new = {name: keyring.rotate(value) for name, value in old.items()}
    except UndecryptableError as error:
        raise UnreadableRowError(f"{each.name} {row[KEY]}: {error}") from error
    stored = each.stored
    unchanged = (stored.c[name] == value for name, value in old.items())
    session.execute(update(stored).where(stored.c[KEY] == row[KEY], *unchanged).values(new))
    return True
