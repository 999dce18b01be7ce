"""Her own agenda is asked for the working day before a meeting, once, and never when the meeting has begun."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from database.engine import Database
from messaging.delivery import Later, Rendered, Withheld
from messaging.outbox import OutboxMessage
from messaging.outcomes import put_back
from portal.domain.meetings import Way
from portal.runtime import Portal
from portal.services import agendas, links
from portal.services.sms.texts import SmsTexts
from portal.services.thread import Channel, StaffWriting, write_as_citizen, write_as_staff
from portal.store.answering import Invitation
from portal.store.meetings import Meeting
from portal.store.people import Citizen
from tests.cases import Case, make_case
from tests.measurements import ship_forms
from tests.portals import portal_on
from tests.windows import local

FRIDAY = local("2026-11-20T07:30")
MONDAY_AT_TEN = local("2026-11-23T10:00")


@pytest.fixture
def portal(database: Database) -> Portal:
    return portal_on(database, lambda: FRIDAY)


@pytest.fixture
def case(database: Database, municipality: int, now: datetime) -> Case:
    found = make_case(database, municipality, now, key="other_form")
    with database.write(municipality) as session:
        ship_forms(session, now)
    return found


def add_meeting(database: Database, case: Case, starts_at: datetime = MONDAY_AT_TEN, **values: Any) -> None:
    with database.write(case.municipality_id) as session:
        known = {"way": Way.PHONE, "made_by": case.staff_id, "made_at": FRIDAY}
        session.add(Meeting(citizen_id=case.citizen_id, starts_at=starts_at, **{**known, **values}))


def messages(database: Database, case: Case) -> list[OutboxMessage]:
    with database.read(case.municipality_id) as session:
        return list(session.scalars(select(OutboxMessage)))


def render_at(portal: Portal, case: Case, moment: datetime) -> object:
    portal.clock = lambda: moment
    with portal.database.write(case.municipality_id) as session:
        return SmsTexts(portal).render(session, session.scalars(select(OutboxMessage)).one())


def test_on_friday_it_is_asked_about_monday_once_and_in_the_hours(
    portal: Portal, database: Database, case: Case
) -> None:
    add_meeting(database, case)
    add_meeting(database, case, local("2026-11-24T10:00"))
    add_meeting(database, case, local("2026-11-23T12:00"), cancelled_at=FRIDAY)
    agendas.ask_due(portal, local("2026-11-19T12:00"))
    agendas.ask_due(portal, local("2026-11-20T06:59"))
    assert messages(database, case) == []
    for _ in range(2):
        agendas.ask_due(portal, FRIDAY)
    (message,) = messages(database, case)
    assert (message.kind, message.due_at) == ("agenda", local("2026-11-20T09:00"))
    sms = render_at(portal, case, local("2026-11-20T09:00"))
    assert isinstance(sms, Rendered)
    assert sms.text.startswith("Hej Mette. Du og Lone taler sammen mandag den 23. november.")
    token = sms.text.rpartition("/")[2]
    assert links.open_link(database, token, FRIDAY).invitation_id == message.parameters["invitation_id"]


def test_it_is_planned_so_her_own_hours_hold_it_and_the_meeting_ends_it(
    portal: Portal, database: Database, case: Case
) -> None:
    add_meeting(database, case)
    agendas.ask_due(portal, FRIDAY)
    with database.write(case.municipality_id) as session:
        session.get_one(Citizen, case.citizen_id).sms_days = "34"
    friday = local("2026-11-20T09:00")
    assert isinstance(render_at(portal, case, friday), Rendered)
    assert render_at(portal, case, local("2026-11-23T09:00")) == Later(local("2026-11-26T09:00"), "her_hours")
    assert render_at(portal, case, MONDAY_AT_TEN) == Withheld("too_late")


def test_it_waits_while_she_waits_for_an_answer_and_is_due_when_she_gets_it(
    portal: Portal, database: Database, case: Case
) -> None:
    add_meeting(database, case)
    agendas.ask_due(portal, FRIDAY)
    noon = local("2026-11-20T12:00")
    with database.write(case.municipality_id) as session:
        write_as_citizen(session, case.citizen_id, "Kan vi mødes senere?", noon)
        agenda = session.scalars(select(OutboxMessage)).one()
    later = render_at(portal, case, noon)
    assert later == Later(MONDAY_AT_TEN + timedelta(hours=2), "unanswered")
    with database.write(case.municipality_id) as session:
        put_back(session.get_one(OutboxMessage, agenda.id), MONDAY_AT_TEN, "unanswered")
        write_as_staff(
            session, case.citizen_id, StaffWriting(case.staff_id, "Ja, kl. 12.", Channel.PORTAL), noon
        )
    with database.read(case.municipality_id) as session:
        assert session.get_one(OutboxMessage, agenda.id).due_at == noon


def test_a_meeting_that_is_over_leaves_no_form_behind(portal: Portal, database: Database, case: Case) -> None:
    add_meeting(database, case)
    agendas.ask_due(portal, FRIDAY)
    tuesday = local("2026-11-24T07:30")
    agendas.ask_due(portal, tuesday)
    with database.read(case.municipality_id) as session:
        assert session.scalars(select(Invitation)).one().cancelled_at == tuesday


@pytest.mark.parametrize(
    "values",
    [{"standing": "exempt"}, {"opted_out_at": FRIDAY}, {"frozen_at": FRIDAY}],
    ids=lambda v: next(iter(v)),
)
def test_who_is_not_to_be_asked_by_sms_is_not(
    portal: Portal, database: Database, case: Case, values: dict[str, Any]
) -> None:
    add_meeting(database, case)
    with database.write(case.municipality_id) as session:
        for name, value in values.items():
            setattr(session.get_one(Citizen, case.citizen_id), name, value)
    agendas.ask_due(portal, FRIDAY)
    assert messages(database, case) == []
