import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.scoring import (
    Direction,
    IndicatorRow,
    Part,
    composite,
    composite_parts,
    indicator_scores,
    mean_of_answered,
)

LEVELS = {str(level): float(level) for level in range(1, 6)}
HEALTH = IndicatorRow("health", "health_coping", scores=LEVELS)
VALUES = st.lists(st.none() | st.integers(1, 5).map(float), min_size=1, max_size=60)


def sleep(number: int, direction: Direction = Direction.CLOSER) -> IndicatorRow:
    return IndicatorRow(f"sleep{number}", "sleep", direction, LEVELS)


def test_an_answer_gives_the_score_of_its_choice() -> None:
    often = IndicatorRow("search", "job_search", scores={"never": 1, "every_week": 5})
    assert indicator_scores([often], {"search": "every_week"}) == {"job_search": 5}


@pytest.mark.parametrize("answer", ["dont_know", "refused", "_dont_know", "_refused", None, "other"])
def test_a_missing_answer_is_missing_and_never_the_middle(answer: str | None) -> None:
    row = IndicatorRow("health", "health_coping", scores={**LEVELS, "dont_know": 3, "refused": 3})
    assert indicator_scores([row], {"health": answer}) == {"health_coping": None}


def test_a_question_that_was_never_shown_is_missing() -> None:
    assert indicator_scores([HEALTH], {}) == {"health_coping": None}


def test_several_choices_and_questions_without_scores_give_no_score() -> None:
    channels = IndicatorRow("channels", "job_search_channels", scores={"online": 1}, multiple=True)
    unscored = IndicatorRow("comment", "comment")
    assert indicator_scores([channels, unscored], {"channels": "online", "comment": "1"}) == {}


def test_questions_that_share_an_indicator_share_a_mean() -> None:
    answers = {"sleep1": "2", "sleep2": "3", "sleep3": "5", "sleep4": "refused"}
    assert indicator_scores(map(sleep, range(1, 5)), answers) == {"sleep": pytest.approx(10 / 3)}


def test_an_indicator_answered_less_than_seven_tenths_is_missing() -> None:
    assert indicator_scores(map(sleep, range(1, 4)), {"sleep1": "2", "sleep2": "3"}) == {"sleep": None}


def test_questions_of_one_indicator_never_point_in_different_directions() -> None:
    with pytest.raises(ValueError, match="'sleep' differ in direction"):
        indicator_scores([sleep(1), sleep(2, Direction.FURTHER)], {})


@pytest.mark.parametrize(("answered", "enough"), [(6, False), (7, True)])
def test_seven_of_ten_answered_is_enough_for_a_mean(answered: int, enough: bool) -> None:
    values = [4.0] * answered + [None] * (10 - answered)
    assert mean_of_answered(values) == (4.0 if enough else None)


def test_a_mean_of_nothing_is_missing() -> None:
    assert mean_of_answered([], 0.0) is None
    assert mean_of_answered([None], 0.0) is None


@given(VALUES)
def test_a_mean_never_leaves_the_range_of_its_answers(values: list[float | None]) -> None:
    answered = [value for value in values if value is not None]
    mean = mean_of_answered(values)
    if mean is None:
        assert 10 * len(answered) < 7 * len(values)
    else:
        assert min(answered) <= mean <= max(answered)
        assert 10 * len(answered) >= 7 * len(values)


@given(VALUES)
def test_what_is_missing_never_moves_the_mean(values: list[float | None]) -> None:
    answered = [value for value in values if value is not None]
    assert mean_of_answered(values) in (None, mean_of_answered(answered))


def test_the_composite_turns_over_what_points_away_from_work() -> None:
    assert composite([Part(5.0), Part(1.0, Direction.FURTHER)]) == 5.0


@given(st.lists(st.floats(1, 5).map(Part), max_size=12), st.none() | st.floats(1, 5))
def test_what_is_sensitive_never_touches_the_composite(parts: list[Part], wage: float | None) -> None:
    assert composite([*parts, Part(wage, averaged=False)]) == composite(parts)


def test_the_wage_demand_and_the_change_rating_are_left_out_of_the_composite() -> None:
    wage = IndicatorRow("wage", "wage_demand", scores=LEVELS, sensitive=True)
    change = IndicatorRow("change", "change", scores={"much_better": 2, "same": 0})
    parts = composite_parts([HEALTH, wage, change], {"health_coping": 4, "wage_demand": 1, "change": 2})
    assert [part.averaged for part in parts] == [True, False, False]
    assert composite(parts) == 4


def test_an_indicator_with_one_sensitive_question_is_sensitive() -> None:
    asked_twice = [IndicatorRow(name, "wage", scores=LEVELS, sensitive=name == "b") for name in "ab"]
    assert composite(composite_parts(asked_twice, {"wage": 4})) is None


def test_an_indicator_that_was_not_answered_counts_against_the_share() -> None:
    rows = [IndicatorRow(name, name, scores=LEVELS) for name in "abc"]
    assert composite(composite_parts(rows, {"a": 4, "b": 4})) is None
