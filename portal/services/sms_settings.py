"""What an administrator sets about the SMS: the price of a part, and the words that are too private for one."""

from __future__ import annotations

import re
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from messaging.content_guard import SENSITIVE_WORDS, Words
from portal.store import audit, sms_settings
from portal.store.sms_settings import SmsSettings

MOST_WORDS = 400
LONGEST_WORD = 40
DEAREST_PART = 1_000
"""Øre: ten kroner for one part is a slip of the finger."""
_WORD = re.compile(rf"-?[^\W_](?:[\w '-]{{0,{LONGEST_WORD}}}[^\W_])?\*?")


class Problem(StrEnum):
    PRICE = "price"
    TOO_MANY = "too_many"
    NO_WORD = "no_word"


def words_of(row: SmsSettings | None) -> Words:
    if row is None or row.sensitive_words is None:
        return SENSITIVE_WORDS
    return tuple(row.sensitive_words)


def save(
    session: Session, price: str, typed: str, staff_id: int, now: datetime
) -> dict[str, tuple[Problem, str]]:
    """One word a line; an empty price is none. Or, having kept nothing, the problem and what raised it by field."""
    words = tuple(
        dict.fromkeys(" ".join(line.split()).lower() for line in typed.splitlines() if line.strip())
    )
    problems = check(price, words)
    if not problems:
        row = sms_settings.of_municipality(session) or SmsSettings()
        row.part_price = int(price) if price else None
        row.sensitive_words = None if words == SENSITIVE_WORDS else list(words)
        session.add(row)
        audit.record(session, "sms.settings_changed", now, staff_id=staff_id)
    return problems


def check(price: str, words: Words) -> dict[str, tuple[Problem, str]]:
    problems = {}
    if price and not (
        price.isascii() and price.isdecimal() and len(price) < 6 and int(price) <= DEAREST_PART
    ):
        problems["price"] = (Problem.PRICE, price)
    wrong = next((word for word in words if not _WORD.fullmatch(word)), None)
    if wrong is not None:
        problems["words"] = (Problem.NO_WORD, wrong)
    elif len(words) > MOST_WORDS:
        problems["words"] = (Problem.TOO_MANY, "")
    return problems
