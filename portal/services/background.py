"""What the workers do, each a function of the portal: called by huey's tasks, and by tests directly."""

from __future__ import annotations

import os
import platform

from database.tenancy import EVERYONE
from messaging import inbound, simulator
from messaging.crew import Delivered
from messaging.delivery import Courier, expire_receipts
from portal.runtime import Portal
from portal.services import (
    agendas,
    check_ins,
    diary,
    ladders,
    own_number,
    planning,
    readiness,
    receipts,
    sendings,
)
from portal.services.inbound import Inbox
from portal.services.sms.texts import SmsTexts
from portal.store import kept_pages, rate_limits

ROUND = 200
"""So many messages, and the worker looks up: others may want its thread, and the network be heard."""


def sweep(portal: Portal) -> None:
    """Each minute and at a start: tell that we live, and pick up what no wake-up told of."""
    now = portal.clock()
    readiness.beat(portal.database, now)
    expire_receipts(portal.database, now)
    with portal.database.write(EVERYONE) as session:
        rate_limits.forget_expired(session, now)
        kept_pages.forget_expired(session, now)
        check_ins.close_expired(session, now)
        diary.forget_deleted(session, now)
        own_number.forget_old(session, now)
    ladders.advance(portal, now)
    portal.wake_inbound()
    sendings.wake_feeder(portal)
    portal.wake_delivery()
    planning.plan_due(portal, now)
    agendas.ask_due(portal, now)


def deliver(portal: Portal) -> Delivered:
    """One round of sending what is due; a round that leaves something due asks for the next."""
    courier = Courier(portal.database, portal.gateway, SmsTexts(portal), portal.clock, _worker_name())
    delivered = portal.crew.deliver(courier, ROUND, call_others=portal.wake_delivery)
    hear_network(portal)
    sendings.wake_feeder(portal)  # what has left the outbox made room for more of a batch
    if delivered.more:
        portal.wake_delivery()
    return delivered


def receive(portal: Portal) -> None:
    """Hand over every SMS that has come in. One that comes meanwhile has a wake-up of its own."""
    while inbound.sweep(portal.database, portal.write, Inbox(), portal.clock()).more:
        pass


def hear_network(portal: Portal) -> None:
    """The simulator's network has no machine of its own: it brings its messages and receipts when we ask."""
    if portal.settings.has_simulator:
        while simulator.deliver_receipts(portal.database, portal.clock(), receipts.take_receipt):
            pass


def _worker_name() -> str:
    return f"{platform.node()[:60]}:{os.getpid()}"
