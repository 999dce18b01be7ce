"""A wish can only make less of what holds for everybody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messaging.policy import WEEKLY_CAP
from portal.domain.contact_wishes import CAPS, DAYS, HOURS, PartOfDay, days_of, stored, with_day
from portal.services.contact import ContactError, word_error
from portal.services.sms.permission import ALWAYS, WINDOW, wishes_of
from portal.store.people import Citizen

some_days = st.frozensets(st.sampled_from(DAYS), min_size=1)


@given(some_days)
def test_days_come_back_as_they_were_kept(days: frozenset[int]) -> None:
    assert days_of(stored(days)) == days


@given(some_days, st.integers(-2, 9), st.booleans())
def test_no_choice_of_days_leaves_none(days: frozenset[int], day: int, wanted: bool) -> None:
    after = with_day(days, day, wanted=wanted)
    assert after is None or (after and after <= frozenset(DAYS) and (day in after) is wanted)


def test_the_last_day_is_not_taken_away() -> None:
    assert with_day(frozenset({2}), 2, wanted=False) is None


@pytest.mark.parametrize("part", PartOfDay)
def test_each_part_of_the_day_lies_within_our_hours(part: PartOfDay) -> None:
    start, end = HOURS[part]
    assert WINDOW.start <= start < end <= WINDOW.end


def test_who_has_chosen_nothing_gets_what_everybody_gets() -> None:
    for window in (WINDOW, ALWAYS):
        assert wishes_of(Citizen()).within(window) == window
    assert wishes_of(Citizen()).cap == WEEKLY_CAP == max(CAPS)


@pytest.mark.parametrize("word", ["lærke", "Ål", "زهرة", "сонце", "ሰላም", "गुलाब", "blå-mejse", ""])
def test_a_word_may_be_of_any_script(word: str) -> None:
    assert word_error(word) is None


@pytest.mark.parametrize("word", ["a.dk", "4711", "x" * 21, "www/x", "<b>"])
def test_a_word_holds_nothing_that_could_be_a_link_or_a_number(word: str) -> None:
    assert word_error(word) in (ContactError.WORD_SIGNS, ContactError.WORD_TOO_LONG)
