"""Check-ins by SMS: asking a citizen, and taking her reply as the answer where it plainly is one.

A newer check-in takes the place of the one that is open: a reply belongs to the question she saw last. A planned
one does so when its SMS goes out, not before.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from database.tenancy import TenantSession
from messaging import outbox, outcomes
from messaging.message import Lane, Status, dedupe_key
from messaging.outbox import Message, NewMessage, OutboxMessage
from messaging.policy import StopReason, Wait
from portal.domain.ageing import Standing
from portal.domain.check_ins import CLOSES_AFTER, AskState, Closed
from portal.domain.replies import NotUnderstood, ReplyKind, Understood, understand
from portal.store import check_in_asks
from portal.store.check_ins import CheckInAnswer, CheckInAsk, CheckInQuestion
from portal.store.invitations import citizen_for_update
from portal.store.municipalities import own
from portal.store.people import Addressee, Citizen
from portal.store.thread import EventKind, ThreadEntry


class NotAskedReason(StrEnum):
    UNKNOWN_CITIZEN = "unknown_citizen"
    UNKNOWN_CHECK_IN = "unknown_check_in"
    EXEMPT = "exempt"
    DROPPED_OUT = "dropped_out"
    OPTED_OUT = "opted_out"
    NUMBER_FROZEN = "number_frozen"
    NO_REPLY_NUMBER = "no_reply_number"


@dataclass(frozen=True)
class Asked:
    """``is_new`` is False when this check-in is under way with her already: the same click twice. ``message_id``: the
    SMS, where several were asked together."""

    ask_id: int
    is_new: bool
    message_id: int | None = None


@dataclass(frozen=True)
class NotAsked:
    reason: NotAskedReason


def ask(
    session: TenantSession,
    citizen_id: int,
    check_in_id: int,
    staff_id: int,
    now: datetime,
    *,
    due_at: datetime | None = None,
    wait: Wait | None = None,
    lane: Lane = Lane.SINGLE,
) -> Asked | NotAsked:
    """Ask the citizen by SMS, at once or at ``due_at``; the hours for SMS are kept when it is sent. ``wait``: what is
    known already to hold it, so that the thread says so from the first look."""
    citizen = citizen_for_update(session, citizen_id)
    check_in = check_in_asks.with_questions(session, check_in_id)
    if citizen is None or check_in is None:
        missing = NotAskedReason.UNKNOWN_CITIZEN if citizen is None else NotAskedReason.UNKNOWN_CHECK_IN
        return NotAsked(missing)
    reason = why_not(citizen, own(session).reply_number)
    if reason is not None:
        return NotAsked(reason)
    known = check_in_asks.under_way(session, citizen_id, check_in_id)
    if known is not None:
        return Asked(known.id, is_new=False)
    asking = CheckInAsk(
        check_in=check_in,
        citizen_id=citizen_id,
        asked_by=staff_id,
        language=citizen.language,
        created_at=now,
        due_at=due_at,
    )
    session.add(asking)
    session.flush()
    message = _enqueue_question(session, asking, now, lane)
    if wait is not None:
        outcomes.put_back(message, wait.until, wait.reason)
    asking.message_id = message.id
    return Asked(asking.id, is_new=True)


def why_not(citizen: Citizen | Addressee, reply_number: str | None) -> NotAskedReason | None:
    """Why she cannot be asked by SMS now, whatever the question."""
    if citizen.standing != Standing.ACTIVE.value:
        return NotAskedReason(citizen.standing)
    if citizen.opted_out_at is not None:
        return NotAskedReason.OPTED_OUT
    if citizen.frozen_at is not None:
        return NotAskedReason.NUMBER_FROZEN
    return NotAskedReason.NO_REPLY_NUMBER if reply_number is None else None


def went_out(session: Session, asking: CheckInAsk, message: Message, body: str, now: datetime) -> None:
    """The SMS with the question that is asked now is on its way: from here on her SMS answers it."""
    if asking.state is AskState.PLANNED:
        if check_in_asks.has_open(session, asking.citizen_id):
            check_in_asks.close_of_citizen(session, asking.citizen_id, Closed.REPLACED, now, (AskState.OPEN,))
        asking.state = AskState.OPEN
    asking.language = asking.citizen.language
    asking.asked_at = asking.asked_at or now
    asking.closes_at = asking.asked_at + CLOSES_AFTER
    _entry_of(session, asking, message, now).body = body


def withheld(session: Session, asking: CheckInAsk, message: Message, reason: str, now: datetime) -> None:
    """Her SMS is not sent after all, so nothing is asked; the thread says why."""
    _entry_of(session, asking, message, now)
    asking.state, asking.reason, asking.ended_at = AskState.CLOSED, reason, now


def stop(session: Session, citizen: Citizen, now: datetime) -> None:
    """She wants no more SMS: what she was asked is closed, and nothing planned is left."""
    check_in_asks.close_of_citizen(session, citizen.id, Closed.OPTED_OUT, now)


def call_off(session: Session, citizen_id: int, ask_id: int, now: datetime) -> bool:
    """Takes back a question that waits for its time. False when it is too late: it goes out, or has ended."""
    message = check_in_asks.held_sms(session, citizen_id, ask_id)
    if message is None:
        return False
    outcomes.finish(message, Status.WITHHELD, StopReason.CANCELLED, now)
    check_in_asks.cancel_told_by(session, [message.id], StopReason.CANCELLED, now)
    return True


def awaited(session: Session, citizen: Citizen, entry: ThreadEntry, now: datetime) -> CheckInAsk | None:
    """The question that this SMS may answer: open, and asked before it was written."""
    asking = check_in_asks.open_of(session, citizen.id) if entry.channel == "sms" and entry.body else None
    if asking is None or asking.asked_at is None or asking.closes_at is None:
        return None
    return asking if asking.asked_at <= entry.created_at and now < asking.closes_at else None


def take_reply(
    session: TenantSession, citizen: Citizen, asking: CheckInAsk, entry: ThreadEntry, now: datetime
) -> bool:
    """Her SMS as the answer to the question that is `awaited`. False when it is none: then it is a message like any
    other."""
    question = asking.question
    names = (citizen.first_name, citizen.last_name, citizen.caseworker.name, asking.asker.name)
    meaning = understand(entry.body or "", question.kind, asking.language, names)
    if isinstance(meaning, NotUnderstood):
        return False
    session.add(_answer(asking, question, meaning, entry, now))
    if question.kind is not ReplyKind.FREE:
        # Plainly understood and confirmed: nobody has to read it to answer it. Free words are for a person.
        entry.kind = EventKind.CHECK_IN_ANSWER
    session.flush()
    _go_on(session, asking, entry, now)
    return True


def take_back_reply(session: Session, entry: ThreadEntry, now: datetime) -> None:
    """The entry was somebody else's and answers nothing: her question is asked as before, if there is still time and
    nothing has been asked since."""
    answer = check_in_asks.given_in(session, entry.id)
    if answer is None:
        return
    asking = session.get_one(CheckInAsk, answer.ask_id)
    session.delete(answer)
    session.flush()
    if asking.state is not AskState.ANSWERED or answer.question_id != asking.question.id:
        return  # the question after it has been asked already, and is answered for itself
    is_open = asking.closes_at is not None and now < asking.closes_at
    if is_open and not check_in_asks.has_open(session, asking.citizen_id):
        asking.state, asking.ended_at = AskState.OPEN, None
    else:
        asking.state, asking.reason = AskState.CLOSED, Closed.UNANSWERED


def ask_again(session: TenantSession, asking: CheckInAsk, entry: ThreadEntry, now: datetime) -> None:
    """Her SMS was no answer to the question: the first time, it is repeated once, gently."""
    if not asking.repeated:
        asking.repeated = True
        entry.message_id = _enqueue(session, asking, "check_in_repeat", now).id


def close_expired(session: Session, now: datetime) -> None:
    """Questions that nobody answered close, and that is all. For a session that looks across municipalities."""
    check_in_asks.close_expired(session, now)


def _answer(
    asking: CheckInAsk, question: CheckInQuestion, meaning: Understood, entry: ThreadEntry, now: datetime
) -> CheckInAnswer:
    is_free = question.kind is ReplyKind.FREE
    return CheckInAnswer(
        ask_id=asking.id,
        question_id=question.id,
        citizen_id=asking.citizen_id,
        kind=question.kind,
        value=None if is_free else meaning.value,
        text=meaning.value if is_free else None,
        language=asking.language,
        entry_id=entry.id,
        answered_at=now,
    )


def _go_on(session: TenantSession, asking: CheckInAsk, entry: ThreadEntry, now: datetime) -> None:
    """The next question at once, or the one confirmation after the last."""
    if asking.position + 1 < len(asking.check_in.questions):
        asking.position, asking.repeated, asking.asked_at = asking.position + 1, False, None
        _enqueue_question(session, asking, now, Lane.CONVERSATION)
        return
    asking.state, asking.ended_at = AskState.ANSWERED, now
    entry.message_id = _enqueue(session, asking, "check_in_thanks", now).id


def _enqueue_question(session: TenantSession, asking: CheckInAsk, now: datetime, lane: Lane) -> OutboxMessage:
    message = _enqueue(session, asking, "check_in", now, lane)
    if asking.due_at is None or asking.position > 0:
        _entry_of(session, asking, message, now)
    return message


def _enqueue(
    session: TenantSession, asking: CheckInAsk, kind: str, now: datetime, lane: Lane = Lane.CONVERSATION
) -> OutboxMessage:
    new = NewMessage(
        kind=kind,
        recipient_ref=asking.citizen_id,
        dedupe_key=dedupe_key(kind, asking.id, asking.position),
        parameters={"ask_id": asking.id, "position": asking.position},
        due_at=asking.due_at if kind == "check_in" and asking.position == 0 else None,
        lane=lane,
    )
    return outbox.enqueue(session, new, now).message


def _entry_of(session: Session, asking: CheckInAsk, message: Message, now: datetime) -> ThreadEntry:
    """The question's place in the thread: made when it is asked; for a planned one, when it goes out."""
    entry = check_in_asks.entry_of(session, message.id)
    if entry is None:
        entry = ThreadEntry(
            citizen_id=asking.citizen_id,
            kind=EventKind.CHECK_IN,
            author="staff",
            staff_id=asking.asked_by,
            channel="sms",
            body=asking.question.words,
            message_id=message.id,
            created_at=now,
        )
        session.add(entry)
    return entry
