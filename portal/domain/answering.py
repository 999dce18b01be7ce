"""Is what a person typed on a page a valid answer to it? What is, becomes part of her answers."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from portal.domain.expressions import compile_expression
from portal.domain.questionnaires import (
    SELECTS,
    Answer,
    Answers,
    Missing,
    Page,
    Question,
    Questionnaire,
    QuestionType,
    Texts,
)
from portal.domain.routing import Route, visible_choices

MAX_TEXT = 10_000  # characters
Raw = Mapping[str, Sequence[str]]  # question name -> what was posted for it


class Reason(StrEnum):
    REQUIRED = "required"
    NOT_A_CHOICE = "not_a_choice"
    NOT_A_NUMBER = "not_a_number"
    OUT_OF_RANGE = "out_of_range"
    NOT_A_DATE = "not_a_date"
    TOO_LONG = "too_long"
    CONSTRAINT = "constraint"
    UNKNOWN_QUESTION = "unknown_question"


@dataclass(frozen=True)
class AnswerError:
    """`messages` is the author's own sentence in each language, where the form has one."""

    reason: Reason
    messages: Texts = field(default_factory=dict)


@dataclass(frozen=True)
class PageAccepted:
    """`given` is what this page answers."""

    given: Answers


@dataclass(frozen=True)
class PageRejected:
    """Nothing of the page counts. `typed` is what to show again, as it was typed."""

    errors: Mapping[str, AnswerError]
    typed: Raw


@dataclass(frozen=True)
class FormChecked:
    """A whole form on one page: what is valid is `given`, whatever stands beside it in `errors`."""

    given: Answers
    errors: Mapping[str, AnswerError]


def check_page(route: Route, page: Page, raw: Raw, today: date) -> PageAccepted | PageRejected:
    """`route` is her way so far; `raw` holds the posted values of questions only. A question that is not among
    them was left blank.

    A name that is not asked on this page for this person is UNKNOWN_QUESTION. "Don't know" and "will not
    say" (the values of `Missing`) answer every question, a required one too, whatever else was typed.
    """
    asked = {q.name: q for q in route.questions_on(page) if q.takes_answer}
    errors = {name: AnswerError(Reason.UNKNOWN_QUESTION) for name in raw if name not in asked}
    given: dict[str, Answer] = {}
    for name, question in asked.items():
        read = _read(question, raw.get(name, ()), route.given)
        if isinstance(read, Answer):
            given[name] = read
        else:
            errors[name] = read
    errors |= _broken_constraints(asked, given, route.given, today)
    if errors:
        return PageRejected(errors, {name: tuple(raw[name]) for name in asked if name in raw})
    return PageAccepted(given)


def check_form(questionnaire: Questionnaire, raw: Raw, answers: Answers, today: date) -> FormChecked:
    """As `check_page` for every question of the form, each by itself: one that is wrong holds no other back.

    What another answer of the same post made irrelevant is neither given nor wrong.
    """
    given: dict[str, Answer] = {}
    errors: dict[str, AnswerError] = {}
    single = one_question_a_page(questionnaire)
    for page in single.pages:
        (question,) = page.questions
        before = Route(single, {**answers, **given})
        if not question.takes_answer or not before.questions_on(page):
            continue
        posted = {question.name: raw[question.name]} if question.name in raw else {}
        checked = check_page(before, page, posted, today)
        if isinstance(checked, PageAccepted):
            given |= checked.given
        else:
            errors |= checked.errors
    return FormChecked(given, errors)


def one_question_a_page(questionnaire: Questionnaire) -> Questionnaire:
    """The same form with its groups taken apart."""
    pages = (
        Page(question.name, (question,), relevant=page.relevant)
        for page in questionnaire.pages
        for question in page.questions
    )
    return replace(questionnaire, pages=tuple(pages))


def _read(question: Question, posted: Sequence[str], answers: Answers) -> Answer | AnswerError:
    missing = next((mark for mark in Missing if mark in posted), None)
    if missing:
        return Answer(missing=missing)
    values = [value for value in posted if value.strip()]
    if not values:
        return AnswerError(Reason.REQUIRED, question.required_messages) if question.required else Answer()
    read = (
        _choices(question, values, answers)
        if question.type in SELECTS
        else READ[question.type](question, values[0])
    )
    return AnswerError(read) if isinstance(read, Reason) else Answer(read)


def _choices(question: Question, values: Sequence[str], answers: Answers) -> str | Reason:
    names = [choice.name for choice in visible_choices(question, answers)]
    several = question.type is QuestionType.SELECT_MULTIPLE
    if not set(values) <= set(names) or (len(set(values)) > 1 and not several):
        return Reason.NOT_A_CHOICE
    return " ".join(name for name in names if name in values)


NUMBER = re.compile(r"[+-]?\d{1,15}(?:[.,٫]\d{1,10})?")


def _number(text: str) -> Decimal | None:
    """Digits of any script, with a point or a comma; None where it is no number."""
    clean = text.strip().replace("−", "-")
    return Decimal(re.sub("[,٫]", ".", clean)) if NUMBER.fullmatch(clean) else None


def _lexical(number: Decimal) -> str:
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def _integer(_: Question, text: str) -> str | Reason:
    number = _number(text)
    if number is None or number != number.to_integral_value():
        return Reason.NOT_A_NUMBER
    return _lexical(number)


def _decimal(_: Question, text: str) -> str | Reason:
    number = _number(text)
    return Reason.NOT_A_NUMBER if number is None else _lexical(number)


def _range(question: Question, text: str) -> str | Reason:
    number = _number(text)
    if number is None:
        return Reason.NOT_A_NUMBER
    start, end, step = (Decimal(str(bound)) for bound in (question.start, question.end, question.step))
    if not min(start, end) <= number <= max(start, end) or (number - start) % step:
        return Reason.OUT_OF_RANGE
    return _lexical(number)


def _date(_: Question, text: str) -> str | Reason:
    clean = text.strip()
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", clean):
        return Reason.NOT_A_DATE
    try:
        return date.fromisoformat(clean).isoformat()
    except ValueError:
        return Reason.NOT_A_DATE


CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")  # PostgreSQL takes no NUL; none of them is writing


def _text(_: Question, text: str) -> str | Reason:
    clean = CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    return Reason.TOO_LONG if len(clean) > MAX_TEXT else clean


READ: Mapping[QuestionType, Callable[[Question, str], str | Reason]] = {
    QuestionType.RANGE: _range,
    QuestionType.INTEGER: _integer,
    QuestionType.DECIMAL: _decimal,
    QuestionType.DATE: _date,
    QuestionType.TEXT: _text,
}


def _broken_constraints(
    asked: Mapping[str, Question], given: Answers, answers: Answers, today: date
) -> dict[str, AnswerError]:
    """A constraint judges a value only: blank and missing answers always pass, as in XForms."""
    judged = [asked[name] for name, answer in given.items() if answer.value and asked[name].constraint]
    if not judged:
        return {}
    values = {name: answer.value for name, answer in {**answers, **given}.items()}
    return {
        question.name: AnswerError(Reason.CONSTRAINT, question.constraint_messages)
        for question in judged
        if not compile_expression(question.constraint).holds(values, this=values[question.name], today=today)
    }
