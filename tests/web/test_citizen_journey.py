"""From the link to the receipt, without a script: what each address answers, and that nothing is lost."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import urljoin

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from database.engine import Database
from messaging.outbox import OutboxMessage
from portal.runtime import Portal
from portal.store.answering import Answer, Invitation, Link, Response
from portal.store.people import Citizen
from portal.store.thread import ThreadEntry
from tests import factories
from tests.cases import Case
from tests.journeys import invite

PERSON = {"Sec-Fetch-Mode": "navigate", "Accept": "text/html"}
HTMX = {"HX-Request": "true"}


@pytest.fixture
def token(database: Database, case: Case, now: datetime) -> str:
    return invite(database, case, now)


@pytest.fixture
def begun(client: FlaskClient, token: str) -> str:
    """The address of the form, with the grant in the client."""
    return client.post(f"/{token}").location.rpartition("/")[0]


def invitation(database: Database, case: Case) -> Invitation:
    with database.read(case.municipality_id) as session:
        return session.scalars(select(Invitation)).one()


def answers(database: Database, case: Case) -> dict[str, str | None]:
    with database.read(case.municipality_id) as session:
        return {row.question: row.value or row.text for row in session.scalars(select(Answer))}


def finish(client: FlaskClient, form: str) -> TestResponse:
    client.post(f"{form}/1", data={"belief_in_work": "4"})
    client.post(f"{form}/2", data={"job_search": "1"})
    return client.post(f"{form}/4", data={"wish": "Arbejde i en have"})


def another_citizen(database: Database, case: Case, now: datetime) -> int:
    with database.write(case.municipality_id) as session:
        caseworker = session.get_one(Citizen, case.citizen_id).caseworker
        return factories.add_citizen(session, now, caseworker).id


def at(app: Flask, moment: datetime) -> None:
    portal: Portal = app.extensions["taletid"]
    portal.clock = lambda: moment


def test_the_first_page_says_who_asks_and_never_who_is_asked(client: FlaskClient, token: str) -> None:
    page = client.get(f"/{token}").text
    for said in ("Lone Kjær", "Job og Vejledning", "Hvem ser svarene?", "Skal jeg svare?", "Begynd"):
        assert said in page
    assert "Mette" not in page and "Holm" not in page


def test_looking_at_the_link_starts_nothing(
    client: FlaskClient, database: Database, case: Case, token: str
) -> None:
    client.get(f"/{token}", headers=PERSON)
    assert invitation(database, case).started_at is None
    with database.read(case.municipality_id) as session:
        assert session.scalar(select(func.count(Response.id))) == 0


@pytest.mark.parametrize(
    ("method", "headers", "opened"),
    [
        ("GET", PERSON, True),
        ("GET", {"Accept": "text/html,*/*"}, True),
        ("GET", {"Accept": "*/*"}, False),
        ("GET", {"Accept": "text/html", "Sec-Fetch-Mode": "no-cors"}, False),
        ("GET", PERSON | {"Sec-Purpose": "prefetch;prerender"}, False),
        ("HEAD", PERSON, False),
    ],
)
def test_only_what_looks_like_a_person_counts_as_opened(
    client: FlaskClient,
    database: Database,
    case: Case,
    token: str,
    method: str,
    headers: dict[str, str],
    opened: bool,
) -> None:
    client.open(f"/{token}", method=method, headers=headers)
    assert (invitation(database, case).opened_at is not None) is opened


def test_the_button_starts_and_leads_to_the_first_question(
    client: FlaskClient, database: Database, case: Case, token: str
) -> None:
    answer = client.post(f"/{token}")
    assert answer.status_code == 303 and re.fullmatch(r"/svar/[\w-]{12}/1", answer.location)
    cookie = answer.headers["Set-Cookie"]
    for part in ("HttpOnly", "SameSite=Lax", f"Path={answer.location[:-2]}"):
        assert part in cookie
    assert invitation(database, case).started_at is not None


def test_each_answer_is_kept_before_the_next_question_shows(
    client: FlaskClient, database: Database, case: Case, begun: str
) -> None:
    answer = client.post(f"{begun}/1", data={"belief_in_work": "4"})
    assert (answer.status_code, answer.location) == (303, f"{begun}/2")
    assert answers(database, case) == {"belief_in_work": "4"}


def test_the_script_gets_the_next_question_and_its_address(client: FlaskClient, begun: str) -> None:
    answer = client.post(f"{begun}/1", data={"belief_in_work": "4"}, headers=HTMX)
    assert (answer.status_code, answer.headers["HX-Push-Url"]) == (200, f"{begun}/2")
    assert "Har du søgt job?" in answer.text and "<html" not in answer.text


def test_without_an_answer_the_page_says_so_and_keeps_what_was_typed(client: FlaskClient, begun: str) -> None:
    answer = client.post(f"{begun}/1", data={})
    assert answer.status_code == 422
    assert "Vælg eller skriv et svar" in answer.text
    client.post(f"{begun}/2", data={"job_search": "3"})
    wrong = client.post(f"{begun}/3", data={"job_search_channels": ["adverts", "nonsense"]})
    assert re.search(r'value="adverts" checked', wrong.text)


def test_going_back_shows_the_answer_that_was_given(client: FlaskClient, begun: str) -> None:
    client.post(f"{begun}/1", data={"belief_in_work": "4"})
    back = re.search(r'<a class="back" href="([^"]+)" hx-get="\1"', client.get(f"{begun}/2").text)
    assert back and urljoin(f"{begun}/2", back[1]) == f"{begun}/1"
    assert re.search(r'value="4" checked', client.get(f"{begun}/1").text)


def test_a_second_device_goes_on_where_the_first_left_off(
    app: Flask, client: FlaskClient, token: str, begun: str
) -> None:
    client.post(f"{begun}/1", data={"belief_in_work": "4"})
    other = app.test_client()
    assert "Fortsæt" in other.get(f"/{token}").text
    assert other.post(f"/{token}").location == f"{begun}/2"


def test_the_last_answer_leads_to_the_receipt_with_what_was_answered(
    client: FlaskClient, database: Database, case: Case, begun: str
) -> None:
    assert finish(client, begun).location == f"{begun}/tak"
    page = client.get(f"{begun}/tak").text
    for said in ("Tak for dine svar", "Tror du, at du kan klare et arbejde?", "meget", "Arbejde i en have"):
        assert said in page
    assert invitation(database, case).finished_at is not None


def test_the_script_is_sent_to_the_receipt(client: FlaskClient, begun: str) -> None:
    client.post(f"{begun}/1", data={"belief_in_work": "4"})
    client.post(f"{begun}/2", data={"job_search": "1"})
    answer = client.post(f"{begun}/4", data={"wish": ""}, headers=HTMX)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (200, f"{begun}/tak")


def test_a_finished_form_leads_to_its_receipt_whatever_is_posted(
    client: FlaskClient, database: Database, case: Case, begun: str
) -> None:
    finish(client, begun)
    assert client.post(f"{begun}/1", data={"belief_in_work": "1"}).location == f"{begun}/tak"
    assert client.get(f"{begun}/1").location == f"{begun}/tak"
    assert answers(database, case)["belief_in_work"] == "4"


def test_the_receipt_of_an_unfinished_form_leads_back_to_the_form(client: FlaskClient, begun: str) -> None:
    assert client.get(f"{begun}/tak").location == f"{begun}/1"


def test_a_page_that_is_not_there_leads_to_where_she_goes_on(client: FlaskClient, begun: str) -> None:
    for number in (0, 3, 99):
        assert client.get(f"{begun}/{number}").location == f"{begun}/1"
        assert client.post(f"{begun}/{number}", data={}).location == f"{begun}/1"


def test_nothing_of_a_form_opens_without_its_grant(app: Flask, client: FlaskClient, begun: str) -> None:
    stranger = app.test_client()
    for address in (f"{begun}/1", f"{begun}/tak", "/svar/AAAAAAAAAAAA/1"):
        assert stranger.get(address).location == "/svar"
    assert stranger.post(f"{begun}/1", data={"belief_in_work": "1"}).location == "/svar"
    assert stranger.post(f"{begun}/1", headers=HTMX).headers["HX-Redirect"] == "/svar"
    page = stranger.get("/svar")
    assert page.status_code == 401 and "Åbn linket i din SMS igen" in page.text


def test_a_grant_of_one_form_does_not_open_another(
    app: Flask, client: FlaskClient, database: Database, case: Case, begun: str, now: datetime
) -> None:
    grant = client.get_cookie("svar", path=begun)
    assert grant is not None
    other = replace(case, citizen_id=another_citizen(database, case, now))
    stranger = app.test_client()
    theirs = stranger.post(f"/{invite(database, other, now)}").location.rpartition("/")[0]
    thief = app.test_client()
    thief.set_cookie("svar", grant.value, path=theirs)
    assert thief.get(f"{theirs}/1").location == "/svar"


def test_a_forged_grant_and_one_that_has_ended_open_nothing(
    app: Flask, client: FlaskClient, begun: str, now: datetime
) -> None:
    at(app, now + timedelta(hours=13))
    assert client.get(f"{begun}/1").location == "/svar"
    client.set_cookie("svar", "WyJhIiwxLDk5OTk5OTk5OTld.forged", path=begun)
    at(app, now)
    assert client.get(f"{begun}/1").location == "/svar"


def test_an_unknown_link_says_what_to_look_for(client: FlaskClient, token: str) -> None:
    unknown = client.get("/" + "A" * 22)
    assert unknown.status_code == 404 and "Vi kan ikke finde linket" in unknown.text
    assert client.post("/" + "A" * 22).status_code == 404
    assert client.get(f"/{token[:-1]}").status_code == 404


def test_a_used_link_says_thanks(client: FlaskClient, token: str, begun: str) -> None:
    finish(client, begun)
    page = client.get(f"/{token}")
    assert page.status_code == 200 and "Tak, vi har dine svar" in page.text
    assert client.post(f"/{token}").status_code == 200


def test_an_expired_link_offers_a_new_sms_and_sends_one(
    app: Flask, client: FlaskClient, database: Database, case: Case, token: str, now: datetime
) -> None:
    at(app, now + timedelta(days=31))
    page = client.get(f"/{token}")
    assert page.status_code == 410 and f'action="/{token}/nyt"' in page.text
    for _ in range(2):
        assert client.post(f"/{token}/nyt").status_code == 200
    with database.read(case.municipality_id) as session:
        assert session.scalar(select(func.count(OutboxMessage.id))) == 2


def test_a_link_that_is_open_sends_no_new_sms(
    client: FlaskClient, database: Database, case: Case, begun: str, token: str
) -> None:
    client.post(f"/{token}/nyt")
    with database.read(case.municipality_id) as session:
        assert session.scalar(select(func.count(OutboxMessage.id))) == 1


def test_a_revoked_link_is_closed(
    client: FlaskClient, database: Database, case: Case, token: str, now: datetime
) -> None:
    with database.write(case.municipality_id) as session:
        session.scalars(select(Link)).one().revoked_at = now
    assert client.get(f"/{token}").status_code == client.post(f"/{token}").status_code == 410


def test_not_me_freezes_the_number_and_names_nobody(
    client: FlaskClient, database: Database, case: Case, token: str
) -> None:
    known = client.post(f"/{token}/ikke-mig").text
    unknown = client.post(f"/{'A' * 22}/ikke-mig").text
    assert "Tak, fordi du sagde det" in known and "Tak, fordi du sagde det" in unknown
    assert "Mette" not in known and "Lone" not in known
    with database.read(case.municipality_id) as session:
        assert session.get_one(Citizen, case.citizen_id).frozen_at is not None
        assert "not_me" in session.scalars(select(ThreadEntry.kind)).all()
    assert client.get(f"/{token}").status_code == 410


def test_she_can_write_to_her_caseworker_from_the_receipt(
    client: FlaskClient, database: Database, case: Case, begun: str
) -> None:
    finish(client, begun)
    answer = client.post(f"{begun}/skriv", data={"body": "Kan vi mødes?"})
    assert "Din besked er sendt" in client.get(answer.location).text
    with database.read(case.municipality_id) as session:
        assert session.scalars(select(ThreadEntry).order_by(ThreadEntry.id.desc())).first().body == "Kan vi mødes?"  # type: ignore[union-attr]  # fmt: skip


def test_a_message_that_is_too_long_is_kept_on_the_page(client: FlaskClient, begun: str) -> None:
    finish(client, begun)
    answer = client.post(f"{begun}/skriv", data={"body": "Lang " * 2000})
    assert answer.status_code == 422 and "Lang Lang" in answer.text


def test_the_form_is_answered_in_the_language_she_chooses_on_the_way(
    client: FlaskClient, database: Database, case: Case, begun: str
) -> None:
    client.post(f"{begun}/1", data={"belief_in_work": "4"})
    assert client.post(f"{begun}/2?skift", data={"sprog": "en"}).location == f"{begun}/2"
    page = client.get(f"{begun}/2").text
    assert "Did you look for a job?" in page and "Don’t know" in page
    client.post(f"{begun}/2", data={"job_search": "1"})
    with database.read(case.municipality_id) as session:
        rows = session.scalars(select(Answer).order_by(Answer.id)).all()
        assert [row.language for row in rows] == ["da", "en"]
        assert session.scalars(select(Response)).one().language == "en"


def test_a_form_without_her_language_stands_in_danish_and_says_so_to_the_browser(
    client: FlaskClient, database: Database, case: Case, token: str
) -> None:
    with database.write(case.municipality_id) as session:
        session.get_one(Citizen, case.citizen_id).language = "ar"
    page = client.get(f"/{token}").text
    assert '<html lang="ar" dir="rtl">' in page
    step = client.get(client.post(f"/{token}").location).text
    assert '<html lang="ar" dir="rtl">' in step
    assert '<div lang="da" dir="ltr">' in step and "Ved ikke" in step


def test_a_name_that_is_markup_is_shown_as_it_is_written(
    client: FlaskClient, database: Database, case: Case, begun: str
) -> None:
    client.post(f"{begun}/1", data={"belief_in_work": "4"})
    client.post(f"{begun}/2", data={"job_search": "1"})
    client.post(f"{begun}/4", data={"wish": "<script>alert(1)</script>"})
    assert "<script>alert" not in client.get(f"{begun}/tak").text


def test_every_address_of_exactly_22_characters_is_not_taken_for_a_link(app: Flask) -> None:
    rules = [rule for rule in app.url_map.iter_rules() if "<" not in rule.rule and len(rule.rule) == 23]
    adapter = app.url_map.bind("localhost")
    for rule in rules:
        endpoint, _ = adapter.match(rule.rule, method=next(iter(rule.methods or ())))
        assert endpoint != "citizen.show_link"
    assert adapter.match("/" + "a" * 22)[0] == "citizen.show_link"


def test_is_the_sms_real_needs_no_sign_in(client: FlaskClient) -> None:
    page = client.get("/aegte")
    assert page.status_code == 200 and "Er SMS’en ægte?" in page.text
