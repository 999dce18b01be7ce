"""A check-in to several citizens of a sending: the rules are those of `check_ins.ask`, and the database is asked as
often as for one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from database.lean import Lock, change_rows, insert_rows
from database.tenancy import TenantSession
from messaging.bulk import enqueue_many
from messaging.message import Lane, dedupe_key
from messaging.outbox import NewMessage
from portal.services.check_ins import Asked, NotAsked, NotAskedReason, why_not
from portal.store import check_in_asks, people
from portal.store.check_ins import CheckIn, CheckInAsk
from portal.store.municipalities import own
from portal.store.people import Addressee
from portal.store.thread import EventKind, ThreadEntry


def ask_all(
    session: TenantSession, citizen_ids: Sequence[int], check_in_id: int, staff_id: int, now: datetime
) -> Mapping[int, Asked | NotAsked]:
    """Ask each of them at once; they are held until the transaction ends. Keep to a hundred or so."""
    citizens = {each.id: each for each in people.addressees(session, citizen_ids, Lock.WAIT)}
    check_in = check_in_asks.with_questions(session, check_in_id)
    if check_in is None:
        return dict.fromkeys(citizen_ids, NotAsked(NotAskedReason.UNKNOWN_CHECK_IN))
    number = own(session).reply_number
    why = {each: _why_not(citizens.get(each), number) for each in citizen_ids}
    refused = {each: NotAsked(reason) for each, reason in why.items() if reason is not None}
    wanted = [each for each in citizen_ids if each not in refused]
    known = check_in_asks.under_way_with(session, wanted, check_in_id)
    new = [citizens[each] for each in wanted if each not in known]
    return {
        **refused,
        **{each: Asked(ask_id, is_new=False) for each, ask_id in known.items()},
        **_ask(session, new, check_in, staff_id, now),
    }


def _why_not(citizen: Addressee | None, number: str | None) -> NotAskedReason | None:
    return NotAskedReason.UNKNOWN_CITIZEN if citizen is None else why_not(citizen, number)


def _ask(
    session: TenantSession, citizens: Sequence[Addressee], check_in: CheckIn, staff_id: int, now: datetime
) -> Mapping[int, Asked]:
    rows = [
        {
            "check_in_id": check_in.id,
            "citizen_id": each.id,
            "asked_by": staff_id,
            "language": each.language,
            "created_at": now,
        }
        for each in citizens
    ]
    asked: Mapping[int, int] = dict(insert_rows(session, CheckInAsk, rows, returning=("citizen_id", "id")))
    news = {citizen_id: _sms(citizen_id, ask_id) for citizen_id, ask_id in asked.items()}
    made = enqueue_many(session, [*news.values()], now)
    sent = {citizen_id: made[new.dedupe_key] for citizen_id, new in news.items()}
    change_rows(session, CheckInAsk, [{"id": asked[each], "message_id": sent[each]} for each in asked])
    words = check_in.questions[0].words
    entry = {"kind": EventKind.CHECK_IN, "author": "staff", "staff_id": staff_id, "channel": "sms"}
    entries = [
        {**entry, "citizen_id": each, "body": words, "message_id": message_id, "created_at": now}
        for each, message_id in sent.items()
    ]
    insert_rows(session, ThreadEntry, entries)
    return {each: Asked(asked[each], is_new=True, message_id=sent[each]) for each in asked}


def _sms(citizen_id: int, ask_id: int) -> NewMessage:
    return NewMessage(
        kind="check_in",
        recipient_ref=citizen_id,
        dedupe_key=dedupe_key("check_in", ask_id, 0),
        parameters={"ask_id": ask_id, "position": 0},
        lane=Lane.BULK,
    )
