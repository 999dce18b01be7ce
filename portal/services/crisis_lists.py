"""The words of crisis in each language: the list that ships, or the municipality's own in its place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.content.crisis_phrases import SHIPPED
from portal.domain.crisis import Flaw, flaw_of, phrases_in
from portal.store import audit, crisis
from portal.store.crisis import CrisisList

MOST_PHRASES = 300


@dataclass(frozen=True)
class Words:
    """``changed_at`` is None for the list that ships."""

    locale: str
    phrases: tuple[str, ...]
    changed_at: datetime | None = None


@dataclass(frozen=True)
class Refused:
    """``phrase`` is the first that will not do."""

    flaw: Flaw
    phrase: str = ""


def all_lists(session: Session) -> tuple[Words, ...]:
    """Of every language that has one."""
    own = crisis.own_lists(session)
    return tuple(_words(code, own.get(code)) for code in SHIPPED)


def list_in(session: Session, locale: str) -> Words | None:
    return next((words for words in all_lists(session) if words.locale == locale), None)


def holds_words_of_crisis(session: Session, text: str) -> bool:
    """Of any language: nobody chooses a language in need."""
    return any(phrases_in(text, words.phrases) for words in all_lists(session))


def save(session: Session, locale: str, typed: str, staff_id: int, now: datetime) -> Refused | None:
    """One phrase a line; all or nothing. What is typed twice stands once."""
    phrases = tuple(dict.fromkeys(" ".join(line.split()) for line in typed.splitlines() if line.strip()))
    refused = _why_not(phrases)
    if refused is None:
        row = crisis.own_lists(session).get(locale) or CrisisList(locale=locale)
        row.phrases, row.changed_by, row.changed_at = list(phrases), staff_id, now
        session.add(row)
        audit.record(session, "crisis.list_changed", now, staff_id=staff_id, subject=f"language {locale}")
    return refused


def revert(session: Session, locale: str, staff_id: int, now: datetime) -> None:
    """Back to the list that ships."""
    row = crisis.own_lists(session).get(locale)
    if row is not None:
        session.delete(row)
        audit.record(session, "crisis.list_reverted", now, staff_id=staff_id, subject=f"language {locale}")


def _words(code: str, own: CrisisList | None) -> Words:
    return Words(code, tuple(own.phrases), own.changed_at) if own else Words(code, SHIPPED[code])


def _why_not(phrases: tuple[str, ...]) -> Refused | None:
    if not phrases:
        return Refused(Flaw.EMPTY)
    if len(phrases) > MOST_PHRASES:
        return Refused(Flaw.TOO_MANY)
    found = ((flaw_of(phrase), phrase) for phrase in phrases)
    return next((Refused(flaw, phrase) for flaw, phrase in found if flaw is not None), None)
