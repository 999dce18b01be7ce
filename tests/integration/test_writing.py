"""The citizen's words in her thread."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from database.engine import Database
from portal.services.thread import MAX_BODY, NotWritten, NotWrittenReason, Written, write_as_citizen
from portal.store.thread import ThreadEntry
from tests.cases import Case


def test_what_the_citizen_writes_stands_in_her_thread(database: Database, case: Case, now: datetime) -> None:
    with database.write(case.municipality_id) as session:
        assert isinstance(write_as_citizen(session, case.citizen_id, " Hej Lone \r\n", now), Written)
    with database.read(case.municipality_id) as session:
        entry = session.scalars(select(ThreadEntry)).one()
    assert (entry.author, entry.channel, entry.body) == ("citizen", "portal", "Hej Lone")


def test_the_same_words_twice_in_a_moment_are_one_entry(
    database: Database, case: Case, now: datetime
) -> None:
    moments = (now, now + timedelta(seconds=5), now + timedelta(hours=1))
    for moment in moments:
        with database.write(case.municipality_id) as session:
            write_as_citizen(session, case.citizen_id, "Hej", moment)
    with database.read(case.municipality_id) as session:
        assert session.scalar(select(func.count(ThreadEntry.id))) == 2


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("  \n", NotWrittenReason.EMPTY),
        ("a" * (MAX_BODY + 1), NotWrittenReason.TOO_LONG),
    ],
)
def test_what_cannot_be_kept_is_refused_with_a_reason(
    database: Database, case: Case, now: datetime, body: str, reason: NotWrittenReason
) -> None:
    with database.write(case.municipality_id) as session:
        assert write_as_citizen(session, case.citizen_id, body, now) == NotWritten(reason)


def test_digits_like_a_cpr_number_are_masked_in_what_the_citizen_writes(
    database: Database, case: Case, now: datetime
) -> None:
    with database.write(case.municipality_id) as session:
        write_as_citizen(session, case.citizen_id, "Mit nummer er 010190-1234", now)
    with database.read(case.municipality_id) as session:
        assert session.scalars(select(ThreadEntry.body)).one() == "Mit nummer er ******-****"
