"""What lies beside a text while it is translated: what changed, what stands around it, and what was said before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from i18n.catalogs import Status
from i18n.locales import DEFAULT, LOCALES
from i18n.memory import Match, Memory, Unit
from i18n.texts import Forms
from i18n.word_diff import Run, word_diff
from portal.services.texts.bench import Bench, TextRow

AROUND = 2
"""Texts shown before and after the one at hand."""
TRUST = {
    Status.MACHINE_DRAFT: 0,
    Status.DRAFT: 1,
    Status.BACK_CHECKED: 2,
    Status.NATIVE_APPROVED: 3,
}


@dataclass(frozen=True)
class Hit:
    """A word of the glossary that stands in the Danish; ``own`` is this language's word for it, "" for none yet."""

    name: str
    danish: str
    own: str
    meaning: str


@dataclass(frozen=True)
class Desk:
    """``changed``: for each form of the Danish what has changed since the translation was made, () for nothing."""

    row: TextRow
    changed: tuple[tuple[Run, ...], ...]
    before: tuple[TextRow, ...]
    after: tuple[TextRow, ...]
    hits: tuple[Hit, ...]
    matches: tuple[Match, ...]
    examples: tuple[tuple[int, ...], ...]


def desk(bench: Bench, row: TextRow) -> Desk:
    """Reads nothing. The Danish itself has no memory: it is what everything else is made from."""
    before, after = around(bench, row)
    return Desk(
        row,
        changed(bench, row),
        before,
        after,
        tuple(hits(bench, row)),
        () if row.is_source else tuple(matches(bench, row)),
        LOCALES[row.locale].plural_examples if row.entry.plural else (),
    )


def changed(bench: Bench, row: TextRow) -> tuple[tuple[Run, ...], ...]:
    """From the Danish that readers' wording was made from to the Danish as it is. A draft that has begun is made
    from the new Danish, and its translator still wants to see what was new. Of a Danish of their own what the product
    has changed in the text that it took the place of."""
    old, new = (row.made_from, row.upstream) if row.is_source else (earlier_source(bench, row), row.source)
    if not old or not new or old == new:
        return ()
    count = max(len(old), len(new))
    pairs = zip(_filled(old, count), _filled(new, count), strict=True)
    return tuple(word_diff(*pair) for pair in pairs)


def earlier_source(bench: Bench, row: TextRow) -> Forms:
    """() where nobody knows."""
    if row.is_source or not row.has_draft:
        return row.made_from
    kept = bench.kept.get((row.locale, row.key))
    if kept and kept.forms:
        return tuple(kept.source)
    return row.entry.forms if row.shipped else ()


def _filled(forms: Forms, count: int) -> Forms:
    return (*forms, *("",) * (count - len(forms)))


def around(bench: Bench, row: TextRow) -> tuple[tuple[TextRow, ...], tuple[TextRow, ...]]:
    """The texts before and after in the same area, the nearest in the middle; of a scale all its labels, because
    they have to be told from each other."""
    if row.scale:
        labels = tuple(bench.scale(row.locale, row.scale))
        at = next(n for n, label in enumerate(labels) if label.key == row.key)
        return labels[:at], labels[at + 1 :]
    keys = bench.keys(row.area)
    at = keys.index(row.key)
    before, after = keys[max(0, at - AROUND) : at], keys[at + 1 : at + 1 + AROUND]
    return _rows(bench, row.locale, before), _rows(bench, row.locale, after)


def _rows(bench: Bench, locale: str, keys: tuple[str, ...]) -> tuple[TextRow, ...]:
    return tuple(row for key in keys if (row := bench.row(locale, key)))


def hits(bench: Bench, row: TextRow) -> Iterator[Hit]:
    """The glossary's words in the Danish, as the municipality has them."""
    danish = bench.catalogs.texts(DEFAULT, bench.overlay)
    for name in danish.glossary().names_in(*row.source):
        own = bench.row(row.locale, f"glossary.{name}.word")
        word = "" if row.locale == DEFAULT or own is None or not own.forms else own.forms[0]
        yield Hit(name, danish(f"glossary.{name}.word"), word, danish(f"glossary.{name}.text"))


def matches(bench: Bench, row: TextRow) -> Iterator[Match]:
    """With a form for each that the text has: where the memory's has others, its last stands for all."""
    count = len(LOCALES[row.locale].plural_categories) if row.entry.plural else 1
    for match in memory(bench, row.locale).matches(row.source[-1], row.key):
        fits = len(match.forms) == count
        yield match if fits else replace(match, forms=(match.forms[-1],) * count)


def memory(bench: Bench, locale: str) -> Memory:
    """Each translation with the Danish that it was made from, where that is known. Not by way of ``Bench.rows``:
    all that a row tells would take longer to gather than the memory takes to search."""
    return Memory((*_own(bench, locale), *_shipped(bench, locale), *_of_forms(bench, locale)))


def _own(bench: Bench, locale: str) -> Iterator[Unit]:
    for (code, key), kept in bench.kept.items():
        forms, source = (
            (kept.forms, kept.source) if kept.draft_forms is None else (kept.draft_forms, kept.draft_source)
        )
        if code == locale and forms and source:
            yield Unit(key, source[-1], tuple(forms), TRUST[kept.status])


def _shipped(bench: Bench, locale: str) -> Iterator[Unit]:
    danish = bench.catalogs.entries[DEFAULT]
    for key, entry in bench.catalogs.entries[locale].items():
        source = entry.former if entry.stale else danish[key].forms if key in danish else ()
        if source and not entry.empty and (locale, key) not in bench.kept:
            yield Unit(key, source[-1], entry.forms, TRUST[entry.status])


def _of_forms(bench: Bench, locale: str) -> Iterator[Unit]:
    for key, text in bench.form_texts.items():
        if text.texts.get(locale) and (locale, key) not in bench.kept:
            yield Unit(key, text.source, (text.texts[locale],))
