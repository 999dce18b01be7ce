"""Which pages and choices a person sees, in which order, given what she has answered so far."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from portal.domain.expressions import compile_expression
from portal.domain.questionnaires import Answer, Answers, Choice, Page, Question, Questionnaire

Step = tuple[Page, tuple[Question, ...]]


def visible_pages(questionnaire: Questionnaire, answers: Answers) -> tuple[Page, ...]:
    """The pages this person meets, in order."""
    return tuple(page for page, _ in _walk(questionnaire, answers))


def visible_questions(questionnaire: Questionnaire, page: Page, answers: Answers) -> tuple[Question, ...]:
    """The questions of the page that this person meets; empty where the page is not for her."""
    return next((questions for step, questions in _walk(questionnaire, answers) if step is page), ())


def visible_choices(question: Question, answers: Answers) -> tuple[Choice, ...]:
    """The choices that the question's filter lets through; all of them where it has none."""
    if not question.choice_filter:
        return question.choices
    chosen = compile_expression(question.choice_filter)
    values = {name: answer.value for name, answer in answers.items()}
    return tuple(
        c for c in question.choices if chosen.holds(values, columns={"name": c.name, **c.attributes})
    )


def next_page(questionnaire: Questionnaire, answers: Answers, page: Page) -> Page | None:
    """The page after this one; None after the last, when the form is finished."""
    place = questionnaire.page_numbers
    after = (p for p, _ in _walk(questionnaire, answers) if place[p.name] > place[page.name])
    return next(after, None)


def first_unanswered_page(questionnaire: Questionnaire, answers: Answers) -> Page | None:
    """Where a person who comes back goes on; None when every question that she meets has an answer.

    Pages of notes only that lead up to that page come along: they introduce it.
    """
    introduction: Page | None = None
    for page, questions in _walk(questionnaire, answers):
        asked = [question.name for question in questions if question.takes_answer]
        if any(name not in answers for name in asked):
            return introduction or page
        introduction = None if asked else introduction or page
    return None


class Whereabouts(NamedTuple):
    """Where a page stands for a person: number ``step`` from 1 ``of`` the pages that she meets.

    ``before`` and ``after`` are None at the ends; ``questions`` is empty where the page is not for her.
    """

    questions: tuple[Question, ...]
    step: int
    of: int
    before: Page | None
    after: Page | None


def whereabouts(questionnaire: Questionnaire, answers: Answers, page: Page) -> Whereabouts:
    """A page that is no longer met counts as the one that took its place."""
    place = questionnaire.page_numbers
    steps = tuple(_walk(questionnaire, answers))
    before = [step for step, _ in steps if place[step.name] < place[page.name]]
    after = (step for step, _ in steps if place[step.name] > place[page.name])
    return Whereabouts(
        questions=next((questions for step, questions in steps if step is page), ()),
        step=min(len(before) + 1, len(steps)),
        of=len(steps),
        before=before[-1] if before else None,
        after=next(after, None),
    )


def relevant_answers(questionnaire: Questionnaire, answers: Answers) -> dict[str, Answer]:
    """The answers to the questions that this person meets; an answer to any other question is gone."""
    met = (question.name for _, questions in _walk(questionnaire, answers) for question in questions)
    return {name: answers[name] for name in met if name in answers}


def _walk(questionnaire: Questionnaire, answers: Answers) -> Iterator[Step]:
    """Pages with the questions that are met, front to back.

    An expression sees only what stands before it and is itself met: as in XForms, a value that is not
    relevant reads as empty. One pass is enough because an import refuses expressions that look forward.
    """
    values: dict[str, str] = {}
    for page in questionnaire.pages:
        if page.relevant and not compile_expression(page.relevant).holds(values):
            continue
        met = _met(page.questions, values) if page.branches else page.questions
        if met:
            yield page, met
        for question in met:
            answer = answers.get(question.name)
            if answer is not None:
                values[question.name] = answer.value


def _met(questions: Sequence[Question], values: dict[str, str]) -> tuple[Question, ...]:
    return tuple(q for q in questions if not q.relevant or compile_expression(q.relevant).holds(values))
