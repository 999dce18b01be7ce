"""One citizen is erased: nothing of her is left in any table but what has a reason, and nobody else's is touched."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import func, inspect, select

from database.base import Base, Owned
from database.engine import Database
from database.tenancy import EVERYONE
from messaging.inbound import InboundMessage
from messaging.outbox import OutboxMessage
from portal.domain.data_requests import Outcome, RequestKind
from portal.services.erasing import ABOUT_HER, Erasing, erase_citizen, plan
from portal.services.own_data.sections import STAYS
from portal.store import belonging
from portal.store.answering import Answer, Response
from portal.store.audit import AuditEvent
from portal.store.people import Citizen
from portal.store.rights import DataRequest
from portal.store.thread import ThreadEntry, UnplacedMessage
from tests import factories
from tests.cases import Case, make_case
from tests.integration.test_tenancy import World

MARK = "Rosalinde"
"""Stands in everything that is hers, and nowhere else."""


@pytest.fixture
def world(database: Database) -> World:
    """A row of every table, all about one citizen."""
    return World(database)


def ask_for_erasure(database: Database, municipality_id: int, citizen_id: int, now: datetime) -> int:
    with database.write(municipality_id) as session:
        row = DataRequest(
            citizen_id=citizen_id, kind=RequestKind.ERASURE, words=MARK, asked_at=now, due_on=now.date()
        )
        session.add(row)
        session.flush()
        return row.id


def erase(database: Database, municipality_id: int, citizen_id: int, now: datetime) -> None:
    request_id = ask_for_erasure(database, municipality_id, citizen_id, now)
    with database.write(municipality_id) as session:
        erase_citizen(session, citizen_id, Erasing(request_id, 1, "abc"), now)


def rows(session: Any, owned: Any) -> list[tuple[Any, ...]]:
    columns = list(inspect(owned).columns)
    return [tuple(row) for row in session.execute(select(*columns))]


def test_no_row_about_her_is_left_but_what_stays_without_her(world: World, now: datetime) -> None:
    citizen_id = world.id_of(Citizen)
    erase(world.database, world.ours, citizen_id, now)
    with world.database.read(world.ours) as session:
        for row in sorted(ABOUT_HER, key=lambda each: each.__name__):
            assert belonging.ids_of(session, row, citizen_id) == [], row
            if row not in STAYS:
                assert session.scalar(select(func.count(row.id))) == 0, row
        for row in STAYS:
            assert session.scalar(select(func.count(row.id))) != 0, row


def test_what_is_nobodys_or_staffs_is_left_as_it_was(world: World, now: datetime) -> None:
    others = [
        mapper.class_
        for mapper in Base.registry.mappers
        if mapper.class_ not in ABOUT_HER and issubclass(mapper.class_, Owned)
    ]
    with world.database.read(EVERYONE) as session:
        before = {each.__name__: rows(session, each) for each in others}
    erase(world.database, world.ours, world.id_of(Citizen), now)
    with world.database.read(EVERYONE) as session:
        assert {each.__name__: rows(session, each) for each in others} == before


@pytest.fixture
def case(database: Database, municipality: int, now: datetime) -> Case:
    return make_case(database, municipality, now, first_name=MARK, last_name=MARK, kendeord=MARK)


def fill(database: Database, case: Case, citizen_id: int, words: str, now: datetime) -> None:
    with database.write(case.municipality_id) as session:
        citizen = session.get_one(Citizen, citizen_id)
        questionnaire = session.get_one(Response.version.property.entity.class_, 1)
        measurement = factories.add_measurement(session, now, citizen, questionnaire.questionnaire)
        response = Response(
            ref=f"ref{citizen_id}",
            measurement_id=measurement.id,
            citizen_id=citizen_id,
            version_id=1,
            respondent="citizen",
            language="da",
            started_at=now,
        )
        sms = InboundMessage(
            provider="x",
            provider_id=f"{citizen_id}",
            sender=citizen.phone,
            sender_index=citizen.phone_index,
            recipient="+4510900000",
            text=words,
            masked_numbers=0,
            media_count=0,
            received_at=now,
        )
        session.add_all([response, sms])
        session.flush()
        session.add_all(
            [
                Answer(response_id=response.id, question="wish", text=words, answered_at=now),
                ThreadEntry(
                    citizen_id=citizen_id, author="citizen", channel="sms", body=words, inbound_id=sms.id,
                    created_at=now,
                ),
                OutboxMessage(
                    kind="sms", recipient_ref=citizen_id, dedupe_key=f"{citizen_id}", parameters={"words": words},
                    reference=f"r{citizen_id}", created_at=now,
                ),
                AuditEvent(
                    at=now, staff_id=case.staff_id, citizen_id=citizen_id, action="citizen.read", subject="sheet"
                ),
            ]
        )  # fmt: skip


def everything(database: Database) -> str:
    with database.read(EVERYONE) as session:
        return repr([rows(session, mapper.class_) for mapper in Base.registry.mappers])


def test_her_name_her_number_and_her_words_are_in_no_table_any_more(
    database: Database, case: Case, now: datetime
) -> None:
    fill(database, case, case.citizen_id, f"Kære Lone, hilsen {MARK}", now)
    with database.read(case.municipality_id) as session:
        citizen = session.get_one(Citizen, case.citizen_id)
        hers = {MARK, citizen.phone, citizen.phone_index, repr(citizen.short_code)}
    assert all(each in everything(database) for each in hers)
    erase(database, case.municipality_id, case.citizen_id, now)
    left = everything(database)
    assert {each for each in hers if each in left} == set()


def test_a_neighbour_keeps_every_word(database: Database, case: Case, now: datetime) -> None:
    with database.write(case.municipality_id) as session:
        caseworker = session.get_one(Citizen, case.citizen_id).caseworker
        other = factories.add_citizen(session, now, caseworker, first_name="Maja")
    fill(database, case, other.id, "Hej fra Maja", now)
    fill(database, case, case.citizen_id, MARK, now)
    with database.read(case.municipality_id) as session:
        before = {row.__name__: belonging.ids_of(session, row, other.id) for row in ABOUT_HER}
    erase(database, case.municipality_id, case.citizen_id, now)
    with database.read(case.municipality_id) as session:
        assert {row.__name__: belonging.ids_of(session, row, other.id) for row in ABOUT_HER} == before


def test_an_sms_from_her_number_that_nobody_placed_goes_unless_another_has_the_number(
    database: Database, case: Case, now: datetime
) -> None:
    with database.write(case.municipality_id) as session:
        citizen = session.get_one(Citizen, case.citizen_id)
        sms = InboundMessage(
            provider="x", provider_id="1", sender=citizen.phone, sender_index=citizen.phone_index,
            recipient="+4510900000", text="Hej", masked_numbers=0, media_count=0, received_at=now,
        )  # fmt: skip
        session.add(sms)
        session.flush()
        session.add(UnplacedMessage(inbound_id=sms.id, why="number_frozen"))
        sharer = factories.add_citizen(session, now, citizen.caseworker, phone=citizen.phone)
    erase(database, case.municipality_id, case.citizen_id, now)
    with database.read(case.municipality_id) as session:
        assert session.scalar(select(func.count(InboundMessage.id))) == 1
    erase(database, case.municipality_id, sharer.id, now)
    with database.read(case.municipality_id) as session:
        assert session.scalar(select(func.count(InboundMessage.id))) == 0


def test_the_log_keeps_who_did_what_and_a_number_that_leads_nowhere(
    database: Database, case: Case, now: datetime
) -> None:
    fill(database, case, case.citizen_id, MARK, now)
    erase(database, case.municipality_id, case.citizen_id, now)
    with database.read(case.municipality_id) as session:
        log = [
            (row.action, row.staff_id, row.citizen_id, row.subject)
            for row in session.scalars(select(AuditEvent))
        ]
        request = session.scalars(select(DataRequest)).one()
    mark = f"erased citizen {case.citizen_id}"
    assert log == [
        ("citizen.read", case.staff_id, None, f"sheet, {mark}"),
        ("citizen.erased", case.staff_id, None, mark),
    ]
    assert (request.words, request.answer, request.citizen_id) == (None, None, None)
    assert (request.outcome, request.answered_at, request.answered_by) == (Outcome.DONE, now, case.staff_id)


def test_the_plan_names_what_goes_and_changes_nothing(database: Database, case: Case, now: datetime) -> None:
    fill(database, case, case.citizen_id, MARK, now)
    before = everything(database)
    with database.read(case.municipality_id) as session:
        planned = plan(session, case.citizen_id)
    assert planned.goes == {"person": 1, "answers": 1, "messages": 1, "sms_out": 1, "sms_in": 1}
    assert set(planned.stays) == {"seen", "requests"}
    assert everything(database) == before


def test_without_an_open_request_of_hers_nothing_is_erased(
    database: Database, case: Case, now: datetime
) -> None:
    with database.write(case.municipality_id) as session:
        other = factories.add_citizen(session, now, session.get_one(Citizen, case.citizen_id).caseworker)
    request_id = ask_for_erasure(database, case.municipality_id, other.id, now)
    with pytest.raises(LookupError), database.write(case.municipality_id) as session:
        erase_citizen(session, case.citizen_id, Erasing(request_id, case.staff_id), now)
    with database.write(case.municipality_id) as session:
        session.get_one(DataRequest, request_id).withdrawn_at = now
    with pytest.raises(LookupError), database.write(case.municipality_id) as session:
        erase_citizen(session, other.id, Erasing(request_id, case.staff_id), now)
    with database.read(case.municipality_id) as session:
        assert session.scalar(select(func.count(Citizen.id))) == 2


def test_she_cannot_be_erased_from_another_municipality(world: World, now: datetime) -> None:
    request_id = ask_for_erasure(world.database, world.ours, world.id_of(Citizen), now)
    with pytest.raises(LookupError), world.foreigner() as session:
        erase_citizen(session, world.id_of(Citizen), Erasing(request_id, 1), now)
    assert world.count(Citizen) == 1
