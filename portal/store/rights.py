"""What citizens ask about their data, and what the municipality has set about their rights."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, select, text
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from database.base import Base, Owned
from database.types import Encrypted, UtcDateTime, enum_as_text
from portal.domain.data_requests import Outcome, RequestKind
from portal.store.people import Citizen, Staff

_OPEN = "answered_at IS NULL AND withdrawn_at IS NULL"


class DataRequest(Owned, Base):
    """``words`` are hers, ``answer`` is the reason she is given. When she is erased, the row stays without her: that
    she was answered, and when, can still be shown."""

    __tablename__ = "data_requests"
    __table_args__ = (
        Index("ix_data_requests_open", "municipality_id", "due_on", sqlite_where=text(_OPEN),
              postgresql_where=text(_OPEN)),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    citizen_id: Mapped[int | None] = mapped_column(ForeignKey("citizens.id"), index=True)
    kind: Mapped[RequestKind] = mapped_column(enum_as_text(RequestKind))
    words: Mapped[str | None] = mapped_column(Encrypted)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_on: Mapped[date]
    """The last local day for an answer."""
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    outcome: Mapped[Outcome | None] = mapped_column(enum_as_text(Outcome))
    answer: Mapped[str | None] = mapped_column(Encrypted)

    citizen: Mapped[Citizen | None] = relationship()
    answerer: Mapped[Staff | None] = relationship()

    @property
    def is_open(self) -> bool:
        return self.answered_at is None and self.withdrawn_at is None


class RightsSettings(Owned, Base):
    """At most one row a municipality; without one nothing is allowed beyond the access table."""

    __tablename__ = "rights_settings"
    __table_args__ = (UniqueConstraint("municipality_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    download_by_pin: Mapped[bool] = mapped_column(default=False)
    """A copy of her data by PIN, where the access table asks for MitID."""
    email: Mapped[str | None] = mapped_column(String(120))
    """Where the public may write about accessibility and about data."""
    dpo: Mapped[str | None] = mapped_column(String(200))
    """How the data-protection officer is reached, as it is to be read."""
    statement_url: Mapped[str | None] = mapped_column(String(200))
    """The accessibility statement in the state's register, where the law wants it."""
    reviewed_on: Mapped[date | None]
    """When somebody last went through the accessibility statement."""


def settings(session: Session) -> RightsSettings:
    """Those of the session's municipality; a new row, not yet added, where it has none."""
    return session.scalars(select(RightsSettings)).one_or_none() or RightsSettings(download_by_pin=False)


def of_citizen(session: Session, citizen_id: int) -> Sequence[DataRequest]:
    """The newest first."""
    query = (
        select(DataRequest)
        .where(DataRequest.citizen_id == citizen_id)
        .options(joinedload(DataRequest.answerer))
        .order_by(DataRequest.id.desc())
    )
    return session.scalars(query).all()


def one_of(session: Session, citizen_id: int, request_id: int, *, lock: bool = False) -> DataRequest | None:
    query = select(DataRequest).where(DataRequest.id == request_id, DataRequest.citizen_id == citizen_id)
    return session.scalars(query.with_for_update() if lock else query).one_or_none()


def open_of_citizen(session: Session, citizen_id: int) -> Sequence[DataRequest]:
    query = select(DataRequest).where(
        DataRequest.citizen_id == citizen_id,
        DataRequest.answered_at.is_(None),
        DataRequest.withdrawn_at.is_(None),
    )
    return session.scalars(query.order_by(DataRequest.due_on, DataRequest.id)).all()


def open_requests(session: Session, team_id: int | None) -> Sequence[DataRequest]:
    """Those that wait for an answer, the most urgent first: of one team, or of the whole municipality."""
    query = (
        select(DataRequest)
        .join(Citizen, Citizen.id == DataRequest.citizen_id)
        .where(DataRequest.answered_at.is_(None), DataRequest.withdrawn_at.is_(None))
        .options(joinedload(DataRequest.citizen).joinedload(Citizen.caseworker))
        .order_by(DataRequest.due_on, DataRequest.id)
    )
    return session.scalars(query if team_id is None else query.where(Citizen.team_id == team_id)).all()
