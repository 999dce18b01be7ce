"""Answers as somebody with these levels might give them, to any of our forms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from portal.content.demo_dialogues import WRITTEN
from portal.domain.questionnaires import Answer, Choice, Missing, Question, Questionnaire, QuestionType
from portal.domain.routing import Route

DONT_KNOW, REFUSED, REFUSED_WHEN_SENSITIVE = 0.03, 0.01, 0.06
MIDDLE = 3.0
NUMBERS = {
    "transport_minutes": (10, 75),
    "hours_now": (4, 30),
    "job_hours": (5, 30),
    "sleep_hours": (5, 8),
    "work_years": (1, 25),
}


@dataclass(frozen=True)
class Person:
    """``levels``: indicator -> 1..5, higher is closer to work; ``day``: when she answers."""

    levels: Mapping[str, float]
    day: date
    feels_moved: float = 0.0
    """How much has changed since last time, as she sees it: -2..2."""
    is_sure: bool = False
    """Leaves nothing unanswered."""


def fill(questionnaire: Questionnaire, person: Person, rng: Random) -> dict[str, Answer]:
    """An answer to every question that this person meets."""
    given = {
        question.name: _answer(question, person, rng)
        for question in questionnaire.questions.values()
        if question.takes_answer
    }
    return Route(questionnaire, given).answers


def _answer(question: Question, person: Person, rng: Random) -> Answer:
    draw = rng.random()  # drawn always, so that a rule about missing answers moves no other answer
    value = _value(question, person, rng)
    if person.is_sure or question.type is QuestionType.TEXT:
        return Answer(value)
    refused = REFUSED_WHEN_SENSITIVE if question.sensitive else REFUSED
    if draw < DONT_KNOW:
        return Answer(missing=Missing.DONT_KNOW)
    return Answer(missing=Missing.REFUSED) if draw < DONT_KNOW + refused else Answer(value)


def _value(question: Question, person: Person, rng: Random) -> str:
    if question.type is QuestionType.SELECT_ONE:
        return _choice(question, person, rng)
    if question.type is QuestionType.SELECT_MULTIPLE:
        return _choices(question, rng)
    if question.type is QuestionType.DATE:
        return (person.day - timedelta(days=rng.randint(20, 160))).isoformat()
    if question.type is QuestionType.TEXT:
        return rng.choice(WRITTEN.get(question.name, ("",)))
    if question.name == "last_job_year":
        return str(person.day.year - rng.randint(1, 9))
    return str(rng.randint(*NUMBERS[question.name]))


def _choice(question: Question, person: Person, rng: Random) -> str:
    scored = [choice for choice in question.choices if choice.score is not None]
    if not scored:
        return rng.choice(question.choices).name
    level = _level(question, person, rng)
    return min(scored, key=lambda choice: abs((choice.score or 0) - level)).name


def _level(question: Question, person: Person, rng: Random) -> float:
    if question.indicator == "change":
        return person.feels_moved
    level = person.levels.get(question.indicator)
    if level is None:
        level = rng.gauss(MIDDLE, 1.0)
    return level if question.direction > 0 else 6 - level


def _choices(question: Question, rng: Random) -> str:
    """One to three, in the form's order; "none of these" stands alone."""
    named = [choice for choice in question.choices if choice.name not in ("none", "nothing")]
    chosen: list[Choice] = rng.sample(named, k=min(rng.randint(1, 3), len(named)))
    return " ".join(choice.name for choice in named if choice in chosen)
