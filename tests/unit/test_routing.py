from datetime import date
from typing import Any

from hypothesis import given as any_given
from hypothesis import strategies as st

from portal.domain.answering import PageAccepted, check_page
from portal.domain.expressions import compile_expression
from portal.domain.questionnaires import Answer, Choice, Missing, Questionnaire, QuestionType
from portal.domain.routing import Route, visible_choices
from tests.unit.questionnaire_examples import (
    answers_to,
    form,
    given,
    page,
    question,
    questionnaires,
    select,
)


def names(pages: Any) -> list[str]:
    return [each.name for each in pages]


BRANCH = form(select("a"), select("b", relevant="${a} > 2"), select("c", relevant="${b} > 2"), select("d"))


def test_a_page_shows_when_its_relevance_holds() -> None:
    assert names(Route(BRANCH, {}).pages) == ["a", "d"]
    assert names(Route(BRANCH, given(a="3")).pages) == ["a", "b", "d"]
    assert names(Route(BRANCH, given(a="3", b="3")).pages) == ["a", "b", "c", "d"]


def test_an_answer_that_is_no_longer_relevant_decides_nothing() -> None:
    assert names(Route(BRANCH, given(a="1", b="5")).pages) == ["a", "d"]


def test_dont_know_is_no_number() -> None:
    assert names(Route(BRANCH, given(a=Missing.DONT_KNOW)).pages) == ["a", "d"]


def test_answers_to_what_is_not_met_are_dropped_all_the_way_down() -> None:
    answers = given(a="1", b="5", c="5", d="2", unknown="1")
    assert Route(BRANCH, answers).answers == given(a="1", d="2")


def test_a_page_whose_questions_are_all_irrelevant_is_not_shown() -> None:
    questionnaire = form(
        select("a"), page(select("b", relevant="${a} = 1"), select("c", relevant="${a} = 2"))
    )
    assert names(Route(questionnaire, {}).pages) == ["a"]
    assert names(Route(questionnaire, given(a="2")).questions_on(questionnaire.pages[1])) == ["c"]
    assert Route(questionnaire, given(a="3")).questions_on(questionnaire.pages[1]) == ()


def test_next_and_previous_step_over_what_is_not_met() -> None:
    a, b, _, d = BRANCH.pages
    assert Route(BRANCH, given(a="1")).after(a) is d
    assert Route(BRANCH, given(a="1")).whereabouts(d).before is a
    assert Route(BRANCH, {}).whereabouts(a).before is None
    assert Route(BRANCH, {}).after(d) is None
    assert Route(BRANCH, given(a="1")).after(b) is d, "from a page that an answer took away"


def test_who_comes_back_goes_on_at_the_first_question_without_an_answer() -> None:
    assert Route(BRANCH, {}).first_unanswered is BRANCH.pages[0]
    assert Route(BRANCH, given(a="3")).first_unanswered is BRANCH.pages[1]
    assert Route(BRANCH, given(a="3", b=Missing.REFUSED)).first_unanswered is BRANCH.pages[3]
    assert Route(BRANCH, given(a="1", d="")).first_unanswered is None, "left blank is seen too"


def test_notes_that_lead_up_to_a_question_come_along() -> None:
    note = QuestionType.NOTE
    questionnaire = form(
        question("hello", note), select("a"), question("now", note), select("b"), question("end", note)
    )
    assert names([Route(questionnaire, {}).first_unanswered]) == ["hello"]
    assert names([Route(questionnaire, given(a="1")).first_unanswered]) == ["now"]
    assert Route(questionnaire, given(a="1", b="1")).first_unanswered is None


def test_progress_counts_the_pages_that_this_person_meets() -> None:
    a, b, _, d = BRANCH.pages
    assert Route(BRANCH, {}).whereabouts(a)[1:3] == (1, 2)
    assert Route(BRANCH, given(a="3")).whereabouts(b)[1:3] == (2, 3)
    assert Route(BRANCH, given(a="1")).whereabouts(d)[1:3] == (2, 2)
    assert Route(BRANCH, given(a="1")).whereabouts(b)[1:3] == (2, 2)


def test_a_choice_filter_reads_earlier_answers_and_the_columns_of_the_choice() -> None:
    towns = (
        Choice("odense", {"da": "Odense"}, attributes={"region": "fyn"}),
        Choice("vejle", {"da": "Vejle"}, attributes={"region": "jylland"}),
    )
    town = select("town", choices=towns, choice_filter="region = ${region} or name = 'vejle'")
    assert names(visible_choices(town, given(region="fyn"))) == ["odense", "vejle"]
    assert names(visible_choices(town, {})) == ["vejle"]
    assert visible_choices(select("a"), {}) == select("a").choices


@any_given(st.data())
def test_the_route_never_shows_what_is_not_relevant(data: st.DataObject) -> None:
    questionnaire = data.draw(questionnaires())
    answers = data.draw(answers_to(questionnaire))
    values = {name: answer.value for name, answer in Route(questionnaire, answers).answers.items()}
    for shown in Route(questionnaire, answers).pages:
        for source in (
            shown.relevant,
            *(q.relevant for q in Route(questionnaire, answers).questions_on(shown)),
        ):
            assert not source or compile_expression(source).holds(values)


@any_given(st.data())
def test_next_after_previous_is_where_one_was(data: st.DataObject) -> None:
    questionnaire = data.draw(questionnaires())
    answers = data.draw(answers_to(questionnaire))
    pages = Route(questionnaire, answers).pages
    for number, shown in enumerate(pages):
        before = Route(questionnaire, answers).whereabouts(shown).before
        assert before is (pages[number - 1] if number else None)
        assert before is None or Route(questionnaire, answers).after(before) is shown
        assert Route(questionnaire, answers).whereabouts(shown)[1:3] == (number + 1, len(pages))


@any_given(st.data())
def test_dropping_what_is_not_relevant_changes_nothing_more_the_second_time(data: st.DataObject) -> None:
    questionnaire = data.draw(questionnaires())
    answers = data.draw(answers_to(questionnaire))
    once = Route(questionnaire, answers).answers
    assert Route(questionnaire, once).answers == once
    assert Route(questionnaire, once).pages == Route(questionnaire, answers).pages


@any_given(questionnaires())
def test_whoever_answers_each_page_she_meets_comes_to_the_end(questionnaire: Questionnaire) -> None:
    answers: dict[str, Answer] = {}
    shown = Route(questionnaire, answers).first_unanswered
    for _ in range(len(questionnaire.pages) + 1):
        if shown is None:
            break
        asked = [q.name for q in Route(questionnaire, answers).questions_on(shown) if q.takes_answer]
        raw = {name: ["4"] for name in asked}
        accepted = check_page(Route(questionnaire, answers), shown, raw, date(2025, 1, 1))
        assert isinstance(accepted, PageAccepted)
        answers = Route(questionnaire, {**answers, **accepted.given}).answers
        shown = Route(questionnaire, answers).after(shown)
    assert shown is None
    assert Route(questionnaire, answers).first_unanswered is None
