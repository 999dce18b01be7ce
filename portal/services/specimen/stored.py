"""What can be stored about one citizen: a row of each kind, in each state, for the pages that tell her of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TypeVar

from sqlalchemy.orm import Session

from database import sealing
from database.base import Base
from database.encryption import blind_index
from messaging.message import Status
from messaging.outbox import OutboxMessage
from portal.content import specimen_words as words
from portal.domain.check_ins import AskState
from portal.domain.files import FileKind
from portal.domain.replies import ReplyKind
from portal.domain.schedules import DateKind
from portal.domain.sendings import RecipientState
from portal.services.specimen.measured import Form, Measuring
from portal.services.specimen.people import People
from portal.services.specimen.stage import NOW
from portal.store.attachments import Attachment
from portal.store.check_ins import CheckIn, CheckInAnswer, CheckInAsk, CheckInQuestion
from portal.store.crisis import CrisisAlarm
from portal.store.groups import Group, GroupMember
from portal.store.numbers import FormerNumber
from portal.store.papers import PaperForm
from portal.store.reminders import CitizenDate, ReminderLadder
from portal.store.sendings import Sending, SendingRecipient
from portal.store.thread import ThreadEntry

Row = TypeVar("Row", bound=Base)
PHONE = "+4510300400"
ANOTHER_LANGUAGE = "de"
"""One that is nobody's in the town, and stays so whatever language its pages are shown in."""
A_DAY = timedelta(days=1)
AT = NOW - 15 * A_DAY


def add(measuring: Measuring, people: People, form: Form, replies: list[ThreadEntry]) -> None:
    """About ``people.seldom``; ``replies``: hers to a check-in, as she wrote them."""
    session = measuring.session
    session.add_all(_rows(people, measuring, form))
    _sent_to_many(session, people)
    _file(session, people, replies[0])
    _check_ins(session, people, replies)


def _added(session: Session, row: Row) -> Row:
    session.add(row)
    session.flush()
    return row


def _rows(people: People, measuring: Measuring, form: Form) -> Iterator[Base]:
    citizen, staff = people.seldom, people.caseworker
    about: dict[str, object] = {"citizen_id": citizen.id}
    asked = measuring.invite(citizen, form, AT)
    yield FormerNumber(**about, phone_index=blind_index("phone", PHONE), until=NOW + 30 * A_DAY)
    yield CrisisAlarm(**about, raised_at=AT, answered_at=AT, handled_at=AT, handled_by=staff.id)
    for kind in DateKind:
        yield CitizenDate(**about, kind=kind, day=AT.date(), set_by=staff.id, set_at=AT)
    yield ReminderLadder(
        **about,
        invitation_id=asked.id,
        taken=2,
        too_late_at=NOW,
        ended_at=AT,
        settled_at=AT,
        settled_by=staff.id,
    )
    yield PaperForm(
        **about,
        code="27182818",
        measurement_id=asked.measurement_id,
        version_id=form.version_id,
        language=ANOTHER_LANGUAGE,
        printed_by=staff.id,
        printed_at=AT,
    )
    yield OutboxMessage(
        dedupe_key="sample seldom",
        kind="sms",
        recipient_ref=citizen.id,
        parameters={},
        status=Status.UNDELIVERED,
        reason="phone_unreachable",
        reference="sampleseldom",
        gateway="twilio",
        parts=2,
        created_at=AT,
        sent_at=AT,
        finished_at=AT,
    )


def _sent_to_many(session: Session, people: People) -> None:
    citizen, staff = people.seldom, people.caseworker
    group = _added(session, Group(team_id=citizen.team_id, name=words.TEAM, made_by=staff.id, created_at=AT))
    session.add(GroupMember(group_id=group.id, citizen_id=citizen.id, added_by=staff.id, added_at=AT))
    for state in RecipientState:
        sending = Sending(team_id=citizen.team_id, staff_id=staff.id, form_key=state.value)
        sending.created_at = sending.changed_at = AT
        sent = _added(session, sending).id
        session.add(SendingRecipient(sending_id=sent, citizen_id=citizen.id, state=state, handled_at=AT))


def _file(session: Session, people: People, entry: ThreadEntry) -> None:
    """Of nothing, and sealed as every file is: a copy of her data brings it along."""
    key = sealing.new_key()
    row = Attachment(citizen_id=people.seldom.id, entry_id=entry.id, kind=FileKind.PDF.value, created_at=AT)
    row.name, row.digest, row.size = words.FILE_NAME, "", 240_000
    row.content_key, row.content = key, sealing.seal(b"%PDF-1.4", key)
    session.add(row)


def _check_ins(session: Session, people: People, replies: list[ThreadEntry]) -> None:
    """One in each state; one has a reply of each kind."""
    citizen, staff = people.seldom, people.caseworker
    kinds = (ReplyKind.YES_NO, ReplyKind.YES_NO, ReplyKind.NUMBER, ReplyKind.FREE)
    asked = CheckIn(made_by=staff.id, created_at=AT)
    asked.questions = [
        CheckInQuestion(position=number, kind=kind, text=words.CHECK_IN) for number, kind in enumerate(kinds)
    ]
    asks = [
        CheckInAsk(
            check_in=asked,
            citizen_id=citizen.id,
            asked_by=staff.id,
            state=state,
            language=ANOTHER_LANGUAGE,
            created_at=AT,
            asked_at=AT,
            ended_at=AT,
        )
        for state in AskState
    ]
    session.add_all(asks)
    session.flush()
    for entry, question, value in zip(replies, asked.questions, ("yes", "no", "4", None), strict=True):
        row = CheckInAnswer(ask_id=asks[0].id, question_id=question.id, citizen_id=citizen.id)
        row.kind, row.value, row.language, row.answered_at = question.kind, value, ANOTHER_LANGUAGE, AT
        row.entry_id = entry.id
        session.add(row)
