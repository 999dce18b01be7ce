"""What a municipality may be called: in addresses, in an SMS and to people."""

import re

LONGEST_NAME = 80
LONGEST_SLUG = 40
LONGEST_SENDER = 11
"""Characters of a sender's name: what the phone networks carry."""

_SLUG = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_SENDER = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9](?:[A-Za-z0-9 ]*[A-Za-z0-9])?")
_IN_ADDRESSES = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "ue", "é": "e"})
_LAST_WORD = re.compile(r"[- ]kommune\s*$", re.IGNORECASE)


def tidy(typed: str) -> str:
    return " ".join(typed.split())


def is_name(name: str) -> bool:
    """As it is printed: one line of 1 to 80 characters."""
    return 0 < len(name) <= LONGEST_NAME and name.isprintable()


def slug_from(name: str) -> str:
    """ "Åkøbing Kommune" -> "aakoebing". Empty when nothing of the name can stand in an address."""
    words = _LAST_WORD.sub("", name).casefold().translate(_IN_ADDRESSES)
    return re.sub(r"[^a-z0-9]+", "-", words).strip("-")[:LONGEST_SLUG].strip("-")


def is_slug(slug: str) -> bool:
    return len(slug) <= LONGEST_SLUG and _SLUG.fullmatch(slug) is not None


def is_sender(name: str) -> bool:
    """Letters a to z, digits and spaces, one letter at least: a sender of digits alone would be a number, and
    networks drop or change other signs."""
    return len(name) <= LONGEST_SENDER and _SENDER.fullmatch(name) is not None
