"""A response as a page needs it: the form, the answers so far, the language they stand in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sqlalchemy.orm import Session

from database.types import Sealed
from portal.domain.questionnaires import (
    Answer,
    Answers,
    Missing,
    Page,
    Questionnaire,
    QuestionType,
    Respondent,
)
from portal.domain.routing import Route
from portal.services.definitions import language_of, questionnaire_of
from portal.store import responses
from portal.store.responses import ResponseFacts, StoredAnswer

MAX_VALUE = 400
"""What ``answers.value`` holds; a longer list of choices stands in ``answers.text``."""


class Given(Mapping[str, Answer]):
    """Question -> her answer, made of its row when it is asked for: a step of a long form looks at few of them, and
    to open a text costs as much as to ask the database."""

    def __init__(self, held: Mapping[str, Answer | StoredAnswer]) -> None:
        self._held = held

    def __getitem__(self, question: str) -> Answer:
        held = self._held[question]
        return held if isinstance(held, Answer) else _answer(held)

    def __contains__(self, question: object) -> bool:
        return question in self._held

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)

    def with_more(self, answers: Answers) -> Given:
        return Given({**self._held, **answers})


@dataclass(frozen=True)
class OpenForm:
    """``answered_in`` is question -> the language it stood in; ``answers`` may hold some no longer met."""

    facts: ResponseFacts
    questionnaire: Questionnaire
    answers: Given
    answered_in: Mapping[str, str]

    @cached_property
    def route(self) -> Route:
        return Route(self.questionnaire, self.answers)

    @property
    def ref(self) -> str:
        return self.facts.ref

    @property
    def citizen_id(self) -> int:
        return self.facts.citizen_id

    @property
    def finished_at(self) -> datetime | None:
        return self.facts.finished_at

    @property
    def language(self) -> str:
        return language_of(self.questionnaire, self.facts.language)

    def stands(self, question: str, answer: Answer, language: str) -> bool:
        """Whether this very answer is kept already, given in that language."""
        return self.answers.get(question) == answer and self.answered_in[question] == language

    @property
    def resume_at(self) -> int:
        """The number of the page where a person who comes back goes on."""
        page = self.route.first_unanswered
        return self.number_of(page or self.questionnaire.pages[-1])

    def number_of(self, page: Page) -> int:
        """A page's name in addresses, from 1: it says nothing to who looks over a shoulder."""
        return self.questionnaire.page_numbers[page.name] + 1

    def page_at(self, number: int) -> Page | None:
        """The page by that number, when this person meets it."""
        if not 0 < number <= len(self.questionnaire.pages):
            return None
        page = self.questionnaire.pages[number - 1]
        return page if self.route.questions_on(page) else None


def load(
    session: Session, ref: str, respondent: Respondent = Respondent.CITIZEN, *, lock: bool = False
) -> OpenForm | None:
    """None for a reference that is not this respondent's. Two selects, a third when the version is new to us."""
    facts = responses.facts_by_ref(session, ref, respondent, lock=lock)
    return None if facts is None else with_answers(session, facts)


def with_answers(session: Session, facts: ResponseFacts) -> OpenForm:
    return holding(session, facts, responses.answers_of(session, facts.id))


def holding(session: Session, facts: ResponseFacts, given: Iterable[StoredAnswer]) -> OpenForm:
    """The form with these of its answers, asking the database for no more."""
    questionnaire = questionnaire_of(session, facts.version_id, Respondent(facts.respondent))
    rows = {row.question: row for row in given}
    return OpenForm(facts, questionnaire, Given(rows), {name: row.language for name, row in rows.items()})


def _answer(row: StoredAnswer) -> Answer:
    text = row.text.open() if isinstance(row.text, Sealed) else row.text
    return Answer(row.value or text or "", Missing(f"_{row.missing}") if row.missing else None)


def stored(questionnaire: Questionnaire, name: str, answer: Answer, language: str) -> StoredAnswer:
    """Free text is encrypted; choices, numbers and dates are not, so that they can be counted."""
    is_text = questionnaire.questions[name].type is QuestionType.TEXT or len(answer.value) > MAX_VALUE
    return StoredAnswer(
        question=name,
        value=None if is_text else answer.value or None,
        text=(answer.value or None) if is_text else None,
        missing=None if answer.missing is None else answer.missing.removeprefix("_"),
        language=language,
    )
