"""What a new version of a questionnaire changes, and which items stay comparable with the one before."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from portal.domain.questionnaires import Page, Question, Questionnaire, Texts, wording_fingerprint


class Kind(StrEnum):
    NEW = "new"
    REMOVED = "removed"
    REWORDED = "reworded"
    """What is read differs in at least one language."""
    RULES = "rules"
    """What is read is the same; when or how it is asked, or what it counts for, is not."""
    SAME = "same"


@dataclass(frozen=True)
class QuestionChange:
    """`not_comparable`: the languages of both versions in which answers before and after cannot be compared."""

    name: str
    kind: Kind
    not_comparable: tuple[str, ...] = ()


@dataclass(frozen=True)
class FormChanges:
    """`questions` in the new form's order, the removed ones last."""

    questions: tuple[QuestionChange, ...]
    languages_added: tuple[str, ...]
    languages_removed: tuple[str, ...]
    is_same: bool

    def of(self, kind: Kind) -> tuple[QuestionChange, ...]:
        return tuple(change for change in self.questions if change.kind is kind)


def compare(old: Questionnaire | None, new: Questionnaire) -> FormChanges:
    """`old` is None for a form that is not published yet: all of it is new."""
    before = old.languages if old else ()
    return FormChanges(
        questions=tuple(_questions(old, new)),
        languages_added=tuple(code for code in new.languages if code not in before),
        languages_removed=tuple(code for code in before if code not in new.languages),
        is_same=old == new,
    )


def _questions(old: Questionnaire | None, new: Questionnaire) -> Iterator[QuestionChange]:
    before, after = (_placed(form) if form else {} for form in (old, new))
    common = [code for code in new.languages if old and code in old.languages]
    for name, (page, question) in after.items():
        if name not in before:
            yield QuestionChange(name, Kind.NEW)
            continue
        old_page, old_question = before[name]
        reworded = tuple(
            code
            for code in common
            if wording_fingerprint(old_question, code) != wording_fingerprint(question, code)
        )
        rules = _rules(page, question, common) != _rules(old_page, old_question, common)
        kind = Kind.REWORDED if reworded else Kind.RULES if rules else Kind.SAME
        yield QuestionChange(name, kind, reworded)
    for name in before:
        if name not in after:
            yield QuestionChange(name, Kind.REMOVED)


def _placed(form: Questionnaire) -> dict[str, tuple[Page, Question]]:
    return {question.name: (page, question) for page in form.pages for question in page.questions}


def _rules(page: Page, question: Question, languages: Collection[str]) -> tuple[object, ...]:
    """All but the languages that are in one version only: a translation that is added changes no rule."""

    def kept(texts: Texts) -> Texts:
        return {code: text for code, text in texts.items() if code in languages}

    bare = replace(
        question,
        labels=kept(question.labels),
        hints=kept(question.hints),
        required_messages=kept(question.required_messages),
        constraint_messages=kept(question.constraint_messages),
        choices=tuple(replace(choice, labels=kept(choice.labels)) for choice in question.choices),
    )
    return page.name, page.relevant, kept(page.labels), bare
