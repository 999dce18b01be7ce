"""Counting tries: one statement each, so that SQLite's one writer is held for a moment only."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import case, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from portal.store.system import RateLimit


def count(session: Session, key: str, amount: int, lasts: timedelta, now: datetime) -> int:
    """Adds ``amount`` to the counter and returns it; a counter whose time is over begins anew."""
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    adding = insert(RateLimit).values(key=key, hits=amount, expires_at=now + lasts)
    is_over = RateLimit.expires_at <= now
    counting = adding.on_conflict_do_update(
        index_elements=[RateLimit.key],
        set_={
            "hits": case((is_over, amount), else_=RateLimit.hits + amount),
            "expires_at": case((is_over, now + lasts), else_=RateLimit.expires_at),
        },
    ).returning(RateLimit.hits)
    return session.scalars(counting).one()


def counter(session: Session, key: str, now: datetime) -> RateLimit | None:
    """None when nothing is counted, or its time is over."""
    return session.scalar(select(RateLimit).where(RateLimit.key == key, RateLimit.expires_at > now))


def forget(session: Session, key: str) -> None:
    session.execute(delete(RateLimit).where(RateLimit.key == key))


def forget_all(session: Session) -> None:
    session.execute(delete(RateLimit))


def forget_expired(session: Session, now: datetime) -> None:
    session.execute(delete(RateLimit).where(RateLimit.expires_at <= now))
