"""Phone numbers as people read them. What is dialled, stored and sent stays as it is."""

from __future__ import annotations

from functools import lru_cache

import phonenumbers
from flask import Flask
from markupsafe import Markup
from phonenumbers import NumberParseException, PhoneNumberFormat

HOME = "DK"
HOME_CODE = 45
HARD_SPACE = "\u00a0"


def install(app: Flask) -> None:
    app.add_template_global(phone_number)


@lru_cache(maxsize=2000)
def as_read(number: str) -> str:
    """In its groups, which stay on one line: a Danish number in pairs, another with its country in front. What is no
    number is left alone."""
    try:
        parsed = phonenumbers.parse(number, HOME)
    except NumberParseException:
        return number
    is_whole = number.lstrip("+").replace(" ", "").isdecimal()
    if not is_whole or not phonenumbers.is_possible_number(parsed):
        return number
    if parsed.country_code == HOME_CODE:
        digits = phonenumbers.national_significant_number(parsed)
        return HARD_SPACE.join(digits[at : at + 2] for at in range(0, len(digits), 2))
    return str(phonenumbers.format_number(parsed, PhoneNumberFormat.INTERNATIONAL)).replace(" ", HARD_SPACE)


def phone_number(number: str) -> Markup:
    """In a page of any direction: digits in groups would otherwise change places from right to left."""
    return Markup('<bdi dir="ltr">{}</bdi>').format(as_read(number))
