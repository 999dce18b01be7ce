from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.measurement_error import COMPOSITE_SDC, ITEM_SDC, Sdc, SdcSource
from portal.domain.progression import (
    ITEM_THRESHOLD,
    Change,
    Gap,
    GapKind,
    Help,
    NotComparable,
    Score,
    Transition,
    compare,
    compare_composite,
    gap,
    series,
    transition,
)
from portal.domain.scoring import Direction

START = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
FIRST = Score(3, START, "da", Help.ALONE, "w1")
LEVELS = st.integers(1, 5).map(float)
ANSWERS = st.none() | LEVELS
OPPOSITE = {
    Change.PROGRESSION: Change.REGRESSION,
    Change.SMALL_CHANGE_UP: Change.SMALL_CHANGE_DOWN,
    Change.TWO_SMALL_UP: Change.TWO_SMALL_DOWN,
}
OPPOSITE |= {down: up for up, down in OPPOSITE.items()}


def scores(values: Sequence[float | None], direction: Direction = Direction.CLOSER) -> list[Score]:
    return [
        replace(FIRST, value=value, direction=direction, measured_at=START + timedelta(days=90 * number))
        for number, value in enumerate(values)
    ]


def changes(*values: float | None) -> list[Change]:
    return [verdict.change for verdict in series(scores(values))]


def test_two_steps_are_the_first_whole_step_above_the_smallest_detectable_change() -> None:
    assert ITEM_THRESHOLD - 1 < ITEM_SDC.value <= ITEM_THRESHOLD


@pytest.mark.parametrize(
    ("first", "second", "change"),
    [
        (2, 4, Change.PROGRESSION),
        (1, 5, Change.PROGRESSION),
        (3, 4, Change.SMALL_CHANGE_UP),
        (3, 3, Change.STAGNATION),
        (3, 2, Change.SMALL_CHANGE_DOWN),
        (4, 2, Change.REGRESSION),
    ],
)
def test_two_steps_are_a_change_one_may_be_chance_and_none_is_stagnation(
    first: float, second: float, change: Change
) -> None:
    verdict = compare(scores([first, second]))
    assert verdict.change is change
    assert verdict.delta == second - first


@given(st.lists(ANSWERS, min_size=2), st.sampled_from(Direction))
def test_one_step_is_never_progression_or_regression(values: list[float | None], way: Direction) -> None:
    for verdict in series(scores(values, way)):
        if verdict.change in {Change.PROGRESSION, Change.REGRESSION}:
            assert verdict.delta is not None
            assert abs(verdict.delta) >= 2


def test_two_small_steps_the_same_way_have_a_label_of_their_own() -> None:
    assert changes(2, 3, 4) == [Change.NO_EARLIER, Change.SMALL_CHANGE_UP, Change.TWO_SMALL_UP]
    assert changes(4, 3, 2) == [Change.NO_EARLIER, Change.SMALL_CHANGE_DOWN, Change.TWO_SMALL_DOWN]


@pytest.mark.parametrize(
    "values", [(3, 2, 3), (2, 3, 3, 4), (1, 3, 4), (3, 3, 4)], ids=["back", "pause", "leap", "still"]
)
def test_small_steps_that_do_not_follow_each_other_stay_single(values: tuple[float, ...]) -> None:
    assert changes(*values)[-1] is Change.SMALL_CHANGE_UP


def test_two_parts_of_a_step_are_not_two_steps() -> None:
    assert changes(2, 2.5, 3)[-1] is Change.SMALL_CHANGE_UP


def test_a_missing_answer_is_stepped_over() -> None:
    assert changes(2, None, 4) == [Change.NO_EARLIER, Change.MISSING, Change.PROGRESSION]
    assert changes(2, 3, None, 4)[-1] is Change.TWO_SMALL_UP


def test_a_missing_latest_answer_is_missing_and_not_the_one_before() -> None:
    assert changes(2, 4, None)[-1] is Change.MISSING


@pytest.mark.parametrize("values", [(3,), (None, 3), (None, None, 3)])
def test_the_first_answer_has_nothing_to_be_compared_with(values: tuple[float | None, ...]) -> None:
    assert changes(*values)[-1] is Change.NO_EARLIER


def test_without_any_measurement_there_is_nothing_to_say() -> None:
    assert compare([]).change is Change.MISSING
    assert compare_composite([]).change is Change.MISSING
    assert series([]) == ()


@pytest.mark.parametrize(
    ("differing", "reason"),
    [
        ({"language": "ar"}, NotComparable.LANGUAGE),
        ({"mode_help": Help.WITH_HELP}, NotComparable.HELP),
        ({"wording": "w2"}, NotComparable.WORDING),
        ({"direction": Direction.FURTHER}, NotComparable.WORDING),
        ({"language": "ar", "mode_help": Help.WITH_HELP, "wording": "w2"}, NotComparable.LANGUAGE),
    ],
)
def test_answers_given_differently_are_not_compared_and_say_why(
    differing: dict[str, Any], reason: NotComparable
) -> None:
    first, second = scores([1, 5])
    verdict = compare([first, replace(second, **differing)])
    assert verdict.change is Change.NOT_COMPARABLE
    assert verdict.reason is reason
    assert verdict.delta is None
    assert verdict.earlier == first


def test_a_small_step_after_a_break_in_comparison_stands_alone() -> None:
    one, two, three = scores([2, 3, 4])
    helped = [replace(score, mode_help=Help.WITH_HELP) for score in (two, three)]
    assert compare([one, *helped]).change is Change.SMALL_CHANGE_UP


def test_a_fall_is_progression_where_lower_is_closer_to_work() -> None:
    verdict = compare(scores([4, 2], Direction.FURTHER))
    assert verdict.change is Change.PROGRESSION
    assert verdict.delta == 2


@given(st.lists(ANSWERS))
def test_turning_the_scale_over_turns_every_verdict_over(values: list[float | None]) -> None:
    closer = [verdict.change for verdict in series(scores(values))]
    further = [verdict.change for verdict in series(scores(values, Direction.FURTHER))]
    assert further == [OPPOSITE.get(change, change) for change in closer]


@given(st.lists(ANSWERS, min_size=1).flatmap(lambda values: st.permutations(scores(values))))
def test_the_order_of_the_rows_does_not_matter_only_their_time(shuffled: list[Score]) -> None:
    ordered = sorted(shuffled, key=lambda score: score.measured_at)
    assert series(shuffled) == series(ordered)
    assert compare(shuffled).later == ordered[-1]


@given(LEVELS, LEVELS, LEVELS)
def test_a_higher_answer_never_gives_a_smaller_delta(first: float, one: float, other: float) -> None:
    low, high = (compare(scores([first, value])).delta for value in sorted((one, other)))
    assert low is not None
    assert high is not None
    assert low <= high


def test_means_do_not_fall_short_of_two_steps_by_a_hair() -> None:
    assert 4.1 - 2.1 < 2
    assert changes(2.1, 4.1)[-1] is Change.PROGRESSION


@pytest.mark.parametrize(
    ("later", "change"),
    [
        (3.93, Change.PROGRESSION),
        (3.92, Change.SMALL_CHANGE_UP),
        (3.0, Change.STAGNATION),
        (2.08, Change.SMALL_CHANGE_DOWN),
        (2.07, Change.REGRESSION),
    ],
)
def test_a_composite_changes_from_its_smallest_detectable_change_upwards(
    later: float, change: Change
) -> None:
    assert COMPOSITE_SDC.value == 0.93
    assert compare_composite(scores([3.0, later])).change is change


def test_a_composite_follows_the_change_measured_on_own_data() -> None:
    own = Sdc(0.5, SdcSource.OWN_DATA, pairs=120)
    assert compare_composite(scores([3.0, 3.5]), own).change is Change.PROGRESSION


def test_a_composite_steps_over_what_is_missing_and_refuses_what_differs() -> None:
    first, _, third = scores([2.0, None, 4.0])
    assert compare_composite(scores([2.0, None, 4.0])).delta == 2
    assert compare_composite(scores([2.0, None])).change is Change.MISSING
    assert compare_composite([first, replace(third, language="pl")]).reason is NotComparable.LANGUAGE


def test_the_citizens_own_word_on_the_change_is_read_as_it_stands() -> None:
    assert [transition(rating) for rating in (-2, -1, 0, 1, 2.0)] == list(Transition)
    assert transition(None) is None


@pytest.mark.parametrize("rating", [-3, 3, 0.5])
def test_a_rating_outside_the_five_is_refused(rating: float) -> None:
    with pytest.raises(ValueError, match=r"Transition|whole steps"):
        transition(rating)


@pytest.mark.parametrize(
    ("citizen", "caseworker", "expected"),
    [
        (2, 4, Gap(GapKind.CASEWORKER_HIGHER, 2)),
        (5, 2, Gap(GapKind.CITIZEN_HIGHER, -3)),
        (3, 4, Gap(GapKind.ALIKE, 1)),
        (3, 3, Gap(GapKind.ALIKE, 0)),
        (None, 3, Gap(GapKind.MISSING)),
        (3, None, Gap(GapKind.MISSING)),
    ],
)
def test_the_two_views_differ_from_two_steps(
    citizen: float | None, caseworker: float | None, expected: Gap
) -> None:
    assert gap(replace(FIRST, value=citizen), replace(FIRST, value=caseworker)) == expected


def test_views_on_scales_that_point_apart_are_turned_the_same_way_first() -> None:
    worry = replace(FIRST, value=1, direction=Direction.FURTHER)
    assert gap(worry, replace(FIRST, value=5)) == Gap(GapKind.ALIKE, 0)
