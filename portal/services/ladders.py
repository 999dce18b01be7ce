"""Ladders of reminders: begun with an invitation, moved on by the sweep, ended with a reason.

A step's SMS is put in the outbox when it is due and rendered when it is sent, so whatever has happened since still
holds it or stops it, and says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from database.lean import change_rows, insert_rows
from database.tenancy import EVERYONE, TenantSession
from messaging.bulk import enqueue_many
from messaging.message import Lane, dedupe_key
from messaging.outbox import NewMessage
from portal.domain.ladders import (
    ASKED_AGAIN,
    LOOK_AGAIN,
    NO_ANSWER,
    Ended,
    LadderFacts,
    LookAgain,
    Remind,
    look_at,
)
from portal.domain.links import LIFETIME
from portal.runtime import Portal
from portal.services.sms.permission import window_of
from portal.store import ladders, schedules
from portal.store.ladders import LadderRow
from portal.store.municipalities import own
from portal.store.reminders import ReminderLadder
from portal.store.thread import EventKind, ThreadEntry

AT_ONCE = 500
"""Ladders in one transaction: on SQLite nobody else writes meanwhile."""


@dataclass(frozen=True)
class Asked:
    """An invitation whose first SMS is in the outbox."""

    invitation_id: int
    citizen_id: int
    message_id: int


def begin(session: TenantSession, asked: Sequence[Asked], questionnaire_id: int, now: datetime) -> None:
    """Each is asked about it again, as long as she has not answered and the link is open."""
    schedules.end_ladders(session, [each.citizen_id for each in asked], questionnaire_id, ASKED_AGAIN, now)
    always = {"check_at": now + LOOK_AGAIN, "too_late_at": now + LIFETIME}
    insert_rows(session, ReminderLadder, [{**vars(each), **always} for each in asked])


def advance(portal: Portal, now: datetime) -> None:
    """Look at every ladder that is due to be looked at."""
    with portal.database.read(EVERYONE) as session:
        municipalities = ladders.municipalities_to_look_at(session, now)
    for municipality_id in municipalities:
        while _advance_some(portal, municipality_id, now) == AT_ONCE:
            pass


def _advance_some(portal: Portal, municipality_id: int, now: datetime) -> int:
    with portal.write(municipality_id) as session:
        window = window_of(own(session))
        rows = ladders.to_look_at(session, now, AT_ONCE)
        looked = [(row, look_at(_facts(row), window, now)) for row in rows]
        _remind(session, [(row, found.step) for row, found in looked if isinstance(found, Remind)], now)
        _put_off(session, [(row, found.at) for row, found in looked if isinstance(found, LookAgain)])
        _end(session, [(row, found.reason) for row, found in looked if isinstance(found, Ended)], now)
        return len(rows)


def _facts(row: LadderRow) -> LadderFacts:
    return LadderFacts(
        taken=row.taken,
        first_at=row.first_at,
        last_at=row.last_at,
        status=row.status,
        reason=row.reason,
        is_finished=row.finished_at is not None,
        is_cancelled=row.cancelled_at is not None,
    )


def _remind(session: TenantSession, due: Sequence[tuple[LadderRow, int]], now: datetime) -> None:
    keys = {row.id: dedupe_key("reminder", row.invitation_id, step) for row, step in due}
    made = enqueue_many(session, [_reminder(row, step, keys[row.id]) for row, step in due], now)
    ids = {row.id: made[keys[row.id]] for row, _ in due}
    events = ((row.citizen_id, EventKind.REMINDER, ids[row.id]) for row, _ in due)
    _note(session, events, now)
    change_rows(
        session,
        ReminderLadder,
        [
            {"id": row.id, "taken": step + 1, "message_id": ids[row.id], "check_at": now + LOOK_AGAIN}
            for row, step in due
        ],
    )


def _reminder(row: LadderRow, step: int, key: str) -> NewMessage:
    parameters = {"invitation_id": row.invitation_id, "step": step}
    return NewMessage("reminder", row.citizen_id, key, parameters, lane=Lane.BULK)


def _put_off(session: TenantSession, again: Iterable[tuple[LadderRow, datetime]]) -> None:
    change_rows(session, ReminderLadder, [{"id": row.id, "check_at": at} for row, at in again])


def _end(session: TenantSession, ended: Iterable[tuple[LadderRow, str]], now: datetime) -> None:
    by_reason: defaultdict[str, list[LadderRow]] = defaultdict(list)
    for row, reason in ended:
        by_reason[reason].append(row)
    ladders.end(session, {reason: [row.id for row in rows] for reason, rows in by_reason.items()}, now)
    _note(session, ((row.citizen_id, EventKind.LADDER_ENDED, None) for row in by_reason[NO_ANSWER]), now)


def _note(session: TenantSession, events: Iterable[tuple[int, EventKind, int | None]], now: datetime) -> None:
    rows = [
        {
            "citizen_id": citizen_id,
            "kind": kind,
            "author": "system",
            "channel": "sms",
            "message_id": message_id,
            "created_at": now,
        }
        for citizen_id, kind, message_id in events
    ]
    insert_rows(session, ThreadEntry, rows)
