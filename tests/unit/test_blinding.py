"""Staff see a citizen's answers only when they can no longer colour the caseworker's own."""

from datetime import timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.blinding import Halves, Sight, sight, visible_measurements
from tests.conftest import NOW


def halves(number: int = 1, *, asked: bool = True, citizen: bool = True, caseworker: bool = True) -> Halves:
    return Halves(number, NOW + timedelta(days=90 * number), asked, citizen, caseworker)


def test_a_measurement_is_seen_when_both_halves_are_in() -> None:
    assert sight(halves(), [halves()]) is Sight.VISIBLE


def test_the_citizens_half_is_blind_until_the_caseworker_has_given_hers() -> None:
    waiting = halves(caseworker=False)
    assert sight(waiting, [waiting]) is Sight.BLIND


@pytest.mark.parametrize(("asked", "caseworker"), list(product([True, False], repeat=2)))
def test_what_the_citizen_has_not_finished_is_never_shown(asked: bool, caseworker: bool) -> None:
    begun = halves(asked=asked, citizen=False, caseworker=caseworker)
    assert sight(begun, [begun, halves(2)]) is Sight.NOT_FINISHED


def test_a_form_of_the_citizen_alone_is_seen_as_soon_as_it_is_finished() -> None:
    alone = halves(asked=False, caseworker=False)
    assert sight(alone, [alone]) is Sight.VISIBLE


def test_a_half_that_never_came_hides_the_other_until_a_later_measurement_is_whole() -> None:
    skipped, later = halves(1, caseworker=False), halves(2)
    assert sight(skipped, [skipped, halves(2, caseworker=False)]) is Sight.BLIND
    assert sight(skipped, [skipped, later]) is Sight.VISIBLE


def test_an_earlier_whole_measurement_opens_no_later_one() -> None:
    assert visible_measurements([halves(1), halves(2, caseworker=False)]) == {1}


measurements = st.lists(
    st.builds(
        lambda asked, citizen, caseworker: (asked, citizen, caseworker),
        st.just(True),
        st.booleans(),
        st.booleans(),
    ),
    max_size=6,
)


@given(measurements)
def test_after_the_last_whole_measurement_nothing_is_visible(facts: list[tuple[bool, bool, bool]]) -> None:
    all_of_her = [
        halves(number, asked=asked, citizen=citizen, caseworker=caseworker)
        for number, (asked, citizen, caseworker) in enumerate(facts)
    ]
    whole = [each.measurement_id for each in all_of_her if each.is_whole]
    seen = visible_measurements(all_of_her)
    assert max(seen, default=-1) == max(whole, default=-1)
    assert all(each.citizen_finished for each in all_of_her if each.measurement_id in seen)
