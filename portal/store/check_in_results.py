"""What came of check-ins: counts, who was asked, and the answers that call for a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from messaging.message import Status
from messaging.outbox import OutboxMessage
from portal.domain.check_ins import LOW, AskState
from portal.domain.replies import NO, ReplyKind
from portal.store.check_ins import CheckInAnswer, CheckInAsk, CheckInQuestion
from portal.store.people import Citizen

Rows = Select[*tuple[Any, ...]]


class AskRow(NamedTuple):
    """One citizen who was asked, and how far it came; ``message_reason`` is a word for the catalogs."""

    id: int
    citizen_id: int
    first_name: str
    last_name: str
    state: AskState
    reason: str | None
    created_at: datetime
    due_at: datetime | None
    ended_at: datetime | None
    message_status: Status | None
    message_reason: str | None
    message_due_at: datetime | None


class AnswerRow(NamedTuple):
    ask_id: int
    question_id: int
    value: str | None
    text: str | None
    answered_at: datetime


class IndicatorAnswer(NamedTuple):
    """One point of an indicator, given by SMS."""

    indicator: str
    value: str
    answered_at: datetime


def states(session: Session, check_in_ids: Collection[int], team_id: int) -> dict[int, Counter[AskState]]:
    """Check-in -> how many of the team's citizens stand where."""
    query = (
        select(CheckInAsk.check_in_id, CheckInAsk.state, func.count(CheckInAsk.id))
        .join(Citizen, Citizen.id == CheckInAsk.citizen_id)
        .where(CheckInAsk.check_in_id.in_(check_in_ids), Citizen.team_id == team_id)
        .group_by(CheckInAsk.check_in_id, CheckInAsk.state)
    )
    found: dict[int, Counter[AskState]] = {}
    for check_in_id, state, number in session.execute(query):
        found.setdefault(check_in_id, Counter())[state] += number
    return found


def values(session: Session, check_in_ids: Collection[int], team_id: int) -> Mapping[int, Counter[str]]:
    """Question -> how many answered what; free words are counted under ""."""
    query = (
        select(CheckInAnswer.question_id, CheckInAnswer.value, func.count(CheckInAnswer.id))
        .join(CheckInQuestion, CheckInQuestion.id == CheckInAnswer.question_id)
        .join(Citizen, Citizen.id == CheckInAnswer.citizen_id)
        .where(CheckInQuestion.check_in_id.in_(check_in_ids), Citizen.team_id == team_id)
        .group_by(CheckInAnswer.question_id, CheckInAnswer.value)
    )
    found: dict[int, Counter[str]] = {}
    for question_id, value, number in session.execute(query):
        found.setdefault(question_id, Counter())[value or ""] += number
    return found


def asks(session: Session, check_in_id: int, team_id: int, limit: int) -> Sequence[AskRow]:
    """Those of the team who were asked, the newest first."""
    query: Rows = (
        select(
            CheckInAsk.id,
            CheckInAsk.citizen_id,
            Citizen.first_name,
            Citizen.last_name,
            CheckInAsk.state,
            CheckInAsk.reason,
            CheckInAsk.created_at,
            CheckInAsk.due_at,
            CheckInAsk.ended_at,
            OutboxMessage.status,
            OutboxMessage.reason,
            OutboxMessage.due_at,
        )
        .join(Citizen, Citizen.id == CheckInAsk.citizen_id)
        .outerjoin(OutboxMessage, OutboxMessage.id == CheckInAsk.message_id)
        .where(CheckInAsk.check_in_id == check_in_id, Citizen.team_id == team_id)
        .order_by(CheckInAsk.id.desc())
        .limit(limit)
    )
    return [AskRow(*row) for row in session.execute(query)]


def answers(session: Session, ask_ids: Collection[int]) -> dict[int, dict[int, AnswerRow]]:
    """Ask -> question -> the answer."""
    query = select(
        CheckInAnswer.ask_id,
        CheckInAnswer.question_id,
        CheckInAnswer.value,
        CheckInAnswer.text,
        CheckInAnswer.answered_at,
    ).where(CheckInAnswer.ask_id.in_(ask_ids))
    found: dict[int, dict[int, AnswerRow]] = {}
    for row in session.execute(query):
        found.setdefault(row[0], {})[row[1]] = AnswerRow(*row)
    return found


def of_indicators(session: Session, citizen_id: int) -> Sequence[IndicatorAnswer]:
    """Her answers that belong to an indicator, in the order of time."""
    query: Rows = (
        select(CheckInQuestion.indicator, CheckInAnswer.value, CheckInAnswer.answered_at)
        .join(CheckInQuestion, CheckInQuestion.id == CheckInAnswer.question_id)
        .where(
            CheckInAnswer.citizen_id == citizen_id,
            CheckInQuestion.indicator.is_not(None),
            CheckInAnswer.value.is_not(None),
        )
        .order_by(CheckInAnswer.answered_at, CheckInAnswer.id)
    )
    return [IndicatorAnswer(*row) for row in session.execute(query)]


def low_answer() -> ColumnElement[bool]:
    """The condition for an answer that calls for a person (``domain.check_ins.calls_for_a_person``)."""
    return or_(
        and_(CheckInAnswer.kind == ReplyKind.YES_NO, CheckInAnswer.value == NO),
        and_(CheckInAnswer.kind == ReplyKind.NUMBER, CheckInAnswer.value.in_(LOW)),
    )
