"""What the planning of schedules looks up: one query each, whatever the number of citizens."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Row, Select, Subquery, and_, func, or_, select, update
from sqlalchemy.orm import Session, aliased, joinedload

from database.lean import Lock, Lookup, change_rows
from i18n.formatting import COPENHAGEN
from portal.domain.ageing import local_day
from portal.domain.meetings import start_of
from portal.domain.schedules import DATES, DateKind, ScheduleKind
from portal.store import meetings
from portal.store.answering import Invitation
from portal.store.groups import GroupMember
from portal.store.people import Citizen
from portal.store.reminders import CitizenDate, ReminderLadder, ReminderSchedule, ScheduleOccurrence


class Candidate(NamedTuple):
    """A citizen whom a schedule is about."""

    citizen_id: int
    caseworker_id: int
    standing: str
    created_at: datetime
    opted_out_at: datetime | None
    frozen_at: datetime | None
    number_failed_at: datetime | None
    paused_at: datetime | None
    paused_until: date | None
    last_asked_at: datetime | None
    last_finished_at: datetime | None
    day: date | None


def to_plan(session: Session, today: date) -> list[tuple[int, int]]:
    """(municipality, schedule) of those whose planning of ``today`` is not done. Looks across municipalities."""
    query = select(ReminderSchedule.municipality_id, ReminderSchedule.id).where(
        ReminderSchedule.stopped_at.is_(None),
        ReminderSchedule.paused_at.is_(None),
        or_(ReminderSchedule.planned_on.is_(None), ReminderSchedule.planned_on < today),
    )
    return [(municipality, schedule) for municipality, schedule in session.execute(query)]


def candidates(session: Session, schedule: ReminderSchedule, today: date) -> list[Candidate]:
    """``schedule`` need not be stored yet. A meeting counts as long as its day is ahead."""
    ahead = start_of(today + timedelta(days=1), COPENHAGEN)
    newest, invitation = _newest_invitation(schedule.questionnaire_id), aliased(Invitation)
    query: Select[*tuple[Any, ...]] = (
        select(
            Citizen.id,
            Citizen.caseworker_id,
            Citizen.standing,
            Citizen.created_at,
            Citizen.opted_out_at,
            Citizen.frozen_at,
            Citizen.number_failed_at,
            Citizen.reminders_paused_at,
            Citizen.reminders_paused_until,
            invitation.created_at,
            invitation.finished_at,
            CitizenDate.day,
            meetings.next_at(ahead),
        )
        .outerjoin(newest, newest.c.citizen_id == Citizen.id)
        .outerjoin(invitation, invitation.id == newest.c.id)
        .outerjoin(
            CitizenDate,
            and_(CitizenDate.citizen_id == Citizen.id, CitizenDate.kind == _date_kind(schedule)),
        )
        .where(Citizen.team_id == schedule.team_id)
        .order_by(Citizen.id)
    )
    if schedule.group_id is not None:
        member = select(GroupMember.citizen_id).where(GroupMember.group_id == schedule.group_id)
        query = query.where(Citizen.id.in_(member))
    counts_meetings = schedule.kind is ScheduleKind.BEFORE_MEETING
    return [_candidate(row, counts_meetings=counts_meetings) for row in session.execute(query)]


def _candidate(row: Row[*tuple[Any, ...]], *, counts_meetings: bool) -> Candidate:
    candidate, meeting_at = Candidate(*row[:-1]), row[-1]
    if not counts_meetings:
        return candidate
    return candidate._replace(day=local_day(meeting_at, COPENHAGEN) if meeting_at else None)


def asked_before(session: Session, schedule_id: int) -> dict[int, set[str]]:
    """Citizen -> the occurrences there were."""
    query = select(ScheduleOccurrence.citizen_id, ScheduleOccurrence.occurrence).where(
        ScheduleOccurrence.schedule_id == schedule_id
    )
    found: dict[int, set[str]] = {}
    for citizen_id, occurrence in session.execute(query):
        found.setdefault(citizen_id, set()).add(occurrence)
    return found


def end_ladders(
    session: Session, citizen_ids: Collection[int], questionnaire_id: int, reason: str, now: datetime
) -> None:
    """Those about the same form: they are asked anew."""
    # Not one statement with the forms inside: without statistics PostgreSQL compares all ladders with all invitations.
    going = _GOING.fetch(session, lock=Lock.WAIT, citizen_id=[*citizen_ids])
    about = _ABOUT.fetch(
        session, questionnaire_id=questionnaire_id, id=[each.invitation_id for each in going]
    )
    same = {each.id for each in about}
    ended = {"check_at": None, "ended_at": now, "end": reason}
    rows = [{"id": each.id, **ended} for each in going if each.invitation_id in same]
    change_rows(session, ReminderLadder, rows)


_LADDERS: Any = ReminderLadder.__table__
_GOING = Lookup(
    ReminderLadder, ("id", "invitation_id"), among="citizen_id", also=_LADDERS.c.ended_at.is_(None)
)
_ABOUT = Lookup(Invitation, ("id",), by=("questionnaire_id",), among="id")


def of_team(session: Session, team_id: int) -> list[ReminderSchedule]:
    """The newest first, those that were stopped too."""
    query = (
        select(ReminderSchedule)
        .where(ReminderSchedule.team_id == team_id)
        .options(joinedload(ReminderSchedule.group), joinedload(ReminderSchedule.maker))
        .order_by(ReminderSchedule.stopped_at.is_not(None), ReminderSchedule.id.desc())
    )
    return list(session.scalars(query))


def times_asked(session: Session, team_id: int) -> dict[int, int]:
    """Schedule -> how often it has asked somebody."""
    query = (
        select(ScheduleOccurrence.schedule_id, func.count(ScheduleOccurrence.id))
        .join(ReminderSchedule, ReminderSchedule.id == ScheduleOccurrence.schedule_id)
        .where(ReminderSchedule.team_id == team_id)
        .group_by(ScheduleOccurrence.schedule_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def one_of_team(session: Session, team_id: int, schedule_id: int) -> ReminderSchedule | None:
    query = select(ReminderSchedule).where(
        ReminderSchedule.id == schedule_id, ReminderSchedule.team_id == team_id
    )
    return session.scalars(query.with_for_update()).one_or_none()


def dates_of(session: Session, citizen_id: int) -> dict[DateKind, CitizenDate]:
    rows = session.scalars(select(CitizenDate).where(CitizenDate.citizen_id == citizen_id))
    return {row.kind: row for row in rows}


def plan_again(session: Session, team_id: int) -> None:
    """A day that the team's schedules count from has changed: look at them again today."""
    session.execute(
        update(ReminderSchedule)
        .where(ReminderSchedule.team_id == team_id)
        .values(planned_on=None)
        .execution_options(synchronize_session=False)
    )


def _date_kind(schedule: ReminderSchedule) -> DateKind | None:
    return DATES.get(schedule.kind)


def _newest_invitation(questionnaire_id: int) -> Subquery:
    """A withdrawn one counts: she was asked."""
    return (
        select(Invitation.citizen_id, func.max(Invitation.id).label("id"))
        .where(Invitation.questionnaire_id == questionnaire_id)
        .group_by(Invitation.citizen_id)
        .subquery()
    )
