"""/hjem/kontakt: two taps change how she is contacted, the page says what is true now, and the next SMS keeps to it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from markupsafe import Markup
from sqlalchemy import select

from database.engine import Database
from messaging.delivery import Later
from messaging.outbox import OutboxMessage
from messaging.outcomes import put_back
from portal.domain.contact_wishes import PartOfDay
from portal.runtime import Portal
from portal.services.sms.texts import SmsTexts
from portal.store.people import Citizen, Staff
from tests.cases import Case
from tests.journeys import invite, sign_in_by_pin
from tests.web.conftest import sign_in_as
from tests.windows import local

PIN = "4711"
WEDNESDAY_NOON = local("2026-11-18T12:00")


@pytest.fixture
def hers(app: Flask, database: Database, case: Case, now: datetime) -> FlaskClient:
    return sign_in_by_pin(app.test_client(), database, case, now)


def citizen(database: Database, case: Case) -> Citizen:
    with database.read(case.municipality_id) as session:
        return session.get_one(Citizen, case.citizen_id)


def text(client: FlaskClient, address: str) -> str:
    return " ".join(str(Markup(client.get(address).text).striptags()).split())


def choose(client: FlaskClient, wish: str, value: str) -> str:
    """What the page says after the choice."""
    answer = client.post(f"/hjem/kontakt/{wish}", data={"value": value})
    assert answer.status_code == 303, answer.text
    return text(client, answer.location)


def test_every_row_is_a_link_to_its_choices(hers: FlaskClient) -> None:
    page = hers.get("/hjem/kontakt").text
    for wish in ("sprog", "sms", "antal", "tid", "dage", "ord"):
        assert f'href="/hjem/kontakt/{wish}"' in page
        assert hers.get(f"/hjem/kontakt/{wish}").status_code == 200


def test_each_choice_is_kept_and_said(hers: FlaskClient, database: Database, case: Case) -> None:
    assert "Nu sender vi højst 1 SMS om ugen" in choose(hers, "antal", "1")
    assert "Nu sender vi kun SMS mellem 09.00 og 12.00." in choose(hers, "tid", "morning")
    assert "på disse dage: mandag, tirsdag, torsdag og fredag" in choose(hers, "dage", "-2")
    assert "Nu står dit ord i hver SMS fra os: lærke." in choose(hers, "ord", " lærke ")
    row = citizen(database, case)
    assert (row.sms_cap, row.sms_hours, row.sms_days, row.kendeord) == (1, PartOfDay.MORNING, "0134", "lærke")
    assert "ikke noget ord" in choose(hers, "ord", "")
    choose(hers, "antal", "3")
    choose(hers, "tid", "all_day")
    choose(hers, "dage", "+2")
    row = citizen(database, case)
    assert (row.sms_cap, row.sms_hours, row.sms_days, row.kendeord) == (None, None, None, None)


def test_a_choice_that_is_tapped_twice_is_the_same_choice(
    hers: FlaskClient, database: Database, case: Case
) -> None:
    choose(hers, "dage", "-4")
    choose(hers, "dage", "-4")
    assert citizen(database, case).sms_days == "0123"


def test_two_windows_each_change_what_they_were_tapped_for_and_undo_nothing_of_the_other(
    hers: FlaskClient, database: Database, case: Case
) -> None:
    for wish in ("dage", "antal", "tid"):  # open beside each other, before anything is chosen
        hers.get(f"/hjem/kontakt/{wish}")
    choose(hers, "dage", "-4")
    choose(hers, "antal", "2")
    choose(hers, "dage", "-0")
    for _ in range(2):
        assert "Nu sender vi kun SMS mellem 09.00 og 12.00." in choose(hers, "tid", "morning")
    row = citizen(database, case)
    assert (row.sms_cap, row.sms_hours, row.sms_days) == (2, PartOfDay.MORNING, "123")


def test_a_new_language_is_the_pages_at_once_and_says_so_in_itself(
    hers: FlaskClient, database: Database, case: Case
) -> None:
    assert "Now we write to you in your language: English." in choose(hers, "sprog", "en")
    assert citizen(database, case).language == "en"
    assert '<html lang="en"' in hers.get("/hjem").text


@pytest.mark.parametrize(
    ("wish", "value", "said"),
    [
        ("sprog", "xx", "Det kan du ikke vælge her"),
        ("antal", "40", "Det kan du ikke vælge her"),
        ("tid", "night", "Det kan du ikke vælge her"),
        ("dage", "-7", "Det kan du ikke vælge her"),
        ("ord", "www.dk", "Brug kun bogstaver"),
        ("ord", "x" * 50, "Ordet er for langt"),
    ],
)
def test_what_is_not_offered_changes_nothing_and_is_told(
    hers: FlaskClient, database: Database, case: Case, wish: str, value: str, said: str
) -> None:
    answer = hers.post(f"/hjem/kontakt/{wish}", data={"value": value})
    assert answer.status_code == 422 and said in answer.text
    row = citizen(database, case)
    assert (row.language, row.sms_cap, row.sms_hours, row.sms_days, row.kendeord) == ("da", *[None] * 4)


def test_the_last_day_stays(hers: FlaskClient) -> None:
    for day in range(4):
        choose(hers, "dage", f"-{day}")
    answer = hers.post("/hjem/kontakt/dage", data={"value": "-4"})
    assert answer.status_code == 422 and "Vælg mindst én dag" in answer.text


def test_the_next_sms_keeps_to_it_at_once(
    app: Flask, hers: FlaskClient, database: Database, case: Case
) -> None:
    portal: Portal = app.extensions["taletid"]
    invite(database, case, WEDNESDAY_NOON)
    choose(hers, "tid", "morning")
    portal.clock = lambda: WEDNESDAY_NOON
    with database.write(case.municipality_id) as session:
        message = session.scalars(select(OutboxMessage)).one()
        assert SmsTexts(portal).render(session, message) == Later(local("2026-11-19T09:00"), "her_hours")


@pytest.mark.parametrize(("wish", "value"), [("tid", "all_day"), ("dage", "+2"), ("antal", "3")])
def test_what_waited_for_her_former_wish_is_asked_about_at_once(
    app: Flask, hers: FlaskClient, database: Database, case: Case, now: datetime, wish: str, value: str
) -> None:
    portal: Portal = app.extensions["taletid"]
    invite(database, case, now)
    for strict in ("tid=morning", "dage=-2", "antal=1"):
        choose(hers, *strict.split("="))
    with database.write(case.municipality_id) as session:
        put_back(session.scalars(select(OutboxMessage)).one(), now + timedelta(days=1), "her_hours")
    woken: list[bool] = []
    portal.wake_delivery = lambda: woken.append(True)
    choose(hers, wish, value)
    assert (due_at(database, case), woken) == (now, [True])


def test_what_is_planned_for_another_day_stays_there(
    hers: FlaskClient, database: Database, case: Case, now: datetime
) -> None:
    planned_for = now + timedelta(days=2)
    invite(database, case, planned_for)
    choose(hers, "tid", "morning")
    assert due_at(database, case) == planned_for


def due_at(database: Database, case: Case) -> datetime | None:
    with database.read(case.municipality_id) as session:
        return session.scalars(select(OutboxMessage.due_at)).one()


@pytest.mark.parametrize("wish", ["sprog", "antal", "tid", "dage", "ord"])
def test_the_link_alone_changes_none_of_it(
    client: FlaskClient, database: Database, case: Case, now: datetime, wish: str
) -> None:
    client.post(f"/{invite(database, case, now)}")
    assert client.get(f"/hjem/kontakt/{wish}").status_code == 302
    assert client.post(f"/hjem/kontakt/{wish}", data={"value": "en"}).status_code == 401
    assert citizen(database, case).language == "da"


def test_staff_see_her_wishes_on_the_card(
    app: Flask, hers: FlaskClient, database: Database, case: Case
) -> None:
    choose(hers, "tid", "late")
    choose(hers, "antal", "2")
    desk = app.test_client()
    with database.read(case.municipality_id) as session:
        lone = session.get_one(Staff, case.staff_id)
    sign_in_as(desk, database, lone)
    card = text(desk, f"/borgere/{case.citizen_id}")
    assert "Højst 2 SMS om ugen · Sidst på dagen: 15.00–18.00 · Alle hverdage" in card


def test_reading_aloud_is_turned_on_and_off_in_two_taps_and_the_rest_of_her_display_stays(
    hers: FlaskClient,
) -> None:
    hers.post("/visning", data={"mark": "large", "theme": "dark"})
    assert 'href="/hjem/kontakt/hoejt"' in hers.get("/hjem/kontakt").text
    assert "Læs op for mig Ja tak" in choose(hers, "hoejt", "1")
    assert '<html lang="da" dir="ltr" class="dark large aloud"' in hers.get("/hjem").text
    assert "Læs op for mig Nej tak" in choose(hers, "hoejt", "0")
    assert '<html lang="da" dir="ltr" class="dark large"' in hers.get("/hjem").text
