"""What each recipient of a sending costs, by its kind: from the list to a gateway that takes everything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

import psutil
from sqlalchemy import func, select

from bench import delivery, planning, seed, servers
from bench.sending import TakesAll, portal_on
from bench.table import Line
from database.base import Municipality
from database.lean import insert_rows
from database.tenancy import EVERYONE, TenantSession
from messaging.claims import set_pace
from messaging.message import Status
from messaging.outbox import OutboxMessage
from portal.domain.sendings import SendingKind, SendingState
from portal.runtime import Portal
from portal.services import background, sendings
from portal.services.check_in_composing import Composed, compose, shipped
from portal.services.thread import Channel
from portal.store import questionnaires, schema
from portal.store.people import Citizen, Staff
from portal.store.sendings import Sending, SendingRecipient

RECIPIENTS, WARM = 500, 100
WORDS = "Husk at vi mødes på torsdag. Ring, hvis du ikke kan komme."
NUMBER = "+4510900900"
KINDS = ("a questionnaire", "a question by SMS", "written words by SMS", "written words in the portal")


def measure(url: str, name: str, database: tuple[psutil.Process, ...] = ()) -> Iterator[Line]:
    """``url``: an empty database; ``name``: its kind; ``database``: its own processes."""
    portal = portal_on(url)
    portal.gateway = TakesAll()
    schema.upgrade(portal.database.engine)
    municipality_id = _prepare(portal)
    costed = (psutil.Process(), *database)
    for kind in KINDS:
        _run(portal, municipality_id, kind, WARM, costed)
        fed, sent = _run(portal, municipality_id, kind, RECIPIENTS, costed)
        figure = f"{fed + sent:.1f} ms ({fed:.1f} to feed)"
        most = delivery.MOST_CPU
        yield Line(f"{name}: CPU each of a sending, {kind}", figure, f"<= {most:.0f} ms", fed + sent <= most)
    portal.database.dispose()


def _prepare(portal: Portal) -> int:
    municipality_id = seed.prepare(portal.database)
    with portal.database.write(EVERYONE) as session:
        municipality = session.get_one(Municipality, municipality_id)
        municipality.send_always, municipality.reply_number = True, NUMBER
        set_pace(session, municipality_id, delivery.NO_LIMIT)
    return municipality_id


def _run(
    portal: Portal, municipality_id: int, kind: str, count: int, costed: tuple[psutil.Process, ...]
) -> tuple[float, float]:
    """Milliseconds each: to feed them, and to send what was fed."""
    with portal.database.write(municipality_id) as session:
        sent_before = session.scalar(_SENT) or 0
        _begin(session, kind, count)
    fed = sent = 0.0
    while True:
        began = servers.cpu_seconds(costed)
        sendings.feed(portal)
        between = servers.cpu_seconds(costed)
        while background.deliver(portal).claimed:
            pass
        fed, sent = fed + between - began, sent + servers.cpu_seconds(costed) - between
        with portal.database.read(municipality_id) as session:
            if (session.scalar(_SENT) or 0) - sent_before == count:
                return 1000 * fed / count, 1000 * sent / count


def _begin(session: TenantSession, kind: str, count: int) -> None:
    """To as many new citizens, each with a word of her own."""
    staff = session.scalars(select(Staff)).first()
    assert staff is not None and staff.team_id is not None
    first = session.scalar(select(func.count(Citizen.id))) or 0
    people = [planning.citizen(first + number, staff) for number in range(count)]
    rows = [{**each, "kendeord": f"Ord {place}"} for place, each in enumerate(people)]
    ids = [row.id for row in insert_rows(session, Citizen, rows)]
    now = datetime.now(UTC)
    sending = Sending(
        team_id=staff.team_id,
        staff_id=staff.id,
        form_key=f"{kind} {first}",
        state=SendingState.RUNNING,
        created_at=now,
        changed_at=now,
        **_content(session, kind, staff.id, now),
    )
    session.add(sending)
    session.flush()
    insert_rows(session, SendingRecipient, [{"sending_id": sending.id, "citizen_id": each} for each in ids])


def _content(session: TenantSession, kind: str, staff_id: int, now: datetime) -> Mapping[str, object]:
    if kind == KINDS[0]:
        form = questionnaires.by_key(session, seed.PROGRESSION)
        assert form is not None
        return {"kind": SendingKind.QUESTIONNAIRE, "questionnaire_id": form.id}
    if kind == KINDS[1]:
        composed = compose(session, [shipped("journey")], staff_id, now)
        assert isinstance(composed, Composed)
        return {"kind": SendingKind.CHECK_IN, "check_in_id": composed.check_in_id}
    channel = Channel.SMS if kind == KINDS[2] else Channel.PORTAL
    return {"kind": SendingKind.MESSAGE, "body": WORDS, "channel": channel.value}


_SENT = select(func.count(OutboxMessage.id)).where(OutboxMessage.status == Status.SENT)
