"""Short code and PIN, the gentle lock, and the letter that lets a citizen choose a PIN."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from database.engine import Database
from portal.domain.pins import PinVerdict
from portal.services import credentials, pins
from portal.services.pins import CitizenIn, Refusal, Refused
from portal.store.people import Citizen
from tests.cases import Case
from tests.factories import HASHER

PIN = "4711"


@pytest.fixture(autouse=True)
def weak_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(credentials, "HASHER", HASHER)


@pytest.fixture
def short_code(database: Database, case: Case, now: datetime) -> str:
    with database.write(case.municipality_id) as session:
        pins.choose_pin(session, case.citizen_id, HASHER.hash(PIN), now)
        return session.get_one(Citizen, case.citizen_id).short_code


def citizen(database: Database, case: Case) -> Citizen:
    with database.read(case.municipality_id) as session:
        return session.get_one(Citizen, case.citizen_id)


def test_the_right_pin_lets_her_in_as_herself(
    database: Database, case: Case, now: datetime, short_code: str
) -> None:
    who = pins.sign_in(database, short_code, PIN, now)
    assert isinstance(who, CitizenIn)
    assert (who.citizen_id, who.municipality_id) == (case.citizen_id, case.municipality_id)


def test_code_and_pin_are_read_as_people_type_them(
    database: Database, case: Case, now: datetime, short_code: str
) -> None:
    typed = f" {short_code[:3]}-{short_code[3:]} "
    assert isinstance(pins.sign_in(database, typed, "٤٧ ١١", now), CitizenIn)


def test_an_unknown_code_is_refused_like_a_wrong_pin(database: Database, case: Case, now: datetime) -> None:
    assert pins.sign_in(database, "NOBODY", PIN, now) == Refused(Refusal.WRONG)


def test_who_has_no_pin_yet_is_refused_like_a_wrong_pin(
    database: Database, case: Case, now: datetime
) -> None:
    assert pins.sign_in(database, citizen(database, case).short_code, PIN, now) == Refused(Refusal.WRONG)


def test_the_fifth_wrong_try_locks_and_then_the_right_pin_does_not_help(
    database: Database, case: Case, now: datetime, short_code: str
) -> None:
    tries = [pins.sign_in(database, short_code, "0000", now) for _ in range(5)]
    assert [each.left for each in tries if isinstance(each, Refused)] == [4, 3, 2, 1, 0]
    later = now + timedelta(days=1)
    assert pins.sign_in(database, short_code, PIN, later) == Refused(Refusal.LOCKED, 0)


def test_a_right_pin_forgets_the_wrong_ones(
    database: Database, case: Case, now: datetime, short_code: str
) -> None:
    for _ in range(4):
        pins.sign_in(database, short_code, "0000", now)
    pins.sign_in(database, short_code, PIN, now)
    assert citizen(database, case).pin_failures == 0


def test_a_new_letter_opens_what_was_locked_and_lets_her_choose_a_pin(
    database: Database, case: Case, now: datetime, short_code: str
) -> None:
    for _ in range(5):
        pins.sign_in(database, short_code, "0000", now)
    with database.write(case.municipality_id) as session:
        code = pins.new_letter_code(session, case.citizen_id, now)
    assert isinstance(
        pins.check_letter(database, short_code, f"{code[:4]} {code[4:].lower()}", now), CitizenIn
    )
    with database.write(case.municipality_id) as session:
        pins.choose_pin(session, case.citizen_id, HASHER.hash("2580"), now)
    assert isinstance(pins.sign_in(database, short_code, "2580", now), CitizenIn)
    assert pins.check_letter(database, short_code, code, now) == Refused(Refusal.WRONG)


def test_a_letter_is_good_for_fourteen_days(
    database: Database, case: Case, now: datetime, short_code: str
) -> None:
    with database.write(case.municipality_id) as session:
        code = pins.new_letter_code(session, case.citizen_id, now)
    late = now + timedelta(days=14)
    assert pins.check_letter(database, short_code, code, late) == Refused(Refusal.EXPIRED)


def test_guessing_letter_codes_locks_as_guessing_pins_does(
    database: Database, case: Case, now: datetime, short_code: str
) -> None:
    with database.write(case.municipality_id) as session:
        code = pins.new_letter_code(session, case.citizen_id, now)
    for _ in range(5):
        pins.check_letter(database, short_code, "CDFHJKMN", now)
    assert pins.check_letter(database, short_code, code, now) == Refused(Refusal.LOCKED, 0)


def test_a_session_ends_when_the_pin_changes(
    database: Database, case: Case, now: datetime, short_code: str
) -> None:
    who = pins.sign_in(database, short_code, PIN, now)
    assert isinstance(who, CitizenIn)
    with database.write(case.municipality_id) as session:
        assert pins.still_in(session, who) == "da"
        pins.choose_pin(session, case.citizen_id, HASHER.hash("2580"), now + timedelta(seconds=1))
        assert pins.still_in(session, who) is None


@pytest.mark.parametrize(("pin", "verdict"), [("12", PinVerdict.TOO_SHORT), ("1234", PinVerdict.TOO_EASY)])
def test_a_pin_that_may_not_be_chosen_is_not_hashed(pin: str, verdict: Any) -> None:
    assert pins.judge_and_hash(pin) is verdict


def test_neither_pin_nor_letter_code_is_in_the_database(
    database: Database, case: Case, now: datetime, short_code: str
) -> None:
    with database.write(case.municipality_id) as session:
        code = pins.new_letter_code(session, case.citizen_id, now)
    with database.engine.connect() as connection:
        row = str(connection.exec_driver_sql("SELECT pin_hash, letter_code_hash FROM citizens").all())
    assert code not in row and f"'{PIN}'" not in row
