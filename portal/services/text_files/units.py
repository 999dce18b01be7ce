"""The texts of the bench as a translator's file holds them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from i18n.checks import FOR_STAFF, SECOND
from i18n.exchange.units import Unit
from portal.domain.form_texts import is_form_key
from portal.domain.texts import Kind, Standing
from portal.services.specimen.places import places
from portal.services.texts.bench import Bench, TextRow

STAFF_LOCALES = ("da", "en")
"""The languages that staff's own pages are offered in."""
MOST_PLACES = 3
"""Where it is best seen; some short words stand on every page."""


class Extent(StrEnum):
    """How much of a language; beside these an area by its name. The values stand in addresses."""

    REMAINING = "mangler"
    """Missing, stale, or not yet approved."""
    ALL = "alt"


@dataclass(frozen=True)
class Scope:
    """`extent` is an Extent or an area ("sms", "form.own_agenda")."""

    locale: str
    extent: str

    def holds(self, row: TextRow) -> bool:
        if self.extent == Extent.REMAINING:
            return not row.standing.is_finished
        return self.extent in (Extent.ALL, row.area)


def rows(bench: Bench, scope: Scope) -> list[TextRow]:
    """What nobody would ask for in this language is only there when its own area is asked for, and has nothing else:
    staff's pages are in two languages."""
    found = [row for row in bench.rows(scope.locale) if scope.holds(row)]
    if scope.locale in STAFF_LOCALES:
        return found
    hers = [row for row in found if _is_citizens(bench, row)]
    return hers or (found if scope.extent not in set(Extent) else [])


def _is_citizens(bench: Bench, row: TextRow) -> bool:
    if is_form_key(row.key):
        return row.kind is not Kind.STAFF
    return row.key in bench.catalogs.entries[SECOND] and not row.key.startswith(FOR_STAFF)


def units(bench: Bench, found: Iterable[TextRow]) -> list[Unit]:
    return [_unit(bench, row) for row in found]


def by_key(bench: Bench, locale: str) -> dict[str, Unit]:
    """Every text of the language: what a file that comes in is judged by."""
    return {row.key: _unit(bench, row) for row in bench.rows(locale)}


def _unit(bench: Bench, row: TextRow) -> Unit:
    is_stale, is_missing = row.standing is Standing.STALE, row.standing is Standing.MISSING
    return Unit(
        key=row.key,
        source=row.source,
        target=() if is_missing else row.forms,
        plural=row.entry.plural,
        context=row.entry.context or _question(bench, row),
        places=tuple(f"/tekster/{row.locale}/side/{each.page}" for each in places(row.key)[:MOST_PLACES]),
        status=None if is_stale or is_missing else row.status,
        stale=is_stale,
        former=_former(bench, row) if is_stale else (),
    )


def _former(bench: Bench, row: TextRow) -> tuple[str, ...]:
    """The Danish that a stale wording was made from, if anybody has kept it."""
    shipped = bench.catalogs.entry(row.locale, row.key)
    return row.made_from or (shipped.former if shipped else ())


def _question(bench: Bench, row: TextRow) -> str:
    """A hint, or an answer to choose, is translated with its question in mind."""
    text = bench.form_texts.get(row.key)
    label = (
        bench.form_texts.get(f"form.{text.form}.{text.question}.label") if text and text.question else None
    )
    return label.source if label and label.key != row.key else ""
