"""All that a build can know to be wrong with the texts that ship, in every language.

Only what overflows on a narrow screen is not here: a browser measures that (tests/browser).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from i18n.catalogs import Entry, area_of
from i18n.checks import Code, check_catalogs, untranslated
from i18n.directions import unguarded
from i18n.glossary import AREA
from i18n.locales import DEFAULT, LOCALES
from i18n.plain_language import Severity
from i18n.terms import terms
from i18n.texts import Catalogs
from portal.domain.questionnaires import Questionnaire
from portal.domain.scale_checks import scale_flaws
from portal.services import publishing, text_check
from portal.services.text_checks import lookups
from portal.services.text_checks.findings import WORDING, Finding, Trouble
from portal.services.text_checks.lookups import Named
from portal.services.text_checks.usage import known_words, usage
from portal.services.text_checks.wordings import ANY

OPEN = frozenset({Code.MISSING, Code.STALE})
"""Told by ``check_catalogs`` of staff's texts too, which may stand in Danish alone."""


def check(catalogs: Catalogs) -> Iterator[Finding]:
    """Everything, readability first."""
    found, forms = tuple(lookups.named(catalogs.areas())), publishing.shipped_forms()
    yield from text_check.check(catalogs)
    yield from check_entries(catalogs)
    yield from check_usage(catalogs, found, known_words())
    yield from check_directions(catalogs, found)
    yield from check_terms(catalogs)
    yield from check_forms(catalogs, forms)


def check_entries(catalogs: Catalogs) -> Iterator[Finding]:
    """Each text by itself, and what citizens would meet in Danish."""
    for problem in check_catalogs(catalogs):
        if problem.code not in (*OPEN, *WORDING):
            place = place_of(catalogs, problem.locale, problem.key)
            yield Finding(place, problem.code, problem.severity, problem.detail)
    for locale in catalogs.entries:
        for entry in untranslated(catalogs, locale) if locale != DEFAULT else ():
            own = catalogs.entry(locale, entry.key)
            code = Code.STALE if own and own.stale else Code.MISSING
            yield Finding(place_of(catalogs, locale, entry.key), code, Severity.ERROR, _changed(entry, own))


def _changed(danish: Entry, own: Entry | None) -> str:
    before = f"{' | '.join(own.former)} -> " if own and own.former else ""
    return before + " | ".join(danish.forms)


def check_usage(catalogs: Catalogs, found: Collection[Named], words: Collection[str]) -> Iterator[Finding]:
    """Texts that nothing names, and names that no text has."""
    used = usage(catalogs.keys(), found, words)
    for key in used.unused:
        yield Finding(place_of(catalogs, DEFAULT, key), Trouble.UNUSED, Severity.WARNING, "named nowhere")
    for name in used.dangling:
        yield Finding(name.place, Trouble.NO_SUCH_TEXT, Severity.ERROR, name.pattern)


def check_directions(catalogs: Catalogs, found: Iterable[Named]) -> Iterator[Finding]:
    """Values put loose into a text that runs from right to left."""
    for locale in (code for code in catalogs.entries if LOCALES[code].rtl):
        texts = {key: unguarded(entry.forms) for key, entry in catalogs.entries[locale].items()}
        risky = {key: names for key, names in texts.items() if names}
        for name in found:
            for key in lookups.fitting(name.pattern, risky) if name.asked and name.loose else ():
                loose = risky[key] if ANY in name.loose else risky[key] & name.loose
                if loose:
                    detail = f"{locale} {key}: {', '.join(sorted(loose))}"
                    yield Finding(name.place, Trouble.MIXED_DIRECTION, Severity.ERROR, detail)


def check_terms(catalogs: Catalogs) -> Iterator[Finding]:
    """Texts that call a word of the glossary something else than the glossary does."""
    danish = catalogs.entries[DEFAULT]
    for locale, own in catalogs.entries.items():
        here = terms(catalogs, locale) if locale != DEFAULT else None
        for key, entry in own.items() if here else ():
            if here and key in danish and entry.usable and area_of(key) != AREA:
                for astray in here.astray(danish[key].forms, entry.forms):
                    detail = f"{astray.term}: {astray.expected}"
                    yield Finding(place_of(catalogs, locale, key), Trouble.TERM, Severity.WARNING, detail)


def check_forms(catalogs: Catalogs, forms: Collection[Questionnaire]) -> Iterator[Finding]:
    """Scales and terms of the questionnaires."""
    for flaw in scale_flaws(forms):
        place = f"questionnaire {flaw.form}: {flaw.question}"
        yield Finding(place, flaw.fault, Severity.ERROR, f"{flaw.locale}: {flaw.detail}")
    for locale in (code for code in catalogs.entries if code != DEFAULT):
        here = terms(catalogs, locale)
        for place, danish, own in _wordings(forms, locale):
            for astray in here.astray((danish,), (own,)):
                detail = f"{locale}: {astray.term}: {astray.expected}"
                yield Finding(place, Trouble.TERM, Severity.WARNING, detail)


def _wordings(forms: Iterable[Questionnaire], locale: str) -> Iterator[tuple[str, str, str]]:
    """(place, Danish, translation) of every text of the forms that has both."""
    for form in forms:
        for question in form.questions.values():
            for each in question.wordings:
                if each.get(DEFAULT) and each.get(locale):
                    yield f"questionnaire {form.key}: {question.name}", each[DEFAULT], each[locale]


def place_of(catalogs: Catalogs, locale: str, key: str) -> str:
    """ "i18n/uk/LC_MESSAGES/goals.po:12 goals.title"; without a line where the language lacks the text."""
    entry = catalogs.entry(locale, key)
    return f"i18n/{locale}/LC_MESSAGES/{area_of(key)}.po{f':{entry.line}' if entry else ''} {key}"
