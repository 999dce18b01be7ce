"""Sending to many, page by page: nothing goes before the last click, and the last click counts once."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from database.engine import Database
from portal.domain.sendings import SendingState
from portal.runtime import Portal
from portal.services.sendings import feed
from portal.store.audit import AuditEvent
from portal.store.check_ins import CheckIn, CheckInAsk
from portal.store.people import Citizen, Staff
from portal.store.sendings import Sending, SendingRecipient
from portal.store.sms_settings import SmsSettings
from tests.conftest import NOW, add_municipality
from tests.factories import add_citizen, add_sms, add_staff, add_team
from tests.measurements import newest, ship_forms
from tests.web.conftest import sign_in_as

TEXT = "Husk kaffen på fredag"


@pytest.fixture
def lone(database: Database, client: FlaskClient) -> Staff:
    tenant = add_municipality(database)
    with database.write(tenant) as session:
        ship_forms(session, NOW)
        staff = add_staff(session, NOW, team=add_team(session))
    sign_in_as(client, database, staff)
    return staff


@pytest.fixture
def people(database: Database, lone: Staff) -> list[Citizen]:
    """Three, of whom the last has written STOP."""
    with database.write(lone.municipality_id) as session:
        return [
            add_citizen(session, NOW, lone, first_name="Mette", phone="+4510910001"),
            add_citizen(session, NOW, lone, first_name="Amina", phone="+4510910002", language="ar"),
            add_citizen(session, NOW, lone, first_name="Bo", phone="+4510910003", opted_out_at=NOW),
        ]


@pytest.fixture
def portal(app: Flask) -> Iterator[Portal]:
    yield app.extensions["taletid"]


def begin(client: FlaskClient, people: list[Citizen], key: str = "a page") -> str:
    """The draft's address."""
    data = {"borger": [person.id for person in people], "key": key}
    answer = client.post("/udsendelser/valgte", data=data)
    assert answer.status_code == 303
    return str(answer.headers["Location"]).removesuffix("/indhold")


def message(client: FlaskClient, people: list[Citizen], **values: str) -> str:
    """A draft with a message by SMS, ready for the last look."""
    address = begin(client, people, values.pop("key", "a page"))
    data = {"kind": "message", "body": TEXT, "channel": "sms", "when": "now"} | values
    answer = client.post(f"{address}/indhold", data=data)
    assert answer.status_code == 303, answer.text
    return address


def rows(database: Database, lone: Staff, kind: Any) -> list[Any]:
    with database.read(lone.municipality_id) as session:
        return list(session.scalars(select(kind).order_by(kind.id)))


def test_a_questionnaire_to_those_ticked_says_what_will_happen_and_does_it(
    client: FlaskClient, database: Database, lone: Staff, people: list[Citizen], portal: Portal
) -> None:
    with database.read(lone.municipality_id) as session:
        form = newest(session, "progression_citizen").questionnaire_id
    address = begin(client, people)
    client.post(f"{address}/indhold", data={"kind": "questionnaire", "questionnaire": form, "when": "now"})
    shown = client.get(address).text
    assert "2 borgere får spørgeskemaet" in shown
    assert "1 får den ikke" in shown and "har skrevet STOP" in shown
    assert 'lang="ar"' in shown
    feed(portal)
    assert {row.state.value for row in rows(database, lone, SendingRecipient)} == {"waiting"}
    client.post(f"{address}/send")
    feed(portal)
    assert [row.state.value for row in rows(database, lone, SendingRecipient)] == [
        "enqueued", "enqueued", "left_out",
    ]  # fmt: skip
    page = client.get(address).text
    assert "3 af 3 er behandlet" in page and "<progress" in page and "Bo Holm" in page


def test_the_last_click_twice_is_one_sending(
    client: FlaskClient, database: Database, lone: Staff, people: list[Citizen], portal: Portal
) -> None:
    address = message(client, people)
    for _ in range(2):
        client.post(f"{address}/send")
        feed(portal)
    with database.read(lone.municipality_id) as session:
        actions = list(session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)))
    assert actions.count("sending.confirmed") == 1
    assert len(rows(database, lone, SendingRecipient)) == 3


def test_the_same_choice_on_the_same_page_twice_is_one_draft(
    client: FlaskClient, database: Database, lone: Staff, people: list[Citizen]
) -> None:
    assert begin(client, people) == begin(client, people)
    assert begin(client, people) != begin(client, people[:2])
    assert begin(client, people) != begin(client, people, key="another page")


def test_the_same_words_to_the_same_people_are_pointed_out_with_date_and_sender(
    client: FlaskClient, people: list[Citizen]
) -> None:
    first = message(client, people[:2])
    assert "fik det samme" not in client.get(first).text
    client.post(f"{first}/send")
    again = message(client, people, body=f"  {TEXT.upper()} ", key="again")
    assert "2 af dem fik det samme 18. nov. 2026 fra <bdi>Lone Kjær</bdi>" in client.get(again).text


def test_a_draft_is_nobodys_warning(client: FlaskClient, people: list[Citizen]) -> None:
    message(client, people)
    assert "fik det samme" not in client.get(message(client, people, key="again")).text


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"kind": ""}, "kind"),
        ({"kind": "questionnaire"}, "questionnaire"),
        ({"kind": "check_in"}, "spoergsmaal1"),
        ({"kind": "check_in", "spoergsmaal1": "own_yes_no", "tekst1": " "}, "tekst1"),
        ({"kind": "check_in", "spoergsmaal2": "own_free", "tekst2": "Se https://example.org"}, "tekst2"),
        ({"kind": "message", "body": " "}, "body"),
        ({"kind": "message", "body": "Se https://example.org", "channel": "sms"}, "body"),
        ({"kind": "message", "body": "Hej", "when": "later"}, "planned"),
        ({"kind": "message", "body": "Hej", "when": "later", "planned": "2026-11-18T10:59"}, "planned"),
        ({"kind": "message", "body": "Hej", "when": "later", "planned": "2036-11-18T10:59"}, "planned"),
    ],
)
def test_what_is_missing_or_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(
    client: FlaskClient, people: list[Citizen], values: dict[str, str], field: str
) -> None:
    address = begin(client, people)
    answer = client.post(f"{address}/indhold", data=values)
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    if values.get("body", "").strip():
        assert values["body"] in answer.text


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"kind": ""}, "Vælg, om det er et spørgeskema, et kort spørgsmål eller en besked."),
        ({"kind": "questionnaire"}, "Vælg et spørgeskema."),
        ({"kind": "check_in"}, "Vælg et spørgsmål, eller skriv dine egne ord."),
    ],
)
def test_what_was_not_chosen_is_named(
    client: FlaskClient, people: list[Citizen], values: dict[str, str], words: str
) -> None:
    assert words in client.post(f"{begin(client, people)}/indhold", data=values).text
    assert "Vælg en gruppe." in client.post("/udsendelser/gruppe", data={"gruppe": ""}).text


def test_private_words_in_an_sms_are_sent_when_they_are_meant(
    client: FlaskClient, people: list[Citizen]
) -> None:
    address = begin(client, people)
    data = {"kind": "message", "body": "Husk din medicin", "channel": "sms"}
    answer = client.post(f"{address}/indhold", data=data)
    assert answer.status_code == 422 and 'name="confirmed"' in answer.text
    assert client.post(f"{address}/indhold", data={**data, "confirmed": "1"}).status_code == 303


def test_a_planned_sending_is_planned_in_danish_time(
    client: FlaskClient, database: Database, lone: Staff, people: list[Citizen]
) -> None:
    address = message(client, people, when="later", planned="2026-11-19T09:30")
    assert "19. nov. 2026 09.30" in client.get(address).text
    client.post(f"{address}/send")
    (row,) = rows(database, lone, Sending)
    assert (row.state, row.planned_at.isoformat()) == (SendingState.PLANNED, "2026-11-19T08:30:00+00:00")


def test_a_check_in_that_ships_can_be_sent_to_many(
    client: FlaskClient, database: Database, lone: Staff, people: list[Citizen], portal: Portal
) -> None:
    address = begin(client, people)
    data = {"kind": "check_in", "spoergsmaal1": "journey", "when": "now"}
    assert client.post(f"{address}/indhold", data=data).status_code == 303
    assert "2 borgere bliver spurgt" in client.get(address).text
    client.post(f"{address}/send")
    feed(portal)
    assert [row.state.value for row in rows(database, lone, SendingRecipient)].count("enqueued") == 2


def test_own_words_in_a_row_are_asked_of_many_and_are_one_check_in_in_the_results(
    client: FlaskClient, database: Database, lone: Staff, people: list[Citizen], portal: Portal
) -> None:
    address = begin(client, people)
    data = {
        "kind": "check_in",
        "spoergsmaal1": "own_yes_no",
        "tekst1": "Kom I godt hjem i går?",
        "spoergsmaal2": "own_number",
        "tekst2": "Hvor god var turen?",
        "indikator2": "network",
    }
    assert client.post(f"{address}/indhold", data=data).status_code == 303
    look = client.get(address).text
    assert "2 borgere bliver spurgt" in look and "Svar JA eller NEJ" in look
    assert "Når der er svaret, sendes:" in look and "Hvor god var turen?" in look
    again = client.get(f"{address}/indhold").text
    assert all(each in again for each in ("Kom I godt hjem i går?", "Hvor god var turen?"))
    assert '<option value="network" selected>' in again
    client.post(f"{address}/send")
    feed(portal)
    (check_in,) = rows(database, lone, CheckIn)
    assert [each.check_in_id for each in rows(database, lone, CheckInAsk)] == [check_in.id] * 2
    assert "0 af 2 spurgte" in client.get("/tjek-ind").text


def test_private_words_in_a_question_to_many_are_asked_about_once(
    client: FlaskClient, people: list[Citizen]
) -> None:
    address = begin(client, people)
    data = {"kind": "check_in", "spoergsmaal1": "own_yes_no", "tekst1": "Har du fået din medicin?"}
    answer = client.post(f"{address}/indhold", data=data)
    assert answer.status_code == 422 and 'name="confirmed"' in answer.text and "din medicin?" in answer.text
    assert client.post(f"{address}/indhold", data={**data, "confirmed": "1"}).status_code == 303


def test_a_price_is_shown_where_the_municipality_has_set_one(
    client: FlaskClient, database: Database, lone: Staff, people: list[Citizen]
) -> None:
    with database.write(lone.municipality_id) as session:
        session.add(SmsSettings(part_price=25))
    assert "<strong>0,50 kr.</strong>" in client.get(message(client, people)).text


@pytest.mark.parametrize("step", ["pause", "fortsaet", "stop", "send", "kasser", "indhold", "liste", ""])
def test_another_teams_sending_is_not_there(
    client: FlaskClient, database: Database, lone: Staff, people: list[Citizen], step: str
) -> None:
    address = message(client, people)
    with database.write(lone.municipality_id) as session:
        other = add_staff(session, NOW, team=add_team(session, "Team Fjorden"))
    sign_in_as(client, database, other)
    assert client.get(f"{address}/{step}".rstrip("/")).status_code in (404, 405)
    assert client.post(f"{address}/{step}".rstrip("/")).status_code in (404, 405)
    assert "Husk" not in client.get("/udsendelser").text


def test_pause_resume_and_stop_say_what_they_did(client: FlaskClient, people: list[Citizen]) -> None:
    address = message(client, people)
    client.post(f"{address}/send")
    said = [
        client.post(f"{address}/{step}", follow_redirects=True).text
        for step in ("pause", "fortsaet", "stop", "pause")
    ]
    words = ("er på pause", "går videre", "er stoppet", "ikke lade sig gøre længere")
    assert all(word in text for word, text in zip(words, said, strict=True))
    assert "udsendelsen blev stoppet" in said[-1]


def test_the_part_that_is_fetched_again_asks_for_a_new_page_when_the_state_has_changed(
    client: FlaskClient, people: list[Citizen]
) -> None:
    address = message(client, people)
    client.post(f"{address}/send")
    part = client.get(f"{address}?stand=running", headers={"HX-Request": "true"})
    assert "<html" not in part.text and 'hx-trigger="load delay:2s"' in part.text
    client.post(f"{address}/pause")
    assert (
        client.get(f"{address}?stand=running", headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    )


def test_a_draft_can_be_thrown_away_and_a_sending_cannot(
    client: FlaskClient, database: Database, lone: Staff, people: list[Citizen]
) -> None:
    address = message(client, people)
    client.post(f"{address}/kasser")
    assert rows(database, lone, Sending) == rows(database, lone, SendingRecipient) == []
    address = message(client, people)
    client.post(f"{address}/send")
    client.post(f"{address}/kasser")
    assert len(rows(database, lone, Sending)) == 1


LIST = """Navn;Mobil
Mette;10910001
Mette igen;+45 10 91 00 01
Ulla;20304050
Sven;+46701234567
Kaj;12
Bo;10910003
Ida;
"""


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_each_row_of_a_list_gets_its_answer_and_only_those_found_go_on(
    client: FlaskClient, database: Database, lone: Staff, people: list[Citizen], encoding: str
) -> None:
    file = (io.BytesIO(LIST.encode(encoding)), "liste.csv")
    answer = client.post("/udsendelser/ny", data={"file": file, "numbers": ""}, follow_redirects=True)
    text = answer.text
    for said in (
        "<bdi>Mette Holm</bdi>: med på listen",
        "samme borger eller nummer som i række 2",
        "ingen i dit team har nummeret",
        "et udenlandsk nummer",
        "kan ikke være et telefonnummer",
        "<bdi>Bo Holm</bdi>: har skrevet STOP",
        "her står intet nummer",
    ):
        assert said in text, said
    assert "2 borgere er fundet i 7 rækker" in text
    assert [row.citizen_id for row in rows(database, lone, SendingRecipient)] == [people[0].id, people[2].id]


def test_short_codes_name_citizens_and_another_teams_citizen_is_nobody(
    client: FlaskClient, database: Database, lone: Staff, people: list[Citizen]
) -> None:
    with database.write(lone.municipality_id) as session:
        other = add_staff(session, NOW, team=add_team(session, "Team Fjorden"))
        theirs = add_citizen(session, NOW, other, first_name="Fremmed", phone="+4520910009")
    numbers = f"{people[0].short_code}\n{theirs.short_code}\n20910009"
    text = client.post("/udsendelser/ny", data={"numbers": numbers}, follow_redirects=True).text
    assert "Mette Holm" in text and "Fremmed" not in text and "1 borger er fundet i 3 rækker" in text


def test_two_citizens_on_one_number_are_never_guessed(
    client: FlaskClient, database: Database, lone: Staff, people: list[Citizen]
) -> None:
    with database.write(lone.municipality_id) as session:
        add_citizen(session, NOW, lone, first_name="Olav", phone=people[0].phone)
    text = client.post("/udsendelser/ny", data={"numbers": "10910001"}, follow_redirects=True).text
    assert "flere borgere har nummeret" in text and "Olav" not in text


def test_a_list_that_cannot_be_read_is_refused_and_what_was_typed_stays(
    client: FlaskClient, lone: Staff
) -> None:
    too_many = "10910001\n" * 10_001
    answer = client.post("/udsendelser/ny", data={"numbers": too_many})
    assert answer.status_code == 422 and "mere end 10.000 rækker" in answer.text
    assert too_many.strip() in answer.text


def test_the_rows_of_a_list_are_forgotten_when_it_is_sent(
    client: FlaskClient, database: Database, lone: Staff, people: list[Citizen]
) -> None:
    answer = client.post("/udsendelser/ny", data={"numbers": "10910001\n20304050"})
    address = str(answer.headers["Location"]).removesuffix("/liste")
    client.post(f"{address}/indhold", data={"kind": "message", "body": TEXT, "channel": "portal"})
    client.post(f"{address}/send")
    assert client.get(f"{address}/liste").status_code == 404
    with database.read(lone.municipality_id) as session:
        assert session.scalars(select(Sending.list_report)).one() is None


def test_a_cell_that_looks_like_markup_or_a_formula_is_shown_as_text(
    client: FlaskClient, lone: Staff
) -> None:
    data = {"numbers": "Mobil\n<script>alert(1)</script>\n=2+3"}
    text = client.post("/udsendelser/ny", data=data, follow_redirects=True).text
    assert "<script>alert" not in text and "&lt;script&gt;" in text and "=2+3" in text


def test_without_a_script_a_button_tells_what_the_text_would_be_as_an_sms(
    client: FlaskClient, people: list[Citizen]
) -> None:
    address = f"{begin(client, people)}/indhold"
    data = {"kind": "message", "body": "Kom “forbi”", "channel": "sms", "when": "now"}
    looked = client.post(address, data={**data, "tjek": "1"})
    assert looked.status_code == 200 and "sms-signs" in looked.get_data(as_text=True)
    mended = unescape(client.post(address, data={**data, "ret": "1"}).get_data(as_text=True))
    assert 'Kom "forbi"</textarea>' in mended and "sms-signs" not in mended


def test_words_to_many_are_measured_with_the_longest_name_and_word_of_each_language(
    client: FlaskClient, database: Database, lone: Staff, people: list[Citizen]
) -> None:
    with database.write(lone.municipality_id) as session:
        session.get_one(Citizen, people[0].id).kendeord = "regnbuefisk"
    address = begin(client, people)
    form = {"udsendelse": address.rsplit("/", 1)[-1], "channel": "sms", "spoergsmaal1": "own_free"}
    page = client.get(f"{address}/indhold").text
    assert f'name="udsendelse" value="{form["udsendelse"]}"' in page and "regnbuefisk" not in page

    def shown(field: str, words: str) -> str:
        return unescape(client.post(f"/sms/tjek?felt={field}", data={**form, field: words}).text)

    question = shown("tekst1", "a" * 128)
    assert "dansk: Fylder 2 SMS" in question and "العربية: Fylder 3 SMS" in question
    assert "Fylder 1 SMS" in shown("body", "a" * 148)
    assert "Fylder 2 SMS" in shown("body", "a" * 149), "with her word below it"
    assert "regnbuefisk" not in question
    data = {**form, "kind": "message", "body": "a" * 149, "tjek": "1"}
    assert "Fylder 2 SMS" in client.post(f"{address}/indhold", data=data).text, "without a script too"


def test_words_to_the_people_of_another_team_are_not_measured(
    client: FlaskClient, database: Database, lone: Staff, people: list[Citizen]
) -> None:
    number = begin(client, people).rsplit("/", 1)[-1]
    with database.write(lone.municipality_id) as session:
        other = add_staff(session, NOW, team=add_team(session))
    sign_in_as(client, database, other)
    assert client.post("/sms/tjek", data={"udsendelse": number, "body": "Hej"}).status_code == 404


def test_the_last_look_counts_who_waits_because_she_has_had_so_many_sms(
    client: FlaskClient, database: Database, lone: Staff, people: list[Citizen]
) -> None:
    with database.write(lone.municipality_id) as session:
        for place in range(3):
            add_sms(session, people[0], sent_at=NOW - timedelta(days=place))
    address = begin(client, people)
    ask = {"kind": "check_in", "spoergsmaal1": "journey", "when": "now"}
    client.post(f"{address}/indhold", data=ask)
    assert "1 af dem har lige fået mange SMS" in client.get(address).text
    client.post(f"{address}/indhold", data={"kind": "message", "body": TEXT, "channel": "sms", "when": "now"})
    assert "har lige fået mange SMS" not in client.get(address).text, "what a person writes goes"
