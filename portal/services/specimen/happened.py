"""The threads of the sample people: a conversation, and one in which everything happens that can."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from i18n.checks import met_by_citizens
from i18n.texts import shipped_catalogs
from messaging.message import Status
from messaging.outbox import OutboxMessage
from portal.content import specimen_words as words
from portal.domain.files import FileKind
from portal.services.own_data.seen import DID, SOMETHING
from portal.services.specimen.people import People
from portal.services.specimen.stage import NOW
from portal.store.attachments import Attachment
from portal.store.audit import AuditEvent
from portal.store.check_ins import SHIPPED
from portal.store.people import Citizen
from portal.store.thread import NAMES_A_DAY, EventKind, ThreadEntry

REASON = "thread.reason."
HAVE_WORDS = frozenset({EventKind.CHECK_IN, EventKind.CHECK_IN_ANSWER})


def add(session: Session, people: People) -> dict[str, str]:
    _talk(session, people)
    _everything(session, people)
    _reasons(session, people)
    _looks(session, people)
    return {}


def _talk(session: Session, people: People) -> None:
    first, last = words.SAID_BY_STAFF
    said = (
        (first, "staff", "portal", 5),
        (words.SAID_BY_HER[0], "citizen", "portal", 4),
        (words.SMS, "staff", "sms", 3),
        (last, "staff", "portal", 1),
    )
    for body, author, channel, days in said:
        entry = _entry(people.known, body=body, author=author, channel=channel, days=days)
        entry.staff_id = people.caseworker.id if author == "staff" else None
        entry.read_at = None if days == 1 else entry.created_at + timedelta(hours=1)
        if channel == "sms":
            entry.message_id = _message(session, people.known, Status.DELIVERED, None, 0).id
        session.add(entry)
    session.flush()


def _everything(session: Session, people: People) -> None:
    """Every event, and an SMS in every state."""
    citizen = people.walker
    for number, event in enumerate(each for each in EventKind if each not in HAVE_WORDS):
        body = (NOW + timedelta(days=3)).date().isoformat() if event in NAMES_A_DAY else None
        session.add(_entry(citizen, kind=event, author="system", body=body, days=40 - number))
    for number, status in enumerate(Status):
        entry = _entry(citizen, body=words.SMS, author="staff", channel="sms", days=5)
        entry.staff_id = people.caseworker.id
        reason = "paused" if status is Status.WITHHELD else None
        entry.message_id = _message(session, citizen, status, reason, number + 1).id
        session.add(entry)
    asked = _entry(
        citizen, kind=EventKind.CHECK_IN, author="staff", channel="sms", body=f"{SHIPPED}journey", days=4
    )
    files = _entry(citizen, author="citizen", body=None, days=2)
    told = _entry(citizen, author="staff", body=words.SMS, days=1)
    told.staff_id = people.caseworker.id
    session.add_all([asked, files, told])
    session.flush()
    for name, kind in (
        (words.FILE_NAME, FileKind.PDF),
        (words.PICTURE_NAME, FileKind.JPEG),
        (None, FileKind.PDF),
    ):
        session.add(_attachment(files, name, kind))


def _reasons(session: Session, people: People) -> None:
    """An SMS that was not sent, for every reason that there is a word for."""
    old = [_entry(people.locked, body=words.SMS, author="staff", days=300 - day) for day in range(20)]
    session.add_all(old)
    session.flush()
    for number, key in enumerate(met_by_citizens(shipped_catalogs())):
        reason = key.removeprefix(REASON)
        if reason != key:
            entry = _entry(people.locked, body=words.SMS, author="staff", channel="sms", days=5)
            entry.staff_id = people.caseworker.id
            entry.message_id = _message(session, people.locked, Status.WITHHELD, reason, 100 + number).id
            session.add(entry)


def _entry(
    citizen: Citizen,
    *,
    author: str,
    body: str | None,
    days: int,
    kind: str = "message",
    channel: str = "portal",
) -> ThreadEntry:
    at = NOW - timedelta(days=days)
    return ThreadEntry(
        citizen_id=citizen.id, kind=kind, author=author, channel=channel, body=body, created_at=at
    )


def _message(
    session: Session, citizen: Citizen, status: Status, reason: str | None, number: int
) -> OutboxMessage:
    """As it was left: nothing in the sample town takes it up."""
    row = OutboxMessage(
        dedupe_key=f"sample {number}",
        kind="sms",
        recipient_ref=citizen.id,
        parameters={},
        status=status,
        reason=reason,
        reference=f"sample{number:016d}",
        created_at=NOW - timedelta(days=3),
    )
    session.add(row)
    session.flush()
    return row


def _attachment(entry: ThreadEntry, name: str | None, kind: FileKind) -> Attachment:
    return Attachment(
        citizen_id=entry.citizen_id,
        entry_id=entry.id,
        kind=kind.value,
        name=name,
        digest="",
        size=240_000,
        width=800,
        height=600,
        created_at=entry.created_at,
        content_key="",
        content=b"",
    )


def _looks(session: Session, people: People) -> None:
    """Everything that staff do, once, for the page that tells her who has looked."""
    for number, action in enumerate([*sorted(DID), SOMETHING]):
        at = NOW - timedelta(days=1 + number // 6, minutes=number)
        who = (people.caseworker, people.colleague)[number % 2]
        session.add(AuditEvent(action=action, at=at, staff_id=who.id, citizen_id=people.known.id))
