from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.ageing import (
    AgeingFacts,
    Colour,
    NotWhite,
    Standing,
    StatusRow,
    add_months,
    colour,
    counted_from,
    local_day,
    status_table,
    why_not_white,
)
from portal.domain.invitations import InvitationSteps, Stage

TODAY = date(2026, 6, 15)
NOON = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)
COPENHAGEN = ZoneInfo("Europe/Copenhagen")
DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))
MONTHS = st.integers(0, 60)
MAYBE = st.none() | st.just(NOON)
STEPS = st.builds(InvitationSteps, MAYBE, MAYBE, MAYBE, MAYBE, MAYBE)
FACTS = st.builds(
    AgeingFacts,
    last_answered_on=st.none() | st.dates(date(2025, 12, 1), TODAY),
    caseworker_answered_on=st.none() | st.dates(date(2025, 12, 1), TODAY),
    invited_on=st.none() | st.dates(date(2025, 12, 1), TODAY),
    newest_invitation=st.none() | STEPS,
    standing=st.sampled_from(Standing),
    caseworker_asked=st.booleans(),
)

# FOKUS' printed status table: white, yellow, red, exempt, dropped out.
PRINTED = [
    (774, 774, 0, 0, 1, 3),
    (159, 132, 27, 0, 0, 1),
    (183, 72, 8, 103, 2, 12),
    (302, 146, 40, 116, 28, 39),
    (84, 84, 0, 0, 0, 0),
    (210, 149, 13, 48, 2, 70),
    (929, 143, 786, 0, 46, 6),
    (871, 440, 101, 330, 22, 74),
]


def answered(day: date | None) -> AgeingFacts:
    return AgeingFacts(last_answered_on=day, caseworker_answered_on=day)


def people(white: int, yellow: int, red: int, exempt: int, dropped_out: int) -> Iterator[AgeingFacts]:
    """Citizens at the edges of each colour: the first and the last day of it, by turns."""
    yellow_from, red_from = add_months(TODAY, -3), add_months(TODAY, -4)
    edges = (
        (white, (TODAY, yellow_from + timedelta(days=1))),
        (yellow, (yellow_from, red_from + timedelta(days=1))),
        (red, (red_from, date(2020, 2, 29))),
    )
    for wanted, days in edges:
        yield from (answered(days[number % 2]) for number in range(wanted))
    yield from (replace(answered(TODAY), standing=Standing.EXEMPT) for _ in range(exempt))
    yield from (replace(answered(None), standing=Standing.DROPPED_OUT) for _ in range(dropped_out))


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2025, 11, 30), 3, date(2026, 2, 28)),
        (date(2023, 11, 30), 3, date(2024, 2, 29)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 10, 31), 4, date(2027, 2, 28)),
        (date(2026, 9, 15), 3, date(2026, 12, 15)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
    ],
)
def test_months_are_calendar_months_and_clamp_at_the_months_end(start: date, months: int, end: date) -> None:
    assert add_months(start, months) == end


@given(DAYS, MONTHS)
def test_adding_months_lands_in_the_right_month_and_never_on_a_later_day(day: date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day <= day.day
    assert later.day == day.day or (later + timedelta(days=1)).day == 1


@given(DAYS, DAYS, MONTHS)
def test_adding_months_keeps_the_order_of_days(one: date, other: date, months: int) -> None:
    first, second = sorted((one, other))
    assert add_months(first, months) <= add_months(second, months)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 2, 27), Colour.WHITE),
        (date(2026, 2, 28), Colour.YELLOW),
        (date(2026, 3, 29), Colour.YELLOW),
        (date(2026, 3, 30), Colour.RED),
    ],
)
def test_an_answer_is_white_below_three_months_yellow_below_four_then_red(
    today: date, expected: Colour
) -> None:
    assert colour(answered(date(2025, 11, 30)), today) is expected


def test_a_citizen_who_never_answered_is_grey_and_counted_from_the_invitation() -> None:
    invited = AgeingFacts(invited_on=date(2026, 6, 1))
    assert colour(invited, TODAY) is Colour.GREY
    assert counted_from(invited) == date(2026, 6, 1)


def test_a_row_is_as_old_as_the_older_of_its_two_halves() -> None:
    old, new = date(2026, 3, 1), date(2026, 6, 10)
    for facts in (AgeingFacts(old, new), AgeingFacts(new, old)):
        assert colour(facts, TODAY) is Colour.YELLOW
        assert counted_from(facts) == old


def test_a_form_without_a_caseworkers_half_is_as_old_as_the_citizens_answer() -> None:
    alone = AgeingFacts(last_answered_on=TODAY, caseworker_asked=False)
    assert colour(alone, TODAY) is Colour.WHITE
    assert counted_from(alone) == TODAY
    assert why_not_white(alone, TODAY) is None


@given(FACTS, st.integers(0, 400))
def test_a_row_only_gets_older_by_waiting(facts: AgeingFacts, days: int) -> None:
    ages = [Colour.WHITE, Colour.YELLOW, Colour.RED, Colour.GREY]
    later = TODAY + timedelta(days=days)
    assert ages.index(colour(facts, TODAY)) <= ages.index(colour(facts, later))


@pytest.mark.parametrize(
    ("steps", "reason"),
    [
        (None, NotWhite.NOT_SENT),
        (InvitationSteps(), NotWhite.NOT_SENT),
        (InvitationSteps(NOON), NotWhite.NOT_DELIVERED),
        (InvitationSteps(NOON, NOON), NotWhite.NOT_OPENED),
        (InvitationSteps(NOON, NOON, NOON), NotWhite.NOT_STARTED),
        (InvitationSteps(NOON, NOON, NOON, NOON), NotWhite.NOT_FINISHED),
        (InvitationSteps(NOON, NOON, NOON, NOON, NOON), NotWhite.NOT_SENT),
        (InvitationSteps(NOON, None, NOON), NotWhite.NOT_STARTED),
    ],
)
def test_a_row_that_is_not_white_says_how_far_the_newest_invitation_came(
    steps: InvitationSteps | None, reason: NotWhite
) -> None:
    grey = AgeingFacts(newest_invitation=steps)
    red = replace(answered(date(2026, 1, 1)), newest_invitation=steps)
    assert why_not_white(grey, TODAY) is reason
    assert why_not_white(red, TODAY) is reason


@pytest.mark.parametrize("caseworker", [None, date(2026, 1, 1)])
def test_a_citizen_who_has_answered_is_never_asked_again_for_the_caseworkers_sake(
    caseworker: date | None,
) -> None:
    facts = AgeingFacts(last_answered_on=TODAY, caseworker_answered_on=caseworker)
    assert why_not_white(facts, TODAY) is NotWhite.CASEWORKER_HALF_MISSING


@given(FACTS)
def test_a_row_says_why_exactly_when_it_counts_and_is_not_white(facts: AgeingFacts) -> None:
    counts = facts.standing is Standing.ACTIVE
    not_white = colour(facts, TODAY) is not Colour.WHITE
    assert (why_not_white(facts, TODAY) is not None) == (counts and not_white)


@given(STEPS, st.sampled_from(["sent_at", "delivered_at", "opened_at", "started_at", "finished_at"]))
def test_one_more_step_never_takes_an_invitation_back(steps: InvitationSteps, step: str) -> None:
    assert replace(steps, **{step: NOON}).reached >= steps.reached
    assert replace(steps, **{step: NOON}).reached > Stage.NOT_SENT


@pytest.mark.parametrize("row", PRINTED)
def test_the_printed_status_table_comes_out_row_by_row(row: tuple[int, int, int, int, int, int]) -> None:
    citizens, white, yellow, red, exempt, dropped_out = row
    counted = status_table(people(white, yellow, red, exempt, dropped_out), TODAY)
    assert counted == StatusRow(white, yellow, red, 0, exempt, dropped_out)
    assert counted.citizens == citizens


def test_the_printed_status_table_sums_up() -> None:
    total = sum((status_table(people(*row[1:]), TODAY) for row in PRINTED), StatusRow())
    assert total == StatusRow(white=1940, yellow=975, red=597, exempt=101, dropped_out=205)
    assert total.citizens == 3512


@given(st.lists(FACTS, max_size=30))
def test_everybody_is_counted_once(rows: list[AgeingFacts]) -> None:
    counted = status_table(rows, TODAY)
    assert counted.citizens + counted.exempt + counted.dropped_out == len(rows)
    assert counted.citizens == sum(facts.standing is Standing.ACTIVE for facts in rows)


def test_a_day_is_the_day_on_the_municipalitys_own_calendar() -> None:
    assert local_day(datetime(2026, 6, 30, 22, 30, tzinfo=UTC), COPENHAGEN) == date(2026, 7, 1)
    assert local_day(datetime(2026, 12, 31, 22, 30, tzinfo=UTC), COPENHAGEN) == date(2026, 12, 31)


def test_a_moment_without_a_time_zone_has_no_day() -> None:
    with pytest.raises(ValueError, match="time zone"):
        local_day(NOON.replace(tzinfo=None), COPENHAGEN)
