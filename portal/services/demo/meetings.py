"""Meetings of the demo: one on the next working day with her own agenda written, some later, and a wish to move."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from portal.content.demo_meetings import AGENDA, NOTE, OFFICE
from portal.domain.meetings import Way
from portal.domain.questionnaires import Respondent
from portal.services.agendas import FORM
from portal.services.demo.days import Days, chance
from portal.services.demo.measurements import REF_BYTES, Published
from portal.services.demo.people import Resident
from portal.services.demo.plans import Stand
from portal.services.demo.tokens import token
from portal.store.answering import Answer, Invitation, Measurement, Response
from portal.store.meetings import Meeting
from portal.store.people import Staff

LATER = (3, 6, 8, 9, 13)
"""Days ahead: later than the day before, so that the demo asks for no agenda by itself on its first day."""


def add_meetings(
    session: Session,
    staff: Sequence[Staff],
    residents: Sequence[Resident],
    published: Mapping[str, Published],
    days: Days,
) -> None:
    first = next(person for person in staff if person.role == "caseworker" and person.team_id)
    theirs = [each for each in residents if each.row.caseworker_id == first.id]
    followed = [each for each in theirs if each.plan.stand is Stand.UP_TO_DATE][1:5]
    with_language = [each for each in theirs if each.row.language != "da"][:1]
    soon, *later = followed
    meeting = _meeting(soon, first, days.ahead(1, 10), days)
    meeting.invitation_id = _agenda(session, soon, published[FORM], days).id
    session.add(meeting)
    rows = [
        _meeting(each, first, days.ahead(ahead, 9 + place), days)
        for place, (each, ahead) in enumerate(zip([*later, *with_language], LATER, strict=False))
    ]
    rows[0].move_asked_at = days.at(1, 12)
    rows[-1].interpreter, rows[-1].way, rows[-1].place = with_language[0].row.language, Way.PLACE, OFFICE
    session.add_all(rows)


def _meeting(resident: Resident, maker: Staff, starts_at: datetime, days: Days) -> Meeting:
    by_phone = resident.row.id % 2 == 0
    return Meeting(
        citizen_id=resident.row.id,
        starts_at=starts_at,
        way=Way.PHONE if by_phone else Way.PLACE,
        place=None if by_phone else OFFICE,
        note=None if by_phone else NOTE,
        made_by=maker.id,
        made_at=days.at(3, 11),
    )


def _agenda(session: Session, resident: Resident, form: Published, days: Days) -> Invitation:
    """Written on her own page, without an SMS."""
    citizen, begun_at = resident.row, days.at(1, 17)
    measurement = Measurement(
        citizen_id=citizen.id, questionnaire_id=form.questionnaire_id, opened_at=begun_at
    )
    session.add(measurement)
    session.flush()
    times = {"started_at": begun_at, "finished_at": begun_at + timedelta(minutes=4)}
    shared = {"measurement_id": measurement.id, "citizen_id": citizen.id}
    invitation = Invitation(
        questionnaire_id=form.questionnaire_id,
        sent_by=citizen.caseworker_id,
        created_at=begun_at,
        **shared,
        **times,
    )
    session.add(invitation)
    session.flush()
    response = Response(
        ref=token(chance("agendas"), REF_BYTES),
        invitation_id=invitation.id,
        version_id=form.version_id,
        respondent=Respondent.CITIZEN,
        language="da",
        **shared,
        **times,
    )
    session.add(response)
    session.flush()
    session.add_all(
        Answer(response_id=response.id, question=question, text=text, answered_at=begun_at)
        for question, text in AGENDA.items()
    )
    return invitation
