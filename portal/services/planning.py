"""What schedules ask: planned once a day for each, some hundred citizens in a transaction, each occurrence once
however often the planning runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from database.lean import change_rows, insert_rows
from database.tenancy import EVERYONE, TenantSession
from i18n.formatting import COPENHAGEN
from messaging.bulk import enqueue_many
from messaging.ladder import next_step
from messaging.message import Lane, dedupe_key
from messaging.outbox import NewMessage
from portal.domain.ageing import Standing, local_day
from portal.domain.ladders import ASKED_AGAIN, LOOK_AGAIN
from portal.domain.links import LIFETIME
from portal.domain.schedules import CitizenFacts, Occurrence, Schedule, ScheduleKind, due
from portal.runtime import Portal
from portal.services.invitations import measurements_for
from portal.services.sms.permission import window_of
from portal.store import questionnaires, schedules
from portal.store.answering import Invitation
from portal.store.municipalities import own
from portal.store.reminders import ReminderLadder, ReminderSchedule, ScheduleOccurrence
from portal.store.schedules import Candidate
from portal.store.thread import EventKind, ThreadEntry

AT_ONCE = 500
"""Citizens in one transaction: on SQLite nobody else writes meanwhile."""
FROM = time(7)
"""Local time: before the first SMS of the day may go, and after midnight's other work."""

Due = tuple[Candidate, Occurrence]


def plan_due(portal: Portal, now: datetime) -> None:
    """Plan this day for every schedule whose planning is not done."""
    if now.astimezone(COPENHAGEN).time() < FROM:
        return
    today = local_day(now, COPENHAGEN)
    with portal.database.read(EVERYONE) as session:
        waiting = schedules.to_plan(session, today)
    for municipality_id, schedule_id in waiting:
        plan(portal, municipality_id, schedule_id, now)


def plan(portal: Portal, municipality_id: int, schedule_id: int, now: datetime) -> int:
    """How many were asked. A planning that broke off is taken up again where it broke off."""
    today, asked = local_day(now, COPENHAGEN), 0
    with portal.database.read(municipality_id) as session:
        wanted = due_today(session, session.get_one(ReminderSchedule, schedule_id), today)
    for start in range(0, len(wanted), AT_ONCE):
        with portal.write(municipality_id) as session:
            asked += _ask(session, schedule_id, wanted[start : start + AT_ONCE], now)
    with portal.database.write(municipality_id) as session:
        session.get_one(ReminderSchedule, schedule_id).planned_on = today
    return asked


def due_today(session: TenantSession, schedule: ReminderSchedule, today: date) -> list[Due]:
    if questionnaires.newest_version_id(session, schedule.questionnaire_id) is None:
        return []
    rule, before = rule_of(schedule), schedules.asked_before(session, schedule.id)
    found = (
        (row, due(rule, facts_of(schedule, row, before, today), today))
        for row in schedules.candidates(session, schedule, today)
    )
    return [(row, occurrence) for row, occurrence in found if isinstance(occurrence, Occurrence)]


def rule_of(schedule: ReminderSchedule) -> Schedule:
    return Schedule(schedule.kind, schedule.starts_on, schedule.months or 0, schedule.days or 0)


def facts_of(
    schedule: ReminderSchedule, row: Candidate, before: Mapping[int, set[str]], today: date
) -> CitizenFacts:
    """Who has no date of beginning began when she came to us."""
    day = row.day
    if day is None and schedule.kind is ScheduleKind.START_AND_AFTER:
        day = local_day(row.created_at, COPENHAGEN)
    is_paused = row.paused_at is not None and (row.paused_until is None or today < row.paused_until)
    return CitizenFacts(
        standing=Standing(row.standing),
        paused=is_paused,
        last_asked_on=local_day(row.last_asked_at, COPENHAGEN) if row.last_asked_at else None,
        has_open=row.last_asked_at is not None and row.last_finished_at is None,
        day=day,
        asked=frozenset(before.get(row.citizen_id, ())),
    )


def _ask(session: TenantSession, schedule_id: int, wanted: Sequence[Due], now: datetime) -> int:
    schedule = session.get_one(ReminderSchedule, schedule_id)
    if schedule.paused_at is not None or schedule.stopped_at is not None:
        return 0
    new = _claim(session, schedule, wanted, now)
    citizens = [row.citizen_id for row, _ in new]
    if not citizens:
        return 0
    schedules.end_ladders(session, citizens, schedule.questionnaire_id, ASKED_AGAIN, now)
    invited = _invite(session, schedule, new, now)
    at = next_step(0, now, now, window_of(own(session))).at
    sent = _enqueue(session, invited, at, now)
    _remind(session, new, invited, sent, at)
    return len(citizens)


def _claim(
    session: TenantSession, schedule: ReminderSchedule, wanted: Sequence[Due], now: datetime
) -> list[Due]:
    """Those whose occurrence nobody has planned yet."""
    rows = [
        {
            "schedule_id": schedule.id,
            "citizen_id": row.citizen_id,
            "occurrence": occurrence.key,
            "planned_at": now,
        }
        for row, occurrence in wanted
    ]
    unique = ("schedule_id", "citizen_id", "occurrence")
    mine = insert_rows(session, ScheduleOccurrence, rows, returning=("citizen_id",), once=unique)
    claimed = {citizen_id for (citizen_id,) in mine}
    return [each for each in wanted if each[0].citizen_id in claimed]


def _invite(
    session: TenantSession, schedule: ReminderSchedule, new: Sequence[Due], now: datetime
) -> Mapping[int, int]:
    """Citizen -> her invitation. It is her own caseworker who asks."""
    form, citizens = schedule.questionnaire_id, [row.citizen_id for row, _ in new]
    measured = measurements_for(session, citizens, form, now)
    rows = [
        {
            "measurement_id": measured[row.citizen_id],
            "citizen_id": row.citizen_id,
            "questionnaire_id": form,
            "sent_by": row.caseworker_id,
            "created_at": now,
        }
        for row, _ in new
    ]
    return dict(insert_rows(session, Invitation, rows, returning=("citizen_id", "id")))


def _enqueue(
    session: TenantSession, invited: Mapping[int, int], at: datetime, now: datetime
) -> Mapping[int, int]:
    """Citizen -> the SMS of her invitation."""
    keys = {citizen_id: dedupe_key("invitation", each, 0) for citizen_id, each in invited.items()}
    news = [
        NewMessage(
            "invitation",
            citizen_id,
            keys[citizen_id],
            {"invitation_id": each, "asked_for": False, "planned": True},
            due_at=at,
            lane=Lane.BULK,
        )
        for citizen_id, each in invited.items()
    ]
    made = enqueue_many(session, news, now)
    sent = {citizen_id: made[key] for citizen_id, key in keys.items()}
    change_rows(session, Invitation, [{"id": invited[each], "message_id": sent[each]} for each in invited])
    insert_rows(session, ThreadEntry, [_event(each, sent[each], now) for each in invited])
    return sent


def _event(citizen_id: int, message_id: int, now: datetime) -> Mapping[str, object]:
    return {
        "citizen_id": citizen_id,
        "kind": EventKind.INVITATION,
        "author": "system",
        "channel": "sms",
        "message_id": message_id,
        "created_at": now,
    }


def _remind(
    session: TenantSession,
    new: Sequence[Due],
    invited: Mapping[int, int],
    sent: Mapping[int, int],
    at: datetime,
) -> None:
    rows = [
        {
            "invitation_id": invited[row.citizen_id],
            "citizen_id": row.citizen_id,
            "message_id": sent[row.citizen_id],
            "check_at": at + LOOK_AGAIN,
            "too_late_at": _too_late_at(occurrence, at),
        }
        for row, occurrence in new
    ]
    insert_rows(session, ReminderLadder, rows)


def _too_late_at(occurrence: Occurrence, at: datetime) -> datetime:
    """Before a meeting nothing is asked once its day has come; otherwise as long as the link is open."""
    if not occurrence.key.startswith("meeting"):
        return at + LIFETIME
    assert occurrence.until is not None  # noqa: S101 — a meeting has its day
    return datetime.combine(occurrence.until + timedelta(days=1), time.min, COPENHAGEN)
