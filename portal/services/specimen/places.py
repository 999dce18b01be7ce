"""Where each text is met: on which pages, in which order, and whether it is read or only heard there.

Found by opening every page of the sample town (`scripts.places`), and kept in a file that a test holds true: it costs
nothing when a translator asks, and changes with the code alone. The texts of forms stand on the pages of their
questions, by their keys.
"""

from __future__ import annotations

import json
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from portal.domain.form_texts import PREFIX, is_form_key
from portal.services.specimen.marks import Shown, Sighting
from portal.services.specimen.pages import PAGES

FILE = Path(__file__).resolve().parents[2] / "content" / "specimen_places.json"
FORM_PAGE = "skema"
"""What the names of forms' pages begin with: skema.<form>.<question>."""
TITLE = ".title"
"""The name of a form stands on the tab while it is answered."""
VARIANTS = ("required", "constraint")
"""Texts of a question that are said of an answer: the page after such a one."""


@dataclass(frozen=True)
class PlaceOnPage:
    """``page``: its name in our addresses. ``order``: how many texts of the page come before this one."""

    page: str
    shown: Shown
    order: int = 0


def places(key: str) -> tuple[PlaceOnPage, ...]:
    """Where it is best seen first; () for a text that stands on no page of a citizen."""
    if is_form_key(key):
        shown = Shown.HEARD if key.endswith(TITLE) else Shown.READ
        return (PlaceOnPage(page_of_form_text(key), shown),)
    return _by_key().get(key, ())


def texts_on(page: str) -> tuple[str, ...]:
    """The keys that are read or heard on it, in order."""
    return tuple(each.key for each in _kept().get(page, ()))


def page_of_form_text(key: str) -> str:
    form, *rest = key.removeprefix(PREFIX).split(".")
    if rest[-1] in VARIANTS:
        return ".".join((FORM_PAGE, form, rest[0], rest[-1]))
    return ".".join((FORM_PAGE, form, *rest[: len(rest) > 1]))


def complete(
    seen: Mapping[str, Sequence[Sighting]],
    abroad: Mapping[str, Sequence[Sighting]],
    hers: Container[str],
) -> dict[str, list[Sighting]]:
    """What was seen on the pages in Danish; and each text that a translation alone shows (``abroad``), where it first
    stands. ``hers``: the keys of the catalogs that citizens meet."""
    found = {page: [each for each in sightings if each.key in hers] for page, sightings in seen.items()}
    met = {each.key for sightings in found.values() for each in sightings}
    for page, sightings in abroad.items():
        new = [each.key for each in sightings if each.key in hers and each.key not in met]
        found[page] += [Sighting(key, Shown.ABROAD) for key in new]
        met.update(new)
    return found


def as_json(found: Mapping[str, Sequence[Sighting]]) -> str:
    """A page a line, so that two changes seldom meet. A sign before the key says how it is shown."""
    lines = (
        f"{json.dumps(page)}: {json.dumps([f'{_SIGNS[each.shown]}{each.key}' for each in sightings])}"
        for page, sightings in found.items()
    )
    return "{\n" + ",\n".join(lines) + "\n}\n"


_SIGNS = {Shown.READ: "", Shown.HEARD: "~", Shown.ABROAD: ">"}


@cache
def _kept() -> Mapping[str, tuple[Sighting, ...]]:
    signs = {sign: shown for shown, sign in _SIGNS.items() if sign}
    return {
        page: tuple(Sighting(each.lstrip("~>"), signs.get(each[0], Shown.READ)) for each in keys)
        for page, keys in json.loads(FILE.read_text(encoding="utf-8")).items()
    }


@cache
def _by_key() -> Mapping[str, tuple[PlaceOnPage, ...]]:
    found: dict[str, list[PlaceOnPage]] = {}
    for page in (each for each in PAGES if each in _kept()):
        for order, sighting in enumerate(_kept()[page]):
            found.setdefault(sighting.key, []).append(PlaceOnPage(page, sighting.shown, order))
    best = list(Shown).index
    return {key: tuple(sorted(each, key=lambda place: best(place.shown))) for key, each in found.items()}
