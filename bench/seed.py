"""What has to be in the database before a phone can answer: a municipality, its forms, citizens, open links."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import update

from database.base import Municipality
from database.engine import Database
from database.tenancy import EVERYONE
from messaging.outbox import OutboxMessage
from portal.services import links, publishing
from portal.services.invitations import Invited, send_questionnaire
from portal.store import questionnaires
from portal.store.people import Staff
from tests import factories

PROGRESSION = "progression_citizen"
SCREENING = "screening_cash_30plus"


def municipality() -> Municipality:
    return Municipality(
        slug="aakoebing",
        name="Åkøbing Kommune",
        office_name="Job og Vejledning",
        office_phone="+4570100000",
        sms_sender="Aakoebing",
        created_at=datetime.now(UTC),
    )


def prepare(database: Database) -> int:
    """The municipality's id; the forms that ship with the product are published."""
    now = datetime.now(UTC)
    with database.write(EVERYONE) as session:
        row = municipality()
        session.add(row)
    with database.write(row.id) as session:
        publishing.ship(session, now)
        factories.add_staff(session, now, team=factories.add_team(session))
    return row.id


def invite(database: Database, municipality_id: int, key: str, count: int, language: str = "da") -> list[str]:
    """The tokens of as many citizens who read that language, each asked to answer the form."""
    now = datetime.now(UTC)
    with database.write(municipality_id) as session:
        form = questionnaires.by_key(session, key)
        staff = session.get_one(Staff, 1)
        assert form is not None
        tokens = []
        for _ in range(count):
            citizen = factories.add_citizen(session, now, staff, language=language)
            invited = send_questionnaire(session, citizen.id, form.id, staff.id, now)
            assert isinstance(invited, Invited)
            tokens.append(links.make_link(session, invited.invitation_id, now))
        session.flush()
        session.execute(update(OutboxMessage).values(due_at=None))  # sending is another matter than answering
        return tokens
