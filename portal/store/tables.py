"""Every mapped class, imported in one place: for the migrations and for the tests that walk them all."""

from database.base import Base
from messaging import inbound, outbox, receipts, simulator
from portal.store import (
    answering,
    audit,
    crisis,
    groups,
    people,
    questionnaires,
    staged,
    system,
    texts,
    thread,
)

MODULES = (
    answering,
    audit,
    crisis,
    groups,
    inbound,
    outbox,
    people,
    questionnaires,
    receipts,
    simulator,
    staged,
    system,
    texts,
    thread,
)
METADATA = Base.metadata
