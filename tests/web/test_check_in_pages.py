"""Asking by SMS from a citizen's card, and reading what was answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from html import unescape
from itertools import count

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from database.engine import Database
from messaging import inbound
from messaging.gateway import InboundSms
from portal.runtime import Portal
from portal.services import background
from portal.store.audit import AuditEvent
from portal.store.check_ins import CheckInAsk
from portal.store.people import Citizen, Staff
from portal.store.sms_settings import SmsSettings
from tests import factories
from tests.conftest import NOW, add_municipality
from tests.web.conftest import sign_in_as
from tests.web.test_citizen_queries import MOST, counted

_ids = count(1)


@dataclass
class Desk:
    app: Flask
    client: FlaskClient
    database: Database
    municipality_id: int
    citizen_id: int
    lone: Staff
    colleague: Staff
    other_team: Staff

    @property
    def address(self) -> str:
        return f"/borgere/{self.citizen_id}/tjek-ind"

    def get(self, path: str) -> str:
        answer = self.client.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return unescape(answer.get_data(as_text=True))

    def post(self, gem: str = "send", **fields: str) -> TestResponse:
        return self.client.post(self.address, data={"gem": gem, **fields})

    def hear(self, text: str) -> None:
        """Her phone writes, and the workers do their part."""
        portal: Portal = self.app.extensions["taletid"]
        background.deliver(portal)
        with self.database.write(self.municipality_id) as session:
            phone = session.get_one(Citizen, self.citizen_id).phone
            sms = InboundSms("simulator", f"WEB{next(_ids)}", phone, "+4510900000", text)
            inbound.store(session, sms, NOW)
        background.receive(portal)
        background.deliver(portal)

    def asks(self) -> list[CheckInAsk]:
        with self.database.read(self.municipality_id) as session:
            return list(session.scalars(select(CheckInAsk).order_by(CheckInAsk.id)))

    def actions(self) -> list[str]:
        with self.database.read(self.municipality_id) as session:
            return list(session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)))


@pytest.fixture
def desk(app: Flask, client: FlaskClient, database: Database) -> Desk:
    municipality_id = add_municipality(database)
    with database.write(municipality_id) as session:
        team = factories.add_team(session)
        lone = factories.add_staff(session, NOW, team=team)
        colleague = factories.add_staff(session, NOW, team=team, name="Per Ravn")
        other_team = factories.add_staff(session, NOW, team=factories.add_team(session, "Team Bakken"))
        citizen = factories.add_citizen(session, NOW, lone)
    sign_in_as(client, database, lone)
    return Desk(app, client, database, municipality_id, citizen.id, lone, colleague, other_team)


def test_the_sms_is_seen_before_it_is_sent_and_nothing_has_happened_yet(desk: Desk) -> None:
    assert "Spørg på SMS" in desk.get(f"/borgere/{desk.citizen_id}")
    page = unescape(desk.post("se", spoergsmaal1="journey").get_data(as_text=True))
    assert "Hej Mette. Gik turen derhen godt? Svar JA eller NEJ. Hilsen Lone" in page
    assert 'value="send"' in page
    assert desk.asks() == []


def test_a_question_is_asked_answered_and_shown_in_the_thread_and_in_the_results(desk: Desk) -> None:
    answer = desk.post(spoergsmaal1="journey")
    assert (answer.status_code, answer.location) == (303, f"/borgere/{desk.citizen_id}/samtale#slut")
    desk.hear("nej desværre")
    thread = desk.get(f"/borgere/{desk.citizen_id}/samtale")
    assert "Spørgsmål på SMS" in thread and "Gik turen derhen godt?" in thread
    assert "nej desværre" in thread and "Forstået som: NEJ" in thread
    assert "Kvittering på SMS: Kommet frem" in thread
    assert "1 af 1 spurgte" in desk.get("/tjek-ind")
    results = desk.get(f"/tjek-ind/{desk.asks()[0].check_in_id}")
    assert "Mette Holm" in results and "Har svaret" in results and "NEJ: 1" in results
    assert desk.actions().count("check_in.ask") == 1 and "check_in.read" in desk.actions()


def test_a_no_brings_her_up_on_the_list_until_somebody_has_written(desk: Desk) -> None:
    desk.post(spoergsmaal1="journey")
    desk.hear("nej")
    assert "Svarede nej eller lavt på SMS" in desk.get("/borgere")
    desk.client.post(
        f"/borgere/{desk.citizen_id}/samtale", data={"body": "Skal vi tale?", "channel": "portal"}
    )
    assert "Svarede nej eller lavt på SMS" not in desk.get("/borgere")


def test_a_plain_yes_asks_nothing_of_the_caseworker_and_words_do(desk: Desk) -> None:
    desk.post(spoergsmaal1="journey")
    desk.hear("ja")
    assert "Har skrevet" not in desk.get("/borgere")
    desk.hear("men jeg mangler en nøgle")
    assert "Har skrevet" in desk.get("/borgere")


def test_the_answer_to_an_indicator_stands_apart_on_the_progression_page(desk: Desk) -> None:
    desk.post(spoergsmaal1="next_step")
    desk.hear("4 :)")
    page = desk.get(f"/borgere/{desk.citizen_id}/udvikling")
    assert "Næste skridt" in page and "Det kan ikke sammenlignes med et skema" in page
    assert desk.asks()[0].state == "answered"


def test_own_words_in_a_row_at_a_time_are_planned(desk: Desk) -> None:
    later = {"hvornaar": "senere", "dag": "2026-11-21", "kl": "12:00"}
    words = {"spoergsmaal1": "own_number", "tekst1": "Hvor let var det?", "indikator1": "purpose"}
    page = unescape(desk.post("se", **words, **later, spoergsmaal2="today").get_data(as_text=True))
    assert "Hvor let var det?" in page and "Når der er svaret, sendes:" in page
    assert "23. nov. 2026 09.00, fordi vi kun sender på hverdage" in page
    assert desk.post(**words, **later, spoergsmaal2="today").status_code == 303
    (asking,) = desk.asks()
    assert asking.due_at is not None and asking.due_at.isoformat() == "2026-11-21T11:00:00+00:00"
    assert "får det senere" in desk.get("/tjek-ind")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Vælg et spørgsmål, eller skriv dine egne ord"),
        ({"spoergsmaal1": "own_free"}, "Vælg et spørgsmål, eller skriv dine egne ord"),
        ({"spoergsmaal1": "own_free", "tekst1": "Se www.aakoebing.dk"}, "må ikke have et link"),
        ({"spoergsmaal1": "own_free", "tekst1": "Hvordan går det med din depression?"}, "for private til en SMS"),
        ({"spoergsmaal1": "journey", "hvornaar": "senere"}, "Skriv både dato og klokkeslæt"),
        ({"spoergsmaal1": "journey", "hvornaar": "senere", "dag": "2026-11-17", "kl": "10:00"}, "Tidspunktet er gået"),
        ({"spoergsmaal1": "nonsense"}, "Vælg et spørgsmål, eller skriv dine egne ord"),
    ],
)  # fmt: skip
def test_what_cannot_be_sent_is_said_and_what_was_typed_is_kept(
    desk: Desk, fields: dict[str, str], said: str
) -> None:
    answer = desk.post(**fields)
    page = unescape(answer.get_data(as_text=True))
    assert answer.status_code == 422
    assert said in page and fields.get("tekst1", "") in page
    assert desk.asks() == [] and "check_in.ask" not in desk.actions()


def test_private_words_are_asked_about_once_and_then_sent(desk: Desk) -> None:
    words = {"spoergsmaal1": "own_free", "tekst1": "Hvordan går det med din depression?"}
    assert 'name="bekraeftet"' in desk.post("se", **words).get_data(as_text=True)
    assert desk.post(**words, bekraeftet="1").status_code == 303


def test_who_has_said_stop_is_told_of_before_and_not_asked(desk: Desk) -> None:
    with desk.database.write(desk.municipality_id) as session:
        session.get_one(Citizen, desk.citizen_id).opted_out_at = NOW
    page = desk.post("se", spoergsmaal1="journey").get_data(as_text=True)
    assert "har skrevet STOP" in page and 'value="send"' not in page
    desk.post(spoergsmaal1="journey")
    assert desk.asks() == []


def test_a_caseworker_of_another_team_finds_neither_the_citizen_nor_the_answers(desk: Desk) -> None:
    desk.post(spoergsmaal1="journey")
    check_in = f"/tjek-ind/{desk.asks()[0].check_in_id}"
    sign_in_as(desk.client, desk.database, desk.other_team)
    answers = [desk.client.get(desk.address), desk.post(spoergsmaal1="journey"), desk.client.get(check_in)]
    assert [answer.status_code for answer in answers] == [404] * 3
    assert "Du har ikke spurgt om noget endnu" in desk.get("/tjek-ind")
    sign_in_as(desk.client, desk.database, desk.colleague)
    assert desk.client.get(check_in).status_code == 404


def test_the_pages_ask_the_database_little_whatever_is_in_it(desk: Desk) -> None:
    for name in ("journey", "started", "everyday", "today"):
        desk.post(spoergsmaal1=name)
        desk.hear("ja")
    detail = f"/tjek-ind/{desk.asks()[0].check_in_id}"
    for path in ("/tjek-ind", detail, desk.address):
        with counted(desk.database) as statements:
            desk.get(path)
        assert len(statements) <= MOST, (path, len(statements))


def test_the_municipalitys_own_list_of_private_words_holds_for_a_check_in_too(desk: Desk) -> None:
    with desk.database.write(desk.municipality_id) as session:
        session.add(SmsSettings(sensitive_words=["tandlæge*"]))
    question = {"spoergsmaal1": "own_yes_no", "tekst1": "Var du hos tandlægen?"}
    asked = desk.post(**question)
    assert asked.status_code == 422 and "tandlægen" in unescape(asked.get_data(as_text=True))
    assert desk.post(**question, bekraeftet="1").status_code == 303
    assert desk.post(spoergsmaal1="own_yes_no", tekst1="Er du stadig sygemeldt?").status_code == 303


def test_staff_see_the_danish_beside_a_shipped_question_that_went_out_in_another_language(desk: Desk) -> None:
    with desk.database.write(desk.municipality_id) as session:
        session.get_one(Citizen, desk.citizen_id).language = "ar"
    desk.post(spoergsmaal1="journey")
    desk.hear("نعم")
    assert 'På dansk: <span lang="da" dir="ltr">Gik turen derhen godt?' in desk.get(
        f"/borgere/{desk.citizen_id}/samtale"
    )


def test_no_danish_stands_beside_a_danish_question(desk: Desk) -> None:
    desk.post(spoergsmaal1="journey")
    desk.hear("ja")
    assert "På dansk:" not in desk.get(f"/borgere/{desk.citizen_id}/samtale")


def test_a_planned_question_stands_with_its_day_where_she_is_written_to_and_can_be_taken_back(
    desk: Desk,
) -> None:
    desk.post(spoergsmaal1="journey", hvornaar="senere", dag="2026-11-20", kl="10:30")
    thread = desk.get(f"/borgere/{desk.citizen_id}/samtale")
    assert "Det sendes 20. nov. 2026 10.30. Indtil da kan du tage det tilbage." in thread
    assert "Ikke sendt endnu: 20. nov. 2026 10.30" in desk.get(desk.address)
    [asking] = desk.asks()
    assert desk.client.post(f"{desk.address}/{asking.id}/fortryd").status_code == 303
    thread = desk.get(f"/borgere/{desk.citizen_id}/samtale")
    assert "taget tilbage og bliver ikke sendt" in thread and "Ikke sendt endnu" not in thread
    assert "Det blev taget tilbage" in desk.get(f"/tjek-ind/{asking.check_in_id}")
    assert "check_in.call_off" in desk.actions()
    assert "Gik turen" not in desk.get("/ikke-sendt"), "nothing is amiss"


def test_a_question_that_waits_for_the_week_says_until_when_and_can_be_asked_anew_once_taken_back(
    desk: Desk,
) -> None:
    for template in ("journey", "started"):  # each is repeated once
        desk.post(spoergsmaal1=template)
        desk.hear("hm")
    desk.post(spoergsmaal1="today")
    desk.hear("hm")
    waits = "fordi der højst sendes 3 SMS om ugen"
    assert waits in desk.get(f"/borgere/{desk.citizen_id}/samtale")
    held = desk.get("/ikke-sendt")
    assert "Spørgsmål på SMS" in held and "Tidligst 25. nov. 2026" in held
    last = desk.asks()[-1]
    desk.client.post(f"{desk.address}/{last.id}/fortryd")
    assert waits not in desk.get(f"/borgere/{desk.citizen_id}/samtale")
    desk.post(spoergsmaal1="today")
    assert [each.state for each in desk.asks()][-2:] == ["closed", "planned"]


def test_what_has_gone_out_cannot_be_taken_back_and_nothing_happens_by_a_second_click(desk: Desk) -> None:
    desk.post(spoergsmaal1="journey")
    desk.hear("hm")
    [asking] = desk.asks()
    for _ in range(2):
        desk.client.post(f"{desk.address}/{asking.id}/fortryd")
        assert "Det var for sent" in desk.get(f"/borgere/{desk.citizen_id}/samtale")
    assert [each.state for each in desk.asks()] == ["open"]


def test_another_teams_caseworker_takes_nothing_back(desk: Desk) -> None:
    desk.post(spoergsmaal1="journey", hvornaar="senere", dag="2026-11-20", kl="10:30")
    [asking] = desk.asks()
    sign_in_as(desk.client, desk.database, desk.other_team)
    assert desk.client.post(f"{desk.address}/{asking.id}/fortryd").status_code == 404
    assert [each.state for each in desk.asks()] == ["planned"]


def test_a_question_asked_in_the_evening_says_at_once_when_it_goes(desk: Desk) -> None:
    portal: Portal = desk.app.extensions["taletid"]
    portal.clock = lambda: NOW + timedelta(hours=9)
    sign_in_as(desk.client, desk.database, desk.lone, portal.clock())
    desk.post(spoergsmaal1="journey")
    thread = desk.get(f"/borgere/{desk.citizen_id}/samtale")
    assert "Det sendes 19. nov. 2026 09.00" in thread
    assert "Ikke sendt endnu: 19. nov. 2026 09.00, fordi vi kun sender på hverdage kl. 9-18" in thread
    assert "Venter på at blive sendt: vi sender på hverdage fra kl. 9 til 18" in thread


def test_what_cannot_be_sent_names_no_time(desk: Desk) -> None:
    with desk.database.write(desk.municipality_id) as session:
        session.get_one(Citizen, desk.citizen_id).opted_out_at = NOW
    page = unescape(desk.post("se", spoergsmaal1="journey").get_data(as_text=True))
    assert "STOP" in page and "<dt>Sendes</dt>" not in page
