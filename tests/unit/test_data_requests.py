from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.access import Resource, Role, allowed
from portal.domain.data_requests import (
    LONGEST,
    MOST_OPEN,
    RequestFacts,
    RequestRefusal,
    RequestState,
    due_on,
    state,
    why_not_answer,
    why_not_ask,
)
from portal.domain.own_data import may_download


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        (date(2026, 11, 18), date(2026, 12, 18)),
        (date(2026, 12, 18), date(2027, 1, 18)),
        (date(2027, 1, 31), date(2027, 2, 28)),
        (date(2028, 1, 31), date(2028, 2, 29)),
    ],
)
def test_an_answer_is_due_within_a_month_and_a_short_month_ends_on_its_last_day(
    asked: date, due: date
) -> None:
    assert due_on(asked) == due


@given(st.dates(max_value=date(9000, 1, 1)))
def test_no_answer_may_take_more_than_31_days(asked: date) -> None:
    assert 28 <= (due_on(asked) - asked).days <= 31


@pytest.mark.parametrize(
    ("answered", "withdrawn", "today", "expected"),
    [
        (False, False, date(2026, 12, 18), RequestState.OPEN),
        (False, False, date(2026, 12, 19), RequestState.OVERDUE),
        (True, False, date(2027, 6, 1), RequestState.ANSWERED),
        (False, True, date(2027, 6, 1), RequestState.WITHDRAWN),
    ],
)
def test_a_request_is_overdue_only_after_its_last_day_and_while_nobody_has_answered(
    answered: bool, withdrawn: bool, today: date, expected: RequestState
) -> None:
    assert state(RequestFacts(date(2026, 12, 18), answered, withdrawn), today) is expected


@pytest.mark.parametrize(
    ("kind", "words", "open_already", "expected"),
    [
        ("erasure", "", 0, None),
        ("correction", "Mit navn staves Maja", 0, None),
        ("correction", "", 0, RequestRefusal.EMPTY),
        ("", "x", 0, RequestRefusal.NO_KIND),
        ("access", "x", 0, RequestRefusal.NO_KIND),
        ("erasure", "x" * (LONGEST + 1), 0, RequestRefusal.TOO_LONG),
        ("erasure", "", MOST_OPEN, RequestRefusal.TOO_MANY),
    ],
)
def test_a_correction_says_what_is_wrong_and_an_erasure_needs_no_reason(
    kind: str, words: str, open_already: int, expected: RequestRefusal | None
) -> None:
    assert why_not_ask(kind, words, open_already) is expected


@pytest.mark.parametrize(
    ("outcome", "answer", "expected"),
    [
        ("refused", "Vi skal gemme det i fem år.", None),
        ("done", "", RequestRefusal.EMPTY),
        ("maybe", "x", RequestRefusal.NO_OUTCOME),
        ("done", "x" * (LONGEST + 1), RequestRefusal.TOO_LONG),
    ],
)
def test_every_answer_has_an_outcome_and_a_reason(
    outcome: str, answer: str, expected: RequestRefusal | None
) -> None:
    assert why_not_answer(outcome, answer) is expected


def test_a_pin_takes_a_copy_home_only_where_the_municipality_lets_it() -> None:
    assert not may_download(Role.CITIZEN_PIN, by_pin=False)
    assert may_download(Role.CITIZEN_PIN, by_pin=True)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.CITIZEN_PIN])
def test_the_municipalitys_leave_is_for_the_pin_alone(role: Role) -> None:
    assert may_download(role, by_pin=True) is allowed(role, Resource.OWN_EXPORT)
