"""Mixed direction: a name, a number or a link inside a sentence that runs the other way must stand by itself.

Without a boundary the bidirectional algorithm (UAX #9) draws what follows a Latin name in an Arabic sentence into the
name, and turns the groups of a phone number around.
"""

from __future__ import annotations

import re

from i18n.formatting import placeholders

NUMBERS = frozenset({"n", "max", "most", "size", "of", "minutes", "number_of"})
"""A number by itself keeps its digits in order."""
SAID = frozenset({"day", "time", "when", "answer", "state", "reason", "how", "kind", "question"})
"""Texts, days and times of the same language; the words of a question are kept apart in their SMS."""
LAST = frozenset({"link"})
"""Stands last in its SMS; a sign behind it would be taken for a part of the address."""
UNMIXED = NUMBERS | SAID | LAST

_ISOLATED = re.compile("[\u2066\u2067\u2068]\\{([a-z][a-z0-9_]*)\\}\u2069")


def unguarded(forms: tuple[str, ...]) -> frozenset[str]:
    """The placeholders of a text whose value may run the other way, and which the text does not itself wrap in an
    isolate (U+2066 … U+2069). For a text that runs from right to left."""
    return frozenset().union(*(placeholders(form) - set(_ISOLATED.findall(form)) for form in forms)) - UNMIXED
