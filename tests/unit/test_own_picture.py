"""What she is told of her own answers: good things first, small steps never as progression, and once."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from portal.domain.own_picture import Move, in_order, level_words, move, summary
from portal.domain.progression import Change, NotComparable, Verdict
from portal.domain.questionnaires import Choice, Page, Question, Questionnaire, QuestionType
from portal.web.charts import bar

CHOICES = tuple(Choice(str(level), {"da": f"trin {level}"}, float(level)) for level in range(1, 6))
QUESTION = Question("sleep", QuestionType.SELECT_ONE, {"da": "Sover du?"}, choices=CHOICES, indicator="sleep")


def form(*questions: Question) -> Questionnaire:
    return Questionnaire("f", {"da": "F"}, tuple(Page(each.name, (each,)) for each in questions))


def apart(reason: NotComparable) -> Verdict:
    return Verdict(Change.NOT_COMPARABLE, None, reason=reason)


def test_only_two_steps_or_more_are_told_as_better_or_harder() -> None:
    plain = {change for change in Change if move(change) in {Move.BETTER, Move.HARDER}}
    assert plain == {Change.PROGRESSION, Change.REGRESSION}


def test_two_small_steps_in_a_row_are_still_told_as_small() -> None:
    assert move(Change.TWO_SMALL_UP) is Move.LITTLE_UP
    assert move(Change.TWO_SMALL_DOWN) is Move.LITTLE_DOWN


@given(st.lists(st.sampled_from(list(Change))))
def test_every_theme_is_counted_once(changes: list[Change]) -> None:
    counted = summary(Verdict(change, None) for change in changes).counts
    assert sum(counted.values()) == len(changes)
    assert set(counted) == set(Move)


@given(st.lists(st.sampled_from(list(Move))))
def test_what_went_well_is_told_before_what_is_harder_and_nothing_is_left_out(moves: list[Move]) -> None:
    told = in_order([(each, each) for each in moves])
    assert sorted(told, key=list(Move).index) == list(told)
    assert len(told) == len(moves)


def test_themes_of_one_kind_stand_as_the_form_asks() -> None:
    assert in_order([(Move.SAME, "a"), (Move.BETTER, "b"), (Move.SAME, "c")]) == ("b", "a", "c")


def test_a_reason_that_all_share_is_told_once() -> None:
    both = [apart(NotComparable.LANGUAGE), apart(NotComparable.LANGUAGE)]
    assert summary(both).reason is NotComparable.LANGUAGE
    assert summary([*both, apart(NotComparable.HELP)]).reason is None


def test_first_answers_and_answers_apart_compare_nothing() -> None:
    assert not summary([Verdict(Change.NO_EARLIER, None), apart(NotComparable.HELP)]).compares
    assert summary([Verdict(Change.STAGNATION, None)]).compares


def test_a_level_has_the_words_of_the_answer_that_gives_it() -> None:
    assert level_words(form(QUESTION))["sleep"][4.0] == {"da": "trin 4"}


def test_where_high_is_further_from_work_the_words_turn_over_with_the_level() -> None:
    pain = replace(QUESTION, direction=-1)
    assert level_words(form(pain))["sleep"][5.0] == {"da": "trin 1"}


def test_a_mean_of_several_questions_has_no_words() -> None:
    assert level_words(form(QUESTION, replace(QUESTION, name="wake"))) == {}


@given(st.floats(1, 5))
def test_a_bar_is_filled_as_far_as_the_level_goes(level: float) -> None:
    fills = bar(level)
    assert len(fills) == 5 and abs(sum(fills) - level) < 1e-9
    assert all(0 <= fill <= 1 for fill in fills)
