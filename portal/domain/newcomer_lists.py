"""A list of new citizens from a spreadsheet: rows of cells in, one person for each row out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

MOST_ROWS = 200
"""All of a caseworker's citizens, three times over."""
LONGEST_CELL = 200


class Column(StrEnum):
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    PHONE = "phone"
    LANGUAGE = "language"
    TEAM = "team"
    CASEWORKER = "caseworker"


class Unfit(StrEnum):
    """Why the list as a whole cannot be read."""

    EMPTY = "empty"
    HEADINGS = "headings"
    TOO_MANY = "too_many"


HEADINGS: Mapping[str, Column] = {
    "fornavn": Column.FIRST_NAME,
    "efternavn": Column.LAST_NAME,
    "mobil": Column.PHONE,
    "mobilnummer": Column.PHONE,
    "telefon": Column.PHONE,
    "nummer": Column.PHONE,
    "sprog": Column.LANGUAGE,
    "team": Column.TEAM,
    "sagsbehandler": Column.CASEWORKER,
}
NEEDED = frozenset({Column.FIRST_NAME, Column.LAST_NAME, Column.PHONE})


@dataclass(frozen=True)
class ListedPerson:
    """``number``: as a spreadsheet counts the row. An empty cell is "", and so is one without a column."""

    number: int
    cells: Mapping[Column, str]

    def __getitem__(self, column: Column) -> str:
        return self.cells.get(column, "")


def read(rows: Sequence[tuple[int, Sequence[str]]]) -> tuple[ListedPerson, ...] | Unfit:
    """The first row names the columns, in any order; a column of another name is left unread."""
    if not rows:
        return Unfit.EMPTY
    places = _places(rows[0][1])
    if not places.keys() >= NEEDED:
        return Unfit.HEADINGS
    if len(rows) - 1 > MOST_ROWS:
        return Unfit.TOO_MANY
    return tuple(_person(number, cells, places) for number, cells in rows[1:]) or Unfit.EMPTY


def _places(headings: Sequence[str]) -> Mapping[Column, int]:
    """The first of each name."""
    found: dict[Column, int] = {}
    for place, heading in enumerate(headings):
        column = HEADINGS.get(heading.strip().casefold())
        if column is not None:
            found.setdefault(column, place)
    return found


def _person(number: int, cells: Sequence[str], places: Mapping[Column, int]) -> ListedPerson:
    named = {
        column: cells[place].strip()[:LONGEST_CELL] for column, place in places.items() if place < len(cells)
    }
    return ListedPerson(number, named)
