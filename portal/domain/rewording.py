"""Another wording of one question in one language; what it means and counts for stays as it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from portal.domain.questionnaires import Choice, Question, Questionnaire, Texts


class Lack(StrEnum):
    """Why a wording cannot be taken."""

    LABEL = "label"
    HINT = "hint"
    """The hint stands in other languages, and the form's own language is what they fall back to."""
    CHOICE = "choice"
    REFERENCE = "reference"
    """`${…}` is not supported in a text: it would be shown as it stands."""


@dataclass(frozen=True)
class Rewording:
    """`choices`: choice name -> wording, of every choice of the question. An empty hint takes the hint away."""

    label: str
    hint: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)


def current(question: Question, locale: str) -> Rewording:
    """The wording as it is; empty where this language has none."""
    return Rewording(
        question.labels.get(locale, ""),
        question.hints.get(locale, ""),
        {choice.name: choice.labels.get(locale, "") for choice in question.choices},
    )


def lacks(form: Questionnaire, question: Question, locale: str, wording: Rewording) -> tuple[Lack, ...]:
    others = any(text for code, text in question.hints.items() if code != locale)
    found = {
        Lack.LABEL: not wording.label,
        Lack.HINT: locale == form.default_language and not wording.hint and others,
        Lack.CHOICE: any(not wording.choices.get(choice.name) for choice in question.choices),
        Lack.REFERENCE: any(
            "${" in text for text in (wording.label, wording.hint, *wording.choices.values())
        ),
    }
    return tuple(lack for lack, is_lacking in found.items() if is_lacking)


def sharing(form: Questionnaire, question: Question) -> tuple[str, ...]:
    """The questions with the very same choices: one scale, which must read the same everywhere."""
    if not question.choices:
        return ()
    return tuple(each.name for each in form.questions.values() if each.choices == question.choices)


def reword(form: Questionnaire, name: str, locale: str, wording: Rewording) -> Questionnaire:
    """The form with the question's new wording, and its choices' in every question that shares them."""
    question = form.questions[name]
    shared = set(sharing(form, question))
    choices = tuple(_choice(choice, locale, wording) for choice in question.choices)

    def changed(each: Question) -> Question:
        if each.name == name:
            labels, hints = (
                _with(each.labels, locale, wording.label),
                _with(each.hints, locale, wording.hint),
            )
            return replace(each, labels=labels, hints=hints, choices=choices)
        return replace(each, choices=choices) if each.name in shared else each

    pages = tuple(replace(page, questions=tuple(map(changed, page.questions))) for page in form.pages)
    return replace(form, pages=pages)


def _choice(choice: Choice, locale: str, wording: Rewording) -> Choice:
    return replace(choice, labels=_with(choice.labels, locale, wording.choices[choice.name]))


def _with(texts: Texts, locale: str, text: str) -> Texts:
    kept = {code: old for code, old in texts.items() if code != locale or text}
    return {**kept, **({locale: text} if text else {})}
