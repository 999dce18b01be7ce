"""Several messages begun, and several outcomes written down, in one transaction: none suffers for another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from threading import Barrier

import pytest
from sqlalchemy import event, select, update

from database.engine import Database
from database.lean import Lock
from database.tenancy import EVERYONE, TenantSession
from messaging import claims, outcomes
from messaging.claims import Claim
from messaging.crew import Crew
from messaging.delivery import Rendering, Result
from messaging.gateway import Accepted, OutgoingSms
from messaging.message import Status
from messaging.outbox import Message, NewMessage, OutboxMessage, enqueue
from portal.services.invitations import send_questionnaire
from portal.services.sms.texts import SmsTexts
from portal.store.people import Citizen, Staff
from tests import factories
from tests.cases import Case
from tests.conftest import NOW, add_municipality
from tests.doubles.gateway import Clock, ScriptedGateway, ScriptedHooks
from tests.doubles.office import Office
from tests.portals import portal_on

PATIENCE = 20.0


@dataclass
class OneIsPoison(ScriptedHooks):
    poison: int = 0
    sizes: list[int] = field(default_factory=list)

    def prepare(self, session: TenantSession, messages: Sequence[Message]) -> Sequence[Message]:
        self.sizes.append(len(messages))
        return messages

    def render(self, session: TenantSession, message: Message) -> Rendering:
        if message.id == self.poison:
            raise LookupError
        return super().render(session, message)


def test_a_text_that_cannot_be_made_holds_up_none_of_those_begun_with_it(office: Office) -> None:
    ids = [office.enqueue(f"m:{number}") for number in range(3)]
    office.hooks = hooks = OneIsPoison(poison=ids[1])
    assert Crew(3).deliver(office.courier()).results == {Result.SENT: 2, Result.POSTPONED: 1}
    assert hooks.sizes[0] == 3
    assert [office.message(each).status for each in ids] == [Status.SENT, Status.QUEUED, Status.SENT]
    assert [office.message(each).attempts for each in ids] == [1, 1, 1]


def test_no_more_are_begun_than_can_be_with_the_gateway_at_once(office: Office) -> None:
    for number in range(6):
        office.enqueue(f"m:{number}")
    begun: list[int] = []

    def look(_sms: OutgoingSms) -> None:
        with office.database.read(EVERYONE) as session:
            statuses = session.scalars(select(OutboxMessage.status)).all()
        begun.append(statuses.count(Status.SENDING))

    office.gateway.meanwhile = look
    assert Crew(2).deliver(office.courier()).results == {Result.SENT: 6}
    assert max(begun) == 2


def test_of_outcomes_that_come_together_the_one_whose_lease_was_lost_is_not_written(office: Office) -> None:
    ids = [office.enqueue(f"m:{number}") for number in range(3)]
    together = Barrier(3, action=lambda: take_from(office, ids[1]))
    office.gateway.meanwhile = lambda _sms: together.wait(PATIENCE)
    assert Crew(3).deliver(office.courier()).results == {Result.SENT: 2, Result.LOST: 1}
    assert [office.message(each).status for each in ids] == [Status.SENT, Status.SENDING, Status.SENT]
    assert office.message(ids[1]).claimed_by == "another"


def take_from(office: Office, message_id: int) -> None:
    with office.database.write(EVERYONE) as session:
        session.execute(
            update(OutboxMessage).where(OutboxMessage.id == message_id).values(claimed_by="another")
        )


def test_outcomes_are_written_all_or_none(office: Office) -> None:
    ours = [Claim(office.enqueue(f"m:{number}"), office.municipality, "nobody") for number in range(2)]
    with (
        pytest.raises(outcomes.AnotherCaseError),
        office.database.write(office.municipality) as session,
    ):
        outcomes.record_accepted(session, [(each, Accepted("id")) for each in ours], "scripted", NOW)
    assert {office.message(each.message_id).status for each in ours} == {Status.QUEUED}


def test_who_begins_several_waits_for_no_row_that_another_holds(postgres_url: str) -> None:
    database = Database(postgres_url)
    office = Office(database, add_municipality(database))
    ids = [office.enqueue(f"m:{number}") for number in range(3)]
    taken = office.courier().claim(3).claims
    with database.write(EVERYONE) as other:
        other.scalars(select(OutboxMessage).where(OutboxMessage.id == ids[0]).with_for_update()).one()
        with database.write(office.municipality) as session:
            assert [each.id for each in claims.taken_up(session, taken, Lock.FREE)] == ids[1:]
    database.dispose()


def test_several_invitations_ask_the_database_no_more_than_two(
    database: Database, case: Case, now: datetime
) -> None:
    portal = portal_on(database, Clock(now), ScriptedGateway())
    invite_more(database, case, 10, now)
    statements = count_statements(database)
    asked = []
    for count in (2, 2, 8):  # the first looks up what is kept for good
        messages = due(database, count)
        before = len(statements)
        with database.write(case.municipality_id) as session:
            texts = SmsTexts(portal)
            found = session.scalars(select(OutboxMessage).where(OutboxMessage.id.in_(messages))).all()
            ready = texts.prepare(session, found)
            assert len({str(texts.render(session, each)) for each in ready}) == count
            asked.append(len(statements) - before)
    assert asked[1] == asked[2] <= 10


def test_two_sms_to_one_citizen_are_never_decided_together(
    database: Database, case: Case, now: datetime
) -> None:
    invite_more(database, case, 1, now)
    with database.write(case.municipality_id) as session:
        for number in range(2):
            enqueue(session, NewMessage("new_message", case.citizen_id, f"n:{number}"), now)
        messages = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)).all()
        ready = SmsTexts(portal_on(database, Clock(now), ScriptedGateway())).prepare(session, messages)
        assert len(ready) == 2
        assert len({each.recipient_ref for each in ready}) == 2


def due(database: Database, count: int) -> list[int]:
    with database.read(EVERYONE) as session:
        return [*session.scalars(select(OutboxMessage.id).order_by(OutboxMessage.id).limit(count))]


def invite_more(database: Database, case: Case, count: int, now: datetime) -> None:
    with database.write(case.municipality_id) as session:
        staff = session.get_one(Staff, case.staff_id)
        for number in range(count):
            citizen: Citizen = factories.add_citizen(session, now, staff, phone=f"+45109012{number:02d}")
            send_questionnaire(session, citizen.id, case.questionnaire_id, staff.id, now)


def count_statements(database: Database) -> list[str]:
    seen: list[str] = []
    event.listen(
        database.engine, "before_cursor_execute", lambda _c, _cursor, statement, *_: seen.append(statement)
    )
    return seen
