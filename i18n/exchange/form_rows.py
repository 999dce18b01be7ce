"""Formats that have a row for each plural form: the rows of one text put together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from i18n.catalogs import Status
from i18n.exchange.units import Incoming, Place, Reason, Refused
from i18n.locales import CATEGORIES, Locale


@dataclass(frozen=True)
class FormRow:
    """One form of one text. `category` is CLDR's name of the plural form, "" for a text that does not count."""

    key: str
    category: str
    form: str
    place: Place
    source: str = ""
    status: Status | None = None
    sent_stale: bool = False
    remark: str = ""


def gathered(
    rows: Iterable[FormRow], locale: Locale | None
) -> tuple[tuple[Incoming, ...], tuple[Refused, ...]]:
    """The texts in their order, and what is wrong with their rows. `locale` is None for a language we do not
    speak: then nobody knows its forms."""
    texts: dict[str, list[FormRow]] = {}
    for row in rows:
        texts.setdefault(row.key, []).append(row)
    problems = [problem for each in texts.values() for problem in _problems(each, locale)]
    return tuple(text for each in texts.values() for text in _texts(each)), tuple(problems)


def _problems(rows: list[FormRow], locale: Locale | None) -> Iterator[Refused]:
    met: dict[str, FormRow] = {}
    for row in rows:
        values = {"key": row.key, "detail": row.category}
        if not row.category:
            continue
        if row.category in met:
            first = met[row.category].place
            where = first.cell or str(first.line)
            yield Refused(row.place, Reason.DUPLICATE, {**values, "detail": where})
        elif row.category not in (locale.plural_categories if locale else CATEGORIES):
            yield Refused(row.place, Reason.UNKNOWN_FORM, values)
        met.setdefault(row.category, row)


def _texts(rows: list[FormRow]) -> Iterator[Incoming]:
    """A text that does not count is one row; a second is told as a duplicate when the file is judged."""
    for row in rows:
        if not row.category:
            yield _together([row])
    counting = [row for row in rows if row.category]
    if counting:
        order = {category: place for place, category in enumerate(CATEGORIES)}
        yield replace(
            _together(sorted(counting, key=lambda row: order.get(row.category, len(order)))),
            plural=True,
            place=counting[0].place,
        )


def _together(rows: list[FormRow]) -> Incoming:
    """A text has come as far as the form that is least far."""
    given = [row.status for row in rows]
    lowest = next((status for status in Status if status in given), None)
    return Incoming(
        key=rows[0].key,
        forms=tuple(row.form for row in rows),
        place=rows[0].place,
        source=tuple(row.source for row in rows) if all(row.source for row in rows) else (),
        status=None if None in given else lowest,
        sent_stale=any(row.sent_stale for row in rows),
        remark="\n".join(row.remark for row in rows if row.remark),
    )
