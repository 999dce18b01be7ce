"""The one thread between a citizen and her caseworkers, portal and SMS in order; and the SMS with no thread."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, ForeignKey, Index, String, and_, or_, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from database.base import Base, Owned
from database.types import Encrypted, UtcDateTime
from messaging.inbound import InboundMessage
from portal.store.people import Citizen, Staff


class EventKind(StrEnum):
    INVITATION = "invitation"
    REMINDER = "reminder"
    LADDER_ENDED = "ladder_ended"
    ANSWERED = "answered"
    OPTED_OUT = "opted_out"
    OPTED_IN = "opted_in"
    NOT_ME = "not_me"
    NUMBER_DEAD = "number_dead"
    CRISIS_ANSWER = "crisis_answer"
    OUT_OF_HOURS = "out_of_hours"
    """The automatic answer; its body is the day by which a person answers, such as 2026-11-26."""
    CHECK_IN = "check_in"
    CHECK_IN_ANSWER = "check_in_answer"
    PLACED = "placed"
    """Staff have put the SMS below into this thread."""
    NAMED = "named"
    """The SMS below came from a phone that several share, and began with her name."""
    NUMBER_CHANGED = "number_changed"
    NUMBER_CONFIRMED = "number_confirmed"
    NOTE_SHARED = "note_shared"
    """She shared a note of her diary: that she did, never what it says."""
    OWN_NUMBER = "own_number"
    """She has changed her number herself."""
    NEW_CASEWORKER = "new_caseworker"
    """Somebody else looks after her now: her pages say who."""
    MITID_BOUND = "mitid_bound"
    MITID_UNBOUND = "mitid_unbound"
    MEETING_SET = "meeting_set"
    """The body of an event about a meeting is its day, such as 2026-11-26."""
    MEETING_CHANGED = "meeting_changed"
    MEETING_CANCELLED = "meeting_cancelled"
    MEETING_MOVE_ASKED = "meeting_move_asked"
    INTERPRETER_ASKED = "interpreter_asked"
    MEETING_MOVE_UNDONE = "meeting_move_undone"
    """The time suits her after all."""
    REQUEST_ANSWERED = "request_answered"
    """What she asked about her data has an answer, which stands with her data."""
    NO_REPLY = "no_reply"
    """Staff have read what she wrote, and it needs no answer."""
    WHATSAPP_CLOSED = "whatsapp_closed"
    """The message above could no longer go by WhatsApp: it is read in the portal."""


NAMES_A_DAY = frozenset(
    {
        EventKind.OUT_OF_HOURS,
        EventKind.MEETING_SET,
        EventKind.MEETING_CHANGED,
        EventKind.MEETING_CANCELLED,
        EventKind.MEETING_MOVE_ASKED,
        EventKind.MEETING_MOVE_UNDONE,
        EventKind.INTERPRETER_ASKED,
    }
)
"""The body of these events is a day, for the sentence that tells of them."""

AWAITS_HER = ("message", EventKind.REQUEST_ANSWERED)
"""Of staff, in the portal: what she is told of and has not seen until she opens the thread."""


class ThreadEntry(Owned, Base):
    """``kind``: message, or an event (``EventKind``). The question of a check-in and its answer have a body and
    call for no reply; that of a shipped question is its key in the catalogs until it goes out."""

    __tablename__ = "thread_entries"
    __table_args__ = (Index("ix_thread_entries_citizen_id_id", "citizen_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    citizen_id: Mapped[int] = mapped_column(ForeignKey("citizens.id"))
    kind: Mapped[str] = mapped_column(String(24), default="message")
    author: Mapped[str] = mapped_column(String(8))
    """citizen, staff or system."""
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    channel: Mapped[str] = mapped_column(String(12))
    """portal or sms."""
    body: Mapped[str | None] = mapped_column(Encrypted)
    message_id: Mapped[int | None] = mapped_column(ForeignKey("outbox_messages.id"), index=True)
    """The SMS itself, or the neutral SMS that told of a portal message; its status is the delivery state."""
    inbound_id: Mapped[int | None] = mapped_column(ForeignKey("inbound_messages.id"), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the other party saw it."""

    citizen: Mapped[Citizen] = relationship()
    staff: Mapped[Staff | None] = relationship()


def settles() -> ColumnElement[bool]:
    """An entry after which she waits for no answer to what she wrote before it."""
    is_answer = and_(ThreadEntry.kind == "message", ThreadEntry.author == "staff")
    return or_(is_answer, ThreadEntry.kind == EventKind.NO_REPLY)


class UnplacedMessage(Owned, Base):
    """An SMS that belongs to nobody's thread until a person has looked at it. ``why``: unknown_sender,
    former_number (a citizen had it once), shared_number (several citizens have it: never guessed) or number_frozen
    (somebody else has it now); named: placed at once for the name in front of it. ``outcome``: placed (with
    ``citizen_id``), discarded (with a ``reason``) or blocked."""

    __tablename__ = "unplaced_messages"
    __table_args__ = (
        Index("ix_unplaced_messages_open", "municipality_id", "id", sqlite_where=text("settled_at IS NULL"),
              postgresql_where=text("settled_at IS NULL")),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    inbound_id: Mapped[int] = mapped_column(ForeignKey("inbound_messages.id"), unique=True)
    why: Mapped[str] = mapped_column(String(20))
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    outcome: Mapped[str | None] = mapped_column(String(12))
    reason: Mapped[str | None] = mapped_column(String(24))
    citizen_id: Mapped[int | None] = mapped_column(ForeignKey("citizens.id"), index=True)

    inbound: Mapped[InboundMessage] = relationship()
    citizen: Mapped[Citizen | None] = relationship()
