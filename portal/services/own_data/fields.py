"""What one row tells a citizen about herself: which of its columns, and how each is read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    TEXT = "text"
    MOMENT = "moment"
    DAY = "day"
    NUMBER = "number"
    YES_NO = "yes_no"
    LANGUAGE = "language"
    WORD = "word"
    """One of a few words of ours; ``Field.words`` is where the catalogs have them."""
    STAFF = "staff"
    TEAM = "team"
    GROUP = "group"
    FORM = "form"
    """The id of a questionnaire: its title."""
    SAID = "said"
    """An entry of the thread: what was written, or what happened."""


@dataclass(frozen=True)
class Field:
    """``name`` is its key in the catalogs (own_data.field.…) and in the JSON file; ``column`` is where it stands."""

    name: str
    kind: Kind = Kind.TEXT
    column: str = ""
    words: str = ""

    @property
    def at(self) -> str:
        return self.column or self.name


def text(name: str, column: str = "") -> Field:
    return Field(name, Kind.TEXT, column)


def moment(name: str, column: str = "") -> Field:
    return Field(name, Kind.MOMENT, column)


def day(name: str, column: str = "") -> Field:
    return Field(name, Kind.DAY, column)


def number(name: str, column: str = "") -> Field:
    return Field(name, Kind.NUMBER, column)


def staff(name: str, column: str = "") -> Field:
    """``column`` holds the id of somebody on the staff."""
    return Field(name, Kind.STAFF, column)


def word(name: str, words: str, column: str = "") -> Field:
    return Field(name, Kind.WORD, column, words)
