"""A database of throw-away copies: each visit has its own, and leaves nothing."""

from __future__ import annotations

import pytest
from sqlalchemy import select, text

from database.base import Base, Municipality
from database.copies import Copies
from database.tenancy import EVERYONE
from tests.conftest import NOW


@pytest.fixture
def copies() -> Copies:
    return Copies()


@pytest.fixture
def snapshot(copies: Copies) -> bytes:
    with copies.visit():
        Base.metadata.create_all(copies.engine, tables=[Municipality.metadata.tables["municipalities"]])
        _add(copies, "first")
        return copies.snapshot()


def test_a_visit_finds_what_the_snapshot_holds(copies: Copies, snapshot: bytes) -> None:
    with copies.visit(snapshot):
        assert _slugs(copies) == ["first"]


def test_what_a_visit_writes_is_there_until_it_ends(copies: Copies, snapshot: bytes) -> None:
    with copies.visit(snapshot):
        _add(copies, "second")
        assert _slugs(copies) == ["first", "second"]


def test_what_a_visit_wrote_is_gone_with_it(copies: Copies, snapshot: bytes) -> None:
    with copies.visit(snapshot):
        _add(copies, "second")
    with copies.visit(snapshot):
        assert _slugs(copies) == ["first"]


def test_a_session_inside_another_reads_what_was_committed_before(copies: Copies, snapshot: bytes) -> None:
    with copies.visit(snapshot), copies.write(EVERYONE) as session:
        session.execute(text("UPDATE municipalities SET slug='changed'"))
        assert _slugs(copies) == ["first"]


def test_what_is_laid_over_a_copy_is_seen_by_every_session(copies: Copies, snapshot: bytes) -> None:
    with copies.visit(snapshot):
        copies.change("UPDATE municipalities SET slug=?", ("laid over",))
        assert _slugs(copies) == ["laid over"]


def test_outside_a_visit_there_is_no_database(copies: Copies, snapshot: bytes) -> None:
    with copies.visit(snapshot):
        pass
    with pytest.raises(RuntimeError, match="for a visit only"):
        _slugs(copies)


def _slugs(copies: Copies) -> list[str]:
    with copies.read(EVERYONE) as session:
        return list(session.scalars(select(Municipality.slug).order_by(Municipality.id)))


def _add(copies: Copies, slug: str) -> None:
    row = Municipality(
        slug=slug,
        name="N",
        office_name="O",
        office_phone="1",
        sms_sender="S",
        created_at=NOW,
        reply_number=slug,
    )
    with copies.write(EVERYONE) as session:
        session.add(row)
