"""Erase one citizen: what may go goes, what must stay is cut off from her and named with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from database.base import Base
from messaging.inbound import InboundMessage
from portal.domain.data_requests import Outcome
from portal.services.own_data.reading import counts
from portal.services.own_data.sections import PART_OF, SECTIONS, STAYS, UNSEEN
from portal.store import audit, belonging, inbox
from portal.store.audit import AuditEvent
from portal.store.crisis import CrisisAlarm
from portal.store.invitations import citizen_for_update
from portal.store.people import Citizen
from portal.store.rights import DataRequest
from portal.store.thread import UnplacedMessage

ERASED = "erased citizen"
"""What the audit log's rows are marked with instead of the citizen: her former number, which leads nowhere."""
LONGEST_SUBJECT = 80
ABOUT_HER = {each.row for each in SECTIONS} | set(PART_OF) | set(UNSEEN)


@dataclass(frozen=True)
class Plan:
    """What an erasure would do: rows by section, those that go and those that stay with the key of the reason.
    ``unseen``: goes too, if there is any of it; how much is the citizen's own."""

    goes: Mapping[str, int]
    unseen: tuple[str, ...]
    stays: Mapping[str, str]


@dataclass(frozen=True)
class Erasing:
    """``request_id``: of the request that it answers."""

    request_id: int
    staff_id: int
    trace: str | None = None
    """The web request's id, for the audit log."""


def plan(session: Session, citizen_id: int) -> Plan:
    found = counts(session, citizen_id)
    going = [each for each in SECTIONS if each.row not in STAYS]
    goes = {each.name: found[each.name] for each in going if found[each.name] and not each.is_hers_alone}
    unseen = tuple(each.name for each in going if each.is_hers_alone)
    stays = {each.name: STAYS[each.row] for each in SECTIONS if each.row in STAYS}
    return Plan(goes, unseen, stays)


def erase_citizen(session: Session, citizen_id: int, by: Erasing, now: datetime) -> Plan:
    """In the caller's transaction. Raises LookupError when there is no such citizen, or no open request of hers.

    Every table that has to do with her stands in ``own_data.sections``; tests hold that to the mapped classes.
    """
    citizen = citizen_for_update(session, citizen_id)
    request = session.get(DataRequest, by.request_id)
    if citizen is None or request is None or request.citizen_id != citizen_id or not request.is_open:
        raise LookupError(by.request_id)
    done = plan(session, citizen_id)
    _answer(request, by, now)
    session.flush()
    doomed = _doomed(session, citizen)
    _cut_off(session, citizen_id)
    by_table = {row.__table__: row for row in doomed}
    for row in [by_table[table] for table in reversed(Base.metadata.sorted_tables) if table in by_table]:
        belonging.delete_rows(session, row, doomed[row])
    audit.record(
        session,
        "citizen.erased",
        now,
        staff_id=by.staff_id,
        subject=f"{ERASED} {citizen_id}",
        request_id=by.trace,
    )
    return done


def _answer(request: DataRequest, by: Erasing, now: datetime) -> None:
    request.outcome, request.answered_at, request.answered_by = Outcome.DONE, now, by.staff_id


def _doomed(session: Session, citizen: Citizen) -> dict[Any, list[int]]:
    """Ids by class, all found before the first row goes: one table's rows are found by another's."""
    doomed = {row: belonging.ids_of(session, row, citizen.id) for row in ABOUT_HER - set(STAYS)}
    if inbox.how_many_have(session, citizen.phone_index) == 1:
        _add_from_her_phone(session, citizen.phone_index, doomed)
    return doomed


def _add_from_her_phone(session: Session, phone_index: str, doomed: dict[Any, list[int]]) -> None:
    """What came from a number that is hers alone and was never placed, with what hangs on it."""
    sms = select(InboundMessage.id).where(InboundMessage.sender_index == phone_index)
    for row, found_by in (
        (InboundMessage, InboundMessage.id),
        (UnplacedMessage, UnplacedMessage.inbound_id),
        (CrisisAlarm, CrisisAlarm.inbound_id),
    ):
        more = session.scalars(select(row.id).where(found_by.in_(sms)))
        doomed[row] = list({*doomed[row], *more})


def _cut_off(session: Session, citizen_id: int) -> None:
    mark = f"{ERASED} {citizen_id}"
    room = LONGEST_SUBJECT - len(mark) - 2
    kept = func.coalesce(func.substr(AuditEvent.subject, 1, room) + ", ", "") + mark
    for statement in (
        update(AuditEvent).where(AuditEvent.citizen_id == citizen_id).values(citizen_id=None, subject=kept),
        update(DataRequest)
        .where(DataRequest.citizen_id == citizen_id)
        .values(citizen_id=None, words=None, answer=None),
    ):
        session.execute(statement.execution_options(synchronize_session=False))
