"""Each translation stands in the letters of its own language: a line that slipped into another column shows here."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import pytest

from i18n.formatting import PLACEHOLDER
from i18n.locales import LOCALES
from i18n.texts import shipped_catalogs
from portal.domain.questionnaires import Respondent, Texts
from portal.services.publishing import shipped_forms

CATALOGS = shipped_catalogs()
SCRIPTS = {"Arab": "ARABIC", "Cyrl": "CYRILLIC", "Ethi": "ETHIOPIC"}
"""As the names of the letters begin in Unicode."""
STRANGERS = {
    "ro": ("ş", "ţ", "Ş", "Ţ"),  # with a cedilla: Turkish letters, which Romanian writes with a comma
    "fa": ("ك", "ي", "ى", "ة"),  # Arabic letters that look alike and are found by no Persian search
    "uk": ("ы", "э", "ъ", "ё", "i"),  # Russian letters, and a Latin one that looks like its own
}


def texts_in(code: str) -> Iterator[tuple[str, str, str]]:
    """(where it stands, the Danish, the translation)"""
    danish = CATALOGS.entries["da"]
    for key, entry in CATALOGS.entries[code].items():
        if key in danish and not key.startswith("glossary."):  # whose names may stay as they are: MitID, PIN
            yield from ((key, danish[key].forms[-1], form) for form in entry.forms)
    for form in shipped_forms():
        if form.respondent is Respondent.CITIZEN:
            read: list[Texts] = [form.titles, *(texts for page in form.pages for texts in page.wordings)]
            yield from ((form.key, texts["da"], texts[code]) for texts in read if texts.get(code))


def is_in_script(text: str, script: str) -> bool:
    return any(unicodedata.name(sign, "").startswith(script) for sign in PLACEHOLDER.sub("", text))


@pytest.mark.parametrize("code", [code for code, locale in LOCALES.items() if locale.script in SCRIPTS])
def test_a_text_stands_in_the_script_of_its_language(code: str) -> None:
    script = SCRIPTS[LOCALES[code].script]
    found = texts_in(code)
    assert [
        (where, text) for where, danish, text in found if text != danish and not is_in_script(text, script)
    ] == []


@pytest.mark.parametrize("code", STRANGERS)
def test_a_text_has_no_letter_that_only_looks_like_its_own(code: str) -> None:
    def words(text: str) -> set[str]:
        """Names of ours and others' stay in their own letters."""
        plain = PLACEHOLDER.sub("", text)
        return {word for word in plain.split() if code != "uk" or is_in_script(word, "CYRILLIC")}

    slips = [
        (where, word)
        for where, _, text in texts_in(code)
        for word in words(text)
        if any(sign in word for sign in STRANGERS[code])
    ]
    assert slips == []
