"""The measure to compare with: a Flask view that keeps one value in one durable commit, and nothing else.

It runs on the portal's own server, database engine and sessions, with as many threads. Usage:
``python -m bench.bare DATABASE_URL PORT``.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime

import waitress
from flask import Flask, request
from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from bench import seed
from database.base import Base, Owned
from database.engine import Database
from database.tenancy import EVERYONE
from database.types import UtcDateTime
from portal.cli.serving import THREADS


class Value(Owned, Base):
    __tablename__ = "bench_values"

    id: Mapped[int] = mapped_column(primary_key=True)
    question: Mapped[str] = mapped_column(String(64))
    value: Mapped[str] = mapped_column(String(400))
    kept_at: Mapped[datetime] = mapped_column(UtcDateTime)


def create_app(database: Database, municipality_id: int) -> Flask:
    app = Flask(__name__)

    @app.post("/keep")
    def keep() -> str:
        posted = request.form
        with database.write(municipality_id) as session:
            row = Value(question=posted["question"], value=posted["value"], kept_at=datetime.now(UTC))
            session.add(row)
        return "kept"

    return app


def main(url: str, port: int) -> None:
    database = Database(url)
    Base.metadata.create_all(database.engine)
    with database.write(EVERYONE) as session:
        municipality = seed.municipality()
        session.add(municipality)
    waitress.serve(create_app(database, municipality.id), host="127.0.0.1", port=port, threads=THREADS)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
