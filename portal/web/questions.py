"""A page of a form as its template wants it: every word in one language, every choice marked as it stands.

Used for the citizen's half and for the caseworker's: only what stands around it differs.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from flask import get_template_attribute
from markupsafe import Markup

from i18n.locales import LOCALES, Locale
from portal.domain.answering import AnswerError
from portal.domain.questionnaires import (
    Answer,
    Missing,
    Page,
    Question,
    Questionnaire,
    QuestionType,
    Texts,
    page_locale,
    wording,
    wording_fingerprint,
)
from portal.domain.routing import Whereabouts, visible_choices
from portal.services import waiting
from portal.services.forms import OpenForm
from portal.store.recordings import Place, Recorded
from portal.web.context import actor, portal
from portal.web.controls import control_of, lexical, scale_icons, steps_of
from portal.web.explained import Explanation
from portal.web.form_words import words_of
from portal.web.language import texts, texts_in


@dataclass(frozen=True)
class Typed:
    """What was posted and refused; both empty when the page is shown for the first time."""

    errors: Mapping[str, AnswerError] = field(default_factory=dict)
    values: Mapping[str, Sequence[str]] = field(default_factory=dict)


NOTHING_TYPED = Typed()


@dataclass(frozen=True)
class ChoiceView:
    """``icon``: the id of the picture beside a step of a scale, empty for any other choice."""

    value: str
    label: str
    is_chosen: bool
    icon: str = ""


@dataclass(frozen=True)
class Spoken:
    """Somebody's reading of the question, and what its player is called."""

    address: str
    label: str


@dataclass(frozen=True)
class QuestionView:
    """``control``: radio, checkbox, number, date, text or note. ``error``: a whole sentence, or empty."""

    name: str
    control: str
    label: str
    hint: str
    choices: tuple[ChoiceView, ...]
    apart: tuple[ChoiceView, ...]
    value: str
    error: str
    low: str = ""
    high: str = ""
    step: str = ""
    explained: tuple[Explanation, ...] = ()
    """The words of the question and its hint; ``explained_choices`` are those that only its choices have."""
    explained_choices: tuple[Explanation, ...] = ()
    spoken: Spoken | None = None


@dataclass(frozen=True, eq=False)
class Step:
    """``back``: the number of the page before, None on the first. ``of`` counts the pages this person meets.
    ``is_shared``: nothing on it is anybody's, and who else stands here is shown this very step."""

    number: int
    title: str
    heading: str
    questions: tuple[QuestionView, ...]
    place: int
    of: int
    back: int | None
    is_last: bool
    locale: Locale
    is_shared: bool

    @cached_property
    def body(self) -> Markup:
        """The questions as they stand on the page."""
        question = get_template_attribute("components/questions.html", "question")
        alone, has_heading = len(self.questions) == 1, bool(self.heading)
        return Markup("").join(
            question(each, not (has_heading or place), alone) for place, each in enumerate(self.questions)
        )

    @property
    def errors(self) -> tuple[QuestionView, ...]:
        return tuple(question for question in self.questions if question.error)

    @property
    def is_foreign(self) -> bool:
        """Whether the form stands in another language than the page around it."""
        return self.locale.code != texts().locale.code


_MOST_SHARED = 2000
_shared: dict[tuple[object, ...], tuple[Step, tuple[object, ...]]] = {}
"""Most pages are met for the first time, and then they look the same to everyone who reads this language and meets as
many. Beside each step stands what it was made of: while it is held, no other object has its id."""


def show(form: OpenForm, page: Page, typed: Typed = NOTHING_TYPED) -> Step:
    here = form.route.whereabouts(page)
    if typed.errors or page.filters_choices or waiting.is_answered(form, page):
        return _step(form, page, here, typed, is_shared=False)
    reading, back = texts(), form.number_of(here.before) if here.before else None
    made_of = (form.questionnaire, reading.overlay, _recordings())
    met = tuple(question.name for question in here.questions)
    is_last = here.after is None
    key = (*map(id, made_of), reading.locale.code, page.name, met, here.step, here.of, back, is_last)
    held = _shared.get(key)
    if held is None:
        if len(_shared) >= _MOST_SHARED:
            _shared.clear()
        held = _shared[key] = _step(form, page, here, typed, is_shared=True), made_of
    return held[0]


def forget(forms: Collection[Questionnaire]) -> None:
    """Of forms that were shown once."""
    gone = {id(form) for form in forms}
    for key in [key for key in list(_shared) if key[0] in gone]:
        _shared.pop(key, None)


def _step(form: OpenForm, page: Page, here: Whereabouts, typed: Typed, *, is_shared: bool) -> Step:
    questionnaire = form.questionnaire
    language = page_locale(page, texts().locale.code, questionnaire.default_language)

    def word(given: Texts) -> str:
        return wording(given, language, questionnaire.default_language).text

    return Step(
        number=form.number_of(page),
        title=word(questionnaire.titles),
        heading=word(page.labels) or (word(questionnaire.titles) if _begins_with_a_note(here) else ""),
        questions=tuple(_question(each, form, typed, language) for each in here.questions),
        place=here.step,
        of=here.of,
        back=form.number_of(here.before) if here.before else None,
        is_last=here.after is None,
        locale=LOCALES[language],
        is_shared=is_shared,
    )


def _begins_with_a_note(here: Whereabouts) -> bool:
    """Several sentences are no heading: the form's own name stands above them."""
    return not here.questions[0].takes_answer


def _question(question: Question, form: OpenForm, typed: Typed, language: str) -> QuestionView:
    def word(given: Texts) -> str:
        return wording(given, language, form.questionnaire.default_language).text

    given = _given(question, form, typed)
    steps = steps_of(question)
    low, high, step = (lexical(bound) for bound in (question.start, question.end, question.step))
    words = words_of(form.questionnaire, question, texts_in(language))
    return QuestionView(
        name=question.name,
        control=control_of(question, bool(steps)),
        label=words.label,
        hint=words.hint,
        choices=_choices(question, form, steps, given, language),
        apart=_apart(question, given, language),
        value=next((value for value in given if value not in set(Missing)), ""),
        error=_error(typed.errors.get(question.name), word, language),
        low=low,
        high=high,
        step=step,
        explained=words.asked,
        explained_choices=words.choices,
        spoken=_spoken(question, form, language),
    )


def _spoken(question: Question, form: OpenForm, language: str) -> Spoken | None:
    """None where nobody has read it, or where another wording was read."""
    found = _recordings().get(Place(form.questionnaire.key, question.name, language))
    if found is None or found.wording != wording_fingerprint(question, language):
        return None
    return Spoken(found.address, texts_in(language)("reading.recorded"))


def _recordings() -> Mapping[Place, Recorded]:
    return portal().overlays.recordings(actor().municipality_id)


def _given(question: Question, form: OpenForm, typed: Typed) -> Sequence[str]:
    """What stands in the fields: what was typed and refused, else the answer so far, else the form's default."""
    if typed.errors:
        return typed.values.get(question.name, ())
    answer = form.answers.get(question.name, Answer(question.default))
    if answer.missing:
        return (answer.missing.value,)
    return answer.value.split() if question.type is QuestionType.SELECT_MULTIPLE else (answer.value,)


def _choices(
    question: Question, form: OpenForm, steps: Sequence[str], given: Sequence[str], language: str
) -> tuple[ChoiceView, ...]:
    if steps:
        number = texts_in(language).number
        return tuple(ChoiceView(step, number(Decimal(step)), step in given) for step in steps)
    default, icons = form.questionnaire.default_language, scale_icons(question)
    return tuple(
        ChoiceView(
            choice.name,
            wording(choice.labels, language, default).text,
            choice.name in given,
            icons.get(choice.name, ""),
        )
        for choice in visible_choices(question, form.answers)
    )


def _apart(question: Question, given: Sequence[str], language: str) -> tuple[ChoiceView, ...]:
    """“Don't know” and “will not say”. What may stay empty and is free text needs neither."""
    free = question.type is QuestionType.TEXT and not question.required
    if free or not question.takes_answer:
        return ()
    t = texts_in(language)
    return (
        ChoiceView(Missing.DONT_KNOW, t("common.dont_know"), Missing.DONT_KNOW in given),
        ChoiceView(Missing.REFUSED, t("common.refuse"), Missing.REFUSED in given),
    )


def _error(error: AnswerError | None, word: Callable[[Texts], str], language: str) -> str:
    if error is None:
        return ""
    return word(error.messages) or texts_in(language)(f"citizen.error.{error.reason.value}")
