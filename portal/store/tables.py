"""Every mapped class, imported in one place: for the migrations and for the tests that walk them all."""

from database.base import Base
from messaging import claims, inbound, outbox, receipts, simulator
from portal.store import (
    absences,
    answering,
    attachments,
    audit,
    check_ins,
    crisis,
    groups,
    numbers,
    opening_hours,
    people,
    presence,
    questionnaires,
    reminders,
    sendings,
    sms_settings,
    staged,
    system,
    texts,
    thread,
)

MODULES = (
    absences,
    answering,
    attachments,
    audit,
    check_ins,
    claims,
    crisis,
    groups,
    inbound,
    numbers,
    opening_hours,
    outbox,
    people,
    presence,
    questionnaires,
    receipts,
    reminders,
    sendings,
    simulator,
    sms_settings,
    staged,
    system,
    texts,
    thread,
)
METADATA = Base.metadata
