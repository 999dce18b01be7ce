"""How a municipality is recognised on the citizens' pages: its colour and its logo."""

from __future__ import annotations

from sqlalchemy import LargeBinary, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from database.base import Base, Owned


class Brand(Owned, Base):
    """One row a municipality, once it has chosen anything. A logo is on public pages: it is not encrypted."""

    __tablename__ = "brands"
    __table_args__ = (UniqueConstraint("municipality_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    colour: Mapped[str | None] = mapped_column(String(7))
    logo: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    """A PNG of our own making."""
    logo_name: Mapped[str | None] = mapped_column(String(16), index=True)
    """Its name in addresses, made from its bytes: a new logo has a new address."""
    logo_width: Mapped[int | None]
    logo_height: Mapped[int | None]


def of_municipality(session: Session) -> Brand | None:
    return session.scalars(select(Brand)).one_or_none()


def logo(session: Session, name: str) -> bytes | None:
    """For a session that looks across municipalities: the address says which logo it is."""
    return session.scalars(select(Brand.logo).where(Brand.logo_name == name).limit(1)).first()
