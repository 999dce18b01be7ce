"""The words that a form explains: each where everybody meets it first, so that no step carries it again."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from i18n.glossary import Glossary
from i18n.texts import Texts
from portal.domain.questionnaires import Question, Questionnaire, wording
from portal.web.explained import Explanation, explanation, glossary_of, mark

_MOST_HELD = 500


@dataclass(frozen=True)
class Found:
    """Names of words: those in a question and its hint, and those that only its choices have."""

    asked: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Words:
    """A question with its words marked, and their explanations."""

    label: str
    hint: str
    asked: tuple[Explanation, ...] = ()
    choices: tuple[Explanation, ...] = ()


@dataclass(frozen=True)
class _Held:
    form: Questionnaire
    glossary: Glossary
    found: Mapping[str, Found]


_NOTHING = Found()
_held: dict[tuple[int, str], _Held] = {}


def words_of(form: Questionnaire, question: Question, reading: Texts) -> Words:
    """Of a question in the language of ``reading``."""
    found = _found(form, reading).get(question.name, _NOTHING)
    label, hint = _asked(form, question, reading.locale.code)
    if found is _NOTHING:
        return Words(label, hint)
    return Words(
        mark(reading, label, found.asked),
        mark(reading, hint, found.asked),
        tuple(explanation(reading, name) for name in found.asked),
        tuple(explanation(reading, name) for name in found.choices),
    )


def forget(forms: Collection[Questionnaire]) -> None:
    """Of forms that were shown once."""
    gone = {id(form) for form in forms}
    for key in [key for key in list(_held) if key[0] in gone]:
        _held.pop(key, None)


def _found(form: Questionnaire, reading: Texts) -> Mapping[str, Found]:
    """Looked for once in a form, which never changes; anew when the municipality's texts do."""
    key, glossary = (id(form), reading.locale.code), glossary_of(reading)
    held = _held.get(key)
    if held is None or held.form is not form or held.glossary is not glossary:
        if len(_held) >= _MOST_HELD:
            _held.clear()
        held = _held[key] = _Held(form, glossary, dict(find(form, reading.locale.code, glossary)))
    return held.found


def find(form: Questionnaire, language: str, glossary: Glossary) -> Iterator[tuple[str, Found]]:
    """The questions that explain a word, by name.

    What some people skip explains its words too, and leaves them to be explained again for the others.
    """
    seen: set[str] = set()
    for page in form.pages:
        for question in page.questions:
            asked = glossary.names_in(*_asked(form, question, language))
            choices = glossary.names_in(*_choices(form, question, language))
            new = tuple(name for name in asked if name not in seen)
            more = tuple(name for name in choices if name not in seen and name not in asked)
            if new or more:
                yield question.name, Found(new, more)
            if not (page.relevant or question.relevant):
                seen.update(asked, choices)


def _asked(form: Questionnaire, question: Question, language: str) -> tuple[str, str]:
    return (
        wording(question.labels, language, form.default_language).text,
        wording(question.hints, language, form.default_language).text,
    )


def _choices(form: Questionnaire, question: Question, language: str) -> tuple[str, ...]:
    return tuple(wording(each.labels, language, form.default_language).text for each in question.choices)
