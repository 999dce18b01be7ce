"""Words that a citizen need not know, and how our texts explain them.

The area `glossary` has three texts for each word: `glossary.<name>.word` (the word itself), `.forms` (the word as
it stands in sentences, with commas between) and `.text` (what it means, in plain words).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

AREA = "glossary"

# Words of the trade by their stems. One that no glossary explains has no place in a text for citizens.
_JARGON = re.compile(
    r"(?<!\w)(?:"
    r"kendeord\w*|jobcent\w*|mentor\w*|rehabilit\w*|ressourceforløb\w*|revalider\w*|fleksjob\w*|jobafklaring\w*"
    r"|virksomhedspraktik\w*|løntilskud\w*|journal\w*|sagsakt\w*|partshøring\w*|aktindsigt\w*|klageadgang\w*"
    r"|rådighed\w*|visit(?:er|ation)\w*|bevilling\w*|foranstaltning\w*|indsatsplan\w*|beskæftigelsesindsats\w*"
    r"|funktionsevne\w*|arbejdsevne\w*|aktivparat\w*|uddannelsesparat\w*|jobparat\w*|målgruppe\w*"
    r"|kontanthjælp\w*|sygedagpenge\w*|førtidspension\w*|a-kasse\w*"
    r"|dataansvarlig\w*|databehandl\w*|databeskyttel\w*|datatilsyn\w*|samtykke\w*|behandlingsgrundlag\w*"
    r"|progression\w*|indikator\w*|regression\w*|stagnation\w*"
    r")(?!\w)",
    re.IGNORECASE,
)


class Glossary:
    """The words of one language that have an explanation."""

    def __init__(self, forms: Mapping[str, str]) -> None:
        """``forms``: name -> the word as it stands in sentences, with commas between."""
        self._names = {form: name for name, given in forms.items() for form in listed(given)}
        self._pattern = _pattern(tuple(self._names))
        self._stems = tuple(
            form for form in self._names if not any(o in form for o in self._names if o != form)
        )

    def find(self, text: str) -> tuple[str, int, int] | None:
        """The first word in ``text`` that has an explanation: its name, and from where to where it stands."""
        return next(self.all_in(text), None)

    def may_stand_in(self, text: str) -> bool:
        """Whether it is worth looking: a fiftieth of what looking costs, and most texts hold no such word."""
        folded = text.casefold()
        return any(stem in folded for stem in self._stems)

    def all_in(self, text: str) -> Iterator[tuple[str, int, int]]:
        """Every word in ``text`` that has an explanation, as ``find`` tells them."""
        if self._pattern and self.may_stand_in(text):
            for match in self._pattern.finditer(text):
                yield self._names[match[0].casefold()], *match.span()

    def names_in(self, *given: str) -> tuple[str, ...]:
        """The names of the words in the texts, each once, in their order."""
        return tuple(dict.fromkeys(name for text in given for name, _, _ in self.all_in(text)))

    def unexplained(self, text: str) -> tuple[str, ...]:
        """The words of the trade in a Danish text that nothing explains."""
        found = (match[0] for match in _JARGON.finditer(text))
        return tuple(word for word in dict.fromkeys(found) if word.casefold() not in self._names)


def names(keys: Iterable[str]) -> tuple[str, ...]:
    """The words among the keys of all texts."""
    return tuple(key.split(".")[1] for key in keys if key.startswith(f"{AREA}.") and key.endswith(".forms"))


def jargon(text: str) -> tuple[str, ...]:
    """The words of the trade in a Danish text, explained or not."""
    return tuple(dict.fromkeys(text[start:end] for start, end in jargon_spans(text)))


def jargon_spans(text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in _JARGON.finditer(text))


def listed(forms: str) -> list[str]:
    """The forms of a word, in small letters."""
    return [form.strip().casefold() for form in re.split(r"[,،、]", forms) if form.strip()]


@lru_cache(maxsize=100)
def _pattern(forms: tuple[str, ...]) -> re.Pattern[str] | None:
    """A whole word of any script; the longest form first, so that none hides another."""
    if not forms:
        return None
    listed = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{listed})(?!\w)", re.IGNORECASE)
