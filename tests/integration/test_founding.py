"""A municipality is made whole or not at all."""

from __future__ import annotations

from dataclasses import replace

import pyotp
import pytest
from sqlalchemy import func, select

from database.base import Municipality
from database.engine import Database
from database.tenancy import EVERYONE
from portal.services import publishing
from portal.services.founding import Founded, Problem, Refused, Wanted, found
from portal.services.sign_in import Attempt, sign_in
from portal.store import municipalities
from portal.store.audit import AuditEvent
from portal.store.people import Staff
from portal.store.questionnaires import QuestionnaireVersion
from tests import factories
from tests.conftest import NOW, add_municipality

WANTED = Wanted(
    name="Nordby  Kommune",
    office_name="Jobcenter Nordby",
    office_phone="70 10 20 30",
    sender="Nordby",
    admin_name="Ada Holm",
    admin_email="ada@nordby.example",
    reply_number="52 52 52 52",
)


def rows(database: Database) -> tuple[int, ...]:
    with database.read(EVERYONE) as session:
        kinds = (Municipality, Staff, QuestionnaireVersion, AuditEvent)
        return tuple(session.scalar(select(func.count()).select_from(kind)) or 0 for kind in kinds)


def test_a_new_municipality_has_the_shipped_forms_and_an_administrator_who_can_sign_in(
    database: Database,
) -> None:
    made = found(database, WANTED, NOW)
    assert isinstance(made, Founded)
    given = made.administrator
    attempt = Attempt(given.email, given.password, pyotp.TOTP(given.totp_secret).at(NOW))
    signed_in = sign_in(database, attempt, NOW)
    assert signed_in is not None
    with database.read(EVERYONE) as session:
        row = session.scalars(select(Municipality)).one()
        actions = set(session.scalars(select(AuditEvent.action)))
    assert (row.slug, row.name, row.reply_number) == ("nordby", "Nordby Kommune", "+4552525252")
    assert not row.send_always and not row.is_demo
    assert rows(database)[2] == made.questionnaires == len(publishing.shipped_forms())
    assert {"account.added", "questionnaire.published"} <= actions


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ({"name": " "}, Problem.NAME),
        ({"slug": "Nord by"}, Problem.SLUG),
        ({"office_name": "x" * 81}, Problem.OFFICE_NAME),
        ({"office_phone": "ring til os"}, Problem.OFFICE_PHONE),
        ({"sender": "Jobcenter Nordby"}, Problem.SENDER),
        ({"reply_number": "12"}, Problem.REPLY_NUMBER),
        ({"admin_name": ""}, Problem.ADMIN_NAME),
        ({"admin_email": "ada"}, Problem.ADMIN_EMAIL),
    ],
)
def test_a_wrong_value_leaves_nothing_half_made(
    database: Database, wrong: dict[str, str], problem: Problem
) -> None:
    assert found(database, replace(WANTED, **wrong), NOW) == Refused((problem,))
    assert rows(database) == (0, 0, 0, 0)


def test_what_another_municipality_has_is_refused_each_by_its_name(database: Database) -> None:
    assert isinstance(found(database, WANTED, NOW), Founded)
    before = rows(database)
    again = found(database, replace(WANTED, sender="NORDBY", admin_email="bo@nordby.example"), NOW)
    assert again == Refused((Problem.SLUG_TAKEN, Problem.SENDER_TAKEN, Problem.REPLY_NUMBER_TAKEN))
    other = replace(WANTED, name="Sydby", sender="Sydby", reply_number="")
    assert found(database, other, NOW) == Refused((Problem.ADMIN_EMAIL_TAKEN,))
    assert rows(database) == before


def test_a_number_that_is_another_municipalitys_on_whatsapp_is_taken(database: Database) -> None:
    ours = add_municipality(database)
    with database.write(ours) as session:
        municipalities.own(session).whatsapp_number = "+4552525252"
    assert found(database, WANTED, NOW) == Refused((Problem.REPLY_NUMBER_TAKEN,))


def test_beside_a_demo_no_municipality_is_made(database: Database) -> None:
    ours = add_municipality(database)
    with database.write(ours) as session:
        municipalities.own(session).is_demo = True
    assert found(database, WANTED, NOW) == Refused((Problem.IS_A_DEMO,))


def test_all_are_listed_with_how_many_people_each_has(database: Database) -> None:
    assert isinstance(found(database, WANTED, NOW), Founded)
    with database.write(add_municipality(database)) as session:
        lone = factories.add_staff(session, NOW, team=factories.add_team(session))
        factories.add_citizen(session, NOW, lone)
        factories.add_staff(session, NOW, team=lone.team).is_active = False
    with database.read(EVERYONE) as session:
        found_rows = municipalities.listed(session)
    assert [(row.municipality.slug, row.staff, row.citizens) for row in found_rows] == [
        ("aakoebing", 1, 1),
        ("nordby", 1, 0),
    ]
