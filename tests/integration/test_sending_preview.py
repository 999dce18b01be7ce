"""What the last look before a sending says: as the rules will decide when it goes."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from database.engine import Database
from messaging.message import Status
from messaging.policy import Purpose, Wait, WaitReason
from portal.domain.sendings import SendingKind
from portal.services.check_in_composing import Composed, compose, shipped
from portal.services.sending_preview import outcome
from portal.services.sms.compose import Composer
from portal.services.sms.permission import Matter, decision
from portal.store.municipalities import own
from portal.store.people import Citizen
from portal.store.sendings import Sending
from tests.conftest import NOW
from tests.factories import add_sms
from tests.portals import portal_on
from tests.sendings import Team, change_citizen, make_sending, make_team

CAPS = (WaitReason.WEEKLY_CAP, WaitReason.HER_CAP)
DAYS_AGO = ((), (0,), (0, 0), (0, 1, 2), (6, 6, 6), (7, 7, 7), (0, 6, 7), (0, 3, 5, 6), (1, 6, 6))
WISHES = (None, 1, 2, 3)


@pytest.fixture
def team(database: Database, municipality: int) -> Team:
    """Everybody has got something else this week, and some have asked for fewer SMS."""
    team = make_team(database, municipality, size=len(DAYS_AGO) * len(WISHES))
    with database.write(municipality) as session:
        for place, citizen_id in enumerate(team.citizens):
            citizen = session.get_one(Citizen, citizen_id)
            citizen.sms_cap = WISHES[place % len(WISHES)]
            for days in DAYS_AGO[place // len(WISHES)]:
                add_sms(session, citizen, NOW - timedelta(days=days))
    return team


def by_the_rules(database: Database, team: Team, at: datetime) -> int:
    with database.read(team.municipality_id) as session:
        decided = [
            decision(session, session.get_one(Citizen, each), own(session), Matter(Purpose.ASKED), at)
            for each in team.citizens
        ]
    return sum(isinstance(each, Wait) and each.reason in CAPS for each in decided)


def by_the_page(database: Database, team: Team, sending_id: int) -> int:
    composer = Composer(portal_on(database))
    with database.read(team.municipality_id) as session:
        return outcome(composer, session, session.get_one(Sending, sending_id), NOW).capped


@pytest.mark.parametrize("days", [0, 1, 4, 7])
@pytest.mark.parametrize("kind", [SendingKind.QUESTIONNAIRE, SendingKind.CHECK_IN])
def test_as_many_are_said_to_wait_for_the_cap_as_the_rules_let_wait(
    database: Database, team: Team, days: int, kind: SendingKind
) -> None:
    at = NOW + timedelta(days=days)
    sending_id = make_sending(database, team, kind=kind, planned_at=at if days else None)
    expected = by_the_rules(database, team, at)
    assert by_the_page(database, team, sending_id) == expected
    assert (expected > 0) == (days < 7)


def test_what_is_with_the_gateway_counts_and_what_waits_does_not(
    database: Database, municipality: int
) -> None:
    team = make_team(database, municipality, size=2)
    with database.write(municipality) as session:
        for citizen_id, status in zip(team.citizens, (Status.SENDING, Status.QUEUED), strict=True):
            for _ in range(3):
                add_sms(session, session.get_one(Citizen, citizen_id), None, status)
    assert by_the_page(database, team, make_sending(database, team)) == by_the_rules(database, team, NOW) == 1


def test_who_gets_nothing_at_all_does_not_wait(database: Database, municipality: int) -> None:
    team = make_team(database, municipality, size=1)
    with database.write(municipality) as session:
        for _ in range(3):
            add_sms(session, session.get_one(Citizen, team.citizens[0]), NOW)
    change_citizen(database, team, team.citizens[0], opted_out_at=NOW)
    assert by_the_page(database, team, make_sending(database, team)) == 0


def test_what_a_person_writes_waits_for_no_cap(database: Database, team: Team) -> None:
    assert by_the_page(database, team, make_sending(database, team, kind=SendingKind.MESSAGE)) == 0


@pytest.mark.parametrize(
    ("names", "parts"), [(("today",), 2), (("journey",), 2), (("journey", "everyday", "today"), 4)]
)
def test_the_parts_of_a_check_in_are_all_its_questions_and_the_thanks(
    database: Database, municipality: int, names: tuple[str, ...], parts: int
) -> None:
    team = make_team(database, municipality, size=2)
    with database.write(municipality) as session:
        made = compose(session, [shipped(name) for name in names], team.staff_id, NOW)
        assert isinstance(made, Composed)
    sending_id = make_sending(database, team, kind=SendingKind.CHECK_IN, check_in_id=made.check_in_id)
    with database.read(municipality) as session:
        found = outcome(Composer(portal_on(database)), session, session.get_one(Sending, sending_id), NOW)
    assert [(each.parts, each.people) for each in found.languages] == [(parts, 2)]
    assert found.parts == 2 * parts
