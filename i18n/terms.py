"""One term, one translation: a text whose Danish holds a word of the glossary holds that word in each language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from i18n import glossary
from i18n.catalogs import Entry
from i18n.glossary import Glossary
from i18n.texts import Catalogs, Forms


@dataclass(frozen=True)
class Astray:
    """``term`` is the word's name in the glossary; ``expected`` its forms in the language."""

    term: str
    expected: str


class Terms:
    """What the words of the Danish glossary are called in one language."""

    def __init__(self, danish: Glossary, own: Mapping[str, Entry]) -> None:
        self._danish = danish
        entries = {name: own.get(f"glossary.{name}.forms") for name in glossary.names(own)}
        self._said = {name: entry.forms[0] for name, entry in entries.items() if entry and entry.usable}

    def astray(self, source: Forms, forms: Forms) -> Iterator[Astray]:
        """The words of the Danish that the translation calls something else.

        A form may stand within a longer word: many languages glue articles, cases and owners to it.
        """
        folded = "\n".join(forms).casefold()
        for name in self._danish.names_in(*source):
            if name in self._said and not any(form in folded for form in glossary.listed(self._said[name])):
                yield Astray(name, self._said[name])


def terms(catalogs: Catalogs, locale: str) -> Terms:
    return Terms(catalogs.glossary("da"), catalogs.entries[locale])
