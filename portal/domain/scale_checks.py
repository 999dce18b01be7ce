"""One scale, one wording: the choices of a scale read the same in every question and form of a language, and all of
them are translated or none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from portal.domain.questionnaires import Question, Questionnaire

Labels = tuple[str, ...]


class ScaleFault(StrEnum):
    PARTLY_TRANSLATED = "scale_partly_translated"
    TWO_WORDINGS = "scale_in_two_wordings"


@dataclass(frozen=True)
class ScaleFlaw:
    """In a question of a form; ``detail`` is what lacks or differs."""

    form: str
    question: str
    locale: str
    fault: ScaleFault
    detail: str


def scale_flaws(forms: Iterable[Questionnaire]) -> Iterator[ScaleFlaw]:
    """Two questions have one scale when their choices read the same in the form's own language."""
    first: dict[tuple[str, Labels], Labels] = {}
    for form in forms:
        for question in form.questions.values():
            scale = _labels(question, form.default_language)
            for locale in sorted(_languages(question) - {form.default_language}):
                own = _labels(question, locale)
                known = first.setdefault((locale, scale), own) if all(own) else own
                for fault, detail in _faults(scale, own, known):
                    yield ScaleFlaw(form.key, question.name, locale, fault, detail)


def _languages(question: Question) -> set[str]:
    return {locale for choice in question.choices for locale, label in choice.labels.items() if label}


def _labels(question: Question, locale: str) -> Labels:
    return tuple(choice.labels.get(locale, "") for choice in question.choices)


def _faults(scale: Labels, own: Labels, first: Labels) -> Iterator[tuple[ScaleFault, str]]:
    lacking = [source for source, label in zip(scale, own, strict=True) if not label]
    if lacking:
        yield ScaleFault.PARTLY_TRANSLATED, ", ".join(lacking)
    differing = [f"{label} / {other}" for label, other in zip(own, first, strict=True) if label != other]
    if differing:
        yield ScaleFault.TWO_WORDINGS, ", ".join(differing)
