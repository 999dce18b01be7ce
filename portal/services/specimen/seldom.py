"""To whom everything has happened that happens seldom: on her pages stands what the other people's do not come to."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from messaging.inbound import InboundMessage
from portal.content import specimen_words as words
from portal.domain import data_requests as rules
from portal.domain import goals as goal_rules
from portal.domain.ageing import Standing
from portal.domain.contact_wishes import PartOfDay
from portal.domain.help import ENTERED_BY_STAFF, Helper
from portal.domain.meetings import Way
from portal.domain.progression import Help
from portal.domain.questionnaires import Respondent
from portal.services import data_requests, diary, goals, own_number
from portal.services.own_data import seen
from portal.services.specimen import stored
from portal.services.specimen.measured import Form, Measuring
from portal.services.specimen.people import People
from portal.services.specimen.stage import NOW
from portal.services.specimen.stored import A_DAY, ANOTHER_LANGUAGE, PHONE
from portal.store.absences import Absence
from portal.store.answering import IndicatorScore, Measurement, Response
from portal.store.audit import AuditEvent
from portal.store.meetings import Meeting
from portal.store.number_changes import NumberChange
from portal.store.people import Citizen
from portal.store.thread import EventKind, ThreadEntry


def add(measuring: Measuring, people: People, form: Form, agenda: Form | None) -> dict[str, str]:
    """``form``: the one that follows people over time."""
    session = measuring.session
    _herself(people.seldom)
    session.add(_away(people))
    replies = _thread(session, people)
    stored.add(measuring, people, form, replies)
    _own_words(session, people.seldom)
    _looks(session, people)
    if agenda is not None:
        _agenda(measuring, people, agenda)
    return _number(session, people.seldom) | _answers(measuring, people, form)


def _herself(citizen: Citizen) -> None:
    citizen.opted_out_at = citizen.frozen_at = citizen.number_failed_at = NOW - 3 * A_DAY
    citizen.reminders_paused_at, citizen.reminders_paused_until = NOW, NOW.date() + 9 * A_DAY
    citizen.letter_code_expires_at = citizen.pin_locked_at = NOW - 4 * A_DAY
    citizen.sms_days, citizen.sms_hours, citizen.standing = "2", PartOfDay.LATE, Standing.EXEMPT.value


def _away(people: People) -> Absence:
    return Absence(
        staff_id=people.away.id,
        cover_id=people.colleague.id,
        first_day=NOW.date() - A_DAY,
        last_day=NOW.date() + 6 * A_DAY,
        made_by=people.away.id,
        created_at=NOW - 2 * A_DAY,
    )


def _thread(session: Session, people: People) -> list[ThreadEntry]:
    """Replies to check-ins, and words of hers that have waited too long for an answer."""
    sms = _sms(people.seldom, pictures=2)
    session.add(sms)
    session.flush()
    event = _entry(people.seldom, None, 30, kind=EventKind.OPTED_OUT, author="system")
    replies = [_entry(people.seldom, body, 20, kind=EventKind.CHECK_IN_ANSWER) for body in words.REPLIES]
    with_pictures = _entry(people.seldom, words.SAID_BY_HER[0], 12, channel="sms", inbound_id=sms.id)
    on_whatsapp = _entry(people.seldom, words.SAID_BY_HER[0], 11, channel="whatsapp")
    session.add_all([event, *replies, with_pictures, on_whatsapp])
    asks = _entry(people.stopped, words.SAID_BY_HER[0], 0)
    session.add(asks)
    session.flush()
    return replies


def _entry(
    citizen: Citizen, body: str | None, days: int, *, author: str = "citizen", **values: object
) -> ThreadEntry:
    values = {"channel": "portal", "kind": "message", **values}
    return ThreadEntry(
        citizen_id=citizen.id, author=author, body=body, created_at=NOW - days * A_DAY, **values
    )


def _sms(citizen: Citizen, pictures: int) -> InboundMessage:
    return InboundMessage(
        provider="sample",
        provider_id="1",
        sender=citizen.phone,
        sender_index=citizen.phone_index,
        recipient=PHONE,
        text=words.SAID_BY_HER[0],
        masked_numbers=1,
        media_count=pictures,
        received_at=NOW - 12 * A_DAY,
        processed_at=NOW - 12 * A_DAY,
    )


def _own_words(session: Session, citizen: Citizen) -> None:
    """As much as there is room for, and more than one page shows."""
    for number in range(diary.PAGE + 1):
        diary.write(session, citizen.id, f"{words.NOTES[0]} ({number + 1})", NOW - number * A_DAY)
    for number in range(goal_rules.MOST_OPEN):
        goals.add(session, citizen.id, goals.Typed(f"{words.GOALS[0]} ({number + 1})", "me"), NOW)
    for number in range(rules.MOST_OPEN):
        data_requests.ask(
            session, citizen.id, rules.RequestKind.CORRECTION, f"{words.CORRECTION} ({number + 1})", NOW
        )


def _looks(session: Session, people: People) -> None:
    """On more days than one page shows; and once she herself."""
    for days in range(seen.DAYS + 2):
        row = AuditEvent(action="citizen.read", at=NOW - days * A_DAY, staff_id=people.caseworker.id)
        row.citizen_id = people.seldom.id
        session.add(row)
    session.add(AuditEvent(action="own_data.downloaded", at=NOW, citizen_id=people.seldom.id))


def _number(session: Session, citizen: Citizen) -> dict[str, str]:
    """As many codes as a day has, one of them used and taken back; the code of the one who waits for hers."""
    for _ in range(own_number.MOST_A_DAY):
        row = NumberChange(citizen_id=citizen.id, new_phone=PHONE, asked_at=NOW - timedelta(hours=2))
        row.old_phone, row.changed_at, row.undone_at = citizen.phone, row.asked_at, NOW
        session.add(row)
    waiting = session.scalars(select(NumberChange).where(NumberChange.changed_at.is_(None))).one()
    return {"number_code": own_number.make_code(waiting, NOW)}


def _answers(measuring: Measuring, people: People, form: Form) -> dict[str, str]:
    """Answers that cannot be held against each other, for one reason and another; and some that staff wrote down."""
    citizen, staff, session = people.seldom, people.caseworker, measuring.session
    names = dict[str, str]()
    first = measuring.send_in(citizen, form, NOW - 90 * A_DAY, lambda at: (3, 3, None)[at % 3])
    first.help, first.helper = Help.WITH_HELP, Helper.FAMILY
    measuring.send_in(citizen, form, NOW - 60 * A_DAY, lambda at: (3, None, None)[at % 3])
    last = measuring.send_in(citizen, form, NOW - 30 * A_DAY, lambda at: (4, 3, 3)[at % 3])
    session.flush()
    _score(session, last, "everyday_coping", wording="another")
    _score(session, last, "change", value=-1)
    _by_caseworker(session, people, form, last)
    before = measuring.send_in(people.locked, form, NOW - 40 * A_DAY, lambda _: 3)
    before.language = ANOTHER_LANGUAGE
    measuring.send_in(people.locked, form, NOW - 10 * A_DAY, lambda at: (2, 4)[at % 2])
    for number, mode in enumerate(ENTERED_BY_STAFF):
        row = measuring.send_in(people.locked, form, NOW - (200 + number) * A_DAY, lambda _: 3)
        row.mode, row.entered_by, row.staff_id = mode.value, staff.id, None
        names[f"sent_{mode}"] = row.ref
    return names


def _score(session: Session, response: Response, indicator: str, **values: object) -> None:
    session.execute(
        update(IndicatorScore)
        .where(IndicatorScore.response_id == response.id, IndicatorScore.indicator == indicator)
        .values(**values)
    )


def _agenda(measuring: Measuring, people: People, form: Form) -> None:
    """Sent in before a meeting that is to come."""
    sent = measuring.send_in(people.seldom, form, NOW - A_DAY, lambda _: 3)
    meeting = Meeting(citizen_id=people.seldom.id, starts_at=NOW + A_DAY, way=Way.PHONE)
    meeting.made_by, meeting.made_at, meeting.invitation_id = people.caseworker.id, NOW, sent.invitation_id
    measuring.session.add(meeting)


def _by_caseworker(session: Session, people: People, form: Form, hers: Response) -> None:
    measurement = session.get_one(Measurement, hers.measurement_id)
    row = Response(
        ref="proevesb",
        measurement_id=measurement.id,
        citizen_id=people.seldom.id,
        version_id=form.version_id,
        respondent=Respondent.CASEWORKER.value,
        staff_id=people.caseworker.id,
        language="da",
        started_at=NOW,
        finished_at=NOW,
    )
    session.add(row)
    session.flush()
    session.add(
        IndicatorScore(
            response_id=row.id,
            citizen_id=people.seldom.id,
            indicator="network",
            value=3,
            wording="another",
        )
    )
