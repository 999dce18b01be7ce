"""The same words to several citizens of a sending: the rules are those of `thread.write_as_staff`, and the database is
asked as often as for one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from database.lean import Lock, change_rows, insert_rows
from database.tenancy import TenantSession
from messaging import outbox
from messaging.policy import WaitReason
from portal.domain.own_words import tidy
from portal.services.sms.draft import house_rules
from portal.services.telling import Entries, carry, tell
from portal.services.thread import (
    SAME_WRITING,
    Channel,
    NotWritten,
    StaffWriting,
    Written,
    refusal_by_sms,
    why_not,
)
from portal.store import attachments, people, thread_entries
from portal.store.municipalities import own
from portal.store.people import Addressee
from portal.store.thread import ThreadEntry
from portal.store.thread_entries import Said


def write_to_all(
    session: TenantSession, citizen_ids: Sequence[int], writing: StaffWriting, now: datetime
) -> Mapping[int, Written | NotWritten]:
    """Into the thread of each, in the portal or by SMS, without files; they are held until the transaction ends. Keep
    to a hundred or so. Raises LookupError for one that does not exist, and for another channel."""
    if writing.files or writing.channel not in (Channel.PORTAL, Channel.SMS):
        raise LookupError(f"nothing is written to many by {writing.channel} with {len(writing.files)} files")
    citizens = {each.id: each for each in people.addressees(session, citizen_ids, Lock.WAIT)}
    body = tidy(writing.body)
    refused = _refused(session, [citizens[each] for each in citizen_ids], writing, body)
    wanted = [each for each in citizen_ids if each not in refused]
    known = _same_writing(session, wanted, writing, body, now)
    new = [each for each in wanted if each not in known]
    return {
        **refused,
        **{each: Written(entry_id, is_new=False) for each, entry_id in known.items()},
        **_write(session, new, writing, body, now),
    }


def _refused(
    session: TenantSession, citizens: Sequence[Addressee], writing: StaffWriting, body: str
) -> dict[int, NotWritten]:
    refusal = why_not(body, ())
    if refusal is not None:
        return {each.id: refusal for each in citizens}
    if writing.channel is Channel.PORTAL:
        return {}
    number, rules = own(session).reply_number, house_rules(session)
    found = {
        each.id: refusal_by_sms(each, body, number, rules, confirmed=writing.confirmed) for each in citizens
    }
    return {each: refusal for each, refusal in found.items() if refusal is not None}


def _same_writing(
    session: TenantSession, citizen_ids: Sequence[int], writing: StaffWriting, body: str, now: datetime
) -> Mapping[int, int]:
    """Citizen -> the last entry of her thread, where it says the very same and is only moments old."""
    last = thread_entries.newest_said(session, citizen_ids, now - SAME_WRITING)
    same = {each: said.id for each, said in last.items() if _says(said, writing, body)}
    with_files = attachments.with_files(session, [*same.values()])
    return {each: entry_id for each, entry_id in same.items() if entry_id not in with_files}


def _says(said: Said, writing: StaffWriting, body: str) -> bool:
    by = (said.author, said.staff_id, said.channel)
    return (
        by == ("staff", writing.staff_id, writing.channel)
        and said.body is not None
        and said.body.open() == body
    )


def _write(
    session: TenantSession, citizen_ids: Sequence[int], writing: StaffWriting, body: str, now: datetime
) -> Mapping[int, Written]:
    entry = {
        "author": "staff",
        "staff_id": writing.staff_id,
        "channel": writing.channel.value,
        "body": body,
        "created_at": now,
    }
    rows = [{**entry, "citizen_id": each} for each in citizen_ids]
    ids: Mapping[int, int] = dict(insert_rows(session, ThreadEntry, rows, returning=("citizen_id", "id")))
    entries = Entries(ids, writing.lane, now)
    sent = carry(session, entries, "sms") if writing.channel is Channel.SMS else tell(session, entries)
    change_rows(session, ThreadEntry, [{"id": ids[each], "message_id": sent[each]} for each in ids])
    outbox.ask_anew(session, citizen_ids, (WaitReason.UNANSWERED,), now)
    return {each: Written(ids[each], message_id=sent[each]) for each in ids}
