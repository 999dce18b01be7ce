"""Who answers while a caseworker is away."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.absence import LONGEST_DAYS, Place, Refusal, check_days, covered_by, may_cover, who_answers

TODAY = date(2026, 11, 18)
OURS, OTHER = Place(1, False), Place(2, False)
SUPPLIER, OTHER_SUPPLIER = Place(3, True), Place(4, True)
places = st.builds(Place, st.one_of(st.none(), st.integers(1, 4)), st.booleans())


@pytest.mark.parametrize(
    ("absent", "cover", "allowed"),
    [
        (OURS, OURS, True),
        (OURS, OTHER, True),
        (SUPPLIER, SUPPLIER, True),
        (OURS, SUPPLIER, False),
        (SUPPLIER, OURS, False),
        (SUPPLIER, OTHER_SUPPLIER, False),
        (OURS, Place(None, False), False),
    ],
)
def test_suppliers_and_the_municipality_never_cover_for_each_other(
    absent: Place, cover: Place, allowed: bool
) -> None:
    assert may_cover(absent, cover) is allowed


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (TODAY, TODAY, None),
        (TODAY - timedelta(days=3), TODAY, None),
        (None, TODAY, Refusal.DAYS_MISSING),
        (TODAY, None, Refusal.DAYS_MISSING),
        (TODAY, TODAY - timedelta(days=1), Refusal.ENDS_BEFORE_IT_BEGINS),
        (TODAY - timedelta(days=3), TODAY - timedelta(days=1), Refusal.IS_OVER),
        (TODAY, TODAY + timedelta(days=LONGEST_DAYS), Refusal.TOO_LONG),
    ],
)
def test_days_that_make_no_absence_are_refused(
    first: date | None, last: date | None, expected: Refusal | None
) -> None:
    assert check_days(first, last, TODAY) is expected


def test_whoever_is_here_answers_herself() -> None:
    assert who_answers(1, {}) == 1
    assert who_answers(1, {2: 1}) == 1


def test_a_cover_who_is_away_too_is_covered_in_turn() -> None:
    assert who_answers(1, {1: 2, 2: 3}) == 3
    assert covered_by(3, {1: 2, 2: 3}) == {1, 2}
    assert covered_by(2, {1: 2, 2: 3}) == frozenset()


def test_two_who_cover_each_other_do_not_send_us_round_in_circles() -> None:
    assert who_answers(1, {1: 2, 2: 1}) == 2
    assert who_answers(2, {1: 2, 2: 1}) == 1


covers = st.dictionaries(st.integers(1, 6), st.integers(1, 6))


@given(st.integers(1, 6), covers)
def test_exactly_one_answers_for_each(caseworker: int, away: dict[int, int]) -> None:
    answerer = who_answers(caseworker, away)
    assert caseworker == answerer or caseworker in covered_by(answerer, away)
    others = set(range(1, 7)) - {answerer, caseworker}
    assert not any(caseworker in covered_by(other, away) for other in others)


@given(st.integers(1, 6), covers)
def test_whoever_answers_is_here_unless_the_covers_run_in_a_circle(
    caseworker: int, away: dict[int, int]
) -> None:
    answerer, seen = caseworker, set()
    while answerer in away and answerer not in seen:
        seen.add(answerer)
        answerer = away[answerer]
    assert answerer in seen or who_answers(caseworker, away) == answerer
