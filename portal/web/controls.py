"""How a question is put: which control, which steps, which pictures. Rules of the question alone, whoever reads it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from portal.domain.questionnaires import Question, QuestionType

MOST_STEPS_AS_CHOICES = 11
"""0 to 10 as buttons. A slider would show an answer that nobody has given."""

SCALES: tuple[Mapping[float, str], ...] = (
    {1: "s1", 2: "s2", 3: "s3", 4: "s4", 5: "s5"},
    {-2: "d2", -1: "d1", 0: "e0", 1: "u1", 2: "u2"},
)
"""Score -> the id of its picture in components/scale.html."""


def control_of(question: Question, has_steps: bool) -> str:
    """radio, checkbox, number, date, text or note; ``has_steps`` as `steps_of` found them."""
    if has_steps:
        return "radio"
    return {
        QuestionType.SELECT_ONE: "radio",
        QuestionType.SELECT_MULTIPLE: "checkbox",
        QuestionType.RANGE: "number",
        QuestionType.INTEGER: "number",
        QuestionType.DECIMAL: "number",
        QuestionType.DATE: "date",
        QuestionType.TEXT: "text",
        QuestionType.NOTE: "note",
    }[question.type]


def steps_of(question: Question) -> tuple[str, ...]:
    """A short range as the numbers themselves; empty for a long one and for any other question."""
    if question.type is not QuestionType.RANGE or not question.step:
        return ()
    start, end, step = (Decimal(str(bound)) for bound in (question.start, question.end, question.step))
    count = int((end - start) / step) + 1
    if not 0 < count <= MOST_STEPS_AS_CHOICES:
        return ()
    return tuple(lexical(float(start + step * number)) for number in range(count))


def lexical(number: float | None) -> str:
    """As a field of a form writes it: 1, 0.5, or nothing."""
    return "" if number is None else f"{number:g}"


def scale_icons(question: Question) -> Mapping[str, str]:
    """Choice name -> the id of its picture, for a whole scale of five; nothing for other choices.

    1 to 5 is an amount; -2 to 2 is a change for the worse or the better.
    """
    if "likert" not in question.appearance or question.type is not QuestionType.SELECT_ONE:
        return {}
    scores = {choice.name: choice.score for choice in question.choices if choice.score is not None}
    for icons in SCALES:
        if sorted(scores.values()) == sorted(icons):
            return {name: icons[score] for name, score in scores.items()}
    return {}
