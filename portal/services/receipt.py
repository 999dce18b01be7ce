"""What a respondent answered, in the words she answered it in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from portal.domain.questionnaires import NUMBERS, SELECTS, Answer, Missing, Question, QuestionType, wording
from portal.services.forms import OpenForm


@dataclass(frozen=True)
class AnswerLine:
    """``answers`` is one text, or one for each choice; empty when it was left blank.

    ``missing`` is set where she did not know or would not say; ``day`` and
    ``number`` where the answer is one, to be written as her language does.
    ``locale`` is the language that question and choices stand in.
    """

    question: str
    answers: tuple[str, ...]
    locale: str
    missing: Missing | None = None
    day: date | None = None
    number: Decimal | None = None
    is_free_text: bool = False


def answer_lines(form: OpenForm) -> tuple[AnswerLine, ...]:
    """The answers in the form's order; questions that were not met are not there."""
    questions = form.questionnaire.questions.values()
    return tuple(_line(form, question) for question in questions if question.name in form.answers)


def _line(form: OpenForm, question: Question) -> AnswerLine:
    answer = form.answers[question.name]
    asked = wording(question.labels, form.answered_in[question.name], form.questionnaire.default_language)
    return AnswerLine(
        question=asked.text,
        answers=_texts(question, answer, asked.locale),
        locale=asked.locale,
        missing=answer.missing,
        day=date.fromisoformat(answer.value) if question.type is QuestionType.DATE and answer.value else None,
        number=Decimal(answer.value) if question.type in NUMBERS and answer.value else None,
        is_free_text=question.type is QuestionType.TEXT,
    )


def _texts(question: Question, answer: Answer, locale: str) -> tuple[str, ...]:
    if not answer.value:
        return ()
    if question.type not in SELECTS:
        return (answer.value,)
    labels = {choice.name: choice.labels.get(locale, choice.name) for choice in question.choices}
    return tuple(labels.get(name, name) for name in answer.value.split())
