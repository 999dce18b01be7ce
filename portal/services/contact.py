"""How a citizen is met: her language, her word and her standing."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from sqlalchemy.orm import Session

from i18n.locales import LOCALES
from portal.domain.ageing import Standing
from portal.store import audit
from portal.store.people import Citizen

LONGEST_WORD = 20
"""Characters: longer words would push an SMS into two parts."""


class ContactError(Enum):
    LANGUAGE = "language"
    WORD_TOO_LONG = "word_too_long"
    WORD_SIGNS = "word_signs"
    STANDING = "standing"


@dataclass(frozen=True)
class Contact:
    """As it was typed; an empty ``kendeord`` is none."""

    language: str
    kendeord: str
    standing: str


def change_contact(
    session: Session, citizen: Citizen, wanted: Contact, staff_id: int, now: datetime
) -> tuple[ContactError, ...]:
    """Changes all or nothing; the audit log says which of the three changed, never to what."""
    word = tidy_word(wanted.kendeord)
    errors = tuple(_errors(wanted, word))
    if errors:
        return errors
    values = {"language": wanted.language, "kendeord": word or None, "standing": wanted.standing}
    for name, value in values.items():
        if getattr(citizen, name) != value:
            setattr(citizen, name, value)
            audit.record(
                session, "citizen.changed", now, staff_id=staff_id, citizen_id=citizen.id, subject=name
            )
    return ()


def tidy_word(typed: str) -> str:
    return " ".join(typed.split())


def word_error(word: str) -> ContactError | None:
    """A word is letters, spaces and hyphens: digits and signs could make a link or a number of it."""
    if len(word) > LONGEST_WORD:
        return ContactError.WORD_TOO_LONG
    return None if all(_is_of_a_word(sign) for sign in word) else ContactError.WORD_SIGNS


def _is_of_a_word(sign: str) -> bool:
    """Letters of every script, with the marks that some of them need."""
    return sign in " -" or unicodedata.category(sign)[0] in "LM"


def unlock_pin(citizen: Citizen) -> None:
    """The PIN she has works again."""
    citizen.pin_failures, citizen.pin_locked_at = 0, None


def _errors(wanted: Contact, word: str) -> list[ContactError]:
    wrong_word = word_error(word)
    errors = {
        ContactError.LANGUAGE: wanted.language not in LOCALES,
        ContactError.STANDING: wanted.standing not in {standing.value for standing in Standing},
    }
    return [*filter(None, [wrong_word]), *(error for error, holds in errors.items() if holds)]
