from datetime import date

import pytest
from hypothesis import given as any_given
from hypothesis import strategies as st

from portal.domain.answering import AnswerError, PageAccepted, PageRejected, Reason, check_page
from portal.domain.questionnaires import Answer, Answers, Missing, Question, QuestionType
from portal.domain.routing import Route
from tests.unit.questionnaire_examples import form, given, page, question, select

TODAY = date(2025, 11, 22)


def answer(asked: Question, *typed: str, answers: Answers | None = None) -> Answer | Reason:
    """What comes of typing this on a page with that one question."""
    questionnaire = form(asked)
    result = check_page(
        Route(questionnaire, answers or {}), questionnaire.pages[0], {asked.name: typed}, TODAY
    )
    if isinstance(result, PageRejected):
        return result.errors[asked.name].reason
    return result.given[asked.name]


CASES: list[tuple[QuestionType, str, str | Reason]] = [
    (QuestionType.INTEGER, "3", "3"),
    (QuestionType.INTEGER, " 03 ", "3"),
    (QuestionType.INTEGER, "-3", "-3"),
    (QuestionType.INTEGER, "−3", "-3"),
    (QuestionType.INTEGER, "٣", "3"),
    (QuestionType.INTEGER, "3.0", "3"),
    (QuestionType.INTEGER, "-0", "0"),
    (QuestionType.INTEGER, "3,5", Reason.NOT_A_NUMBER),
    (QuestionType.INTEGER, "1e3", Reason.NOT_A_NUMBER),
    (QuestionType.INTEGER, "tre", Reason.NOT_A_NUMBER),
    (QuestionType.INTEGER, "9" * 16, Reason.NOT_A_NUMBER),
    (QuestionType.DECIMAL, "2,50", "2.5"),
    (QuestionType.DECIMAL, "2.5", "2.5"),
    (QuestionType.DECIMAL, "٢٫٥", "2.5"),
    (QuestionType.DECIMAL, "100", "100"),
    (QuestionType.DECIMAL, "1.000,5", Reason.NOT_A_NUMBER),
    (QuestionType.DECIMAL, "nan", Reason.NOT_A_NUMBER),
    (QuestionType.DATE, "2025-01-31", "2025-01-31"),
    (QuestionType.DATE, "2025-02-30", Reason.NOT_A_DATE),
    (QuestionType.DATE, "20250131", Reason.NOT_A_DATE),
    (QuestionType.DATE, "31.1.2025", Reason.NOT_A_DATE),
    (QuestionType.TEXT, " to\r\nlinjer ", "to\nlinjer"),
    (QuestionType.TEXT, "a\x00b\x1bc\td", "abc\td"),
    (QuestionType.TEXT, "å" * 10_000, "å" * 10_000),
    (QuestionType.TEXT, "å" * 10_001, Reason.TOO_LONG),
]


@pytest.mark.parametrize(("type_", "typed", "expected"), CASES)
def test_what_is_typed_is_read_or_refused(type_: QuestionType, typed: str, expected: str | Reason) -> None:
    read = answer(question("q", type_), typed)
    assert read == (expected if isinstance(expected, Reason) else Answer(expected))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("1", "1"), ("1.0", "1"), ("2,5", "2.5"), ("5", "5"), ("0.5", None), ("5.5", None), ("2.25", None)],
)
def test_a_range_takes_its_own_steps_only(typed: str, expected: str | None) -> None:
    asked = question("q", QuestionType.RANGE, start=1.0, end=5.0, step=0.5)
    assert answer(asked, typed) == (Answer(expected) if expected else Reason.OUT_OF_RANGE)
    assert answer(asked, "to") is Reason.NOT_A_NUMBER


def test_one_choice_of_those_that_are_there() -> None:
    assert answer(select("q"), "3") == Answer("3")
    assert answer(select("q"), "3", "3") == Answer("3")
    assert answer(select("q"), "6") is Reason.NOT_A_CHOICE
    assert answer(select("q"), "3", "4") is Reason.NOT_A_CHOICE
    assert answer(select("q"), "3 4") is Reason.NOT_A_CHOICE


def test_several_choices_are_kept_in_the_order_of_the_form() -> None:
    asked = question("q", QuestionType.SELECT_MULTIPLE, choices=select("q").choices)
    assert answer(asked, "4", "1", "4") == Answer("1 4")
    assert answer(asked, "4", "9") is Reason.NOT_A_CHOICE


def test_a_choice_that_the_filter_hides_is_no_choice() -> None:
    asked = select("q", choice_filter="name <= ${top}")
    questionnaire = form(select("top"), asked)
    for typed, kind in (("2", PageAccepted), ("3", PageRejected)):
        result = check_page(
            Route(questionnaire, given(top="2")), questionnaire.pages[1], {"q": [typed]}, TODAY
        )
        assert isinstance(result, kind)


@pytest.mark.parametrize("missing", Missing)
@pytest.mark.parametrize("type_", [type_ for type_ in QuestionType if type_ is not QuestionType.NOTE])
def test_every_question_can_be_answered_with_not_known_or_not_said(
    missing: Missing, type_: QuestionType
) -> None:
    asked = question("q", type_, required=True, constraint=". = 'never'", choices=select("q").choices)
    assert answer(asked, missing) == Answer(missing=missing)
    assert answer(asked, "something typed before", missing) == Answer(missing=missing)


def test_a_required_question_needs_an_answer_and_any_other_may_be_left_blank() -> None:
    assert answer(select("q", required=True)) is Reason.REQUIRED
    assert answer(question("q", required=True), "  ") is Reason.REQUIRED
    assert answer(question("q"), "  ") == Answer()


def test_errors_carry_the_authors_sentence_and_what_was_typed() -> None:
    asked = question(
        "age",
        QuestionType.INTEGER,
        constraint=". >= 18 and . < 120",
        constraint_messages={"da": "Skriv din alder."},
    )
    needed = question("name", required=True, required_messages={"da": "Skriv dit navn."})
    questionnaire = form(page(asked, needed))
    result = check_page(
        Route(questionnaire, {}), questionnaire.pages[0], {"age": ["17"], "name": [""]}, TODAY
    )
    assert result == PageRejected(
        errors={
            "age": AnswerError(Reason.CONSTRAINT, {"da": "Skriv din alder."}),
            "name": AnswerError(Reason.REQUIRED, {"da": "Skriv dit navn."}),
        },
        typed={"age": ("17",), "name": ("",)},
    )


def test_a_constraint_judges_by_today_by_earlier_answers_and_by_its_own_page() -> None:
    born = question("born", QuestionType.DATE, constraint=". <= today()")
    assert answer(born, "2025-11-22") == Answer("2025-11-22")
    assert answer(born, "2025-11-23") is Reason.CONSTRAINT
    least = question("least", QuestionType.INTEGER)
    most = question("most", QuestionType.INTEGER, constraint=". >= ${least}")
    questionnaire = form(page(least, most))
    typed = {"least": ["3"], "most": ["2"]}
    result = check_page(Route(questionnaire, {}), questionnaire.pages[0], typed, TODAY)
    assert isinstance(result, PageRejected)
    assert result.errors["most"].reason is Reason.CONSTRAINT


def test_a_constraint_does_not_judge_a_blank() -> None:
    assert answer(question("q", constraint=". = 'x'"), "") == Answer()


def test_a_question_that_is_not_asked_here_is_refused_and_nothing_is_kept() -> None:
    note = question("note", QuestionType.NOTE)
    hidden = select("hidden", relevant="${other} = 1")
    questionnaire = form(select("other"), page(select("a"), note, hidden))
    for name in ("other", "note", "hidden", "nobody"):
        result = check_page(
            Route(questionnaire, {}), questionnaire.pages[1], {"a": ["1"], name: ["1"]}, TODAY
        )
        assert isinstance(result, PageRejected)
        assert result.errors == {name: AnswerError(Reason.UNKNOWN_QUESTION)}


def test_a_page_that_is_not_met_takes_no_answer() -> None:
    questionnaire = form(select("a"), select("b", relevant="${a} = 1"))
    result = check_page(Route(questionnaire, given(a="2")), questionnaire.pages[1], {"b": ["1"]}, TODAY)
    assert isinstance(result, PageRejected)


def test_a_page_of_notes_is_passed_without_an_answer() -> None:
    questionnaire = form(question("hello", QuestionType.NOTE), select("a"))
    assert check_page(Route(questionnaire, given(a="1")), questionnaire.pages[0], {}, TODAY) == PageAccepted(
        {}
    )


def test_a_changed_answer_takes_away_what_it_made_irrelevant() -> None:
    questionnaire = form(select("a"), select("b", relevant="${a} = 1"), select("c"))
    before = given(a="1", b="5", c="2")
    result = check_page(Route(questionnaire, before), questionnaire.pages[0], {"a": ["2"]}, TODAY)
    assert result == PageAccepted(given(a="2"))
    assert Route(questionnaire, {**before, **given(a="2")}).answers == given(a="2", c="2")
    assert before == given(a="1", b="5", c="2")


@any_given(st.sampled_from(list(QuestionType)), st.lists(st.text(), max_size=3))
def test_whatever_is_posted_is_accepted_or_rejected(type_: QuestionType, typed: list[str]) -> None:
    asked = question(
        "q", type_, choices=select("q").choices, start=0.0, end=10.0, step=0.1, constraint=". != 'x'"
    )
    questionnaire = form(page(asked))
    result = check_page(Route(questionnaire, {}), questionnaire.pages[0], {"q": typed}, TODAY)
    assert isinstance(result, PageAccepted | PageRejected)


@any_given(st.sampled_from([case for case in CASES if not isinstance(case[2], Reason)]))
def test_an_answer_as_stored_can_be_typed_again(case: tuple[QuestionType, str, str]) -> None:
    type_, _, stored = case
    assert answer(question("q", type_), stored) == Answer(stored)
