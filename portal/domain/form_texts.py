"""The texts of a questionnaire under keys of their own, as every other text has one.

    form.<form>.title                         its name
    form.<form>.<page>.page                   the heading of a page
    form.<form>.<question>.label              the question; .hint, .required and .constraint likewise
    form.<form>.<question>.choice.<choice>    a label of the scale that <question> is the first to have

Questions with the very same choices have one scale: it has one key a choice, and reads the same in all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from portal.domain.questionnaires import Choice, Page, Question, Questionnaire, Respondent, Texts

PREFIX = "form."

Wordings = Mapping[str, Mapping[str, str]]
"""key -> locale -> the new text; an empty one takes the text of that language away."""


@dataclass(frozen=True)
class FormText:
    """One text of a form. ``scale`` is the same for all labels of one scale, and empty for other texts."""

    key: str
    form: str
    texts: Texts
    source_locale: str
    respondent: Respondent
    question: str = ""
    scale: str = ""

    @property
    def area(self) -> str:
        return PREFIX + self.form

    @property
    def source(self) -> str:
        return self.texts.get(self.source_locale, "")


def is_form_key(key: str) -> bool:
    return key.startswith(PREFIX)


def texts_of(form: Questionnaire) -> dict[str, FormText]:
    """Every text that stands in the form's own language, by key, in the order they are met."""
    found = (
        FormText(key, form.key, texts, form.default_language, respondent, question, scale)
        for key, texts, respondent, question, scale in _all(form)
    )
    return {text.key: text for text in found if text.source}


def with_wordings(form: Questionnaire, wordings: Wordings) -> Questionnaire:
    """The form with other texts; what it asks, and what the answers count for, stays as it is."""
    scales = _scales(form)

    def changed(key: str, texts: Texts) -> Texts:
        merged = {**texts, **wordings.get(key, {})}
        return {locale: text for locale, text in merged.items() if text}

    def choice(prefix: str, each: Choice) -> Choice:
        return replace(each, labels=changed(f"{prefix}.{each.name}", each.labels))

    def question(each: Question) -> Question:
        prefix, scale = f"{PREFIX}{form.key}.{each.name}", scales.get(each.name, "")
        return replace(
            each,
            labels=changed(f"{prefix}.label", each.labels),
            hints=changed(f"{prefix}.hint", each.hints),
            required_messages=changed(f"{prefix}.required", each.required_messages),
            constraint_messages=changed(f"{prefix}.constraint", each.constraint_messages),
            choices=tuple(choice(scale, one) for one in each.choices),
        )

    def page(each: Page) -> Page:
        labels = changed(f"{PREFIX}{form.key}.{each.name}.page", each.labels)
        return replace(each, labels=labels, questions=tuple(map(question, each.questions)))

    titles = changed(f"{PREFIX}{form.key}.title", form.titles)
    return replace(form, titles=titles, pages=tuple(map(page, form.pages)))


def with_languages(form: Questionnaire, makers: Mapping[str, Callable[[str], str]]) -> Questionnaire:
    """The form with more languages, each made from its own: locale -> what makes a text of it."""
    wordings = {
        key: {locale: make(text.source) for locale, make in makers.items()}
        for key, text in texts_of(form).items()
    }
    return replace(with_wordings(form, wordings), languages=(*form.languages, *makers))


_Found = tuple[str, Texts, Respondent, str, str]


def _all(form: Questionnaire) -> Iterator[_Found]:
    scales, told = _scales(form), set[str]()
    yield f"{PREFIX}{form.key}.title", form.titles, form.respondent, "", ""
    for page in form.pages:
        yield f"{PREFIX}{form.key}.{page.name}.page", page.labels, form.respondent, "", ""
        for question in page.questions:
            yield from _of_question(form, question)
            scale = scales.get(question.name, "")
            if scale not in told:
                told.add(scale)
                for choice in question.choices:
                    key = f"{scale}.{choice.name}"
                    yield key, choice.labels, question.respondent, question.name, scale


def _of_question(form: Questionnaire, question: Question) -> Iterator[_Found]:
    prefix = f"{PREFIX}{form.key}.{question.name}"
    each = {
        "label": question.labels,
        "hint": question.hints,
        "required": question.required_messages,
        "constraint": question.constraint_messages,
    }
    for name, texts in each.items():
        yield f"{prefix}.{name}", texts, question.respondent, question.name, ""


def _scales(form: Questionnaire) -> dict[str, str]:
    """Question -> the key of its scale, for those that have choices."""
    # A dict of the choices themselves would hash every label: a form has few scales, so they are compared.
    known: list[tuple[tuple[Choice, ...], str]] = []
    found: dict[str, str] = {}
    for question in form.questions.values():
        if not question.choices:
            continue
        scale = next((scale for choices, scale in known if choices == question.choices), "")
        if not scale:
            scale = f"{PREFIX}{form.key}.{question.name}.choice"
            known.append((question.choices, scale))
        found[question.name] = scale
    return found
