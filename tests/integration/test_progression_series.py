"""A citizen's progression out of the database, for her caseworker and for herself."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import event

from database.engine import Database
from portal.domain.progression import Change, NotComparable
from portal.domain.questionnaires import Respondent
from portal.services.progression import Audience, FormProgression, citizen_series
from portal.store.people import Citizen
from tests.factories import add_citizen, add_staff, add_team
from tests.measurements import Half, measure, ship_forms

QUARTER = timedelta(days=91)
MINE = Respondent.CASEWORKER


@pytest.fixture
def citizen(database: Database, municipality: int, now: datetime) -> Citizen:
    with database.write(municipality) as session:
        ship_forms(session, now)
        return add_citizen(session, now, add_staff(session, now, team=add_team(session)))


def series(database: Database, citizen: Citizen, audience: Audience = Audience.STAFF) -> FormProgression:
    with database.read(citizen.municipality_id) as session:
        (only,) = citizen_series(session, citizen.id, audience)
        return only


def changes(found: FormProgression) -> dict[str, Change]:
    return {each.indicator: each.citizen.change for each in found.progression.indicators if each.citizen}


def test_two_whole_measurements_give_verdicts_gaps_and_a_composite(
    database: Database, citizen: Citizen, now: datetime
) -> None:
    earlier = now - QUARTER
    with database.write(citizen.municipality_id) as session:
        measure(session, citizen, Half({"purpose": 2, "network": 3}, earlier), Half({}, earlier, MINE))
        measure(session, citizen, Half({"purpose": 4, "network": 4}, now), Half({"purpose": 2}, now, MINE))
    found = series(database, citizen)
    assert changes(found)["purpose"] is Change.PROGRESSION
    assert changes(found)["network"] is Change.SMALL_CHANGE_UP
    purpose = next(each for each in found.progression.indicators if each.indicator == "purpose")
    assert purpose.gap is not None and purpose.gap.difference == -2
    assert [point.caseworker_level for point in purpose.points] == [3, 2]
    composite = found.progression.composite
    assert composite is not None and composite.of == 9  # ten indicators without the wage demand
    assert found.labels["purpose"]["da"] == "Ved du, hvad dit næste skridt er?"
    assert found.hidden == 0


def test_staff_see_nothing_of_a_measurement_whose_own_half_is_missing(
    database: Database, citizen: Citizen, now: datetime
) -> None:
    earlier = now - QUARTER
    with database.write(citizen.municipality_id) as session:
        measure(session, citizen, Half({"purpose": 2}, earlier), Half({}, earlier, MINE))
        measure(session, citizen, Half({"purpose": 5}, now))
    for_staff = series(database, citizen)
    assert for_staff.progression.measured_at == (earlier,)
    assert for_staff.hidden == 1


def test_a_citizen_sees_her_own_half_at_once_and_never_her_caseworkers(
    database: Database, citizen: Citizen, now: datetime
) -> None:
    earlier = now - QUARTER
    with database.write(citizen.municipality_id) as session:
        measure(session, citizen, Half({"purpose": 2}, earlier), Half({}, earlier, MINE))
        measure(session, citizen, Half({"purpose": 5}, now))
    found = series(database, citizen, Audience.CITIZEN)
    assert changes(found)["purpose"] is Change.PROGRESSION
    assert all(each.caseworker is None and each.gap is None for each in found.progression.indicators)


@pytest.mark.parametrize(
    ("values", "reason"),
    [({"language": "en"}, NotComparable.LANGUAGE), ({"help": "with_help"}, NotComparable.HELP)],
)
def test_another_language_or_help_is_told_as_not_comparable(
    database: Database, citizen: Citizen, now: datetime, values: dict[str, str], reason: NotComparable
) -> None:
    with database.write(citizen.municipality_id) as session:
        for at, own in ((now - QUARTER, {}), (now, values)):
            measure(session, citizen, Half({}, at, **own), Half({}, at, MINE))  # type: ignore[arg-type]
    found = series(database, citizen)
    verdict = found.progression.indicators[0].citizen
    assert verdict is not None and verdict.reason is reason


def test_a_form_that_is_not_finished_gives_nothing(
    database: Database, citizen: Citizen, now: datetime
) -> None:
    with database.write(citizen.municipality_id) as session:
        measure(session, citizen, Half({}, now, finished=False))
    with database.read(citizen.municipality_id) as session:
        assert citizen_series(session, citizen.id, Audience.CITIZEN) == ()


def test_the_number_of_queries_does_not_grow_with_the_measurements(
    database: Database, citizen: Citizen, now: datetime
) -> None:
    with database.write(citizen.municipality_id) as session:
        for quarter in range(6):
            at = now - quarter * QUARTER
            measure(session, citizen, Half({}, at), Half({}, at, MINE))
    series(database, citizen)
    asked: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    series(database, citizen)
    assert len([each for each in asked if each.lstrip().upper().startswith("SELECT")]) == 3
