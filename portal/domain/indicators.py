"""What scoring needs to know of a questionnaire: its indicators, and how each was worded."""

import hashlib
from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from portal.domain.questionnaires import Answers, Question, Questionnaire, QuestionType, wording_fingerprint
from portal.domain.scoring import Direction, IndicatorRow, indicator_scores

MAX_RANGE_STEPS = 1_000


class Scored(NamedTuple):
    """``value`` is None where she gave no answer; ``wording`` as `wordings` gives it."""

    indicator: str
    value: float | None
    wording: str


def score(
    questionnaire: Questionnaire, answers: Answers, answered_in: Mapping[str, str]
) -> tuple[Scored, ...]:
    """The indicators of a finished form. Both mappings hold the questions that were met, and no others."""
    rows = [row for row in indicator_rows(questionnaire) if row.question in answers]
    values = {name: answer.value or None for name, answer in answers.items()}
    worded = wordings(questionnaire, answered_in)
    return tuple(Scored(name, value, worded[name]) for name, value in indicator_scores(rows, values).items())


def indicator_rows(questionnaire: Questionnaire) -> tuple[IndicatorRow, ...]:
    """One row for each question that belongs to an indicator, in the form's order."""
    return tuple(
        IndicatorRow(
            question=question.name,
            indicator=question.indicator,
            direction=Direction(question.direction),
            scores=_scores(question),
            sensitive=question.sensitive,
            multiple=question.type is QuestionType.SELECT_MULTIPLE,
        )
        for question in questionnaire.questions.values()
        if question.indicator
    )


def wordings(questionnaire: Questionnaire, answered_in: Mapping[str, str]) -> dict[str, str]:
    """Indicator -> fingerprint of all its questions' wordings (64 hexadecimal digits).

    ``answered_in`` is question -> the language it was answered in; a question not in it was never met.
    """
    met: dict[str, list[str]] = {}
    for name, question in questionnaire.questions.items():
        if question.indicator and name in answered_in:
            met.setdefault(question.indicator, []).append(wording_fingerprint(question, answered_in[name]))
    return {indicator: _together(prints) for indicator, prints in met.items()}


def _together(prints: list[str]) -> str:
    return prints[0] if len(prints) == 1 else hashlib.sha256("".join(prints).encode()).hexdigest()


def _scores(question: Question) -> dict[str, float]:
    if question.type is QuestionType.RANGE:
        return _range_scores(question)
    return {choice.name: choice.score for choice in question.choices if choice.score is not None}


def _range_scores(question: Question) -> dict[str, float]:
    """Each step of the range counts as itself; keys are written as answers are kept ("3", "2.5")."""
    start, end, step = (Decimal(str(bound)) for bound in (question.start, question.end, question.step))
    count = min(int((end - start) / step), MAX_RANGE_STEPS) if step else 0
    values = (start + step * number for number in range(count + 1))
    return {_lexical(value): float(value) for value in values}


def _lexical(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
