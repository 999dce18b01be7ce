"""A citizen changes her own number: proved by a code on the new phone, told to the old one, undone by staff."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from database.encryption import blind_index
from database.engine import Database
from i18n.texts import shipped_catalogs
from messaging.crew import Crew
from messaging.delivery import Courier
from messaging.message import Status
from messaging.outbox import OutboxMessage
from portal.config import Settings
from portal.runtime import Portal
from portal.services import own_number
from portal.services.own_number import Answer
from portal.services.sms.texts import SmsTexts
from portal.store.number_changes import NumberChange
from portal.store.numbers import FormerNumber, QuietNumber, WhyQuiet
from portal.store.overlays import Overlays
from portal.store.people import Citizen
from portal.store.thread import ThreadEntry
from tests.cases import Case, make_case
from tests.conftest import NOW
from tests.doubles.gateway import Clock, ScriptedGateway

NEW = "+4510777777"
CATALOGS = shipped_catalogs()


@pytest.fixture
def case(database: Database, municipality: int) -> Case:
    return make_case(database, municipality, NOW)


class Phones:
    """What the phones got; ``send`` lets the workers send."""

    def __init__(self, database: Database) -> None:
        self.gateway = ScriptedGateway()
        self._database = database

    def send(self, now: datetime = NOW) -> list[tuple[str, str]]:
        settings = Settings("s" * 32, ("e" * 32,), "i" * 32, gateway="twilio")
        portal = Portal(
            settings=settings,
            database=self._database,
            catalogs=CATALOGS,
            gateway=self.gateway,
            overlays=Overlays(self._database, CATALOGS),
            clock=lambda: now,
        )
        before = len(self.gateway.sent)
        Crew(1).deliver(Courier(self._database, self.gateway, SmsTexts(portal), Clock(now), "worker"))
        return [(sms.to, sms.text) for sms in self.gateway.sent[before:]]


@pytest.fixture
def phones(database: Database) -> Phones:
    return Phones(database)


def ask(database: Database, case: Case, typed: str = "10 77 77 77", now: datetime = NOW) -> Answer:
    with database.write(case.municipality_id) as session:
        return own_number.ask(session, case.citizen_id, typed, now)


def confirm(database: Database, case: Case, code: str, now: datetime = NOW) -> own_number.Change:
    with database.write(case.municipality_id) as session:
        return own_number.confirm(session, case.citizen_id, code, now)


def code_in(text: str) -> str:
    found = re.search(r"\b\d{6}\b", text)
    assert found
    return found[0]


def change(database: Database, case: Case, phones: Phones) -> list[tuple[str, str]]:
    """What the phones got once the code was typed."""
    assert ask(database, case) is Answer.SENT
    ((_, text),) = phones.send()
    assert confirm(database, case, code_in(text)).answer is Answer.CHANGED
    return phones.send()


def citizen(database: Database, case: Case) -> Citizen:
    with database.read(case.municipality_id) as session:
        return session.get_one(Citizen, case.citizen_id)


def marks(database: Database, case: Case) -> list[tuple[str, str]]:
    with database.read(case.municipality_id) as session:
        return [(entry.kind, entry.author) for entry in session.scalars(select(ThreadEntry))]


def test_the_code_comes_to_the_new_phone_and_makes_the_number_hers(
    database: Database, case: Case, phones: Phones
) -> None:
    old = citizen(database, case).phone
    with database.write(case.municipality_id) as session:
        session.get_one(Citizen, case.citizen_id).kendeord = "lærke"
    assert ask(database, case) is Answer.SENT
    ((to, text),) = phones.send()
    assert to == NEW and "lærke" not in text and "Mette" not in text
    assert citizen(database, case).phone == old
    assert confirm(database, case, f" {code_in(text)[:3]} {code_in(text)[3:]}").answer is Answer.CHANGED
    assert citizen(database, case).phone == NEW
    assert marks(database, case) == [("own_number", "citizen")]
    ((told, notice),) = phones.send()
    assert told == old and "+4510700000" in notice and NEW not in notice and "lærke" not in notice
    with database.read(case.municipality_id) as session:
        assert session.scalars(select(FormerNumber)).one().phone_index == blind_index("phone", old)


def test_a_code_is_kept_as_a_keyed_hash_and_never_in_the_outbox(
    database: Database, case: Case, phones: Phones
) -> None:
    ask(database, case)
    ((_, text),) = phones.send()
    with database.read(case.municipality_id) as session:
        row, message = (
            session.scalars(select(NumberChange)).one(),
            session.scalars(select(OutboxMessage)).one(),
        )
    assert row.code_index is not None and len(row.code_index) == 43
    assert code_in(text) not in str(message.parameters)


def test_five_wrong_tries_spend_the_code(database: Database, case: Case, phones: Phones) -> None:
    ask(database, case)
    ((_, text),) = phones.send()
    wrong = "000000" if code_in(text) != "000000" else "111111"
    lefts = [confirm(database, case, wrong).left for _ in range(5)]
    assert lefts == [4, 3, 2, 1, 0]
    assert confirm(database, case, code_in(text)).answer is Answer.EXPIRED
    assert citizen(database, case).phone != NEW


def test_a_code_ends_by_time_by_use_and_by_a_newer_one(
    database: Database, case: Case, phones: Phones
) -> None:
    ask(database, case)
    ((_, first),) = phones.send()
    assert confirm(database, case, code_in(first), NOW + timedelta(minutes=15)).answer is Answer.EXPIRED
    ask(database, case, "10 77 77 78")
    ((_, second),) = phones.send()
    assert confirm(database, case, code_in(first)).answer in (Answer.WRONG, Answer.CHANGED)
    if code_in(first) != code_in(second):
        assert confirm(database, case, code_in(second)).answer is Answer.CHANGED
    later = NOW + timedelta(minutes=2)
    assert confirm(database, case, code_in(second), later).answer is Answer.EXPIRED
    assert citizen(database, case).phone == "+4510777778"


def test_a_second_tap_sends_no_second_code_and_is_told_no_error(
    database: Database, case: Case, phones: Phones
) -> None:
    assert ask(database, case) is ask(database, case) is Answer.SENT
    ((_, text),) = phones.send()
    for _ in range(2):
        assert confirm(database, case, code_in(text)).answer is Answer.CHANGED
    assert marks(database, case) == [("own_number", "citizen")]
    wrong = "000000" if code_in(text) != "000000" else "111111"
    assert confirm(database, case, wrong).answer is Answer.EXPIRED


def test_a_code_that_was_asked_for_again_is_not_sent_for_the_number_before(
    database: Database, case: Case, phones: Phones
) -> None:
    ask(database, case, "10 77 77 78")
    ask(database, case)
    assert [to for to, _ in phones.send()] == [NEW]
    with database.read(case.municipality_id) as session:
        states = {(each.status, each.reason) for each in session.scalars(select(OutboxMessage))}
    assert (Status.WITHHELD, "cancelled") in states


def test_three_codes_a_day_are_enough(database: Database, case: Case) -> None:
    typed = [f"10 77 77 7{n}" for n in range(4)]
    assert [ask(database, case, each) for each in typed] == [Answer.SENT] * 3 + [Answer.TOO_MANY]
    assert ask(database, case, now=NOW + timedelta(days=1)) is Answer.SENT


@pytest.mark.parametrize("typed", ["", "1234", "ring til mig", "+45", "9" * 40])
def test_what_is_no_number_gets_no_code(database: Database, case: Case, typed: str) -> None:
    assert ask(database, case, typed) is Answer.NOT_A_NUMBER


def test_no_code_goes_where_no_sms_is_wanted(database: Database, case: Case) -> None:
    assert ask(database, case, citizen(database, case).phone) is Answer.SAME
    with database.write(case.municipality_id) as session:
        quiet = QuietNumber(phone=NEW, phone_index=blind_index("phone", NEW), why=WhyQuiet.STOPPED, since=NOW)
        session.add(quiet)
    assert ask(database, case) is Answer.NO_SMS
    with database.write(case.municipality_id) as session:
        session.get_one(Citizen, case.citizen_id).opted_out_at = NOW
    assert ask(database, case, "10 77 77 78") is Answer.NO_SMS


def test_a_phone_that_somebody_else_has_taken_over_is_told_nothing(
    database: Database, case: Case, phones: Phones
) -> None:
    with database.write(case.municipality_id) as session:
        session.get_one(Citizen, case.citizen_id).frozen_at = NOW
    assert change(database, case, phones) == []
    assert citizen(database, case).frozen_at is None


def test_staff_put_the_old_number_back_once_and_within_a_month(
    database: Database, case: Case, phones: Phones
) -> None:
    old = citizen(database, case).phone
    change(database, case, phones)
    with database.write(case.municipality_id) as session:
        hers = session.get_one(Citizen, case.citizen_id)
        assert own_number.undoable(session, hers, NOW + timedelta(days=30)) is None
        assert own_number.undo(session, hers, case.staff_id, NOW)
        assert not own_number.undo(session, hers, case.staff_id, NOW)
    assert citizen(database, case).phone == old
    assert marks(database, case) == [("own_number", "citizen"), ("number_changed", "staff")]
    assert phones.send() == []


def test_old_numbers_are_forgotten_after_a_month(database: Database, case: Case, phones: Phones) -> None:
    change(database, case, phones)
    for days, kept in ((29, 1), (31, 0)):
        with database.write(case.municipality_id) as session:
            own_number.forget_old(session, NOW + timedelta(days=days))
            assert len(session.scalars(select(NumberChange)).all()) == kept
