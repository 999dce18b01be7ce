"""The caseworker's list: whoever needs her today first, each with the reasons, then the others by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from portal.domain.ageing import AgeingFacts, Colour, NotWhite, Standing, colour, local_day, why_not_white
from portal.domain.meetings import is_near, start_of, starts_on
from portal.domain.opening_hours import Clock
from portal.domain.worklist import Reason, WorkFacts, reasons
from portal.services import cover
from portal.services.moves import moved_at
from portal.services.opening_hours import Hours, hours_of
from portal.services.reach import Reader
from portal.services.sms.permission import WINDOW
from portal.store import audit, measurements, opening_hours, worklist
from portal.store.measurements import MeasurementRow
from portal.store.status import ZONE, citizen_statuses
from portal.store.worklist import CitizenRow, ThreadDigest

LOOK_BACK = timedelta(days=550)
"""Measurements older than this change nothing that the list shows: moves are judged against the one before."""
DANISH_ORDER = str.maketrans({"æ": "{", "ø": "|", "å": "}"})
"""Æ, ø, å stand after z, in this order."""
_SILENT_THREAD = ThreadDigest(0, 0, None, None, None, None, None)


@dataclass(frozen=True)
class Wanted:
    """What of the list is asked for; ``search`` is looked for in names, ``standing`` stands beside the colours."""

    search: str = ""
    mine_only: bool = True
    colour: Colour | None = None


@dataclass(frozen=True)
class Reply:
    clock: Clock
    by: date


@dataclass(frozen=True)
class Row:
    """``colour`` is None for who stands outside the table (exempt, dropped out)."""

    citizen: CitizenRow
    standing: Standing
    colour: Colour | None
    not_white: NotWhite | None
    answered_on: date | None
    reasons: tuple[Reason, ...]
    unread: int
    reply: Reply | None
    """The clock of the answer that she waits for."""
    covered_until: date | None
    """The reader answers for a colleague until this day."""

    @property
    def is_late(self) -> bool:
        return self.reply is not None and self.reply.clock is Clock.OVERDUE


@dataclass(frozen=True)
class Worklist:
    """``today`` need the caseworker; ``others`` do not. ``colours`` counts before colour and search narrow it."""

    today: tuple[Row, ...]
    others: tuple[Row, ...]
    colours: Mapping[Colour, int]
    of_all: int


@dataclass(frozen=True)
class _Known:
    """What was read of the team, by citizen; `measured` holds each citizen's measurements, the newest first."""

    threads: Mapping[int, ThreadDigest]
    ageing: Mapping[int, AgeingFacts]
    measured: Mapping[int, Sequence[MeasurementRow]]
    moved_at: Mapping[int, datetime]
    hours: Hours
    covered: Mapping[int, date]


def note_seen(session: Session, reader: Reader, now: datetime) -> None:
    """Write down that the list was seen: apart from reading it, which takes longer than a writer may hold others up."""
    audit.record(
        session,
        "worklist.read",
        now,
        staff_id=reader.staff_id,
        subject=f"team {reader.team_id}",
        request_id=reader.request_id or None,
    )


def worklist_of(session: Session, reader: Reader, wanted: Wanted, now: datetime) -> Worklist:
    """The list of the reader's team, and of those whom she answers for today wherever they are; empty without a
    team. Whoever shows it calls ``note_seen`` first."""
    if reader.team_id is None:
        return Worklist((), (), {}, 0)
    today = cover.today(session, now)
    covered = today.covered_by(reader.staff_id)
    rows: list[Row] = []
    for team_id in sorted({reader.team_id, *today.teams_of(covered)}):
        known = _read(session, team_id, covered, now)
        wanted_ids = {reader.staff_id, *covered}
        rows += [
            _row(citizen, known, now)
            for citizen in worklist.citizens_of_team(session, team_id, start_of(local_day(now, ZONE), ZONE))
            if citizen.caseworker_id in wanted_ids or (team_id == reader.team_id and not wanted.mine_only)
        ]
    return _sorted(rows, wanted)


def _read(session: Session, team_id: int, covered: Mapping[int, date], now: datetime) -> _Known:
    measured = _by_citizen(measurements.of_team(session, team_id, now - LOOK_BACK))
    form = worklist.followed_questionnaire(session)
    statuses = citizen_statuses(session, form, team_id) if form else []
    return _Known(
        threads=worklist.threads_of_team(session, team_id),
        ageing={status.citizen_id: status.facts for status in statuses},
        measured=measured,
        moved_at=moved_at(session, measured, now),
        hours=hours_of(opening_hours.of_team(session, team_id)),
        covered=covered,
    )


def _by_citizen(rows: Iterable[MeasurementRow]) -> dict[int, list[MeasurementRow]]:
    found: dict[int, list[MeasurementRow]] = {}
    for row in rows:
        found.setdefault(row.citizen_id, []).append(row)
    return found


def _row(citizen: CitizenRow, known: _Known, now: datetime) -> Row:
    today = local_day(now, ZONE)
    standing = Standing(citizen.standing)
    ageing = known.ageing.get(citizen.id, AgeingFacts(standing=standing))
    thread = known.threads.get(citizen.id, _SILENT_THREAD)
    measured = known.measured.get(citizen.id, ())
    facts = WorkFacts(
        colour=colour(ageing, today),
        heard_at=_heard_at(citizen, thread, measured),
        standing=standing,
        wrote_of_crisis=citizen.wrote_of_crisis,
        awaits_answer=thread.awaits_answer,
        asked_of_meeting=citizen.asked_of_meeting,
        meeting_is_near=_meeting_is_near(citizen, today),
        is_frozen=citizen.frozen_at is not None,
        number_is_dead=citizen.number_failed_at is not None,
        pin_is_locked=citizen.pin_locked_at is not None,
        answered_low_at=thread.answered_low_at,
        own_half_missing=_own_half_missing(measured),
        moved_at=known.moved_at.get(citizen.id),
        ladder_ended_at=citizen.ladder_ended_at,
    )
    return Row(
        citizen=citizen,
        standing=standing,
        colour=facts.colour if standing is Standing.ACTIVE else None,
        not_white=why_not_white(ageing, today),
        answered_on=ageing.last_answered_on,
        reasons=reasons(facts, now),
        unread=thread.unread,
        reply=_reply(known.hours, thread.waiting_since, now),
        covered_until=known.covered.get(citizen.caseworker_id),
    )


def _meeting_is_near(citizen: CitizenRow, today: date) -> bool:
    if citizen.meeting_at is None:
        return False
    return is_near(starts_on(citizen.meeting_at, ZONE), today, WINDOW.opens_on)


def _reply(hours: Hours, waiting_since: datetime | None, now: datetime) -> Reply | None:
    if waiting_since is None:
        return None
    return Reply(hours.clock(waiting_since, now), hours.reply_by(waiting_since))


def _heard_at(citizen: CitizenRow, thread: ThreadDigest, measured: Sequence[MeasurementRow]) -> datetime:
    signs = [thread.heard_at, *(row.citizen_finished_at for row in measured)]
    return max((sign for sign in signs if sign is not None), default=citizen.created_at)


def _own_half_missing(measured: Sequence[MeasurementRow]) -> bool:
    """Of the newest measurement that asks for two halves: hers is in and ours is not."""
    newest = next((row.halves for row in measured if row.counterpart_key is not None), None)
    return newest is not None and newest.citizen_finished and not newest.caseworker_finished


def _sorted(rows: Sequence[Row], wanted: Wanted) -> Worklist:
    colours = Counter(row.colour for row in rows if row.colour is not None)
    found = [row for row in rows if _is_wanted(row, wanted)]
    found.sort(key=lambda row: row.citizen.name.casefold().translate(DANISH_ORDER))
    today = sorted((row for row in found if row.reasons), key=_urgency)
    others = (row for row in found if not row.reasons)
    return Worklist(tuple(today), tuple(others), colours, len(rows))


def _is_wanted(row: Row, wanted: Wanted) -> bool:
    name = row.citizen.name.casefold()
    has_words = all(word in name for word in wanted.search.casefold().split())
    return has_words and wanted.colour in (None, row.colour)


def _urgency(row: Row) -> tuple[Reason, bool, int]:
    """Within a reason: whoever waits longer than we promised, then whoever has most reasons."""
    return row.reasons[0], not row.is_late, -len(row.reasons)
