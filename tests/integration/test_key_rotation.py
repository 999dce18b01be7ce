"""After a rotation the old key is not needed any more, whichever column it was."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import pytest
from sqlalchemy import select

from database import encryption
from database.base import Base
from database.encryption import Keyring, UndecryptableError
from database.engine import Database
from database.tenancy import EVERYONE
from database.types import Encrypted, EncryptedJson
from portal.services import key_rotation
from portal.services.key_rotation import UnreadableRowError, rotate
from portal.store.people import Citizen, Staff
from tests import factories
from tests.conftest import KEYRING, NOW
from tests.integration.test_tenancy import OWNED, World

NEW = "a newer encryption key that serves tests only"
BOTH = Keyring((NEW, *KEYRING.encryption_keys), KEYRING.index_secret)
ONLY_NEW = Keyring((NEW,), KEYRING.index_secret)


@pytest.fixture(autouse=True)
def keys_as_before() -> Iterator[None]:
    yield
    encryption.use(KEYRING)


def people(database: Database, municipality: int, number: int) -> None:
    with database.write(municipality) as session:
        lone = factories.add_staff(session, NOW, team=factories.add_team(session))
        for index in range(number):
            factories.add_citizen(session, NOW, lone, first_name=f"Mette {index}", kendeord="solsort")


def first_names(database: Database, keyring: Keyring) -> list[str]:
    encryption.use(keyring)
    with database.read(EVERYONE) as session:
        return list(session.scalars(select(Citizen.first_name).order_by(Citizen.id)))


def test_a_row_of_every_class_is_readable_after_the_old_key_is_gone(database: Database) -> None:
    World(database)
    list(rotate(database, BOTH))
    encryption.use(ONLY_NEW)
    with database.read(EVERYONE) as session:
        for owned in OWNED:
            assert session.scalars(select(owned)).all()


def test_without_a_rotation_the_old_key_is_needed(database: Database, municipality: int) -> None:
    people(database, municipality, 1)
    with pytest.raises(UndecryptableError):
        first_names(database, ONLY_NEW)


def test_every_encrypted_column_of_every_class_is_found() -> None:
    found = {(each.name, name) for each in key_rotation.encrypted_tables() for name in each.columns}
    mapped = {
        (str(mapper.local_table), column.name)
        for mapper in Base.registry.mappers
        for column in mapper.columns
        if isinstance(column.type, Encrypted | EncryptedJson)
    }
    assert found == mapped
    assert ("citizens", "phone") in found


def test_a_rotation_tells_how_far_it_is(database: Database, municipality: int) -> None:
    people(database, municipality, 5)
    steps = [step for step in rotate(database, BOTH, batch=2) if step.table == "citizens"]
    assert [(step.seen, step.changed) for step in steps] == [(2, 2), (4, 4), (5, 5)]


def test_a_rotation_that_was_stopped_goes_on(database: Database, municipality: int) -> None:
    people(database, municipality, 5)
    list(islice(rotate(database, BOTH, batch=2), 2))
    [last] = [step for step in rotate(database, BOTH) if step.table == "citizens"]
    assert (last.seen, last.changed) == (5, 1)
    assert first_names(database, ONLY_NEW) == [f"Mette {index}" for index in range(5)]


def test_a_second_rotation_changes_nothing(database: Database, municipality: int) -> None:
    people(database, municipality, 3)
    list(rotate(database, BOTH))
    assert sum(step.changed for step in rotate(database, BOTH)) == 0


def test_look_ups_go_on_working(database: Database, municipality: int) -> None:
    people(database, municipality, 1)
    list(rotate(database, BOTH))
    encryption.use(ONLY_NEW)
    with database.read(municipality) as session:
        citizen = session.scalars(select(Citizen)).one()
        assert citizen.phone_index == encryption.blind_index("phone", citizen.phone)


def test_a_value_under_no_known_key_stops_the_rotation_and_names_the_row(
    database: Database, municipality: int
) -> None:
    people(database, municipality, 1)
    with database.read(municipality) as session:
        staff_id = session.scalars(select(Staff.id)).one()
    with pytest.raises(UnreadableRowError, match=rf"(citizens \d+|staff {staff_id}): "):
        list(rotate(database, ONLY_NEW))
