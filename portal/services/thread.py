"""Writing in the one thread between a citizen and her caseworkers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from database.tenancy import TenantSession
from messaging import outbox
from messaging.content_guard import Finding, mask_cpr
from messaging.message import Lane
from messaging.policy import WaitReason
from portal.domain.files import CleanFile, FileRefusal
from portal.domain.own_words import tidy
from portal.services import attachments, whatsapp
from portal.services.heard import heard
from portal.services.sms.draft import HouseRules, SmsDraft, draft, house_rules
from portal.services.telling import Entries, carry, tell
from portal.store import thread_entries
from portal.store.invitations import citizen_for_update
from portal.store.municipalities import own
from portal.store.people import Addressee, Citizen
from portal.store.thread import ThreadEntry

MAX_BODY = 5_000
SAME_WRITING = timedelta(minutes=2)


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
    """``is_new`` is False for the same words moments ago: the same click twice. Otherwise ``message_id`` is the SMS
    that carries what staff wrote, or tells of it."""

    entry_id: int
    is_new: bool = True
    message_id: int | None = None


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
    refusal = why_not(body, files) or _too_many_files(session, citizen_id, "citizen", files, now)
    if refusal is not None:
        return refusal
    entry = ThreadEntry(
        citizen_id=citizen_id, author="citizen", channel=Channel.PORTAL.value, body=body, created_at=now
    )
    known = _same_writing(session, entry, files)
    if known is not None:
        return Written(known, is_new=False)
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
        return Written(known, is_new=False)
    _add(session, entry, writing.files)
    entry.message_id = _send(session, entry, writing)
    outbox.ask_anew(session, [citizen_id], (WaitReason.UNANSWERED,), now)
    return Written(entry.id, message_id=entry.message_id)


def why_no_sms(citizen: Citizen | Addressee, reply_number: str | None) -> NotWrittenReason | None:
    """Why nobody can write to her by SMS, whatever it says."""
    if reply_number is None:
        return NotWrittenReason.NO_REPLY_NUMBER
    if citizen.opted_out_at is not None:
        return NotWrittenReason.OPTED_OUT
    return NotWrittenReason.NUMBER_FROZEN if citizen.frozen_at is not None else None


def refusal_for_all(session: TenantSession, writing: StaffWriting) -> NotWritten | None:
    """What stands in the way of these words, whoever is to get them."""
    body = tidy(writing.body)
    refusal = why_not(body, ())
    if refusal is None and writing.channel is Channel.SMS:
        if own(session).reply_number is None:
            return NotWritten(NotWrittenReason.NO_REPLY_NUMBER)
        return _sms_refusal(draft(body, None, house_rules(session)), confirmed=writing.confirmed)
    return refusal


def refusal_by_sms(
    citizen: Citizen | Addressee, body: str, reply_number: str | None, rules: HouseRules, *, confirmed: bool
) -> NotWritten | None:
    """What stands in the way of these words to her."""
    reason = why_no_sms(citizen, reply_number)
    if reason is not None:
        return NotWritten(reason)
    return _sms_refusal(draft(body, citizen.kendeord, rules), confirmed=confirmed)


def why_not(body: str, files: tuple[CleanFile, ...]) -> NotWritten | None:
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
    refusal = why_not(body, writing.files)
    if refusal is not None or writing.channel is Channel.PORTAL:
        return refusal
    if writing.files:
        return NotWritten(NotWrittenReason.FILES_NOT_BY_SMS)
    rules = house_rules(session)
    if writing.channel is Channel.SMS:
        return refusal_by_sms(citizen, body, own(session).reply_number, rules, confirmed=writing.confirmed)
    reason = whatsapp.why_not(session, citizen, now)
    if reason is not None:
        return NotWritten(NotWrittenReason(reason.value))
    return _sms_refusal(draft(body, citizen.kendeord, rules), confirmed=writing.confirmed)


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


def _send(session: TenantSession, entry: ThreadEntry, writing: StaffWriting) -> int:
    """The id of the SMS, or what goes in its place."""
    entries = Entries({entry.citizen_id: entry.id}, writing.lane, entry.created_at)
    if writing.channel is Channel.PORTAL:
        return tell(session, entries)[entry.citizen_id]
    kind = whatsapp.KIND if writing.channel is Channel.WHATSAPP else "sms"
    return carry(session, entries, kind)[entry.citizen_id]
