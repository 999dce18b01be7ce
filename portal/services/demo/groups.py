"""Two groups of the demo's first caseworker: one sending to each, the one finished, the other paused half-way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from database.encryption import blind_index
from portal.content.demo_groups import GROUPS, DemoGroup
from portal.domain.sendings import RecipientState, SendingKind, SendingState, fingerprint_of
from portal.services.demo.days import Days, chance
from portal.services.demo.people import Resident
from portal.services.demo.plans import Stand
from portal.services.demo.threads import Threads
from portal.services.sending_drafts import FINGERPRINT
from portal.services.thread import Channel
from portal.store.groups import Group, GroupMember
from portal.store.people import Citizen
from portal.store.sendings import Sending, SendingRecipient
from portal.store.thread import ThreadEntry

UNREACHED = {Stand.PHONE_OFF, Stand.NO_RECEIPT, Stand.NUMBER_DEAD, Stand.REFUSED, Stand.FROZEN, Stand.STOPPED}
BETWEEN_TWO = timedelta(seconds=2)


@dataclass
class Sent:
    """``entries``: by citizen, for those whom the sending has reached."""

    group: DemoGroup
    members: list[Citizen]
    at: datetime
    entries: dict[int, ThreadEntry] = field(default_factory=dict)


def write(threads: Threads, residents: Sequence[Resident], days: Days) -> list[Sent]:
    """The messages that stand in the threads; `add` makes groups and sendings once these have their rows."""
    first = residents[0].row.caseworker_id
    reached = [
        each.row for each in residents if each.row.caseworker_id == first and each.plan.stand not in UNREACHED
    ]
    sent = []
    for group in GROUPS:
        members = chance(f"group {group.name}").sample(reached, group.members)
        members.sort(key=lambda citizen: citizen.id)
        batch = Sent(group, members, days.at_work(group.days_ago, 10, 5))
        for place, citizen in enumerate(members[: group.done]):
            at = batch.at + place * BETWEEN_TWO
            batch.entries[citizen.id] = threads.write(citizen, group.text, at)
        sent.append(batch)
    return sent


def add(session: Session, sent: Sequence[Sent]) -> None:
    for batch in sent:
        group = _group(batch)
        session.add(group)
        session.flush()
        session.add_all(
            GroupMember(
                group_id=group.id, citizen_id=each.id, added_by=group.made_by, added_at=group.created_at
            )
            for each in batch.members
        )
        sending = _sending(batch, group)
        session.add(sending)
        session.flush()
        session.add_all(_recipient(sending, batch, each) for each in batch.members)


def _group(batch: Sent) -> Group:
    one = batch.members[0]
    made_at = batch.at - timedelta(days=1)
    return Group(team_id=one.team_id, name=batch.group.name, made_by=one.caseworker_id, created_at=made_at)


def _sending(batch: Sent, group: Group) -> Sending:
    state = SendingState.FINISHED if batch.group.done is None else SendingState.PAUSED
    ended = batch.at + len(batch.entries) * BETWEEN_TWO
    return Sending(
        team_id=group.team_id,
        staff_id=group.made_by,
        group_id=group.id,
        form_key=f"demo {batch.group.name}",
        kind=SendingKind.MESSAGE,
        body=batch.group.text,
        channel=Channel.PORTAL,
        fingerprint=blind_index(FINGERPRINT, fingerprint_of(SendingKind.MESSAGE, batch.group.text)),
        state=state,
        created_at=batch.at - timedelta(minutes=4),
        confirmed_at=batch.at,
        started_at=batch.at,
        changed_at=ended,
        changed_by=group.made_by,
        finished_at=ended if state is SendingState.FINISHED else None,
    )


def _recipient(sending: Sending, batch: Sent, citizen: Citizen) -> SendingRecipient:
    entry = batch.entries.get(citizen.id)
    return SendingRecipient(
        sending_id=sending.id,
        citizen_id=citizen.id,
        state=RecipientState.HANDED_OVER if entry else RecipientState.WAITING,
        message_id=entry.message_id if entry else None,
        handled_at=entry.created_at if entry else None,
    )
