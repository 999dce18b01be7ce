"""What SQLite is to think of an index before anybody has counted: its planner's guess is wrong for ours.

Without statistics SQLite takes ten rows for what one value of an index finds. So it would look for fifty citizens'
invitations by reading all of their municipality's, or all to the same questionnaire, which may be the whole table:
cheap in a small one, and a cost that grows with every message in a large one. We say what is so: of what there are
few, each has a good part of every table that points at it. All else stays its own guess. (Its own counting, ANALYZE,
would be true of one day only: a table that was counted while empty stays empty to the planner.) PostgreSQL counts by
itself.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, text

ROWS = 1 << 20
"""Of any table: what SQLite takes where it has not counted."""
OF_ONE_VALUE = 10
"""Rows; SQLite's own guess for one value of an index."""


def write(connection: Connection, few: Mapping[str, int]) -> None:
    """The guesses for all indexes that begin with a reference to one of the tables ``few``, of which there are about so
    many rows, whatever there is of those that point at them. To be said again when the schema has changed."""
    if connection.dialect.name != "sqlite":
        return
    connection.execute(_LOAD)  # makes the table of the statistics
    connection.execute(text("DELETE FROM sqlite_stat1"))
    for table, index, is_unique, columns, parent in connection.execute(_INDEXES).all():
        if parent in few:
            guess = _guess(few[parent], columns, is_unique=bool(is_unique))
            values = {"table": table, "index": index, "guess": guess}
            connection.execute(text("INSERT INTO sqlite_stat1 VALUES (:table, :index, :guess)"), values)
    connection.execute(_LOAD)


def _guess(parents: int, columns: int, *, is_unique: bool) -> str:
    """Rows of the table, then rows of one value of the first column, of the first two, and so on."""
    guesses = [ROWS, ROWS // parents, *[OF_ONE_VALUE] * (columns - 1)]
    return " ".join(str(each) for each in (*guesses[:-1], 1 if is_unique else guesses[-1]))


_LOAD = text("ANALYZE sqlite_master")
_INDEXES = text("""
    SELECT tables.name, indexes.name, indexes."unique", count(*), min(keys."table")
    FROM sqlite_master AS tables, pragma_index_list(tables.name) AS indexes, pragma_index_info(indexes.name) AS columns
    LEFT JOIN pragma_foreign_key_list(tables.name) AS keys ON keys."from" = columns.name AND columns.seqno = 0
    WHERE tables.type = 'table' AND NOT indexes.partial
    GROUP BY tables.name, indexes.name""")
