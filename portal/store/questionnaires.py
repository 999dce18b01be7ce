"""Questionnaires and their versions. A published version never changes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint, event, func, select
from sqlalchemy.orm import Mapped, Session, aliased, contains_eager, mapped_column, relationship, undefer

from database.base import Base, Owned
from database.lean import Lookup
from database.types import UtcDateTime, enum_as_text
from portal.domain import questionnaires as domain
from portal.domain.stored_forms import from_dict
from portal.store.kept import of_the_house


class Origin(StrEnum):
    """Where a version came from: an upgrade replaces only what it shipped itself."""

    SHIPPED = "shipped"
    IMPORTED = "imported"
    EDITED = "edited"


class PublishedVersionError(Exception):
    """Somebody tried to change a version that citizens may have answered."""


class Questionnaire(Owned, Base):
    __tablename__ = "questionnaires"
    __table_args__ = (UniqueConstraint("municipality_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(60))
    respondent: Mapped[str] = mapped_column(String(12))
    counterpart_key: Mapped[str | None] = mapped_column(String(60))
    """The key of the form that the other party answers about the same citizen at the same time."""


class QuestionnaireVersion(Owned, Base):
    """``definition``: what ``domain.stored_forms.to_dict`` gives; new answers take the newest number.

    It is loaded when it is asked for, and then through `definition`, which asks once for each form.
    """

    __tablename__ = "questionnaire_versions"
    __table_args__ = (UniqueConstraint("questionnaire_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaires.id"), index=True)
    number: Mapped[int]
    definition: Mapped[dict[str, Any]] = mapped_column(JSON, deferred=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    """Of the definition: equal ones are equal forms. Filled in when the row is stored."""
    origin: Mapped[Origin] = mapped_column(enum_as_text(Origin), default=Origin.IMPORTED)
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
    published_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))

    questionnaire: Mapped[Questionnaire] = relationship()


@event.listens_for(QuestionnaireVersion, "before_insert")
def _seal(_mapper: object, _connection: object, version: QuestionnaireVersion) -> None:
    version.fingerprint = fingerprint(version.definition)


@event.listens_for(QuestionnaireVersion, "before_update")
def _refuse_change(_mapper: object, _connection: object, version: QuestionnaireVersion) -> None:
    raise PublishedVersionError(f"version {version.id} is published: publish a new one")


def fingerprint(definition: Mapping[str, Any]) -> str:
    content = json.dumps(definition, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()


MOST_KEPT = 500
_read: dict[str, domain.Questionnaire] = {}


def definition(version: QuestionnaireVersion) -> domain.Questionnaire:
    """The form of a version. Kept in memory by its content, so that all municipalities share a shipped form."""
    found = _read.get(version.fingerprint)
    if found is None:
        if len(_read) >= MOST_KEPT:
            _read.clear()
        found = _read[version.fingerprint] = from_dict(version.definition)
    return found


def forget(fingerprints: Iterable[str]) -> None:
    """Of forms that were read to be looked at once."""
    for fingerprint in fingerprints:
        _read.pop(fingerprint, None)


def definitions(session: Session, versions: Sequence[QuestionnaireVersion]) -> list[domain.Questionnaire]:
    """As `definition`, for several versions with one query at most."""
    unread = [version.id for version in versions if version.fingerprint not in _read]
    if unread:
        query = select(QuestionnaireVersion).where(QuestionnaireVersion.id.in_(unread))
        session.scalars(query.options(undefer(QuestionnaireVersion.definition))).all()
    return [definition(version) for version in versions]


def by_key(session: Session, key: str, *, lock: bool = False) -> Questionnaire | None:
    """``lock``: nobody else publishes a version of it until this transaction ends."""
    query = select(Questionnaire).where(Questionnaire.key == key)
    return session.scalar(query.with_for_update() if lock else query)


def newest_version(session: Session, questionnaire_id: int) -> QuestionnaireVersion | None:
    """The version that new answers take."""
    return session.scalar(
        select(QuestionnaireVersion)
        .where(QuestionnaireVersion.questionnaire_id == questionnaire_id)
        .order_by(QuestionnaireVersion.number.desc())
        .limit(1)
    )


def newest_versions(session: Session) -> list[QuestionnaireVersion]:
    """The newest version of each questionnaire with its row, by key."""
    each = aliased(QuestionnaireVersion)
    newest = select(func.max(each.number)).where(each.questionnaire_id == Questionnaire.id).scalar_subquery()
    query = (
        select(QuestionnaireVersion)
        .join(QuestionnaireVersion.questionnaire)
        .options(contains_eager(QuestionnaireVersion.questionnaire))
        .where(QuestionnaireVersion.number == newest)
        .order_by(Questionnaire.key)
    )
    return list(session.scalars(query))


def versions(session: Session, key: str) -> list[QuestionnaireVersion]:
    """Every version of a questionnaire with its row, the newest first."""
    query = (
        select(QuestionnaireVersion)
        .join(QuestionnaireVersion.questionnaire)
        .options(contains_eager(QuestionnaireVersion.questionnaire))
        .where(Questionnaire.key == key)
        .order_by(QuestionnaireVersion.number.desc())
    )
    return list(session.scalars(query))


def newest_version_id(session: Session, questionnaire_id: int) -> int | None:
    """The id of the newest published version; None where nothing is published."""

    def find() -> int | None:
        rows = _NUMBERS.fetch(session, questionnaire_id=questionnaire_id)
        return max(rows)[1] if rows else None

    return of_the_house(session, (newest_version_id, questionnaire_id), find)


_NUMBERS = Lookup(QuestionnaireVersion, ("number", "id"), by=("questionnaire_id",))


def newest_version_ids(session: Session, questionnaire_ids: Collection[int]) -> dict[int, int]:
    """Questionnaire -> the id of its newest version, in one select."""
    rows = session.execute(
        select(QuestionnaireVersion.questionnaire_id, QuestionnaireVersion.id)
        .where(QuestionnaireVersion.questionnaire_id.in_(questionnaire_ids))
        .order_by(QuestionnaireVersion.number)
    )
    return {row.questionnaire_id: row.id for row in rows}
