"""A whole form on one page: every question is judged by itself."""

from dataclasses import replace
from datetime import date

from portal.domain.answering import Reason, check_form, one_question_a_page
from portal.domain.questionnaires import Answer, Choice, Missing, Page, Question, Questionnaire, QuestionType

TODAY = date(2026, 11, 18)
YES_NO = (Choice("yes", {"da": "ja"}), Choice("no", {"da": "nej"}))


def question(name: str, **values: object) -> Question:
    asked = Question(name, QuestionType.SELECT_ONE, {"da": name}, required=True, choices=YES_NO)
    return replace(asked, **values)  # type: ignore[arg-type]


FORM = Questionnaire(
    "form",
    {"da": "Skema"},
    (
        Page("group", (question("first"), question("second"))),
        Page("more", (question("third"),), relevant="${first} = 'yes'"),
        Page("note", (question("note", type=QuestionType.NOTE, choices=()),)),
    ),
)


def test_a_wrong_answer_holds_no_other_back_not_even_on_its_own_page() -> None:
    checked = check_form(FORM, {"first": ["no"], "second": ["maybe"]}, {}, TODAY)
    assert checked.given == {"first": Answer("no")}
    assert {name: error.reason for name, error in checked.errors.items()} == {"second": Reason.NOT_A_CHOICE}


def test_what_another_answer_of_the_same_post_made_irrelevant_is_not_missing() -> None:
    assert "third" not in check_form(FORM, {"first": ["no"]}, {}, TODAY).errors
    assert check_form(FORM, {"first": ["yes"]}, {}, TODAY).errors["third"].reason is Reason.REQUIRED


def test_an_earlier_answer_counts_for_what_is_relevant() -> None:
    checked = check_form(FORM, {"third": ["yes"], "second": ["no"]}, {"first": Answer("yes")}, TODAY)
    assert checked.given == {"third": Answer("yes"), "second": Answer("no")}


def test_do_not_know_is_an_answer() -> None:
    checked = check_form(FORM, {"first": ["_dont_know"], "second": ["_refused"]}, {}, TODAY)
    assert checked.given == {
        "first": Answer(missing=Missing.DONT_KNOW),
        "second": Answer(missing=Missing.REFUSED),
    }
    assert checked.errors == {}


def test_groups_are_taken_apart_and_keep_their_condition() -> None:
    pages = one_question_a_page(FORM).pages
    assert [page.name for page in pages] == ["first", "second", "third", "note"]
    assert pages[2].relevant == "${first} = 'yes'"
