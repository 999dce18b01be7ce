"""The caseworker's half: saved as she goes, nothing lost on an error, and sent in only when it is whole."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from database.engine import Database
from portal.domain.answering import Reason
from portal.domain.blinding import Sight, sight
from portal.domain.questionnaires import Answer, Missing
from portal.services.own_half import HalfFinished, NoHalf, OwnHalf, fill_half, open_half
from portal.services.whole_form import Filled
from portal.store import measurements
from portal.store.answering import IndicatorScore, Response
from portal.store.people import Citizen, Staff
from tests.factories import add_citizen, add_staff, add_team
from tests.measurements import Half, measure, ship_forms

QUESTIONS = (
    "health_coping",
    "belief_in_work",
    "cooperation",
    "everyday_coping",
    "network",
    "purpose",
    "job_knowledge",
    "caseworker_belief",
    "caseworker_purposeful",
)
WHOLE = dict.fromkeys(QUESTIONS, ("4",))


@pytest.fixture
def people(database: Database, municipality: int, now: datetime) -> tuple[Staff, Citizen]:
    with database.write(municipality) as session:
        ship_forms(session, now)
        staff = add_staff(session, now, team=add_team(session))
        return staff, add_citizen(session, now, staff)


@pytest.fixture
def measured(database: Database, people: tuple[Staff, Citizen], now: datetime) -> tuple[Staff, Citizen]:
    """The citizen's half is in."""
    with database.write(people[0].municipality_id) as session:
        measure(session, people[1], Half({}, now - timedelta(days=1)))
    return people


def fill(
    database: Database,
    people: tuple[Staff, Citizen],
    raw: Mapping[str, tuple[str, ...]],
    now: datetime,
    *,
    finish: bool = False,
) -> OwnHalf | HalfFinished | NoHalf:
    staff, citizen = people
    with database.write(staff.municipality_id) as session:
        return fill_half(session, citizen.id, staff.id, Filled(raw, finish), now)


def opened(database: Database, people: tuple[Staff, Citizen]) -> OwnHalf | NoHalf:
    with database.read(people[0].municipality_id) as session:
        return open_half(session, people[1].id)


def test_without_a_measurement_there_is_nothing_to_answer(
    database: Database, people: tuple[Staff, Citizen], now: datetime
) -> None:
    assert opened(database, people) is NoHalf.NOT_ASKED
    assert fill(database, people, WHOLE, now) is NoHalf.NOT_ASKED


def test_reading_the_form_begins_nothing(
    database: Database, measured: tuple[Staff, Citizen], now: datetime
) -> None:
    found = opened(database, measured)
    assert isinstance(found, OwnHalf) and found.answers == {}
    assert list(found.questionnaire.questions) == list(QUESTIONS)
    with database.read(measured[0].municipality_id) as session:
        assert session.scalars(select(Response.respondent)).all() == ["citizen"]


def test_a_draft_keeps_what_is_answered_and_misses_nothing(
    database: Database, measured: tuple[Staff, Citizen], now: datetime
) -> None:
    found = fill(database, measured, {"purpose": ("2",), "network": (Missing.DONT_KNOW,)}, now)
    assert isinstance(found, OwnHalf) and found.errors == {}
    again = opened(database, measured)
    assert isinstance(again, OwnHalf)
    assert again.answers == {"network": Answer(missing=Missing.DONT_KNOW), "purpose": Answer("2")}


def test_a_whole_draft_is_still_a_draft(
    database: Database, measured: tuple[Staff, Citizen], now: datetime
) -> None:
    assert isinstance(fill(database, measured, WHOLE, now), OwnHalf)
    assert isinstance(opened(database, measured), OwnHalf)


def test_finishing_names_what_is_missing_and_keeps_the_rest(
    database: Database, measured: tuple[Staff, Citizen], now: datetime
) -> None:
    part = {**WHOLE, "purpose": (), "network": ("9",)}
    found = fill(database, measured, part, now, finish=True)
    assert isinstance(found, OwnHalf)
    reasons = {name: error.reason for name, error in found.errors.items()}
    assert reasons == {"purpose": Reason.REQUIRED, "network": Reason.NOT_A_CHOICE}
    again = opened(database, measured)
    assert isinstance(again, OwnHalf) and again.answered == 7


def test_a_whole_half_is_scored_and_opens_the_citizens(
    database: Database, measured: tuple[Staff, Citizen], now: datetime
) -> None:
    staff, citizen = measured
    assert isinstance(fill(database, measured, WHOLE, now, finish=True), HalfFinished)
    with database.read(staff.municipality_id) as session:
        (row,) = measurements.of_citizen(session, citizen.id)
        assert sight(row.halves, [row.halves]) is Sight.VISIBLE
        mine = session.scalars(
            select(IndicatorScore.value).join(Response).where(Response.respondent == "caseworker")
        ).all()
        assert list(mine) == [4.0] * 9
        assert session.scalars(select(Response.staff_id).where(Response.respondent == "caseworker")).one()


def test_a_finished_half_takes_no_more_answers(
    database: Database, measured: tuple[Staff, Citizen], now: datetime
) -> None:
    fill(database, measured, WHOLE, now, finish=True)
    assert fill(database, measured, dict.fromkeys(QUESTIONS, ("1",)), now) is NoHalf.FINISHED
    assert opened(database, measured) is NoHalf.FINISHED


def test_the_half_is_of_the_newest_measurement(
    database: Database, measured: tuple[Staff, Citizen], now: datetime
) -> None:
    fill(database, measured, WHOLE, now, finish=True)
    with database.write(measured[0].municipality_id) as session:
        later = measure(session, measured[1], Half({}, now))
    finished = fill(database, measured, WHOLE, now, finish=True)
    assert isinstance(finished, HalfFinished) and finished.measurement_id == later.id


def test_a_form_of_the_citizen_alone_asks_for_no_second_half(
    database: Database, people: tuple[Staff, Citizen], now: datetime
) -> None:
    with database.write(people[0].municipality_id) as session:
        measure(session, people[1], Half({}, now), key="own_agenda")
    assert opened(database, people) is NoHalf.NOT_ASKED
