"""Abbreviations in a Danish text, and the words they stand for.

Not those that are read as fast as a word: "kl. 9", "nr. 4", "kr.", "tlf.", and names such as CPR, SMS and MitID.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

WORDS = {
    "afs.": "afsender",
    "aht.": "på grund af",
    "ang.": "om",
    "bl.a.": "blandt andet",
    "ca.": "cirka",
    "d.d.": "i dag",
    "dvs.": "det vil sige",
    "ekskl.": "uden",
    "etc.": "og så videre",
    "evt.": "måske",
    "f.eks.": "for eksempel",
    "fx": "for eksempel",
    "gl.": "gammel",
    "hhv.": "og",
    "ifm.": "ved",
    "ift.": "om",
    "iht.": "efter",
    "inkl.": "med",
    "jf.": "se",
    "jfr.": "se",
    "kap.": "kapitel",
    "max.": "højst",
    "md.": "måned",
    "mdr.": "måneder",
    "m.fl.": "og flere",
    "mht.": "om",
    "min.": "minutter",
    "m.m.": "og mere",
    "mv.": "og mere",
    "m.v.": "og mere",
    "o.a.": "og andet",
    "o.l.": "og lignende",
    "o.lign.": "og lignende",
    "osv.": "og så videre",
    "pga.": "på grund af",
    "p.g.a.": "på grund af",
    "pkt.": "punkt",
    "pr.": "hver",
    "p.t.": "nu",
    "pt.": "nu",
    "sml.": "se også",
    "stk.": "stykke",
    "t.o.m.": "til og med",
    "ugtl.": "hver uge",
    "vedr.": "om",
    "vha.": "med",
}
_KNOWN = "CPR CV DK EU IT OK PDF PIN SMS MMS TV NB DR USA PNG JPEG CSV MB GB JA NEJ STOP START HJÆLP"
"""Known to everybody by their letters; and words in capitals that are to be written as they stand."""
_LISTED = re.compile(
    r"(?<![\w.-])(?:"
    + "|".join(re.escape(word) for word in sorted(WORDS, key=len, reverse=True))
    + r")(?!\w)",
    re.IGNORECASE,
)
_CAPITALS = re.compile(r"(?<![\w-])[A-ZÆØÅ]{2,5}(?![\w-])")


@dataclass(frozen=True)
class Abbreviation:
    """``words``: what it stands for; empty for letters that only the writer can write out."""

    start: int
    end: int
    words: str


def find(text: str) -> Iterator[Abbreviation]:
    for match in _LISTED.finditer(text):
        yield Abbreviation(*match.span(), WORDS[match[0].lower()])
    for match in _CAPITALS.finditer(text):
        if match[0] not in _KNOWN.split() and not _is_shouting(text, match):
            yield Abbreviation(*match.span(), "")


def _is_shouting(text: str, match: re.Match[str]) -> bool:
    """Whether the word beside it stands in capitals too: a heading, and no abbreviation."""
    before, after = text[: match.start()].split()[-1:], text[match.end() :].split()[:1]
    return any(word.isupper() and len(word) > 1 and word.isalpha() for word in (*before, *after))
