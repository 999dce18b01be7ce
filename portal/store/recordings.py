"""Readings of questions, recorded by people. One for each question and language; about no citizen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from database.base import Base, Owned
from database.types import UtcDateTime


class Recording(Owned, Base):
    """What is read stands on every citizen's page: it is not encrypted."""

    __tablename__ = "recordings"
    __table_args__ = (UniqueConstraint("municipality_id", "form", "question", "locale"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    form: Mapped[str] = mapped_column(String(60))
    """The questionnaire's key: a recording outlives a version that leaves its question as it was."""
    question: Mapped[str] = mapped_column(String(64))
    locale: Mapped[str] = mapped_column(String(8))
    wording: Mapped[str] = mapped_column(String(64))
    """The fingerprint of what was read: ``portal.domain.questionnaires.wording_fingerprint``."""
    name: Mapped[str] = mapped_column(String(32), index=True)
    """Its name in addresses, made from its bytes: a new recording has a new address."""
    sound: Mapped[str] = mapped_column(String(4))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    uploaded_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Place(NamedTuple):
    """What is read, in which language. ``form`` and ``question`` are the key and the name."""

    form: str
    question: str
    locale: str


class Recorded(NamedTuple):
    """``address`` is the path it is fetched from."""

    wording: str
    address: str


def find(session: Session, place: Place) -> Recording | None:
    wanted = (Recording.form == place.form, Recording.question == place.question)
    return session.scalar(select(Recording).where(*wanted, Recording.locale == place.locale))


def remove(session: Session, place: Place) -> None:
    wanted = (Recording.form == place.form, Recording.question == place.question)
    session.execute(delete(Recording).where(*wanted, Recording.locale == place.locale))


def all_of(session: Session) -> Mapping[Place, Recorded]:
    """Without their bytes, to be held in memory."""
    columns = (Recording.form, Recording.question, Recording.locale, Recording.wording)
    rows = session.execute(select(*columns, Recording.name, Recording.sound))
    return {
        Place(form, question, locale): Recorded(wording, f"/oplaesning/{name}.{sound}")
        for form, question, locale, wording, name, sound in rows
    }


def content(session: Session, name: str, sound: str) -> bytes | None:
    """For a session that looks across municipalities: the address says which recording it is."""
    wanted = (Recording.name == name, Recording.sound == sound)
    return session.scalars(select(Recording.content).where(*wanted).limit(1)).first()
