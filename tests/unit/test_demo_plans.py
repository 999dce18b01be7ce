"""What the demo is made of holds on any day of the year."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messaging.content_guard import findings
from portal.content import demo_dialogues, demo_people
from portal.domain.ageing import AgeingFacts, Colour, colour
from portal.services.demo.days import Days, chance
from portal.services.demo.plans import AGES, NOT_WHITE, Plan, Shape, Stand, plans_for

DAYS = st.dates(date(2024, 1, 1), date(2032, 12, 31))


@given(DAYS)
def test_an_age_gives_its_colour_whatever_the_months_before_it(today: date) -> None:
    for wanted, ages in AGES.items():
        for age in ages:
            facts = AgeingFacts(today - timedelta(days=age), caseworker_asked=False)
            assert colour(facts, today) is wanted


@given(DAYS, st.integers(0, 400), st.integers(0, 23))
def test_what_has_happened_lies_before_today_and_work_is_done_on_weekdays(
    today: date, days_ago: int, hour: int
) -> None:
    days = Days(today)
    assert days.at(days_ago, hour).date() < today
    assert days.at_work(days_ago, 12).weekday() < 5
    assert days.ahead(1, 10).date() > today


def test_two_caseworkers_of_a_team_meet_every_stand_between_them_and_the_rest_are_up_to_date() -> None:
    first, second = (plans_for(36, share, chance("a test")) for share in (0, 1))
    assert len(first) == len(second) == 36
    assert {plan.stand for plan in (*first, *second)} == set(Stand)
    assert sum(plan.stand is Stand.UP_TO_DATE for plan in (*first, *second)) == 72 - len(NOT_WHITE)


def test_a_caseworker_alone_meets_every_stand() -> None:
    assert {plan.stand for plan in plans_for(40, None, chance("a test"))} == set(Stand)


def test_what_a_caseworker_meets_besides_comes_to_what_every_team_meets() -> None:
    plans = plans_for(40, None, chance("a test"), (("NEW", "GREY", 5),))
    assert len(plans) == 40
    assert sum(plan.stand is Stand.NEW for plan in plans) == 6
    assert {plan.stand for plan in plans} == set(Stand)


def test_no_talk_leaves_the_citizen_waiting() -> None:
    for language, talks in demo_dialogues.DIALOGUES.items():
        ends_with_citizen = any(talk[-1].author == "citizen" for talk in talks)
        assert not ends_with_citizen or language in demo_dialogues.CLOSINGS


def test_chance_is_the_same_each_time_and_another_for_another_matter() -> None:
    assert chance("names").random() == chance("names").random()
    assert chance("names").random() != chance("answers").random()


def test_names_and_citizens_are_as_many_as_the_caseworkers_have() -> None:
    people = sum(names.count for names in demo_people.NAMES.values()) + len(demo_people.KNOWN)
    assert people == sum(person.citizens for person in demo_people.STAFF) == 200


@pytest.mark.parametrize("known", demo_people.KNOWN, ids=lambda known: known.first_name)
def test_a_known_citizen_has_a_plan_that_her_caseworker_meets(known: demo_people.KnownCitizen) -> None:
    plan = Plan(Stand[known.stand], Colour[known.colour], Shape[known.shape])
    assert (plan.stand, plan.colour) in {*NOT_WHITE, (Stand.UP_TO_DATE, Colour.WHITE)}


def test_nothing_sensitive_is_written_in_the_demo() -> None:
    turns = [turn.text for each in demo_dialogues.DIALOGUES.values() for talk in each for turn in talk]
    waiting = [text for texts in demo_dialogues.WAITING.values() for text in texts]
    for text in (*turns, *waiting, demo_dialogues.FIRST_TIME):
        assert not findings(text, takes_replies=True), text
