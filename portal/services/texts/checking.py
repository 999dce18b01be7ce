"""Is a wording fit to be shown? Placeholders, plural forms, markup; for citizens' Danish plain language, too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from unicodedata import category

from i18n import plain_language
from i18n.checks import Problem, check_page, check_text, page_of
from i18n.exchange.signs import strange_signs
from i18n.exchange.units import Reason
from i18n.locales import DEFAULT
from i18n.plain_language import Severity
from i18n.texts import Forms
from portal.domain.form_texts import is_form_key
from portal.domain.texts import Kind
from portal.services.texts.bench import Bench, TextRow

LONGEST_TEXT = 4_000


class Fault(StrEnum):
    """What no catalog would have, but a form or a file may send."""

    TOO_LONG = "too_long"
    CONTROL_CHARACTER = "control_character"
    REFERENCE = "reference"
    """`${…}` is not supported in a question: it would be shown as it stands."""
    STALE = "stale"
    """Made from a Danish that has changed since."""
    CHANGED = "changed"
    """Not the wording any more that was looked at."""


UNREADABLE = frozenset({Fault.TOO_LONG, Fault.CONTROL_CHARACTER})
"""Not even a draft is kept of these."""


@dataclass(frozen=True)
class Checked:
    """An ERROR among the problems keeps the text from being published."""

    problems: tuple[Problem, ...]

    @property
    def refused(self) -> bool:
        return any(problem.severity is Severity.ERROR for problem in self.problems)

    @property
    def is_unreadable(self) -> bool:
        return any(problem.code in UNREADABLE for problem in self.problems)


def check(bench: Bench, row: TextRow, forms: Forms) -> Checked:
    """For citizens' Danish plain language of the text and of the page it stands on, too."""
    glossary = bench.catalogs.glossary(DEFAULT)
    problems = [*_unreadable(row, forms), *_strange(row, forms)]
    problems += check_text(row.entry, forms, row.locale, glossary)
    if is_form_key(row.key):
        problems += _of_question(row, forms)
    elif row.locale == DEFAULT:
        problems += _page_problems(bench, row, forms)
    return Checked(tuple(problems))


def _strange(row: TextRow, forms: Forms) -> Iterator[Problem]:
    """Signs that a file is refused for; those that make a text unreadable are told of by themselves."""
    found = dict.fromkeys(each for form in forms for each in strange_signs(form))
    for reason, detail in found:
        if reason is not Reason.CONTROL_CHARACTER:
            yield Problem(Severity.ERROR, reason, row.locale, row.key, detail)


def _of_question(row: TextRow, forms: Forms) -> Iterator[Problem]:
    for form in forms:
        if "${" in form:
            yield Problem(Severity.ERROR, Fault.REFERENCE, row.locale, row.key)
        if row.locale == DEFAULT and row.kind is not Kind.STAFF:
            for found in plain_language.check(form):
                detail = found.excerpt or str(found.number)
                yield Problem(found.severity, found.concern, row.locale, row.key, detail)


def _page_problems(bench: Bench, row: TextRow, forms: Forms) -> Iterator[Problem]:
    page = page_of(row.key)
    if page is None or not forms:
        return
    rest = (bench.row(DEFAULT, key) for key in bench.catalogs.keys(row.area) if page_of(key) == page)
    others = [each.live[-1] for each in rest if each and each.live and each.key != row.key]
    for problem in check_page(page, (forms[-1], *others)):
        yield replace(problem, code=f"page_{problem.code}")


def _unreadable(row: TextRow, forms: Forms) -> Iterator[Problem]:
    if any(len(form) > LONGEST_TEXT for form in forms):
        yield Problem(Severity.ERROR, Fault.TOO_LONG, row.locale, row.key, str(LONGEST_TEXT))
    for sign in {sign for form in forms for sign in form if category(sign) == "Cc" and sign != "\n"}:
        yield Problem(Severity.ERROR, Fault.CONTROL_CHARACTER, row.locale, row.key, f"U+{ord(sign):04X}")
