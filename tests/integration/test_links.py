"""A link opens one form until it is sent in; its holder can ask for a new one, or say that it is not hers."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select

from database.engine import Database
from messaging.outbox import OutboxMessage
from portal.domain.links import LinkVerdict
from portal.services import links
from portal.services.invitations import Invited, send_questionnaire
from portal.services.links import OpenedLink
from portal.store.answering import Invitation
from portal.store.people import Citizen
from portal.store.thread import ThreadEntry
from tests.cases import Case


def invite(database: Database, case: Case, now: datetime) -> tuple[int, str]:
    """(the invitation's id, a token)"""
    with database.write(case.municipality_id) as session:
        result = send_questionnaire(session, case.citizen_id, case.questionnaire_id, case.staff_id, now)
        assert isinstance(result, Invited)
        return result.invitation_id, links.make_link(session, result.invitation_id, now)


def test_a_token_is_22_characters_and_not_in_the_database(
    database: Database, case: Case, now: datetime
) -> None:
    _, token = invite(database, case, now)
    assert len(token) == 22
    with database.engine.connect() as connection:
        assert token not in str(connection.exec_driver_sql("SELECT * FROM links").all())


def test_a_link_knows_its_municipality_and_its_form(database: Database, case: Case, now: datetime) -> None:
    invitation_id, token = invite(database, case, now)
    opened = links.open_link(database, token, now)
    assert (opened.verdict, opened.municipality_id) == (LinkVerdict.OPEN, case.municipality_id)
    assert opened.invitation_id == invitation_id


def test_an_unknown_token_tells_nothing(database: Database, case: Case, now: datetime) -> None:
    assert links.open_link(database, "A" * 22, now) == OpenedLink(LinkVerdict.UNKNOWN)


def test_a_link_is_open_for_thirty_days_and_until_the_form_is_sent_in(
    database: Database, case: Case, now: datetime
) -> None:
    invitation_id, token = invite(database, case, now)
    assert links.open_link(database, token, now + timedelta(days=30)).verdict is LinkVerdict.EXPIRED
    with database.write(case.municipality_id) as session:
        session.get_one(Invitation, invitation_id).finished_at = now
    assert links.open_link(database, token, now).verdict is LinkVerdict.USED


def test_a_cancelled_invitation_closes_its_links(database: Database, case: Case, now: datetime) -> None:
    invitation_id, token = invite(database, case, now)
    with database.write(case.municipality_id) as session:
        session.get_one(Invitation, invitation_id).cancelled_at = now
    assert links.open_link(database, token, now).verdict is LinkVerdict.REVOKED


def test_two_links_to_one_form_are_both_open(database: Database, case: Case, now: datetime) -> None:
    invitation_id, first = invite(database, case, now)
    with database.write(case.municipality_id) as session:
        second = links.make_link(session, invitation_id, now)
    assert {links.open_link(database, token, now).verdict for token in (first, second)} == {LinkVerdict.OPEN}


def test_started_from_two_devices_it_is_one_form(database: Database, case: Case, now: datetime) -> None:
    invitation_id, _ = invite(database, case, now)
    with database.write(case.municipality_id) as session:
        first = links.start_invited(session, invitation_id, "da", now)
        second = links.start_invited(session, invitation_id, "en", now + timedelta(hours=1))
        invitation = session.get_one(Invitation, invitation_id)
        assert (invitation.opened_at, invitation.started_at) == (now, now)
    assert first.ref == second.ref and len(first.ref) == 12


def test_the_welcome_names_who_asks_and_not_who_is_asked(
    database: Database, case: Case, now: datetime
) -> None:
    invitation_id, _ = invite(database, case, now)
    with database.read(case.municipality_id) as session:
        page = links.welcome(session, invitation_id)
    assert (page.caseworker, page.office, page.minutes) == ("Lone Kjær", "Job og Vejledning", 1)
    assert "Mette" not in repr(page) and "Holm" not in repr(page)


def test_a_new_link_is_sent_once_however_often_it_is_asked_for(
    database: Database, case: Case, now: datetime
) -> None:
    _, token = invite(database, case, now)
    late = now + timedelta(days=31)
    opened = links.open_link(database, token, late)
    for _ in range(2):
        with database.write(case.municipality_id) as session:
            links.send_new_link(session, opened, late)
    with database.read(case.municipality_id) as session:
        messages = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)).all()
        assert [message.parameters["asked_for"] for message in messages] == [False, True]
        assert session.scalar(select(func.count(ThreadEntry.id))) == 2


def test_not_me_freezes_the_number_closes_the_links_and_tells_the_caseworker_once(
    database: Database, case: Case, now: datetime
) -> None:
    _, token = invite(database, case, now)
    opened = links.open_link(database, token, now)
    for _ in range(2):
        with database.write(case.municipality_id) as session:
            links.not_me(session, opened, now)
    assert links.open_link(database, token, now).verdict is LinkVerdict.REVOKED
    with database.read(case.municipality_id) as session:
        assert session.get_one(Citizen, case.citizen_id).frozen_at == now
        kinds = session.scalars(select(ThreadEntry.kind).order_by(ThreadEntry.id)).all()
    assert kinds == ["invitation", "not_me"]
