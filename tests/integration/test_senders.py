"""A municipality changes the name and the number its SMS come from; what it used before stays its own."""

from __future__ import annotations

import pytest

from database.base import Municipality
from database.engine import Database
from database.tenancy import EVERYONE
from messaging.gateway import InboundSms
from portal.services import callbacks, senders
from portal.services.callbacks import Taken
from portal.services.senders import Change, NumberChange, Problem, Sender
from portal.store import former_senders, municipalities
from tests.conftest import NOW, add_municipality
from tests.factories import add_staff
from tests.portals import portal_on

OLD, NEW = "+4520900000", "+4552525252"


@pytest.fixture
def town(database: Database) -> int:
    return add_municipality(database, "aakoebing", OLD)


@pytest.fixture
def boss(database: Database, town: int) -> int:
    with database.write(town) as session:
        return add_staff(session, NOW, role="administrator").id


def sms_to(database: Database, number: str, at: str) -> Taken:
    sms = InboundSms("simulator", at, "+4510900001", number, "Hej")
    return callbacks.take_sms(portal_on(database), sms, NOW)


def former(database: Database, town: int) -> list[str]:
    with database.read(town) as session:
        return [each.address for each in former_senders.all_of(session)]


def test_an_sms_to_the_former_number_still_comes_in_until_it_is_given_up(
    database: Database, town: int, boss: int
) -> None:
    assert senders.change(database, town, Sender("Nordby", "52 52 52 52"), boss, NOW) == Sender("Nordby", NEW)
    assert sms_to(database, NEW, "1") == sms_to(database, OLD, "2") == Taken.STORED
    with database.write(town) as session:
        assert senders.give_up(session, OLD, boss, NOW)
        assert not senders.give_up(session, OLD, boss, NOW)
    assert sms_to(database, OLD, "3") is Taken.NOBODYS


def test_who_changes_back_has_the_other_as_the_former(database: Database, town: int, boss: int) -> None:
    with database.read(town) as session:
        before = senders.present(session)
    senders.change(database, town, Sender("Nordby", NEW), boss, NOW)
    senders.change(database, town, before, boss, NOW)
    assert set(former(database, town)) == {"Nordby", NEW}
    with database.read(town) as session:
        assert senders.present(session) == before


@pytest.mark.parametrize(
    ("name", "number", "wrong"),
    [
        ("Nordby Jobcenter", "", {"name": Problem.NAME}),
        ("", "", {"name": Problem.NAME}),
        ("12345", "", {"name": Problem.NAME}),
        ("Nordby", "mange", {"number": Problem.NUMBER}),
        ("VESTBY", "", {"name": Problem.NAME_TAKEN}),
        ("Nordby", "20 90 00 01", {"number": Problem.NUMBER_TAKEN}),
        ("Nordby", "20 90 00 02", {"number": Problem.NUMBER_TAKEN}),
        ("Vest foer", "", {"name": Problem.NAME_TAKEN}),
    ],
)
def test_what_another_municipality_uses_or_has_not_given_up_is_refused(
    database: Database, town: int, boss: int, name: str, number: str, wrong: dict[str, Problem]
) -> None:
    other = add_municipality(database, "vestby", "+4520900001")
    with database.write(other) as session:
        row = municipalities.own(session)
        row.sms_sender = "Vest foer"
        hers = add_staff(session, NOW, role="administrator").id
    senders.change(database, other, Sender("Vestby", "20 90 00 02"), hers, NOW)
    senders.change(database, other, Sender("Vestby", "20 90 00 01"), hers, NOW)
    assert senders.change(database, town, Sender(name, number), boss, NOW) == wrong
    assert former(database, town) == []


def test_a_change_says_what_follows_and_keeps_nothing(database: Database, town: int) -> None:
    with database.read(EVERYONE) as session:
        name = session.get_one(Municipality, town).sms_sender
    for number, expected in (
        (OLD, NumberChange.NONE),
        (NEW, NumberChange.OTHER),
        ("", NumberChange.GONE),
    ):
        looked = senders.look(database, town, Sender(name, number))
        assert isinstance(looked, Change)
        assert (looked.number, looked.has_new_name) == (expected, False)
        assert looked.is_none == (number == OLD)
    assert former(database, town) == []
