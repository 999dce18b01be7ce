"""What should not stand in an SMS: CPR-like digits, links from a number, sensitive words."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

MASK = "******-****"

_GAP = r"[\s.\-/_\u2010-\u2015\u2212\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]{0,3}"
"""Also the marks of direction that a phone puts about digits in Arabic text."""
_NOT_A_RANGE = r"(?<!\d)(?<!\d[.\-/\u2010-\u2015])"
"""Without it the end of "12.12-05.01.2027" would be the number of somebody born in 1920."""
_CPR_LIKE = re.compile(
    rf"{_NOT_A_RANGE}(\d\d){_GAP}(\d\d){_GAP}(?:19|20)?\d\d(?:{_GAP}\d{{4}}|(?<=\d{{6}}){_GAP}\d\d \d\d)(?!\d)"
)
_DAYS = {1: 31, 2: 29, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31}
_REPLACEMENT_NUMBER = 60  # people without a CPR number get one with 60 added to the day

_LINK = re.compile(
    r"(?:https?://|www\.)\S+"
    r"|(?<![\w-])(?<![\w-]\.)[\w-]+(?:\.[\w-]+)*\.(?:dk|com|net|org|eu|info|nu|io|me|app|link|ly)\b(?:/\S*)?",
    re.IGNORECASE,
)
"""A name is looked for from its beginning alone: from each of its parts, a long one would take the square of its
length, and nobody else is served meanwhile."""

Words = tuple[str, ...]
"""A list of words: "medicin*" also finds the words that begin so, "gæld" only itself, and "-gælder*" is never meant."""

SENSITIVE_WORDS: Words = (
    # Benefits
    "kontanthjælp*", "sygedagpenge*", "dagpenge*", "ressourceforløb*", "førtidspension*", "fleksjob*",
    "revalidering*", "uddannelseshjælp*", "sanktion*", "sanction*", "cash benefit*",
    "sickness benefit*", "early retirement*",
    # Health
    "sygdom*", "sygemeld*", "diagnose*", "depression*", "angst*", "stress*", "psyk*", "misbrug*", "alkohol*",
    "kræft*", "-kræfter*", "medicin*", "graviditet*", "illness*", "sick leave*", "diagnos*", "anxiety*",
    "psych*", "addiction*", "cancer*", "medication*", "pregnan*",
    # Money, crime, faith and family
    "gæld*", "-gælde", "-gælder", "-gældende*", "straffe*", "-straffespark*", "fængsel*", "religion*",
    "skilsmisse*", "vold*", "-voldsom*", "-voldgift*", "debt*", "prison*", "divorce*", "violence*",
    # What nobody may be asked for by SMS
    "cpr*", "mitid*", "kodeord*", "adgangskode*", "password*",
)  # fmt: skip


class Concern(StrEnum):
    CPR_LIKE = "cpr_like"
    LINK_FROM_NUMBER = "link_from_number"
    SENSITIVE_WORD = "sensitive_word"


@dataclass(frozen=True)
class Finding:
    """One thing to look at before sending; `excerpt` is the text that raised it, CPR-like digits masked."""

    concern: Concern
    excerpt: str


@dataclass(frozen=True)
class Masked:
    text: str
    found: int


def mask_cpr(text: str) -> Masked:
    """The text with every CPR-like number masked, and how many there were.

    CPR-like: ddmmyy or ddmmyyyy with a date that exists (29 February always counts), then four digits; with
    or without gaps of up to three signs, in any script's digits. Check digits are not looked at: numbers since
    2007 break them.
    """
    found = 0

    def mask(match: re.Match[str]) -> str:
        nonlocal found
        if not _is_a_date(int(match[1]), int(match[2])):
            return match[0]
        found += 1
        return MASK

    return Masked(_CPR_LIKE.sub(mask, text), found)


def findings(text: str, *, takes_replies: bool, words: Words = SENSITIVE_WORDS) -> tuple[Finding, ...]:
    """What to warn about. `takes_replies`: the sender is a number, from which operators filter links."""
    masked = mask_cpr(text)
    links = _LINK.findall(masked.text) if takes_replies else []
    return (
        *(Finding(Concern.CPR_LIKE, MASK) for _ in range(masked.found)),
        *(Finding(Concern.LINK_FROM_NUMBER, link) for link in links),
        *(Finding(Concern.SENSITIVE_WORD, word) for word in _pattern(words).findall(masked.text)),
    )


def holds_a_link(text: str) -> bool:
    return _LINK.search(text) is not None


@lru_cache(maxsize=200)
def _pattern(words: Words) -> re.Pattern[str]:
    """Finds nothing when the list names nothing."""
    meant = "|".join(_one(word) for word in words if not word.startswith("-"))
    spared = "|".join(_one(word[1:]) for word in words if word.startswith("-"))
    unless = rf"(?!(?:{spared})\b)" if spared else ""
    return re.compile(rf"\b{unless}(?:{meant or '(?!)'})\b", re.IGNORECASE)


def _one(word: str) -> str:
    return re.escape(word.removesuffix("*")) + (r"\w*" if word.endswith("*") else "")


def _is_a_date(day: int, month: int) -> bool:
    day = day - _REPLACEMENT_NUMBER if day > _REPLACEMENT_NUMBER else day
    return 1 <= day <= _DAYS.get(month, 0)
