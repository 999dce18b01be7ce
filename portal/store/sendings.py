"""Sendings to many, and the recipients of each: the unique pair is what keeps anybody from getting one twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    literal,
    select,
    text,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from database.base import Base, Owned
from database.lean import Change, Lookup, change_rows
from database.types import Encrypted, EncryptedJson, UtcDateTime, enum_as_text
from messaging.message import Status
from messaging.outbox import OutboxMessage
from portal.domain.sendings import RecipientState, SendingKind, SendingState


class Sending(Owned, Base):
    """A draft has no ``kind`` until its maker has chosen what it sends. It belongs to the team."""

    __tablename__ = "sendings"
    __table_args__ = (
        Index("ix_sendings_live", "id", sqlite_where=text("state IN ('planned', 'running')"),
              postgresql_where=text("state IN ('planned', 'running')")),
        Index("ix_sendings_fingerprint", "municipality_id", "fingerprint"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"), index=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("citizen_groups.id"))
    """Where the recipients come from; the list itself is taken when the draft is made."""
    form_key: Mapped[str] = mapped_column(String(40), unique=True)
    """Of the page that made the draft: the same click twice is one draft."""
    kind: Mapped[SendingKind | None] = mapped_column(enum_as_text(SendingKind, 16))
    questionnaire_id: Mapped[int | None] = mapped_column(ForeignKey("questionnaires.id"))
    check_in_id: Mapped[int | None] = mapped_column(ForeignKey("check_ins.id"))
    body: Mapped[str | None] = mapped_column(Encrypted)
    channel: Mapped[str | None] = mapped_column(String(12))
    words_confirmed: Mapped[bool] = mapped_column(default=False)
    """Words that may be too private for an SMS were pointed out to the maker, who meant them."""
    fingerprint: Mapped[str | None] = mapped_column(String(43))
    state: Mapped[SendingState] = mapped_column(enum_as_text(SendingState), default=SendingState.DRAFT)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    planned_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """None: at once."""
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When it came into its state."""
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the last recipient was seen to, or when somebody stopped it."""
    list_report: Mapped[Any] = mapped_column(EncryptedJson, nullable=True, deferred=True)
    """What each row of a list of numbers was; kept until the sending is confirmed, for it may name strangers."""


class SendingRecipient(Owned, Base):
    __tablename__ = "sending_recipients"
    __table_args__ = (
        UniqueConstraint("sending_id", "citizen_id"),
        Index("ix_sending_recipients_waiting", "sending_id", "citizen_id",
              sqlite_where=text("state = 'waiting'"), postgresql_where=text("state = 'waiting'")),
        Index("ix_sending_recipients_enqueued", "sending_id", "id",
              sqlite_where=text("state = 'enqueued'"), postgresql_where=text("state = 'enqueued'")),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    sending_id: Mapped[int] = mapped_column(ForeignKey("sendings.id"))
    citizen_id: Mapped[int] = mapped_column(ForeignKey("citizens.id"), index=True)
    state: Mapped[RecipientState] = mapped_column(
        enum_as_text(RecipientState), default=RecipientState.WAITING
    )
    reason: Mapped[str | None] = mapped_column(String(60))
    """Why she was left out: a word for the catalogs."""
    message_id: Mapped[int | None] = mapped_column(ForeignKey("outbox_messages.id"), index=True)
    handled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class DueSending(NamedTuple):
    id: int
    municipality_id: int


def due(session: Session, now: datetime) -> list[DueSending]:
    """Sendings that want feeding, whose turn was longest ago first; for a session that looks across."""
    query = (
        select(Sending.id, Sending.municipality_id)
        .where(
            Sending.state.in_((SendingState.PLANNED, SendingState.RUNNING)),
            (Sending.planned_at.is_(None)) | (Sending.planned_at <= now),
        )
        .order_by(Sending.id)
    )
    return [DueSending(*row) for row in session.execute(query)]


def hold(session: Session, sending_id: int, *, wait: bool = True) -> Sending | None:
    """Locked: a click and the feeder take their turns. Without ``wait``: None when somebody else has it."""
    query = select(Sending).where(Sending.id == sending_id).with_for_update(skip_locked=not wait)
    return session.scalars(query).one_or_none()


def by_form_key(session: Session, form_key: str) -> Sending | None:
    return session.scalars(select(Sending).where(Sending.form_key == form_key)).one_or_none()


class Waiting(NamedTuple):
    """A recipient whose turn has not come."""

    id: int
    citizen_id: int


def next_waiting(session: Session, sending_id: int, limit: int) -> list[Waiting]:
    """In the order of citizens, so that two sendings to the same people never wait for each other."""
    query = (
        select(SendingRecipient.id, SendingRecipient.citizen_id)
        .where(SendingRecipient.sending_id == sending_id, SendingRecipient.state == _WAITING)
        .order_by(SendingRecipient.citizen_id)
        .limit(limit)
    )
    return [Waiting(*row) for row in session.execute(query)]


def note(session: Session, recipients: Sequence[Mapping[str, object]]) -> None:
    """What became of each: the columns of those names, by ``id``."""
    change_rows(session, SendingRecipient, recipients)


def settle(session: Session, sending_id: int) -> int:
    """Whose message has left the outbox waits for nothing more of ours. Gives how many it still holds; they are a
    feeder's window at most."""
    # Three plain statements, not one with the messages inside: its plan is a guess until PostgreSQL has counted.
    given = _GIVEN.fetch(session, sending_id=sending_id)
    messages = _MESSAGES.fetch(session, id=[each.message_id for each in given if each.message_id is not None])
    ours = {each.id for each in messages if each.status in (Status.QUEUED, Status.SENDING)}
    gone = [each.id for each in given if each.message_id not in ours]
    _HAND_OVER.make(session, {"state": RecipientState.HANDED_OVER}, id=gone)
    return len(given) - len(gone)


def held_messages(session: Session, sending_id: int) -> list[tuple[SendingRecipient, OutboxMessage]]:
    """What waits in the outbox and is in no worker's hands, locked; no more than a feeder's window."""
    query = (
        select(SendingRecipient, OutboxMessage)
        .join(OutboxMessage, OutboxMessage.id == SendingRecipient.message_id)
        .where(
            SendingRecipient.sending_id == sending_id,
            SendingRecipient.state == _ENQUEUED,
            OutboxMessage.status == Status.QUEUED,
            OutboxMessage.claimed_by.is_(None),
        )
        .order_by(OutboxMessage.id)
        .with_for_update(of=OutboxMessage, skip_locked=True)
    )
    return [(row[0], row[1]) for row in session.execute(query)]


def leave_out_waiting(session: Session, sending_id: int, reason: str, now: datetime) -> None:
    session.execute(
        update(SendingRecipient)
        .where(SendingRecipient.sending_id == sending_id, SendingRecipient.state == _WAITING)
        .values(state=RecipientState.LEFT_OUT, reason=reason, handled_at=now)
        .execution_options(synchronize_session=False)
    )


def _written_out(state: RecipientState) -> ColumnElement[RecipientState]:
    """Not bound: only so does PostgreSQL know that the partial index of the state will do."""
    return literal(state, SendingRecipient.state.type, literal_execute=True)


_WAITING, _ENQUEUED = _written_out(RecipientState.WAITING), _written_out(RecipientState.ENQUEUED)
_RECIPIENTS: Any = SendingRecipient.__table__
_GIVEN = Lookup(
    SendingRecipient, ("id", "message_id"), by=("sending_id",), also=_RECIPIENTS.c.state == _ENQUEUED
)
_MESSAGES = Lookup(OutboxMessage, ("id", "status"), among="id")
_HAND_OVER = Change(SendingRecipient, ("state",), among="id")
