"""Whether citizens can read what we write: every shipped Danish text, every page and every form, with its LIX.

LIX as in `i18n.plain_language`. A page is what its template, with all that it includes, can say; so it is judged
by more than any one reader meets on it, and the words of a page are never too few to judge.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from i18n import plain_language
from i18n.catalogs import area_of
from i18n.checks import READ_BY_CITIZENS, Code, check_catalogs, check_text
from i18n.glossary import Glossary
from i18n.locales import DEFAULT
from i18n.plain_language import Concern, Readability, Severity
from i18n.texts import FOLDER, Catalogs
from portal.domain.questionnaires import Question, Questionnaire, Respondent
from portal.services import publishing
from portal.services.text_checks.findings import WORDING, Finding
from portal.services.texts.bench import open_bench
from portal.store import questionnaires

TEMPLATES = FOLDER.parent / "templates"
LAYOUT = "layouts/citizen.html"
LETTER = "pages/staff/citizen_letter.html"
PAGES = ("pages/citizen/*.html", LETTER, LAYOUT)
FOR_DESIGNERS = frozenset({"pages/citizen/style_guide.html"})
"""In the citizens' look, and for who makes it."""
UNJUDGED = frozenset({"common", "sms", "glossary"})
"""Areas whose texts are single words and buttons, or stand on no page of their own."""

_INCLUDED = re.compile(r"""\{%-?\s*(?:include|from|import)\s+["']([^"']+)["']""")
_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_KEY = re.compile(r"""["']([a-z_]+\.[a-z0-9_.]*)["']""")


@dataclass(frozen=True)
class Page:
    """A page's template, and the texts that it may show."""

    name: str
    keys: tuple[str, ...]
    measured: Readability


@dataclass(frozen=True)
class Text:
    """One Danish text for citizens, in each of its forms."""

    place: str
    text: str


def check(catalogs: Catalogs) -> Iterator[Finding]:
    """All that stands between a citizen and what ships with the product."""
    yield from check_texts(catalogs)
    for page in pages(catalogs):
        yield from _lix(f"templates/{page.name}", page.measured)
    for form in publishing.shipped_forms():
        yield from check_form(form, catalogs.glossary(DEFAULT))


def check_texts(catalogs: Catalogs) -> Iterator[Finding]:
    """What is wrong with the Danish of each text for citizens."""
    for problem in check_catalogs(catalogs):
        if problem.locale == DEFAULT and problem.code in WORDING and catalogs.entry(DEFAULT, problem.key):
            yield Finding(_line(catalogs, problem.key), problem.code, problem.severity, problem.detail)


def texts(catalogs: Catalogs) -> Iterator[Text]:
    """Every Danish text for citizens."""
    for key, entry in catalogs.entries[DEFAULT].items():
        if entry.area in READ_BY_CITIZENS:
            yield from (Text(_line(catalogs, key), form) for form in entry.forms)


def check_own(session: Session, catalogs: Catalogs) -> Iterator[Finding]:
    """A municipality's own Danish texts, and the forms that it has published as they stand now."""
    bench, glossary = open_bench(session, catalogs), catalogs.glossary(DEFAULT)
    for key, forms in ((key, forms) for (locale, key), forms in bench.overlay.items() if locale == DEFAULT):
        for problem in check_text(catalogs.entries[DEFAULT][key], forms, DEFAULT, glossary):
            if problem.code in WORDING:
                yield Finding(f"own text {key}", problem.code, problem.severity, problem.detail)
    for form in questionnaires.definitions(session, questionnaires.newest_versions(session)):
        yield from check_form(form, glossary)


def check_form(form: Questionnaire, glossary: Glossary) -> Iterator[Finding]:
    """A form's questions one by one, and its Danish as a whole; a form for staff is not judged."""
    if form.respondent is not Respondent.CITIZEN or DEFAULT not in form.languages:
        return
    place = f"questionnaire {form.key}"
    for question in form.questions.values():
        yield from _texts_of(f"{place}: {question.name}", question, glossary)
    yield from _lix(place, measure_form(form))


def measure_form(form: Questionnaire) -> Readability:
    """All that is read before the answers are given: the choices are lists, and outside LIX."""
    return plain_language.readability("\n".join(map(_read_first, form.questions.values())))


def pages(catalogs: Catalogs, templates: Path = TEMPLATES) -> list[Page]:
    """Every page that a citizen meets, with the letter that she gets on paper."""
    return [_page(name, catalogs, templates) for name in _names(templates)]


LAW = "law"
"""The law's own words: folded away behind ours, which say the same, and measured by nobody."""


def strangers(catalogs: Catalogs, templates: Path = TEMPLATES) -> set[str]:
    """Texts on citizens' pages whose area is not held to plain language: there should be none."""
    everything = catalogs.keys()
    hers = (name for name in _names(templates) if name != LETTER)  # staff's own words stand around the letter
    found = (key for name in hers for key in _keys(name, everything, templates))
    return {key for key in found if area_of(key) not in (*READ_BY_CITIZENS, LAW)}


def _names(templates: Path) -> list[str]:
    found = {path.relative_to(templates).as_posix() for each in PAGES for path in templates.glob(each)}
    return sorted(found - FOR_DESIGNERS)


def _page(name: str, catalogs: Catalogs, templates: Path) -> Page:
    held = [key for key in _keys(name, catalogs.keys(), templates) if area_of(key) in READ_BY_CITIZENS]
    texts = (catalogs.entries[DEFAULT][key].forms[-1] for key in held if area_of(key) not in UNJUDGED)
    return Page(name, tuple(held), plain_language.readability("\n".join(texts)))


def _keys(name: str, known: tuple[str, ...], templates: Path) -> list[str]:
    """The keys that a page names, whole or by their beginning, each once."""
    named = _KEY.findall("\n".join(_sources(name, templates, set())))
    whole, beginnings = set(named), tuple(each for each in set(named) if each.endswith("."))
    return [key for key in known if key in whole or key.startswith(beginnings)]


def _sources(name: str, templates: Path, seen: set[str]) -> Iterator[str]:
    """A template and what it includes; the layout stands on every page, and is judged by itself."""
    if name in seen or (seen and name == LAYOUT):
        return
    seen.add(name)
    source = _COMMENT.sub("", (templates / name).read_text(encoding="utf-8"))
    yield source
    for included in _INCLUDED.findall(source):
        yield from _sources(included, templates, seen)


def _texts_of(place: str, question: Question, glossary: Glossary) -> Iterator[Finding]:
    asked = _read_first(question)
    yield from _lix(place, plain_language.readability(asked), plain_language.MIN_WORDS)
    for text in (asked, *(choice.labels.get(DEFAULT, "") for choice in question.choices)):
        for found in plain_language.check(text):
            if found.concern in (Concern.LONG_SENTENCE, Concern.THREAT):
                yield Finding(place, found.concern, found.severity, found.excerpt)
        for word in glossary.unexplained(text):
            yield Finding(place, Code.UNEXPLAINED, Severity.WARNING, word)


def _read_first(question: Question) -> str:
    """What is read before the answer. A label without a stop of its own is a sentence all the same."""
    label, hint = question.labels.get(DEFAULT, ""), question.hints.get(DEFAULT, "")
    return f"{label if label.endswith(('.', '?', '!')) or not label else label + '.'} {hint}".strip()


def _lix(place: str, measured: Readability, least: int = 1) -> Iterator[Finding]:
    lix = measured.lix
    if lix is None or measured.words < least or lix <= plain_language.TARGET:
        return
    too_high = lix > plain_language.LIMIT
    concern = Concern.LIX_TOO_HIGH if too_high else Concern.LIX_ABOVE_TARGET
    yield Finding(place, concern, Severity.ERROR if too_high else Severity.WARNING, f"LIX {lix}")


def _line(catalogs: Catalogs, key: str) -> str:
    entry = catalogs.entries[DEFAULT][key]
    return f"i18n/da/LC_MESSAGES/{entry.area}.po:{entry.line} {key}"
