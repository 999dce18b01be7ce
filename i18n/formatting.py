"""Values put into texts: placeholders, safe markup, dates and numbers, names in the other direction."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import dates, lists, numbers
from markupsafe import Markup, escape

from i18n.locales import EVERY_LOCALE, Locale

COPENHAGEN = ZoneInfo("Europe/Copenhagen")

PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")
# Bare tags only: no attribute can come through, so no text can carry a script or a link of its own.
ALLOWED_TAGS = ("strong", "em", "br")
_ESCAPED_TAG = re.compile(r"&lt;(/?(?:" + "|".join(ALLOWED_TAGS) + r"))&gt;")

_FSI, _PDI = "\u2068", "\u2069"
_YEAR = re.compile(r",?\s*y+(?:\s*'[^']*'\.?)?")
_GROUPS = re.compile(r"\+\d|\d[\s()/-]+\d")
_BIDI_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def placeholders(text: str) -> frozenset[str]:
    return frozenset(PLACEHOLDER.findall(text))


def fill(text: str, values: Mapping[str, object]) -> str:
    """`text` with each {name} replaced once; what a value holds is never read as a placeholder.

    Only plain names are placeholders: unlike str.format nothing reaches an attribute or an item of a value.
    Raises KeyError for a name without a value.
    """
    return PLACEHOLDER.sub(lambda match: str(values[match[1]]), text) if "{" in text else text


def fill_markup(text: str, values: Mapping[str, object]) -> Markup:
    """As `fill`, for a text with bare <strong>, <em> or <br>: all else in the text and its values is escaped.

    A value that is already Markup (a link made by the template) is kept as it is.
    """
    return Markup(fill(_safe(text), {name: escape(value) for name, value in values.items()}))  # noqa: S704


@lru_cache(maxsize=4000)
def _safe(text: str) -> str:
    """There are a few thousand texts, and each is shown again and again."""
    return _ESCAPED_TAG.sub(r"<\1>", str(escape(text)))


def isolate(text: str, locale: Locale) -> str:
    """`text` (a name, a number) for plain text of `locale`, kept apart if it runs the other way.

    Wrapped in FSI/PDI (UAX #9) only when it holds a letter of the other direction, or digits whose groups a
    right-to-left sentence would turn around ("+45 88 12"): in an SMS the two signs force UCS-2 and halve its
    length. Direction controls inside the text are taken out: they could reach beyond it.
    """
    plain = _BIDI_CONTROLS.sub("", text)
    other = {"L"} if locale.rtl else {"R", "AL"}
    mixed = any(unicodedata.bidirectional(char) in other for char in plain)
    mixed = mixed or (locale.rtl and _GROUPS.search(plain) is not None)
    return f"{_FSI}{plain}{_PDI}" if mixed else plain


def format_date(locale: Locale, day: dt.date) -> str:
    """17. marts 2025. An aware datetime is the day it is in Denmark."""
    return _in_own_digits(locale, dates.format_date(_local(day), "long", locale=locale.babel))


def format_short_date(locale: Locale, day: dt.date) -> str:
    """17. mar. 2025, for tables."""
    return _in_own_digits(locale, dates.format_date(_local(day), "medium", locale=locale.babel))


def format_weekday(locale: Locale, day: dt.date) -> str:
    """mandag den 17. marts 2025, for appointments."""
    return _in_own_digits(locale, dates.format_date(_local(day), "full", locale=locale.babel))


def format_near_day(locale: Locale, day: dt.date) -> str:
    """mandag den 17. marts: a day so near that its year goes without saying."""
    pattern = _YEAR.sub("", str(locale.babel.date_formats["full"].pattern))
    return _in_own_digits(locale, dates.format_date(_local(day), pattern, locale=locale.babel))


def format_day_name(locale: Locale, weekday: int) -> str:
    """mandag for 0, as it stands by itself."""
    return _in_own_digits(locale, str(locale.babel.days["stand-alone"]["wide"][weekday]))


def format_list(locale: Locale, items: Sequence[str]) -> str:
    """mandag, tirsdag og fredag"""
    return _in_own_digits(locale, lists.format_list(items, locale=locale.babel))


_COMMAS = {"ar": "، ", "fa": "، ", "ti": "፣ "}


def format_series(locale: Locale, items: Sequence[str]) -> str:
    """JA, 4: with no "and" before the last."""
    return _in_own_digits(locale, _COMMAS.get(locale.code, ", ").join(items))


def format_clock(locale: Locale, at: dt.time) -> str:
    """09.00: as `format_time`, for an hour of any day."""
    return format_time(locale, dt.datetime(2026, 1, 1, at.hour, at.minute, tzinfo=COPENHAGEN))


def format_time(locale: Locale, moment: dt.datetime) -> str:
    """13.05: hours and minutes in Denmark, whatever zone the moment is given in.

    The clock has 24 hours in every language: that is what the wall at the meeting says.
    """
    pattern = "HH.mm" if "." in str(locale.babel.time_formats["short"].pattern) else "HH:mm"
    shown = dates.format_time(_aware(moment), pattern, tzinfo=COPENHAGEN, locale=locale.babel)
    return _in_own_digits(locale, shown)


def format_datetime(locale: Locale, moment: dt.datetime) -> str:
    """17. mar. 2025 13.05: day and time in Denmark. Raises ValueError for a datetime without a zone."""
    return f"{format_short_date(locale, moment)} {format_time(locale, moment)}"


def format_number(locale: Locale, value: float | Decimal) -> str:
    """1.964 in Danish, ۱٬۹۶۴ in Persian; at most three decimals."""
    return _number(locale.code, value)


def format_answer(locale: Locale, value: Decimal) -> str:
    """2017 and 2,5: as somebody writes it into a form. It may be a year, so thousands are not set apart."""
    shown = numbers.format_decimal(
        value, locale=locale.babel, group_separator=False, numbering_system="default"
    )
    return _in_own_digits(locale, shown)


@lru_cache(maxsize=10_000)
def _number(code: str, value: float | Decimal) -> str:
    """Each step of a form says four small numbers, and Babel thinks long about each."""
    locale = EVERY_LOCALE[code]
    shown = numbers.format_decimal(value, locale=locale.babel, numbering_system="default")
    return _in_own_digits(locale, shown)


def format_kroner(locale: Locale, oere: int) -> str:
    """78 -> "0,78": kroner without their sign, always with two decimals."""
    kroner = Decimal(oere) / 100
    shown = numbers.format_decimal(kroner, "#,##0.00", locale=locale.babel, numbering_system="default")
    return _in_own_digits(locale, shown)


def format_percent(locale: Locale, ratio: float | Decimal, decimals: int = 0) -> str:
    """0.281 -> "28 %" (decimals=1: "28,1 %"), with the language's own sign and space."""
    pattern = re.sub(r"0(\.0+)?", "0" + ("." + "0" * decimals if decimals else ""), _percent_pattern(locale))
    shown = numbers.format_percent(ratio, pattern, locale=locale.babel, numbering_system="default")
    return _in_own_digits(locale, shown)


def _percent_pattern(locale: Locale) -> str:
    return str(locale.babel.percent_formats[None].pattern)


def _in_own_digits(locale: Locale, shown: str) -> str:
    """Babel takes the separators of a numbering system, and leaves its digits."""
    return shown.translate(locale.own_digits) if locale.own_digits else shown


def _local(day: dt.date) -> dt.date:
    return _aware(day).astimezone(COPENHAGEN).date() if isinstance(day, dt.datetime) else day


def _aware(moment: dt.datetime) -> dt.datetime:
    if moment.tzinfo is None:
        raise ValueError("a time without a zone is nobody's time")
    return moment
