"""Indicators of a form: rows for scoring, and a fingerprint of what was read."""

from __future__ import annotations

from dataclasses import replace

from portal.domain.indicators import indicator_rows, wordings
from portal.domain.questionnaires import Page, Question, Questionnaire, QuestionType, wording_fingerprint
from portal.domain.scoring import indicator_scores
from tests.forms import degree, small_form


def form_of(*questions: Question) -> Questionnaire:
    return Questionnaire("form", {}, tuple(Page(question.name, (question,)) for question in questions))


def test_only_questions_with_an_indicator_are_scored() -> None:
    rows = indicator_rows(small_form())
    assert [row.question for row in rows] == ["belief_in_work", "job_search"]
    assert indicator_scores(rows, {"belief_in_work": "4"}) == {"belief_in_work": 4.0, "job_search": None}


def test_a_range_counts_as_the_number_that_was_chosen() -> None:
    level = Question(
        "level", QuestionType.RANGE, {"da": "Hvor meget?"}, indicator="level", start=1, end=5, step=0.5
    )
    assert indicator_scores(indicator_rows(form_of(level)), {"level": "2.5"}) == {"level": 2.5}


def test_a_range_of_millions_does_not_fill_the_memory() -> None:
    level = Question("level", QuestionType.RANGE, {"da": "?"}, indicator="level", start=0, end=10**9, step=1)
    assert len(indicator_rows(form_of(level))[0].scores) <= 1_001


def test_the_fingerprint_of_one_question_is_the_questions_own() -> None:
    form = small_form()
    expected = wording_fingerprint(form.questions["belief_in_work"], "en")
    assert wordings(form, {"belief_in_work": "en"}) == {"belief_in_work": expected}


def test_two_questions_of_one_indicator_share_a_fingerprint_that_tells_either_change() -> None:
    first = degree("first", "Et?", "One?")
    second = replace(degree("second", "To?", "Two?"), indicator="first")
    danish = {"first": "da", "second": "da"}
    before = wordings(form_of(first, second), danish)["first"]
    after = wordings(form_of(first, replace(second, labels={"da": "Noget andet?"})), danish)["first"]
    assert len(before) == len(after) == 64
    assert before != after
