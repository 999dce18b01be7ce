"""The caseworker's pages: who is reached, what is shown, what is written down."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event, select

from database.engine import Database
from portal.domain.questionnaires import Respondent
from portal.store.answering import Invitation, Response
from portal.store.audit import AuditEvent
from portal.store.people import Citizen, Staff
from portal.web.phones import as_read
from tests.conftest import NOW, add_municipality
from tests.factories import add_citizen, add_staff, add_team
from tests.measurements import Half, measure, newest, ship_forms
from tests.web.conftest import sign_in_as

DAY = timedelta(days=1)
MINE = Respondent.CASEWORKER
WHOLE = dict.fromkeys(
    (
        "health_coping",
        "belief_in_work",
        "cooperation",
        "everyday_coping",
        "network",
        "purpose",
        "job_knowledge",
        "caseworker_belief",
        "caseworker_purposeful",
    ),
    "4",
)


@pytest.fixture
def lone(database: Database, client: FlaskClient) -> Staff:
    tenant = add_municipality(database)
    with database.write(tenant) as session:
        ship_forms(session, NOW)
        staff = add_staff(session, NOW, team=add_team(session))
    sign_in_as(client, database, staff)
    return staff


@pytest.fixture
def mette(database: Database, lone: Staff) -> Citizen:
    with database.write(lone.municipality_id) as session:
        citizen = add_citizen(session, NOW - 200 * DAY, lone, kendeord="Solsikke")
        before = NOW - 100 * DAY
        measure(session, citizen, Half({"purpose": 2}, before), Half({}, before, MINE))
        return citizen


def page(client: FlaskClient, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, response.text
    return response.text


PATHS = ("", "/send", "/oplysninger", "/pinkode", "/vurdering", "/udvikling", "/samtaleark")


@pytest.mark.parametrize("path", PATHS)
def test_a_citizen_of_another_team_is_not_there(
    client: FlaskClient, database: Database, mette: Citizen, path: str
) -> None:
    with database.write(mette.municipality_id) as session:
        stranger = add_staff(session, NOW, team=add_team(session, "Team Fjorden"))
    sign_in_as(client, database, stranger)
    page(client, f"/borgere/{mette.id}{path}", 404)
    page(client, f"/borgere/{mette.id + 1}{path}", 404)


@pytest.mark.parametrize("path", PATHS)
def test_every_reading_of_a_citizen_is_written_down(
    client: FlaskClient, database: Database, lone: Staff, mette: Citizen, path: str
) -> None:
    form = "?skema=1" if path == "/send" else ""
    with database.read(lone.municipality_id) as session:
        form = form and f"?skema={newest(session, 'progression_citizen').questionnaire_id}"
    page(client, f"/borgere/{mette.id}{path}{form}")
    with database.read(lone.municipality_id) as session:
        events = session.scalars(select(AuditEvent).where(AuditEvent.citizen_id == mette.id)).all()
    assert [(event.staff_id, event.at) for event in events] == [(lone.id, NOW)]


def test_the_list_says_why_and_leads_to_the_citizen(client: FlaskClient, mette: Citizen) -> None:
    text = page(client, "/borgere")
    assert f'href="/borgere/{mette.id}"' in text
    assert "Ikke hørt fra i over 60 dage" in text
    assert "Gul" in text


def test_that_the_list_was_seen_is_written_down(client: FlaskClient, database: Database, lone: Staff) -> None:
    page(client, "/borgere")
    with database.read(lone.municipality_id) as session:
        seen = session.scalars(select(AuditEvent).where(AuditEvent.action == "worklist.read")).one()
    assert seen.staff_id == lone.id


def test_an_empty_list_says_so(client: FlaskClient, lone: Staff) -> None:
    assert "Der er ingen borgere her endnu" in page(client, "/borgere")


def test_a_search_is_sealed_in_the_address_and_offers_the_whole_list(
    client: FlaskClient, mette: Citizen
) -> None:
    led = client.post("/borgere", data={"q": "Mette Xyz", "hvem": "mine", "farve": "red"})
    assert "Mette" not in led.location and "farve=red" in led.location
    text = page(client, led.location)
    assert "Ingen passer" in text and 'value="Mette Xyz"' in text
    assert "Mette Holm" in page(client, "/borgere?q=not-sealed-by-us")


def test_the_confirmation_names_who_gets_which_sms_in_which_language(
    client: FlaskClient, database: Database, mette: Citizen
) -> None:
    with database.read(mette.municipality_id) as session:
        form = newest(session, "progression_citizen").questionnaire_id
    text = page(client, f"/borgere/{mette.id}/send?skema={form}")
    assert as_read(mette.phone) in text and "dansk" in text
    assert "Solsikke" in text and "Lone" in text


def test_sending_makes_one_invitation_also_when_it_is_clicked_twice(
    client: FlaskClient, database: Database, mette: Citizen
) -> None:
    with database.read(mette.municipality_id) as session:
        form = newest(session, "progression_citizen").questionnaire_id
    for _ in range(2):
        answer = client.post(f"/borgere/{mette.id}/send", data={"skema": form})
        assert (answer.status_code, answer.location) == (303, f"/borgere/{mette.id}")
    with database.read(mette.municipality_id) as session:
        assert len(session.scalars(select(Invitation)).all()) == 1
    assert "I kø" in page(client, f"/borgere/{mette.id}")


def test_an_unknown_questionnaire_is_not_there(client: FlaskClient, mette: Citizen) -> None:
    page(client, f"/borgere/{mette.id}/send?skema=999", 404)
    assert client.post(f"/borgere/{mette.id}/send", data={"skema": "x"}).status_code == 404


def test_contact_is_changed_or_refused_with_what_was_typed(
    client: FlaskClient, database: Database, mette: Citizen
) -> None:
    path = f"/borgere/{mette.id}/oplysninger"
    wrong = client.post(path, data={"language": "ar", "kendeord": "http://x.dk", "standing": "active"})
    assert wrong.status_code == 422
    assert "http://x.dk" in wrong.text and "Brug kun bogstaver" in wrong.text
    right = client.post(path, data={"language": "ar", "kendeord": " Blå  bil ", "standing": "exempt"})
    assert right.status_code == 303
    with database.read(mette.municipality_id) as session:
        row = session.get_one(Citizen, mette.id)
        assert (row.language, row.kendeord, row.standing) == ("ar", "Blå bil", "exempt")
        changed = session.scalars(
            select(AuditEvent.subject).where(AuditEvent.action == "citizen.changed")
        ).all()
    assert sorted(map(str, changed)) == ["kendeord", "language", "standing"]


@pytest.mark.parametrize(
    ("pin", "again", "said"),
    [("12", "12", "mindst fire tal"), ("4444", "4444", "let at gætte"), ("4719", "4718", "ikke ens")],
)
def test_a_pin_that_will_not_do_is_refused_and_never_shown_again(
    client: FlaskClient, database: Database, mette: Citizen, pin: str, again: str, said: str
) -> None:
    answer = client.post(f"/borgere/{mette.id}/pinkode", data={"pin": pin, "again": again})
    assert answer.status_code == 422
    assert said in answer.text and f'value="{pin}"' not in answer.text
    with database.read(mette.municipality_id) as session:
        assert session.get_one(Citizen, mette.id).pin_hash is None


def test_a_pin_is_set_with_the_citizen_and_opens_a_lock(
    client: FlaskClient, database: Database, mette: Citizen
) -> None:
    with database.write(mette.municipality_id) as session:
        session.get_one(Citizen, mette.id).pin_locked_at = NOW
    assert "låst" in page(client, f"/borgere/{mette.id}")
    answer = client.post(f"/borgere/{mette.id}/pinkode", data={"pin": "4719", "again": "4719"})
    assert answer.status_code == 303
    with database.read(mette.municipality_id) as session:
        row = session.get_one(Citizen, mette.id)
        assert row.pin_hash is not None and row.pin_locked_at is None


def test_a_freeze_is_lifted_and_a_lock_opened(
    client: FlaskClient, database: Database, mette: Citizen
) -> None:
    with database.write(mette.municipality_id) as session:
        row = session.get_one(Citizen, mette.id)
        row.frozen_at = row.pin_locked_at = NOW
    for path in ("nummer-rigtigt", "laas-op"):
        assert client.post(f"/borgere/{mette.id}/{path}").status_code == 303
    with database.read(mette.municipality_id) as session:
        row = session.get_one(Citizen, mette.id)
        assert (row.frozen_at, row.pin_locked_at) == (None, None)


def test_a_letters_code_is_shown_once(client: FlaskClient, mette: Citizen) -> None:
    first = client.post(f"/borgere/{mette.id}/brevkode").text
    code = first.split('staff-code"><bdi>')[2].split("<")[0]
    assert len(code.replace(" ", "")) == 8
    assert code not in page(client, f"/borgere/{mette.id}")


@pytest.mark.parametrize(
    ("language", "shown", "words"),
    [("en", "en", "Here is a code"), ("ar", "ar", "مرحبًا \u2068Mette\u2069"), ("de", "da", "Her er en kode")],
)
def test_a_letter_is_in_the_citizens_language_or_all_in_danish(
    client: FlaskClient, database: Database, mette: Citizen, language: str, shown: str, words: str
) -> None:
    with database.write(mette.municipality_id) as session:
        session.get_one(Citizen, mette.id).language = language
    letter = client.post(f"/borgere/{mette.id}/brevkode").text
    assert f'<article class="staff-paper" lang="{shown}"' in letter and words in letter


def test_the_own_half_keeps_what_is_valid_and_says_what_is_missing(
    client: FlaskClient, database: Database, mette: Citizen
) -> None:
    with database.write(mette.municipality_id) as session:
        measure(session, session.get_one(Citizen, mette.id), Half({}, NOW - DAY))
    path = f"/borgere/{mette.id}/vurdering"
    refused = client.post(path, data={**WHOLE, "purpose": "", "finish": "1"})
    assert refused.status_code == 422
    assert 'href="#q-purpose"' in refused.text
    again = page(client, path)
    assert again.count(" checked") == 8
    assert client.post(path, data={**WHOLE, "finish": "1"}).location.endswith("/udvikling")
    assert "Du har givet din vurdering" in page(client, path)


def test_a_draft_is_saved_while_she_answers_and_by_its_button(
    client: FlaskClient, database: Database, mette: Citizen
) -> None:
    with database.write(mette.municipality_id) as session:
        measure(session, session.get_one(Citizen, mette.id), Half({}, NOW - DAY))
    path = f"/borgere/{mette.id}/vurdering"
    behind = client.post(path, data={"purpose": "2"}, headers={"HX-Request": "true"})
    assert "Gemt kl." in behind.text and "<html" not in behind.text
    wrong = client.post(path, data={"network": "9"}, headers={"HX-Request": "true"})
    assert (wrong.status_code, wrong.text) == (204, "")
    assert client.post(path, data={"network": "_dont_know"}).status_code == 303
    assert page(client, path).count(" checked") == 2


def test_the_progression_page_shows_both_halves_with_words_source_and_table(
    client: FlaskClient, database: Database, mette: Citizen
) -> None:
    with database.write(mette.municipality_id) as session:
        at = NOW - DAY
        measure(
            session,
            session.get_one(Citizen, mette.id),
            Half({"purpose": 4, "network": None}, at),
            Half({"purpose": 2}, at, MINE),
        )
    text = page(client, f"/borgere/{mette.id}/udvikling")
    for words in ("Fremgang", "Som sidst", "Borgeren ser lysere", "1,66", "0,93", "Kilde:"):
        assert words in text
    assert text.count('role="img"') == 12
    assert "virket" not in text


def test_an_answer_set_shows_the_wording_that_was_answered_and_what_is_missing(
    client: FlaskClient, database: Database, mette: Citizen
) -> None:
    with database.write(mette.municipality_id) as session:
        at = NOW - DAY
        row = session.get_one(Citizen, mette.id)
        measure(session, row, Half({"network": None}, at, language="en"), Half({}, at, MINE))
        ref = session.scalars(select(Response.ref).where(Response.language == "en")).one()
    text = page(client, f"/borgere/{mette.id}/svar/{ref}")
    assert "Ved ikke" in text and "Version 1" in text
    page(client, f"/borgere/{mette.id}/svar/nosuchref123", 404)


QUERIES = {"/borgere": 12, "": 12, "/vurdering": 8, "/udvikling": 7, "/samtaleark": 11, "/oplysninger": 4}


@pytest.mark.parametrize(("path", "most"), QUERIES.items())
def test_no_page_asks_the_database_more_than_twelve_times(
    client: FlaskClient, database: Database, mette: Citizen, path: str, most: int
) -> None:
    with database.write(mette.municipality_id) as session:
        for quarter in range(4):
            at = NOW - (quarter * 90 + 1) * DAY
            half = Half({}, at, MINE)
            row = session.get_one(Citizen, mette.id)
            measure(session, row, Half({}, at), *([half] if quarter else []))
    url = path if path == "/borgere" else f"/borgere/{mette.id}{path}"
    page(client, url)
    asked: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    page(client, url)
    queries = [each for each in asked if not each.startswith("BEGIN")]
    assert len(queries) <= most, queries
