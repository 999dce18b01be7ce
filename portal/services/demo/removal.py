"""Clear a demo away; a database that holds anything else is left alone."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from database.base import Base, Municipality, Owned
from messaging.simulator import SimulatedMessage, SimulatedPhone


class NotADemoError(Exception):
    """The database holds a municipality that is not a demo: ``slugs`` are their short names."""

    def __init__(self, slugs: list[str]) -> None:
        super().__init__(", ".join(slugs))
        self.slugs = slugs


def is_empty(session: Session) -> bool:
    """No municipality at all. Needs a session that looks across municipalities, as all here does."""
    return session.scalar(select(Municipality.id).limit(1)) is None


def refuse_others(session: Session) -> None:
    """Raises NotADemoError."""
    real = select(Municipality.slug).where(Municipality.is_demo.is_(False)).order_by(Municipality.slug)
    slugs = list(session.scalars(real))
    if slugs:
        raise NotADemoError(slugs)


def remove_all(session: Session) -> None:
    """Every demo with all that belongs to it, and what is on the simulated phones. Raises NotADemoError."""
    refuse_others(session)
    if is_empty(session):
        return
    owned = {mapper.local_table for mapper in Base.registry.mappers if issubclass(mapper.class_, Owned)}
    for table in reversed(Base.metadata.sorted_tables):
        if table in owned:
            session.execute(delete(table))
    for kind in (SimulatedMessage, SimulatedPhone, Municipality):
        session.execute(delete(kind).execution_options(synchronize_session=False))
