"""Column types: UTC times and encrypted texts."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import IntEnum, StrEnum
from typing import Any

from sqlalchemy import DateTime, Dialect, Enum, SmallInteger, Text
from sqlalchemy.types import TypeDecorator

from database.encryption import keyring


class UtcDateTime(TypeDecorator[datetime]):
    """Aware UTC on both databases: SQLite forgets the zone, so it is put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Encrypted(TypeDecorator[str]):
    """Text that only the application can read; never compare it in SQL (use a blind index)."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else keyring().encrypt(value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[str | None], str | None]:
        """One call a row, where ``process_result_value`` costs two: most rows of most such columns are empty."""
        return _decrypted


def _decrypted(value: str | None) -> str | None:
    return None if value is None else keyring().decrypt(value)


@dataclass(frozen=True, slots=True)
class Sealed:
    """An encrypted text that is opened when somebody reads it. Raises UndecryptableError."""

    stored: str

    def open(self) -> str:
        return keyring().decrypt(self.stored)


class SealedText(TypeDecorator[Sealed]):
    """An ``Encrypted`` column as it is read where most of its texts are not looked at."""

    impl = Text
    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[str | None], Sealed | None]:
        return _sealed


def _sealed(value: str | None) -> Sealed | None:
    return None if value is None else Sealed(value)


class EncryptedJson(TypeDecorator[Any]):
    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else keyring().encrypt(json.dumps(value, ensure_ascii=False))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else json.loads(keyring().decrypt(value))


class SmallIntEnum(TypeDecorator[IntEnum]):
    """An enum kept as its number, which is its order."""

    impl = SmallInteger
    cache_ok = True

    def __init__(self, kind: type[IntEnum]) -> None:
        super().__init__()
        self.kind = kind

    @property
    def python_type(self) -> type[int]:
        return int

    def process_bind_param(self, value: IntEnum | int | None, dialect: Dialect) -> int | None:
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> IntEnum | None:
        return None if value is None else self.kind(value)


def enum_as_text(kinds: type[StrEnum], length: int = 12) -> Enum:
    """An enum kept as its values in a plain text column: a new member needs no migration."""
    return Enum(kinds, native_enum=False, length=length, values_callable=lambda each: [*map(str, each)])
