"""What a check of texts tells: the place, what is wrong, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from i18n.checks import Code
from i18n.form_checks import Fault
from i18n.plain_language import Concern, Severity
from portal.domain.scale_checks import ScaleFault


class Trouble(StrEnum):
    """What is found by looking at texts and code together."""

    UNUSED = "unused"
    NO_SUCH_TEXT = "no_such_text"
    MIXED_DIRECTION = "mixed_direction"
    TERM = "term_in_two_ways"


WORDING: Mapping[str, str] = {
    Concern.LIX_TOO_HIGH: "Write shorter sentences and shorter words: at most 30 is the goal, above 35 is not shipped.",
    Concern.LIX_ABOVE_TARGET: "Write shorter sentences and shorter words: the goal is at most 30.",
    Concern.LONG_SENTENCE: "Make it two sentences of at most 20 words.",
    Concern.THREAT: "Say what happens and what to do, kindly; fold the words of the law away.",
    Code.UNEXPLAINED: "Use a plainer word, or explain it in i18n/da/LC_MESSAGES/glossary.po.",
}
"""What is said of Danish wording."""
REMEDIES: Mapping[str, str] = {
    **WORDING,
    Code.EMPTY: "Write the Danish text: it stands in for every language that lacks one.",
    Code.MISSING: "Translate it, then run: python -m scripts.stamp_texts",
    Code.STALE: "Its Danish has changed. Put it right, or leave it where the meaning is the same; then run: "
    "python -m scripts.stamp_texts KEY",
    Code.UNSTAMPED: "Run: python -m scripts.stamp_texts",
    Code.UNKNOWN_KEY: "Danish has no such key: take the text away, or give it the key that Danish has now.",
    Code.PLURAL_OR_NOT: "Count as Danish does: msgid_plural and a msgstr[i] for each form, or neither.",
    Code.NOT_GSM7: "Use signs of the SMS alphabet, or an SMS holds 70 signs instead of 160.",
    Fault.PLURAL_COUNT: "Write one msgstr[i] for each plural form that the file's header names.",
    Fault.PLACEHOLDERS: "Use the placeholders of the Danish, and only these.",
    Fault.BROKEN_PLACEHOLDER: "Write a placeholder as {name}, both braces and nothing between but its name.",
    Fault.MARKUP: "Use the Danish text's tags, as many and well nested; there are <strong>, <em> and <br>.",
    ScaleFault.PARTLY_TRANSLATED: "Translate all choices of the scale in one go: two languages never share a scale.",
    ScaleFault.TWO_WORDINGS: "Word the scale alike wherever it stands; else answers cannot be compared.",
    Trouble.UNUSED: "Take the key out of every language, or name it where it is shown.",
    Trouble.NO_SUCH_TEXT: "Write the Danish text of the key, or mend the name.",
    Trouble.MIXED_DIRECTION: "Put isolate(value) around the value (texts.isolate in attributes and in code).",
    Trouble.TERM: "Use the glossary's word, or add this form of it to glossary.<term>.forms of the language.",
}


@dataclass(frozen=True)
class Finding:
    """``place`` is where to look: a file and its line with the key, a page, or a form and its question."""

    place: str
    code: str
    severity: Severity
    detail: str

    @property
    def remedy(self) -> str:
        return REMEDIES[self.code]
