"""Schedules as a caseworker makes them: what one would do is counted and shown before it begins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from database.tenancy import TenantSession
from i18n.formatting import COPENHAGEN
from messaging.ladder import LADDER, next_step
from messaging.policy import StopReason
from messaging.sending_window import SendingWindow
from portal.domain.ageing import local_day
from portal.domain.questionnaires import Texts
from portal.domain.schedules import LeftOut, Occurrence, ScheduleKind, upcoming
from portal.services.citizen_card import Form, forms_to_send
from portal.services.planning import facts_of, rule_of
from portal.services.reach import Reader
from portal.services.sms.permission import window_of
from portal.store import audit, groups, schedules
from portal.store.municipalities import own
from portal.store.reminders import ReminderSchedule
from portal.store.schedules import Candidate

MOST_MONTHS, MOST_DAYS = 24, 30
COUNTS_MONTHS = frozenset({ScheduleKind.EVERY, ScheduleKind.START_AND_AFTER})


class Problem(StrEnum):
    FORM = "form"
    GROUP = "group"
    KIND = "kind"
    MONTHS = "months"
    DAYS = "days"
    STARTS_ON = "starts_on"


@dataclass(frozen=True)
class Typed:
    """As it came from the page. ``group`` is empty for the whole team."""

    form: str = ""
    group: str = ""
    kind: str = ScheduleKind.EVERY.value
    months: str = "3"
    days: str = "3"
    starts_on: str = ""


@dataclass(frozen=True)
class Preview:
    """``asked``: how many it will ask, the first on ``first_on``. ``left_out`` are not asked, and ``unreachable`` are
    asked, but no SMS reaches them."""

    schedule: ReminderSchedule
    titles: Texts
    group: str | None
    asked: int
    first_on: date | None
    left_out: Mapping[LeftOut, int]
    unreachable: Mapping[StopReason, int]


@dataclass(frozen=True)
class Listed:
    schedule: ReminderSchedule
    titles: Texts
    times: int


def list_of(session: TenantSession, reader: Reader) -> list[Listed]:
    if reader.team_id is None:
        return []
    titles = {form.questionnaire_id: form.titles for form in forms_to_send(session)}
    times = schedules.times_asked(session, reader.team_id)
    return [
        Listed(row, titles.get(row.questionnaire_id, {}), times.get(row.id, 0))
        for row in schedules.of_team(session, reader.team_id)
    ]


def preview(
    session: TenantSession, reader: Reader, typed: Typed, now: datetime
) -> Preview | tuple[Problem, ...]:
    """What it would do. The schedule in it is not stored."""
    made = _made_of(session, reader, typed, now)
    if isinstance(made, tuple):
        return made
    form = _form(session, made.questionnaire_id)
    group = groups.group_of_team(session, made.team_id, made.group_id) if made.group_id else None
    today = local_day(now, COPENHAGEN)
    window = window_of(own(session))
    found = [
        (row, upcoming(rule_of(made), facts_of(made, row, {}, today), today))
        for row in schedules.candidates(session, made, today)
    ]
    asked = [(row, coming.on) for row, coming in found if isinstance(coming, Occurrence)]
    return Preview(
        schedule=made,
        titles=form.titles if form else {},
        group=group.name if group else None,
        asked=len(asked),
        first_on=min((_sms_on(window, on, now) for on in {on for _, on in asked}), default=None),
        left_out=Counter(coming for _, coming in found if isinstance(coming, LeftOut)),
        unreachable=Counter(why for row, _ in asked if (why := _unreachable(row)) is not None),
    )


def make(session: TenantSession, reader: Reader, typed: Typed, now: datetime) -> ReminderSchedule | None:
    """None for what `preview` refuses. A second click gives the schedule that the first one made."""
    made = _made_of(session, reader, typed, now)
    if isinstance(made, tuple):
        return None
    known = next((row for row in schedules.of_team(session, made.team_id) if _is_same(row, made)), None)
    if known is not None:
        return known
    session.add(made)
    session.flush()
    _note(session, "schedule.made", made, reader, now)
    return made


def pause(session: TenantSession, reader: Reader, schedule_id: int, now: datetime) -> bool:
    row = _of_reader(session, reader, schedule_id)
    if row is None or row.stopped_at is not None:
        return False
    row.paused_at = row.paused_at or now
    _note(session, "schedule.paused", row, reader, now)
    return True


def resume(session: TenantSession, reader: Reader, schedule_id: int, now: datetime) -> bool:
    row = _of_reader(session, reader, schedule_id)
    if row is None or row.stopped_at is not None:
        return False
    row.paused_at = None
    _note(session, "schedule.resumed", row, reader, now)
    return True


def stop(session: TenantSession, reader: Reader, schedule_id: int, now: datetime) -> bool:
    """For good. What it has asked already goes its way."""
    row = _of_reader(session, reader, schedule_id)
    if row is None:
        return False
    row.stopped_at = row.stopped_at or now
    _note(session, "schedule.stopped", row, reader, now)
    return True


def _is_same(row: ReminderSchedule, made: ReminderSchedule) -> bool:
    named = ("questionnaire_id", "group_id", "kind", "months", "days", "starts_on", "stopped_at")
    return all(getattr(row, name) == getattr(made, name) for name in named)


def _of_reader(session: TenantSession, reader: Reader, schedule_id: int) -> ReminderSchedule | None:
    return schedules.one_of_team(session, reader.team_id, schedule_id) if reader.team_id else None


def _note(session: TenantSession, action: str, row: ReminderSchedule, reader: Reader, now: datetime) -> None:
    audit.record(
        session,
        action,
        now,
        staff_id=reader.staff_id,
        subject=f"schedule {row.id}",
        request_id=reader.request_id or None,
    )


def _made_of(
    session: TenantSession, reader: Reader, typed: Typed, now: datetime
) -> ReminderSchedule | tuple[Problem, ...]:
    problems = tuple(_problems(session, reader, typed, now))
    if problems or reader.team_id is None:
        return problems or (Problem.GROUP,)
    kind = ScheduleKind(typed.kind)
    return ReminderSchedule(
        questionnaire_id=int(typed.form),
        team_id=reader.team_id,
        group_id=int(typed.group) if typed.group else None,
        kind=kind,
        months=int(typed.months) if kind in COUNTS_MONTHS else None,
        days=int(typed.days) if kind is ScheduleKind.BEFORE_MEETING else None,
        starts_on=_day(typed.starts_on),
        made_by=reader.staff_id,
        created_at=now,
    )


def _problems(session: TenantSession, reader: Reader, typed: Typed, now: datetime) -> list[Problem]:
    known = [str(form.questionnaire_id) for form in forms_to_send(session)]
    own_groups = [str(row.id) for row in groups.names_of_team(session, reader.team_id or 0)]
    starts_on = _day(typed.starts_on)
    wrong = {
        Problem.FORM: typed.form not in known,
        Problem.GROUP: bool(typed.group) and typed.group not in own_groups,
        Problem.KIND: typed.kind not in {kind.value for kind in ScheduleKind},
        Problem.MONTHS: typed.kind in COUNTS_MONTHS and not _is_count(typed.months, MOST_MONTHS),
        Problem.DAYS: typed.kind == ScheduleKind.BEFORE_MEETING and not _is_count(typed.days, MOST_DAYS),
        Problem.STARTS_ON: starts_on is None or starts_on < local_day(now, COPENHAGEN),
    }
    return [problem for problem, holds in wrong.items() if holds]


def _is_count(text: str, most: int) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 4 and 1 <= int(text) <= most


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _form(session: TenantSession, questionnaire_id: int) -> Form | None:
    return next((form for form in forms_to_send(session) if form.questionnaire_id == questionnaire_id), None)


def _sms_on(window: SendingWindow, on: date, now: datetime) -> date:
    """The day on which the first SMS of an occurrence goes out."""
    if on <= local_day(now, COPENHAGEN):
        return window.local_day(next_step(0, now, now, window).at)
    return window.local_day(window.first_open(on, LADDER[0].at))


def _unreachable(row: Candidate) -> StopReason | None:
    why = {
        StopReason.OPTED_OUT: row.opted_out_at,
        StopReason.NUMBER_FROZEN: row.frozen_at,
        StopReason.NUMBER_FAILED: row.number_failed_at,
    }
    return next((reason for reason, since in why.items() if since is not None), None)
