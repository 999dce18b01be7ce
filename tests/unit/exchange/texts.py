"""Texts to send out and take in: a few plain ones, and any at all."""

from __future__ import annotations

from hypothesis import strategies as st

from i18n.catalogs import Status
from i18n.exchange.judging import Accepted, judge
from i18n.exchange.units import FileRead, Rejected, Unit
from i18n.locales import LOCALES, Locale
from i18n.texts import Forms

HELLO = Unit("citizen.hello", ("Hej {name}",), ("Witaj {name}",), context="First page", status=Status.DRAFT)
DAYS = Unit("citizen.days", ("{n} dag", "{n} dage"), plural=True)
LOUD = Unit(
    "citizen.loud",
    ("Svar <strong>nu</strong>",),
    ("Stary <strong>tekst</strong>",),
    stale=True,
    former=("Svar <strong>snart</strong>",),
)
UNITS = (HELLO, DAYS, LOUD)
POLISH = LOCALES["pl"]


def judged(
    file: FileRead | Rejected, units: tuple[Unit, ...] = UNITS, locale: Locale = POLISH
) -> Accepted | Rejected:
    return file if isinstance(file, Rejected) else judge(file, {unit.key: unit for unit in units}, locale)


def codes(found: Accepted | Rejected) -> list[str]:
    """Why it was refused, in order; what was taken has none."""
    return [problem.code for problem in found.problems] if isinstance(found, Rejected) else []


_SIGNS = st.characters(
    codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp", "Cn"], exclude_characters="{}<>\ufffd"
)
_TRAPS = (
    '"',
    "'",
    "\\",
    "\n",
    " ",
    "&amp;",
    "]]>",
    "=1+1",
    "_x000D_",
    "a < b",
    "> ",
    "🙂",
    "شكرا",
    "ትግርኛ",
    "#~",
    "msgid",
)
_PIECES = st.one_of(st.text(_SIGNS, min_size=1, max_size=8), st.sampled_from(_TRAPS))
_CODES = st.sampled_from(["{name}", "{n}", "<br>", "<strong>{name}</strong>", "<em>a<strong>b</strong></em>"])


def _trimmed(pieces: list[str]) -> str:
    return "".join(pieces).replace("{name}{", "{name} {").strip()


any_text = st.lists(st.one_of(_PIECES, _CODES), min_size=1, max_size=5).map(_trimmed).filter(bool)
"""A text as we keep it: nothing around it, and at least something in it."""


@st.composite
def any_unit(draw: st.DrawFn, locale: Locale, key: str = "citizen.any") -> Unit:
    """A text that we could have: with a translation for each form or none at all."""
    plural = draw(st.booleans())
    count = len(locale.plural_categories) if plural else 1
    source: Forms = tuple(draw(any_text) for _ in range(2 if plural else 1))
    target: Forms = tuple(draw(any_text) for _ in range(count)) if draw(st.booleans()) else ()
    stale = bool(target) and draw(st.booleans())
    status = draw(st.sampled_from(list(Status))) if target and not stale else None
    former = tuple(draw(any_text) for _ in source) if stale and draw(st.booleans()) else ()
    places = ("/start", "/svar/skema")[: draw(st.integers(0, 2))]
    return Unit(
        key, source, target, plural, draw(st.one_of(st.just(""), any_text)), places, status, stale, former
    )


any_locale = st.sampled_from(list(LOCALES.values()))


@st.composite
def any_units(draw: st.DrawFn) -> tuple[Locale, tuple[Unit, ...]]:
    locale = draw(any_locale)
    keys = draw(
        st.lists(
            st.from_regex(r"[a-z]{1,5}\.[a-zæ0-9_.+-]{1,12}", fullmatch=True),
            min_size=1,
            max_size=4,
            unique=True,
        )
    )
    return locale, tuple(draw(any_unit(locale, key)) for key in keys)
