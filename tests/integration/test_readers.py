"""Who reads a language and who writes to them, on both databases."""

from __future__ import annotations

from database.engine import Database
from portal.domain.ageing import Standing
from portal.store import readers
from portal.store.readers import Reader
from tests import factories
from tests.conftest import NOW


def test_those_whom_we_write_to_are_found_by_their_language_the_newest_first(
    database: Database, municipality: int
) -> None:
    with database.write(municipality) as session:
        kirsten = factories.add_staff(session, NOW, team=factories.add_team(session), name="Kirsten Holm")
        factories.add_citizen(session, NOW, kirsten, first_name="Ewa", language="pl")
        factories.add_citizen(session, NOW, kirsten, first_name="Jan", language="pl", kendeord="sol")
        factories.add_citizen(session, NOW, kirsten, first_name="Mette", language="da")
        gone = Standing.DROPPED_OUT.value
        factories.add_citizen(session, NOW, kirsten, first_name="Adam", language="pl", standing=gone)
    with database.read(municipality) as session:
        assert readers.newest(session, "pl", 9) == [
            Reader("Jan", "sol", "Kirsten Holm"),
            Reader("Ewa", None, "Kirsten Holm"),
        ]
        assert len(readers.newest(session, "pl", 1)) == 1


def test_writers_are_the_caseworkers_who_are_there(database: Database, municipality: int) -> None:
    with database.write(municipality) as session:
        team = factories.add_team(session)
        factories.add_staff(session, NOW, team=team, name="Kirsten Holm")
        factories.add_staff(session, NOW, team=team, name="Ib Tinge").is_active = False
        factories.add_staff(session, NOW, role="translator", name="Nadia Osman")
    with database.read(municipality) as session:
        assert readers.writers(session, 9) == ["Kirsten Holm"]
