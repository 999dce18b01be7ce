"""The scores of one citizen over time, hers and her caseworker's side by side."""

from datetime import timedelta

import pytest

from portal.domain.progression import Change, GapKind, Help, NotComparable, Score, Transition
from portal.domain.questionnaires import Respondent
from portal.domain.scoring import Direction, IndicatorRow
from portal.domain.series import Entry, lay_out
from tests.conftest import NOW

LEVELS = {str(number): float(number) for number in range(1, 6)}
CHANGE = {"minus2": -2.0, "minus1": -1.0, "same": 0.0, "plus1": 1.0, "plus2": 2.0}
HERS, MINE = Respondent.CITIZEN, Respondent.CASEWORKER


def row(indicator: str, **values: object) -> IndicatorRow:
    return IndicatorRow(indicator, indicator, **{"scores": LEVELS, **values})  # type: ignore[arg-type]


def entry(
    number: int, value: float | None, indicator: str = "purpose", by: Respondent = HERS, **values: object
) -> Entry:
    score = Score(value, NOW + timedelta(days=90 * number), "da", Help.ALONE, indicator)
    for name, changed in values.items():
        object.__setattr__(score, name, changed)
    return Entry(number, by, indicator, score)


def test_each_indicator_has_a_verdict_for_each_party_and_the_gap_at_the_newest_measurement() -> None:
    entries = [entry(1, 2), entry(2, 4), entry(1, 3, by=MINE), entry(2, 2, by=MINE)]
    (only,) = lay_out(entries, [row("purpose")]).indicators
    assert only.citizen is not None and only.citizen.change is Change.PROGRESSION
    assert only.caseworker is not None and only.caseworker.change is Change.SMALL_CHANGE_DOWN
    assert only.gap is not None
    assert (only.gap.kind, only.gap.difference) == (GapKind.CITIZEN_HIGHER, -2)


def test_points_pair_the_two_halves_of_one_measurement_in_the_order_of_time() -> None:
    entries = [entry(2, 4), entry(1, 3, by=MINE), entry(1, 2)]
    (only,) = lay_out(entries, [row("purpose")]).indicators
    assert [(point.citizen_level, point.caseworker_level) for point in only.points] == [(2, 3), (4, None)]
    assert only.points[1].gap is None


def test_a_level_is_turned_so_that_up_is_closer_to_work() -> None:
    further = entry(1, 1, direction=Direction.FURTHER)
    (only,) = lay_out([further], [row("purpose")]).indicators
    assert only.points[0].citizen_level == 5


def test_a_missing_answer_has_no_level_and_the_one_before_it_is_compared_with() -> None:
    (only,) = lay_out([entry(1, 2), entry(2, None), entry(3, 4)], [row("purpose")]).indicators
    assert [point.citizen_level for point in only.points] == [2, None, 4]
    assert only.citizen is not None and only.citizen.change is Change.PROGRESSION


def test_indicators_stand_in_the_forms_order_and_one_that_left_the_form_is_left_out() -> None:
    entries = [entry(1, 2, "network"), entry(1, 2, "purpose"), entry(1, 2, "gone")]
    found = lay_out(entries, [row("purpose"), row("network")]).indicators
    assert [each.indicator for each in found] == ["purpose", "network"]


def test_the_citizens_own_word_on_the_change_is_no_level() -> None:
    entries = [entry(1, -1, "change"), entry(2, 1, "change")]
    found = lay_out(entries, [row("change", scores=CHANGE)])
    assert found.indicators == ()
    assert found.since_last is Transition.BETTER


def test_a_scale_that_is_neither_a_level_nor_a_change_is_left_out() -> None:
    found = lay_out([entry(1, 9, "pain")], [row("pain", scores={"0": 0.0, "9": 9.0})])
    assert (found.indicators, found.since_last, found.composite) == ((), None, None)


def test_the_wage_demand_has_a_row_of_its_own_and_no_part_in_the_composite() -> None:
    entries = [entry(1, 1, "wage_demand"), entry(1, 4, "purpose")]
    found = lay_out(entries, [row("purpose"), row("wage_demand", sensitive=True)])
    assert len(found.indicators) == 2
    assert found.composite is not None
    assert found.composite.verdict.later is not None and found.composite.verdict.later.value == 4
    assert (found.composite.answered, found.composite.of) == (1, 1)


@pytest.mark.parametrize(("answered", "value"), [(7, 3.0), (6, None)])
def test_the_composite_needs_seventy_of_a_hundred_answers(answered: int, value: float | None) -> None:
    names = [f"item{number}" for number in range(10)]
    entries = [entry(1, 3 if place < answered else None, name) for place, name in enumerate(names)]
    composite = lay_out(entries, [row(name) for name in names]).composite
    assert composite is not None and composite.verdict.later is not None
    assert (composite.verdict.later.value, composite.answered, composite.of) == (value, answered, 10)


def test_the_composite_counts_a_change_from_its_own_smallest_detectable_change() -> None:
    entries = [entry(1, 3), entry(1, 3, "network"), entry(2, 4), entry(2, 4, "network")]
    composite = lay_out(entries, [row("purpose"), row("network")]).composite
    assert composite is not None and composite.verdict.change is Change.PROGRESSION
    assert composite.sdc.value == 0.93


def test_the_composite_is_not_compared_when_one_wording_changed() -> None:
    entries = [entry(1, 3), entry(1, 3, "network"), entry(2, 5), entry(2, 5, "network", wording="new")]
    composite = lay_out(entries, [row("purpose"), row("network")]).composite
    assert composite is not None and composite.verdict.reason is NotComparable.WORDING


def test_the_caseworkers_answers_are_no_part_of_the_composite() -> None:
    assert lay_out([entry(1, 3, by=MINE)], [row("purpose")]).composite is None
