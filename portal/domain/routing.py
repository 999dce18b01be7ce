"""Which pages and choices a person sees, in which order, given what she has answered so far."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from portal.domain.expressions import compile_expression
from portal.domain.questionnaires import Answer, Answers, Choice, Page, Question, Questionnaire, Step

MOST_WAYS = 1_000
"""Held of each form. A condition may read a number, and there are many."""


class Whereabouts(NamedTuple):
    """Where a page stands for a person: number ``step`` from 1 ``of`` the pages that she meets.

    ``before`` and ``after`` are None at the ends; ``questions`` is empty where the page is not for her.
    """

    questions: tuple[Question, ...]
    step: int
    of: int
    before: Page | None
    after: Page | None


@dataclass(frozen=True)
class Route:
    """The way of one person through a form: walked once for all who have said the same, asked many times.

    ``given`` is all that she has answered, also what she no longer meets.
    """

    questionnaire: Questionnaire
    given: Answers

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The pages she meets, in order, each with the questions that are met on it."""
        form, ways = self.questionnaire, self.questionnaire.ways
        said = tuple(self.given[name].value if name in self.given else "" for name in form.deciding)
        way = ways.get(said)
        if way is None:
            way = tuple(_walk(form, dict(zip(form.deciding, said, strict=True))))
            if len(ways) >= MOST_WAYS:
                ways.clear()
            if not form.decides_by_words:
                ways[said] = way
        return way

    @property
    def pages(self) -> tuple[Page, ...]:
        return tuple(page for page, _ in self.steps)

    @property
    def answers(self) -> dict[str, Answer]:
        """The answers to the questions that she meets; an answer to any other question is gone."""
        met = (question.name for _, questions in self.steps for question in questions)
        return {name: self.given[name] for name in met if name in self.given}

    @property
    def first_unanswered(self) -> Page | None:
        """Where a person who comes back goes on; None when every question that she meets has an answer.

        Pages of notes only that lead up to that page come along: they introduce it.
        """
        introduction: Page | None = None
        for page, questions in self.steps:
            asked = [question.name for question in questions if question.takes_answer]
            if any(name not in self.given for name in asked):
                return introduction or page
            introduction = None if asked else introduction or page
        return None

    def questions_on(self, page: Page) -> tuple[Question, ...]:
        """The questions of the page that this person meets; empty where the page is not for her."""
        return page.questions if page.is_for_all else self.whereabouts(page).questions

    def after(self, page: Page) -> Page | None:
        """The page after this one; None after the last, when the form is finished."""
        return self.whereabouts(page).after

    def whereabouts(self, page: Page) -> Whereabouts:
        """A page that is no longer met counts as the one that took its place."""
        place = self.questionnaire.page_numbers
        here = bisect_left(self.steps, place[page.name], key=lambda step: place[step[0].name])
        is_met = here < len(self.steps) and self.steps[here][0] is page
        following = self.steps[here + is_met :][:1]
        return Whereabouts(
            questions=self.steps[here][1] if is_met else (),
            step=min(here + 1, len(self.steps)),
            of=len(self.steps),
            before=self.steps[here - 1][0] if here else None,
            after=following[0][0] if following else None,
        )


def visible_choices(question: Question, answers: Answers) -> tuple[Choice, ...]:
    """The choices that the question's filter lets through; all of them where it has none."""
    if not question.choice_filter:
        return question.choices
    chosen = compile_expression(question.choice_filter)
    values = {name: answer.value for name, answer in answers.items()}
    return tuple(
        c for c in question.choices if chosen.holds(values, columns={"name": c.name, **c.attributes})
    )


def _walk(questionnaire: Questionnaire, said: Mapping[str, str]) -> Iterator[Step]:
    """Pages with the questions that are met, front to back. ``said``: the values of the deciding answers.

    An expression sees only what stands before it and is itself met: as in XForms, a value that is not
    relevant reads as empty. One pass is enough because an import refuses expressions that look forward.
    """
    values: dict[str, str] = {}
    for stretch in questionnaire.stretches:
        steps = stretch.steps if stretch.is_for_all else _met_on(stretch.steps[0][0], values)
        yield from steps
        for name in stretch.read:
            if stretch.is_for_all or _is_met(name, steps):
                values[name] = said[name]


def _met_on(page: Page, values: dict[str, str]) -> tuple[Step, ...]:
    """The page with those of its questions that are met; nothing where there are none."""
    if page.relevant and not compile_expression(page.relevant).holds(values):
        return ()
    questions = _met(page.questions, values) if page.branches else page.questions
    return ((page, questions),) if questions else ()


def _is_met(name: str, steps: Sequence[Step]) -> bool:
    return any(question.name == name for _, questions in steps for question in questions)


def _met(questions: Sequence[Question], values: dict[str, str]) -> tuple[Question, ...]:
    return tuple(q for q in questions if not q.relevant or compile_expression(q.relevant).holds(values))
