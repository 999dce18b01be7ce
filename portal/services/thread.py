"""Writing in the one thread between a citizen and her caseworkers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from database.tenancy import TenantSession
from messaging import outbox
from messaging.content_guard import Finding, mask_cpr
from messaging.message import Lane, Status, dedupe_key
from messaging.outbox import NewMessage, OutboxMessage
from messaging.policy import WaitReason
from portal.domain.files import CleanFile, FileRefusal
from portal.domain.own_words import tidy
from portal.services import attachments, whatsapp
from portal.services.heard import heard
from portal.services.sms.draft import SmsDraft, draft, house_rules
from portal.store import thread_entries
from portal.store.invitations import citizen_for_update
from portal.store.municipalities import own
from portal.store.people import Citizen
from portal.store.thread import ThreadEntry

MAX_BODY = 5_000
SAME_WRITING = timedelta(minutes=2)
IN_CONVERSATION = timedelta(minutes=2)
"""Who read or wrote here so lately has the page open, and will most likely see the answer there."""
NOTICE_DELAY = timedelta(minutes=1)
"""How long the SMS about a new message waits for her to see it on the page: then it is not sent."""

CAME_TO_NOTHING = frozenset({Status.WITHHELD, Status.FAILED, Status.UNDELIVERED})


class Channel(StrEnum):
    PORTAL = "portal"
    SMS = "sms"
    WHATSAPP = "whatsapp"


class NotWrittenReason(StrEnum):
    EMPTY = "required"
    TOO_LONG = "too_long"
    TOO_MANY_PARTS = "too_many_parts"
    NOT_BY_SMS = "not_by_sms"
    """A link, or digits like a CPR number: never by SMS."""
    COLLEAGUE_ANSWERED = "colleague_answered"
    """Since the writer opened the page: shown to her before her own words go."""
    LOOK_AGAIN = "look_again"
    """Words that may be too private for an SMS: sent when they are confirmed."""
    OPTED_OUT = "opted_out"
    NUMBER_FROZEN = "number_frozen"
    NO_REPLY_NUMBER = "no_reply_number"
    NO_WHATSAPP = "no_whatsapp"
    WHATSAPP_CLOSED = "whatsapp_closed"
    """More than a day since she wrote there."""
    FILES_NOT_BY_SMS = "files_not_by_sms"
    FILE = "file"
    """One of the files; ``NotWritten.file`` says which and why."""


@dataclass(frozen=True)
class FileNotTaken:
    """``name`` as the sender called it, for her eyes alone; empty where it is not one file's fault."""

    refusal: FileRefusal
    name: str = ""


@dataclass(frozen=True)
class Written:
    entry_id: int


@dataclass(frozen=True)
class Colleague:
    """Who answered while somebody else wrote, and what she said."""

    name: str
    body: str

    @property
    def first_name(self) -> str:
        return self.name.split(maxsplit=1)[0]


@dataclass(frozen=True)
class NotWritten:
    reason: NotWrittenReason
    findings: tuple[Finding, ...] = ()
    file: FileNotTaken | None = None
    colleague: Colleague | None = None


@dataclass(frozen=True)
class StaffWriting:
    """``confirmed``: she has seen the warning about private words, and means it. ``lane``: of the SMS. ``shown_id``:
    the last entry she had seen when she began to write; None where nobody looks at a thread."""

    staff_id: int
    body: str
    channel: Channel = Channel.PORTAL
    confirmed: bool = False
    lane: Lane = Lane.CONVERSATION
    files: tuple[CleanFile, ...] = ()
    shown_id: int | None = None


def write_as_citizen(
    session: TenantSession, citizen_id: int, body: str, now: datetime, files: tuple[CleanFile, ...] = ()
) -> Written | NotWritten:
    """Put the citizen's words in her thread, digits like a CPR number masked, with the files that she sent. The
    same again within two minutes is the same click twice."""
    body = mask_cpr(tidy(body)).text
    refusal = _why_not(body, files) or _too_many_files(session, citizen_id, "citizen", files, now)
    if refusal is not None:
        return refusal
    entry = ThreadEntry(
        citizen_id=citizen_id, author="citizen", channel=Channel.PORTAL.value, body=body, created_at=now
    )
    known = _same_writing(session, entry, files)
    if known is not None:
        return Written(known)
    _add(session, entry, files)
    heard(session, session.get_one(Citizen, citizen_id), entry, now)
    return Written(entry.id)


def write_as_staff(
    session: TenantSession, citizen_id: int, writing: StaffWriting, now: datetime
) -> Written | NotWritten:
    """In the portal, and a neutral SMS tells her; or as the SMS itself. Raises LookupError for no such citizen."""
    citizen = citizen_for_update(session, citizen_id)
    if citizen is None:
        raise LookupError(citizen_id)
    body = tidy(writing.body)
    refusal = _refusal(session, citizen, writing, body, now) or _too_many_files(
        session, citizen_id, "staff", writing.files, now
    )
    refusal = refusal or _answered_meanwhile(session, citizen_id, writing)
    if refusal is not None:
        return refusal
    entry = ThreadEntry(
        citizen_id=citizen_id,
        author="staff",
        staff_id=writing.staff_id,
        channel=writing.channel.value,
        body=body,
        created_at=now,
    )
    known = _same_writing(session, entry, writing.files)
    if known is not None:
        return Written(known)
    _add(session, entry, writing.files)
    send = _SENDERS[writing.channel]
    entry.message_id = send(session, entry, writing.lane).id
    outbox.ask_anew(session, citizen_id, (WaitReason.UNANSWERED,), now)
    return Written(entry.id)


def why_no_sms(citizen: Citizen, reply_number: str | None) -> NotWrittenReason | None:
    """Why nobody can write to her by SMS, whatever it says."""
    if reply_number is None:
        return NotWrittenReason.NO_REPLY_NUMBER
    if citizen.opted_out_at is not None:
        return NotWrittenReason.OPTED_OUT
    return NotWrittenReason.NUMBER_FROZEN if citizen.frozen_at is not None else None


def refusal_for_all(session: TenantSession, writing: StaffWriting) -> NotWritten | None:
    """What stands in the way of these words, whoever is to get them."""
    body = tidy(writing.body)
    refusal = _why_not(body, ())
    if refusal is None and writing.channel is Channel.SMS:
        if own(session).reply_number is None:
            return NotWritten(NotWrittenReason.NO_REPLY_NUMBER)
        return _sms_refusal(draft(body, None, house_rules(session)), confirmed=writing.confirmed)
    return refusal


def _why_not(body: str, files: tuple[CleanFile, ...]) -> NotWritten | None:
    """A file needs no words beside it."""
    if not body and not files:
        return NotWritten(NotWrittenReason.EMPTY)
    return NotWritten(NotWrittenReason.TOO_LONG) if len(body) > MAX_BODY else None


def _too_many_files(
    session: TenantSession, citizen_id: int, author: str, files: tuple[CleanFile, ...], now: datetime
) -> NotWritten | None:
    reason = attachments.too_many(session, citizen_id, author, files, now) if files else None
    return None if reason is None else NotWritten(NotWrittenReason.FILE, file=FileNotTaken(reason))


def _refusal(
    session: TenantSession, citizen: Citizen, writing: StaffWriting, body: str, now: datetime
) -> NotWritten | None:
    refusal = _why_not(body, writing.files)
    if refusal is None and writing.channel is not Channel.PORTAL:
        if writing.files:
            return NotWritten(NotWrittenReason.FILES_NOT_BY_SMS)
        reason = _why_not_by(writing.channel, session, citizen, now)
        if reason is None:
            sms = draft(body, citizen.kendeord, house_rules(session))
            return _sms_refusal(sms, confirmed=writing.confirmed)
        return NotWritten(reason)
    return refusal


def _why_not_by(
    channel: Channel, session: TenantSession, citizen: Citizen, now: datetime
) -> NotWrittenReason | None:
    if channel is Channel.SMS:
        return why_no_sms(citizen, own(session).reply_number)
    reason = whatsapp.why_not(session, citizen, now)
    return None if reason is None else NotWrittenReason(reason.value)


def _sms_refusal(sms: SmsDraft, *, confirmed: bool) -> NotWritten | None:
    if sms.is_too_long:
        return NotWritten(NotWrittenReason.TOO_MANY_PARTS, sms.findings)
    if sms.is_forbidden:
        return NotWritten(NotWrittenReason.NOT_BY_SMS, sms.findings)
    if sms.needs_a_second_look and not confirmed:
        return NotWritten(NotWrittenReason.LOOK_AGAIN, sms.findings)
    return None


def _answered_meanwhile(session: TenantSession, citizen_id: int, writing: StaffWriting) -> NotWritten | None:
    """The citizen's row is held: of two who send in the same moment, the second is told of the first."""
    if writing.shown_id is None:
        return None
    found = thread_entries.newest_by_colleague(session, citizen_id, writing.staff_id, writing.shown_id)
    if found is None:
        return None
    return NotWritten(NotWrittenReason.COLLEAGUE_ANSWERED, colleague=Colleague(*found))


def _same_writing(session: TenantSession, entry: ThreadEntry, files: tuple[CleanFile, ...]) -> int | None:
    """The id of the thread's last entry, when it says the very same and is only moments old."""
    last = thread_entries.newest_of(session, entry.citizen_id)
    if last is None or entry.created_at - last.created_at >= SAME_WRITING:
        return None
    said = [(each.author, each.staff_id, each.channel, each.body) for each in (last, entry)]
    if said[0] != said[1] or not attachments.are_those_of(session, last.id, files):
        return None
    return last.id


def _add(session: TenantSession, entry: ThreadEntry, files: tuple[CleanFile, ...]) -> None:
    session.add(entry)
    session.flush()
    attachments.attach(session, entry, files)


def _tell_of(session: TenantSession, entry: ThreadEntry, lane: Lane) -> OutboxMessage:
    """One SMS tells of everything she has not read yet: its key is the first of those. One that did not come
    through has told her nothing, and the next message gets its own."""
    first = thread_entries.first_unread_by_staff(session, entry.citizen_id) or entry.id
    seen_at = thread_entries.citizen_last_here(session, entry.citizen_id)
    is_here = seen_at is not None and entry.created_at - seen_at <= IN_CONVERSATION
    due_at = entry.created_at + NOTICE_DELAY if is_here else entry.created_at
    for about in (first, entry.id):
        key = dedupe_key("new_message", about)
        new = NewMessage("new_message", entry.citizen_id, key, due_at=due_at, lane=lane)
        message = outbox.enqueue(session, new, entry.created_at).message
        if message.status not in CAME_TO_NOTHING:
            break
    return message


def _send(session: TenantSession, entry: ThreadEntry, lane: Lane) -> OutboxMessage:
    key, parameters = dedupe_key("sms", entry.id), {"entry_id": entry.id}
    new = NewMessage("sms", entry.citizen_id, key, parameters, lane=lane)
    return outbox.enqueue(session, new, entry.created_at).message


_SENDERS = {Channel.PORTAL: _tell_of, Channel.SMS: _send, Channel.WHATSAPP: whatsapp.send}
