"""A team with citizens, and sendings to them, for tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from sqlalchemy import select

from database.engine import Database
from messaging.outbox import OutboxMessage
from portal.app import build_portal
from portal.domain.access import Role
from portal.domain.sendings import SendingKind, SendingState
from portal.runtime import Portal
from portal.services.check_in_composing import Composed, compose, shipped
from portal.services.reach import Reader
from portal.store.people import Citizen
from portal.store.sendings import Sending, SendingRecipient
from tests import factories
from tests.conftest import NOW
from tests.forms import definition, small_form
from tests.web.conftest import settings_for

TEXT = "Husk kaffen på fredag"
_forms = count(1)


@dataclass(frozen=True)
class Team:
    """``citizens`` are ids, in order."""

    municipality_id: int
    team_id: int
    staff_id: int
    questionnaire_id: int
    citizens: tuple[int, ...]

    @property
    def reader(self) -> Reader:
        return Reader(self.staff_id, Role.CASEWORKER, self.team_id)


def make_team(database: Database, municipality_id: int, size: int = 3, **citizen: object) -> Team:
    with database.write(municipality_id) as session:
        team = factories.add_team(session)
        staff = factories.add_staff(session, NOW, team=team)
        form = factories.add_questionnaire(session, NOW, definition(small_form(f"form_{next(_forms)}")))
        people = [factories.add_citizen(session, NOW, staff, **citizen) for _ in range(size)]  # type: ignore[arg-type]
        ids = tuple(person.id for person in people)
        return Team(municipality_id, team.id, staff.id, form.questionnaire_id, ids)


def make_sending(
    database: Database,
    team: Team,
    *,
    citizens: tuple[int, ...] | None = None,
    kind: SendingKind = SendingKind.QUESTIONNAIRE,
    **values: object,
) -> int:
    """Confirmed and running. A message goes by SMS."""
    with database.write(team.municipality_id) as session:
        row = Sending(
            team_id=team.team_id,
            staff_id=team.staff_id,
            form_key=f"form {next(_forms)}",
            kind=kind,
            state=SendingState.RUNNING,
            created_at=NOW,
            changed_at=NOW,
        )
        if kind is SendingKind.QUESTIONNAIRE:
            row.questionnaire_id = team.questionnaire_id
        elif kind is SendingKind.CHECK_IN:
            composed = compose(session, [shipped("journey")], team.staff_id, NOW)
            assert isinstance(composed, Composed)
            row.check_in_id = composed.check_in_id
        else:
            row.body, row.channel = TEXT, "sms"
        for name, value in values.items():
            setattr(row, name, value)
        session.add(row)
        session.flush()
        ids = team.citizens if citizens is None else citizens
        session.add_all(SendingRecipient(sending_id=row.id, citizen_id=each) for each in ids)
        return row.id


@contextmanager
def portal_on(database_url: str, clock: Callable[[], datetime] = lambda: NOW) -> Iterator[Portal]:
    portal = build_portal(settings_for(database_url))
    portal.clock = clock
    yield portal
    portal.database.dispose()


def sending_of(database: Database, team: Team, sending_id: int) -> Sending:
    with database.read(team.municipality_id) as session:
        return session.get_one(Sending, sending_id)


def recipients(database: Database, team: Team, sending_id: int) -> dict[int, tuple[str, str | None]]:
    """Citizen -> state and reason."""
    query = select(SendingRecipient).where(SendingRecipient.sending_id == sending_id)
    with database.read(team.municipality_id) as session:
        return {row.citizen_id: (row.state.value, row.reason) for row in session.scalars(query)}


def messages(database: Database, team: Team) -> list[OutboxMessage]:
    with database.read(team.municipality_id) as session:
        return list(session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))


def change_citizen(database: Database, team: Team, citizen_id: int, **values: object) -> None:
    with database.write(team.municipality_id) as session:
        citizen = session.get_one(Citizen, citizen_id)
        for name, value in values.items():
            setattr(citizen, name, value)
