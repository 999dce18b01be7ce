"""What a questionnaire is: pages of questions, their wordings in each language, and answers.

Names, types and expressions are those of XLSForm/XForms; routing lives in `routing`, the check of
what was typed in `answering`, the expressions in `expressions`.
"""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from portal.domain.expressions import compile_expression

Texts = Mapping[str, str]  # locale ("da") -> wording


class QuestionType(StrEnum):
    SELECT_ONE = "select_one"
    SELECT_MULTIPLE = "select_multiple"
    RANGE = "range"
    INTEGER = "integer"
    DECIMAL = "decimal"
    TEXT = "text"
    DATE = "date"
    NOTE = "note"


SELECTS = frozenset({QuestionType.SELECT_ONE, QuestionType.SELECT_MULTIPLE})
NUMBERS = frozenset({QuestionType.RANGE, QuestionType.INTEGER, QuestionType.DECIMAL})


class Respondent(StrEnum):
    CITIZEN = "citizen"
    CASEWORKER = "caseworker"


class Missing(StrEnum):
    """An answer that is no value. The values are what a form posts in the place of one."""

    DONT_KNOW = "_dont_know"
    REFUSED = "_refused"


@dataclass(frozen=True)
class Answer:
    """`value` in XForms lexical form: "3", "a b" for several choices, "2025-01-31" for a date.

    An empty value without `missing` is a question that was seen and left blank.
    """

    value: str = ""
    missing: Missing | None = None


Answers = Mapping[str, Answer]  # question name -> answer


@dataclass(frozen=True)
class Choice:
    """`score` is the number a choice counts as; `attributes` are the columns a choice filter reads."""

    name: str
    labels: Texts
    score: float | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Question:
    """`direction` is +1 where higher is closer to work, -1 where lower is.

    `start`, `end` and `step` belong to a range; expressions are XForms XPath, empty for none.
    """

    name: str
    type: QuestionType
    labels: Texts
    hints: Texts = field(default_factory=dict)
    required: bool = False
    required_messages: Texts = field(default_factory=dict)
    relevant: str = ""
    constraint: str = ""
    constraint_messages: Texts = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    choice_filter: str = ""
    default: str = ""
    appearance: str = ""
    indicator: str = ""
    direction: int = 1
    sensitive: bool = False
    respondent: Respondent = Respondent.CITIZEN
    start: float | None = None
    end: float | None = None
    step: float | None = None

    @property
    def wordings(self) -> tuple[Texts, ...]:
        """All of it that can be read; a text that it does not have is empty."""
        choices = (choice.labels for choice in self.choices)
        return (self.labels, self.hints, self.required_messages, self.constraint_messages, *choices)

    @property
    def takes_answer(self) -> bool:
        return self.type is not QuestionType.NOTE


@dataclass(frozen=True)
class Page:
    """A group with its questions, or one question by itself (`labels` is then empty)."""

    name: str
    questions: tuple[Question, ...]
    labels: Texts = field(default_factory=dict)
    relevant: str = ""

    @property
    def wordings(self) -> tuple[Texts, ...]:
        """All of it that can be read."""
        return (self.labels, *(texts for question in self.questions for texts in question.wordings))

    @cached_property
    def branches(self) -> bool:
        """Whether some of its questions are for some people only."""
        return any(question.relevant for question in self.questions)

    @cached_property
    def filters_choices(self) -> bool:
        """Whether some of its choices are for some people only."""
        return any(question.choice_filter for question in self.questions)

    @property
    def is_for_all(self) -> bool:
        """Whether everybody meets it whole."""
        return bool(self.questions) and not (self.relevant or self.branches)

    @cached_property
    def languages(self) -> frozenset[str]:
        """The languages that it stands in whole: whatever can be read on it is there in each of them."""
        read = (texts for texts in self.wordings if any(texts.values()))
        return frozenset.intersection(*(frozenset(filter(texts.get, texts)) for texts in read))


Step = tuple[Page, tuple[Question, ...]]
"""A page that somebody meets, with the questions that she meets on it."""


@dataclass(frozen=True)
class Stretch:
    """Pages in a row that everybody meets whole, or one page by itself that not everybody does.

    ``read`` names those of its questions whose answers some page's or question's relevance reads.
    """

    steps: tuple[Step, ...]
    is_for_all: bool
    read: tuple[str, ...]


@dataclass(frozen=True)
class Questionnaire:
    """One version of a form. A published version is stored as `to_dict` gives it and never changes."""

    key: str
    titles: Texts
    pages: tuple[Page, ...]
    respondent: Respondent = Respondent.CITIZEN
    default_language: str = "da"
    languages: tuple[str, ...] = ("da",)

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """Every question by name, in the order they are asked; notes too."""
        return {question.name: question for page in self.pages for question in page.questions}

    @cached_property
    def page_numbers(self) -> Mapping[str, int]:
        """Page name -> place in `pages`, from 0."""
        return {page.name: number for number, page in enumerate(self.pages)}

    @cached_property
    def deciding(self) -> tuple[str, ...]:
        """The questions whose answers some page's or question's relevance reads."""
        of_pages = (page.relevant for page in self.pages)
        of_questions = (question.relevant for question in self.questions.values())
        sources = (*of_pages, *of_questions)
        return tuple(
            sorted({name for source in sources if source for name in compile_expression(source).names})
        )

    @cached_property
    def decides_by_words(self) -> bool:
        """Whether a deciding answer is free text: that is held nowhere but in its row."""
        words = {name for name, question in self.questions.items() if question.type is QuestionType.TEXT}
        return not words.isdisjoint(self.deciding)

    @cached_property
    def ways(self) -> dict[tuple[str, ...], tuple[Step, ...]]:
        """The ways that people have gone, by the values of the deciding answers; `routing` walks and keeps them."""
        return {}

    @cached_property
    def stretches(self) -> tuple[Stretch, ...]:
        """The pages in order, in as few pieces as a walk has to decide about."""
        pieces = groupby(self.pages, key=lambda page: "" if page.is_for_all else page.name)
        return tuple(_stretch(tuple(pages), self.deciding) for _, pages in pieces)

    def page(self, name: str) -> Page | None:
        number = self.page_numbers.get(name)
        return None if number is None else self.pages[number]


def _stretch(pages: tuple[Page, ...], read: Collection[str]) -> Stretch:
    return Stretch(
        steps=tuple((page, page.questions) for page in pages),
        is_for_all=pages[0].is_for_all,
        read=tuple(q.name for page in pages for q in page.questions if q.name in read),
    )


class Wording(NamedTuple):
    """A text and the locale it is in, which a page must declare when it is not the page's own."""

    text: str
    locale: str


def wording(texts: Texts, locale: str, default_language: str) -> Wording:
    """The text in `locale`, else in the form's own language; ("", default_language) where there is none."""
    text = texts.get(locale)
    if text:
        return Wording(text, locale)
    return Wording(texts.get(default_language, ""), default_language)


def page_locale(page: Page, locale: str, default_language: str) -> str:
    """The one language of a whole page: a question, its scale and its neighbours are never mixed of two."""
    return locale if locale in page.languages else default_language


def shown_locale(question: Question, locale: str, default_language: str) -> str:
    """The one language in which label and choices are all to be shown: a scale is never mixed of two."""
    texts = [question.labels, *(choice.labels for choice in question.choices)]
    return locale if all(text.get(locale) for text in texts) else default_language


def wording_fingerprint(question: Question, locale: str) -> str:
    """A hash of all that was read when the question was answered in `locale` (see `shown_locale`).

    Two versions of an item are comparable only where their fingerprints agree: a hint or a choice that
    reads differently asks something else.
    """
    choices = [(choice.name, choice.labels.get(locale, "")) for choice in question.choices]
    scale = (question.type, question.start, question.end, question.step, question.appearance)
    read = [question.labels.get(locale, ""), question.hints.get(locale, ""), choices, scale]
    return hashlib.sha256(json.dumps(read, ensure_ascii=False).encode()).hexdigest()


def untranslated(questionnaire: Questionnaire, locale: str) -> tuple[str, ...]:
    """What of the form stands in its own language and not in ``locale``: each text once, in order."""
    asked = (text for page in questionnaire.pages for text in page.wordings)
    own = questionnaire.default_language
    lacking = (text[own] for text in (questionnaire.titles, *asked) if text.get(own) and not text.get(locale))
    return tuple(dict.fromkeys(lacking))


def for_respondent(questionnaire: Questionnaire, respondent: Respondent) -> Questionnaire:
    """The part of the form that this respondent answers; pages without a question of hers fall away."""
    pages = (
        replace(page, questions=tuple(q for q in page.questions if q.respondent is respondent))
        for page in questionnaire.pages
    )
    return replace(questionnaire, pages=tuple(page for page in pages if page.questions))
