"""Requests for correction or erasure: asked by the citizen, answered by staff with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from database.tenancy import TenantSession
from i18n.formatting import COPENHAGEN
from messaging.content_guard import mask_cpr
from portal.domain.access import Resource, Role, Scope, scope
from portal.domain.ageing import local_day
from portal.domain.data_requests import (
    Outcome,
    RequestFacts,
    RequestKind,
    RequestRefusal,
    RequestState,
    due_on,
    state,
    why_not_answer,
    why_not_ask,
)
from portal.domain.own_words import tidy
from portal.services.reach import Reader
from portal.services.telling import tell_of_event
from portal.store import audit, rights
from portal.store.invitations import citizen_for_update
from portal.store.rights import DataRequest
from portal.store.thread import EventKind


@dataclass(frozen=True)
class Shown:
    request: DataRequest
    state: RequestState


@dataclass(frozen=True)
class Answering:
    """``outcome`` and ``answer`` as they were typed."""

    outcome: str
    answer: str
    staff_id: int


def ask(
    session: Session, citizen_id: int, kind: str, typed: str, now: datetime
) -> DataRequest | RequestRefusal:
    """Digits like a CPR number are masked. The same again, while it is open, is the same click twice."""
    words = mask_cpr(tidy(typed)).text
    citizen_for_update(session, citizen_id)
    waiting = rights.open_of_citizen(session, citizen_id)
    known = next((each for each in waiting if (each.kind, each.words or "") == (kind, words)), None)
    if known is not None:
        return known
    refusal = why_not_ask(kind, words, len(waiting))
    if refusal is not None:
        return refusal
    row = DataRequest(
        citizen_id=citizen_id,
        kind=RequestKind(kind),
        words=words or None,
        asked_at=now,
        due_on=due_on(local_day(now, COPENHAGEN)),
    )
    session.add(row)
    session.flush()
    return row


def take_back(session: Session, citizen_id: int, request_id: int, now: datetime) -> bool:
    """Whether there was one to take back."""
    row = rights.one_of(session, citizen_id, request_id, lock=True)
    if row is None or not row.is_open:
        return False
    row.withdrawn_at = now
    return True


def answer(
    session: TenantSession, request: DataRequest, given: Answering, now: datetime
) -> RequestRefusal | None:
    """``request`` locked. None: it is answered, and she is told that it stands on her page."""
    said = mask_cpr(tidy(given.answer)).text
    refusal = RequestRefusal.CLOSED if not request.is_open else why_not_answer(given.outcome, said)
    if refusal is None:
        request.outcome = Outcome(given.outcome)
        request.answer = said
        request.answered_at = now
        request.answered_by = given.staff_id
        audit.record(
            session,
            "data_request.answered",
            now,
            staff_id=given.staff_id,
            citizen_id=request.citizen_id,
            subject=f"request {request.id}",
        )
        if request.citizen_id is not None:
            citizen_for_update(session, request.citizen_id)
            tell_of_event(session, request.citizen_id, EventKind.REQUEST_ANSWERED, given.staff_id, now)
    return refusal


def of_citizen(session: Session, citizen_id: int, today: date) -> tuple[Shown, ...]:
    return tuple(shown(each, today) for each in rights.of_citizen(session, citizen_id))


def waiting(session: Session, reader: Reader, now: datetime) -> Sequence[Shown]:
    """What the reader may see of the open requests, the most urgent first; that she looked is written down."""
    everywhere = scope(reader.role, Resource.DATA_REQUESTS) is Scope.MUNICIPALITY
    if not everywhere and reader.team_id is None:
        return ()
    audit.record(
        session,
        "data_request.list_read",
        now,
        staff_id=reader.staff_id,
        request_id=reader.request_id or None,
    )
    rows = rights.open_requests(session, None if everywhere else reader.team_id)
    today = local_day(now, COPENHAGEN)
    return [shown(each, today) for each in rows]


def shown(row: DataRequest, today: date) -> Shown:
    facts = RequestFacts(row.due_on, row.answered_at is not None, row.withdrawn_at is not None)
    return Shown(row, state(facts, today))


def may_erase(role: Role, request: DataRequest) -> bool:
    wanted = request.is_open and request.kind is RequestKind.ERASURE
    return wanted and scope(role, Resource.ERASE_CITIZEN) is not None
