"""Checks of whole catalogs: what a translator must mend, and what must not be shipped.

An ERROR must not be shipped, a WARNING is for someone to look at, an INFO counts what is still to be done.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from i18n import plain_language
from i18n.catalogs import Entry, area_of
from i18n.form_checks import flaws
from i18n.glossary import Glossary, jargon
from i18n.locales import DEFAULT, LOCALES
from i18n.plain_language import Severity
from i18n.texts import Catalogs, Forms

READ_BY_CITIZENS = (
    *("citizen", "citizen_home", "letter", "progression", "thread", "reply", "sms", "checkins", "common"),
    *("errors", "reading", "glossary", "waiting", "diary", "goals", "meetings", "contact", "own_data"),
    *("oidc", "mitid", "paper", "public", "themes", "trust", "who_sees"),
)
"""The areas whose Danish is held to plain language, all of their texts."""

SECOND = "en"
"""Who writes a text for citizens writes it in Danish and English; the other languages are made from these."""
FOR_STAFF = (
    *("simulator.", "xlsform.", "progression.", "thread.staff.", "thread.event.staff.", "thread.unplaced."),
    *("thread.check.", "thread.reason.sending_", "thread.error.too_many_parts", "thread.error.not_by_sms"),
    *("thread.error.look_again", "thread.error.opted_out", "thread.error.n", "thread.error.whatsapp_closed"),
)
"""How the keys begin that stand in English too and are met by staff alone."""

GSM7 = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà\f^{}\\[~]|€"
)
"""What an SMS holds at 160 characters (3GPP TS 23.038, with its extension table)."""

CANNOT_EXPLAIN = frozenset({"sms", "letter", "checkins"})

MAY_NAME_DUTIES = frozenset({"sms.stop_confirmation"})
"""Who stops the SMS must be told that her duties go on without them: kinder than to leave it out."""


class Code(StrEnum):
    """What is found in a catalog, beside the faults of form_checks and the concerns of plain_language."""

    EMPTY = "empty"
    MISSING = "missing"
    STALE = "stale"
    UNSTAMPED = "unstamped"
    UNKNOWN_KEY = "unknown_key"
    PLURAL_OR_NOT = "plural_or_not"
    NOT_GSM7 = "not_gsm7"
    UNEXPLAINED = "unexplained"


@dataclass(frozen=True)
class Problem:
    """`code` is the value of a Code, a Fault or a Concern; `key` is a page ("citizen.start") when the
    finding is about all of its texts together."""

    severity: Severity
    code: str
    locale: str
    key: str
    detail: str = ""


def check_catalogs(catalogs: Catalogs) -> tuple[Problem, ...]:
    """Every problem of every language."""
    found = [*_danish(catalogs), *_pages(catalogs)]
    for locale in catalogs.entries:
        if locale != DEFAULT:
            found += _translation(catalogs, locale)
    return tuple(found)


def untranslated(catalogs: Catalogs, locale: str) -> tuple[Entry, ...]:
    """The Danish of each text that citizens meet and that ``locale`` lacks, or has from an older Danish."""
    danish, own = catalogs.entries[DEFAULT], catalogs.entries[locale]
    met = (key for key in met_by_citizens(catalogs) if not (key in own and own[key].usable))
    return tuple(danish[key] for key in met)


def met_by_citizens(catalogs: Catalogs) -> dict[str, None]:
    """The keys of the texts that citizens meet, in the files' order; staff alone meet the others."""
    danish = catalogs.entries[DEFAULT]
    shared = (key for key in catalogs.entries[SECOND] if key in danish)
    return dict.fromkeys(key for key in shared if not key.startswith(FOR_STAFF))


def check_text(source: Entry, forms: Forms, locale: str, glossary: Glossary) -> tuple[Problem, ...]:
    """What is wrong with `forms` as the text in `locale` of the key whose Danish is `source`.

    For a new Danish text `source` is the shipped one: the code fills in the same placeholders.
    """
    entry = replace(source, forms=forms)
    wording = _wording(entry, glossary) if locale == DEFAULT and not entry.empty else ()
    return (*_form_problems(source, entry, locale), *wording)


def _danish(catalogs: Catalogs) -> Iterator[Problem]:
    for key, entry in catalogs.entries[DEFAULT].items():
        if entry.empty:
            yield Problem(Severity.ERROR, Code.EMPTY, DEFAULT, key)
        else:
            yield from _form_problems(entry, entry, DEFAULT)
            yield from _wording(entry, catalogs.glossary(DEFAULT))


def _wording(entry: Entry, glossary: Glossary) -> Iterator[Problem]:
    if entry.area == "sms":
        yield from _sms_wording(entry)
    if entry.area not in READ_BY_CITIZENS:
        return
    yield from _unexplained(entry, glossary)
    for form in entry.forms:
        for finding in plain_language.check(form):
            if _applies(finding, entry):
                detail = finding.excerpt or str(finding.number)
                yield Problem(finding.severity, finding.concern, DEFAULT, entry.key, detail)


def _unexplained(entry: Entry, glossary: Glossary) -> Iterator[Problem]:
    """Words of the trade without an explanation. An SMS has no room to fold one out in, nor has a letter."""
    find = jargon if entry.area in CANNOT_EXPLAIN else glossary.unexplained
    for word in dict.fromkeys(word for form in entry.forms for word in find(form)):
        yield Problem(Severity.WARNING, Code.UNEXPLAINED, DEFAULT, entry.key, word)


def _applies(finding: plain_language.Finding, entry: Entry) -> bool:
    if finding.concern is plain_language.Concern.THREAT:
        return entry.key not in MAY_NAME_DUTIES
    return entry.area != "sms"


def _sms_wording(entry: Entry) -> Iterator[Problem]:
    if strange := "".join(sorted(set("".join(entry.forms)) - GSM7)):
        yield Problem(Severity.WARNING, Code.NOT_GSM7, DEFAULT, entry.key, strange)


def _pages(catalogs: Catalogs) -> Iterator[Problem]:
    pages: dict[str, list[str]] = defaultdict(list)
    for key, entry in catalogs.entries[DEFAULT].items():
        if page := page_of(key):
            pages[page].append(entry.forms[-1])
    for page, texts in pages.items():
        yield from check_page(page, texts)


def page_of(key: str) -> str | None:
    """The citizen's page that the text stands on ("citizen.start"); None for texts that are no page's own."""
    return ".".join(key.split(".")[:2]) if area_of(key) == "citizen" else None


def check_page(page: str, texts: Iterable[str]) -> Iterator[Problem]:
    """LIX of a citizen's page as a whole: its Danish texts alone are mostly too short to measure."""
    for finding in plain_language.check("\n".join(texts)):
        if finding.concern in (
            plain_language.Concern.LIX_ABOVE_TARGET,
            plain_language.Concern.LIX_TOO_HIGH,
        ):
            yield Problem(finding.severity, finding.concern, DEFAULT, page, str(finding.number))


def _translation(catalogs: Catalogs, locale: str) -> Iterator[Problem]:
    danish, own = catalogs.entries[DEFAULT], catalogs.entries[locale]
    for key in danish.keys() - own.keys():
        yield Problem(Severity.INFO, Code.MISSING, locale, key)
    for key, entry in own.items():
        if key not in danish:
            yield Problem(Severity.ERROR, Code.UNKNOWN_KEY, locale, key)
        elif not entry.usable:
            yield Problem(Severity.INFO, Code.STALE if entry.stale else Code.MISSING, locale, key)
        else:
            if not entry.made_from:
                yield Problem(Severity.ERROR, Code.UNSTAMPED, locale, key)
            yield from _form_problems(danish[key], entry, locale)


def _form_problems(source: Entry, entry: Entry, locale: str) -> Iterator[Problem]:
    if source.plural != entry.plural:
        yield Problem(Severity.ERROR, Code.PLURAL_OR_NOT, locale, entry.key)
        return
    for flaw in flaws(source.forms, entry.forms, plural=source.plural, locale=LOCALES[locale]):
        yield Problem(Severity.ERROR, flaw.fault, locale, entry.key, flaw.detail)
