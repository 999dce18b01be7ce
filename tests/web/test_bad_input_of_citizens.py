"""What citizens' pages meet in the world: guessers from everywhere, names in every script, two languages at once."""

from __future__ import annotations

from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from database.engine import Database
from portal.store.answering import Answer
from portal.store.people import Citizen
from tests import factories
from tests.cases import Case
from tests.web.test_citizen_journey import answers, begun, token

__all__ = ["begun", "token"]
PIN = "4711"
NAMES = {
    "Arabic": "نور الهدى",
    "Tigrinya": "ሰላማዊት",
    "Persian with a joiner": "می‌نا",
    "Cyrillic": "Ганна-Марія",
    "Chinese": "李小龍",
    "Hindi": "कृष्णा",
    "letters put together": "A\u030ase Bjo\u0308rk",
    "outside the first plane": "𞤀𞤣𞤤𞤢𞤥",
    "an emoji of several": "Mia 👩‍👩‍👧",
    "an apostrophe": "D'Ângelo O’Neill",
    "markup": "<b>Bo</b> & Co",
    "turned around": "\u202eetteM",
    "very long": "Wolfeschlegelsteinhausen" * 5,
}


def set_pin(database: Database, case: Case, now: datetime, **values: object) -> str:
    with database.write(case.municipality_id) as session:
        citizen = session.get_one(Citizen, case.citizen_id)
        citizen.pin_hash, citizen.pin_set_at = factories.HASHER.hash(PIN), now
        for name, value in values.items():
            setattr(citizen, name, value)
        return citizen.short_code


def enter(app: Flask, code: str, pin: str, address: str) -> int:
    """From that address, in a browser of its own."""
    place = {"REMOTE_ADDR": address}
    return app.test_client().post("/kode", data={"code": code, "pin": pin}, environ_base=place).status_code


def test_a_pin_that_is_guessed_from_many_addresses_locks_all_the_same(
    app: Flask, database: Database, case: Case, now: datetime
) -> None:
    code = set_pin(database, case, now)
    guesses = [enter(app, code, f"{number:04}", f"203.0.113.{number}") for number in range(1, 21)]
    assert set(guesses) == {422}
    assert enter(app, code, PIN, "198.51.100.7") == 422
    with database.read(case.municipality_id) as session:
        assert session.get_one(Citizen, case.citizen_id).pin_locked_at == now


def test_who_guesses_one_citizens_pin_shuts_no_other_out(
    app: Flask, database: Database, case: Case, now: datetime
) -> None:
    code = set_pin(database, case, now)
    with database.write(case.municipality_id) as session:
        caseworker = session.get_one(Citizen, case.citizen_id).caseworker
        hashed = factories.HASHER.hash(PIN)
        other = factories.add_citizen(session, now, caseworker, pin_hash=hashed, pin_set_at=now).short_code
    for number in range(1, 8):
        enter(app, code, "0000", f"203.0.113.{number}")
    assert enter(app, other, PIN, "198.51.100.7") == 303


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_name_in_any_script_stands_as_it_is_written_and_turns_nothing_around(
    app: Flask, database: Database, case: Case, now: datetime, name: str
) -> None:
    code, client = set_pin(database, case, now, first_name=name), app.test_client()
    client.post("/kode", data={"code": code, "pin": PIN})
    page = client.get("/hjem").text
    shown = name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("'", "&#39;")
    assert f"<bdi>{shown}</bdi>" in page


def test_one_form_in_two_tabs_and_two_languages_is_one_form_with_each_answer_in_its_own(
    client: FlaskClient, database: Database, case: Case, begun: str
) -> None:
    client.post(f"{begun}/1?paa=da", data={"belief_in_work": "4"})
    client.post(f"{begun}/2?paa=en", data={"job_search": "1"})
    client.post(f"{begun}/1?paa=xx", data={"belief_in_work": "4"})
    with database.read(case.municipality_id) as session:
        languages = {row.question: row.language for row in session.scalars(select(Answer))}
    assert answers(database, case) == {"belief_in_work": "4", "job_search": "1"}
    assert languages == {"belief_in_work": "da", "job_search": "en"}
