import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.measurement_error import (
    COMPOSITE_SDC,
    ITEM_SDC,
    SdcSource,
    composite_sdc,
    expected_follow_up,
    group_sdc95,
    sdc95,
    sem,
)

ROUNDING = 0.005  # half of the last published decimal, in the error as in the change
RELIABILITIES = st.floats(0, 1)
SCORES = st.floats(1, 5)


@pytest.mark.parametrize(
    ("published_sem", "published_sdc"), [(1.56, 4.33), (3.64, 10.10), (1.47, 4.06), (2.44, 6.76)]
)
def test_the_published_changes_follow_from_the_published_errors(
    published_sem: float, published_sdc: float
) -> None:
    lowest, highest = sdc95(published_sem - ROUNDING), sdc95(published_sem + ROUNDING)
    assert lowest - ROUNDING <= published_sdc <= highest + ROUNDING


def test_the_change_of_one_item_follows_from_its_deviation_and_reliability() -> None:
    assert sdc95(sem(1.0, 0.64)) == pytest.approx(ITEM_SDC.value, abs=ROUNDING)


def test_the_change_of_the_composite_follows_from_its_deviation_and_reliability() -> None:
    assert sdc95(sem(0.75, 0.80)) == pytest.approx(COMPOSITE_SDC.value, abs=ROUNDING)


@given(st.floats(0, 10), RELIABILITIES, RELIABILITIES)
def test_a_more_reliable_scale_detects_a_smaller_change(sd: float, one: float, other: float) -> None:
    weaker, stronger = sorted((one, other))
    assert sdc95(sem(sd, stronger)) <= sdc95(sem(sd, weaker))


@given(st.floats(0, 10), st.integers(1, 10_000))
def test_a_group_detects_a_smaller_change_than_one_person(sdc: float, n: int) -> None:
    assert group_sdc95(sdc, n) <= sdc
    assert group_sdc95(sdc, n) * math.sqrt(n) == pytest.approx(sdc)


def test_a_group_of_nobody_has_no_detectable_change() -> None:
    with pytest.raises(ValueError, match="at least one"):
        group_sdc95(0.93, 0)


@pytest.mark.parametrize(("sd", "reliability"), [(-0.1, 0.5), (1.0, -0.1), (1.0, 1.1), (1.0, math.nan)])
def test_impossible_statistics_are_refused(sd: float, reliability: float) -> None:
    with pytest.raises(ValueError, match=r"never negative|between 0 and 1"):
        sem(sd, reliability)


def test_the_composite_keeps_the_assumed_change_until_a_hundred_pairs_are_in() -> None:
    assert composite_sdc([(3.0, 3.5)] * 99) == COMPOSITE_SDC
    assert COMPOSITE_SDC.source is SdcSource.COMPOSITE


def test_a_hundred_pairs_of_ones_own_give_the_composite_its_own_change() -> None:
    own = composite_sdc([(3.0, 3.5), (3.5, 3.0)] * 50)
    assert own.source is SdcSource.OWN_DATA
    assert own.pairs == 100
    assert own.value == pytest.approx(1.96 * 0.5 * math.sqrt(100 / 99))


@given(st.lists(st.tuples(SCORES, SCORES), min_size=100, max_size=110), st.floats(-2, 2))
def test_everybody_rising_alike_does_not_make_the_scale_less_exact(
    pairs: list[tuple[float, float]], rise: float
) -> None:
    risen = [(first, second + rise) for first, second in pairs]
    assert composite_sdc(risen).value == pytest.approx(composite_sdc(pairs).value, abs=1e-6)


def test_those_who_start_low_are_expected_to_rise_by_themselves() -> None:
    assert expected_follow_up(mean=3.0, reliability=0.64, first=1.0) == pytest.approx(1.72)


@given(SCORES, RELIABILITIES, SCORES)
def test_the_expected_follow_up_lies_between_the_first_score_and_the_mean(
    mean: float, reliability: float, first: float
) -> None:
    low, high = sorted((mean, first))
    assert low - 1e-9 <= expected_follow_up(mean, reliability, first) <= high + 1e-9
