"""What the sample people have on their own pages: meetings, a diary, goals, wishes, requests, a MitID."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy.orm import Session

from database.encryption import blind_index
from database.tenancy import TenantSession
from portal.content import specimen_words as words
from portal.domain.contact_wishes import PartOfDay
from portal.domain.data_requests import Outcome, RequestKind
from portal.domain.links import LIFETIME, Purpose
from portal.domain.meetings import Way
from portal.services import data_requests, diary, goals
from portal.services.data_requests import Answering
from portal.services.links import INDEX
from portal.services.specimen.pages import MITID
from portal.services.specimen.people import People
from portal.services.specimen.stage import NOW
from portal.store.answering import Invitation, Link
from portal.store.meetings import Meeting
from portal.store.mitid import MitIdBinding, Proof
from portal.store.number_changes import NumberChange
from portal.store.people import Citizen
from portal.store.rights import DataRequest, RightsSettings

TOKENS = {"open": "O", "danish": "D", "going_on": "G", "used": "U", "expired": "E", "revoked": "R"}


def add(session: TenantSession, people: People) -> dict[str, str]:
    known = people.known
    known.kendeord, known.sms_hours, known.sms_cap = words.KENDEORD, PartOfDay.MORNING, 2
    people.stopped.opted_out_at = NOW - timedelta(days=30)
    session.add(
        RightsSettings(
            email=words.EMAIL, dpo=words.DPO, reviewed_on=NOW.date(), statement_url=words.STATEMENT
        )
    )
    session.add(NumberChange(citizen_id=people.rising.id, new_phone="+4510300300", asked_at=NOW))
    return {
        **_bindings(session, people),
        **_meetings(session, people),
        **_own_words(session, known),
        **_requests(session, people),
    }


def _bindings(session: Session, people: People) -> dict[str, str]:
    """By ``binding.<who>``."""
    found = {}
    for name in ("known", "rising", "stopped", "seldom"):
        subject = MITID if name == "known" else f"{MITID} {name}"
        proof = Proof.LETTER if name == "seldom" else Proof.PIN
        citizen: Citizen = getattr(people, name)
        row = MitIdBinding(citizen_id=citizen.id, subject_index=subject, proof=proof, bound_at=NOW)
        session.add(row)
        session.flush()
        found[f"binding.{name}"] = str(row.id)
    return found


def links(session: Session, invitations: Mapping[str, Invitation]) -> dict[str, str]:
    """One in each of these states, by ``link.<state>``."""
    tokens = {name: TOKENS[name] * 22 for name in invitations}
    for name, invitation in invitations.items():
        link = Link(
            token_index=blind_index(INDEX, tokens[name]),
            purpose=Purpose.ANSWER.value,
            invitation_id=invitation.id,
            created_at=NOW - timedelta(days=2),
            expires_at=NOW - timedelta(hours=1) if name == "expired" else NOW + LIFETIME,
            revoked_at=NOW if name == "revoked" else None,
        )
        session.add(link)
    return {f"link.{name}": token for name, token in tokens.items()} | {"link.unknown": "X" * 22}


def _meetings(session: Session, people: People) -> dict[str, str]:
    rows = [
        Meeting(starts_at=NOW + timedelta(days=5), way=Way.PLACE, place=words.PLACE, note=words.NOTE),
        Meeting(starts_at=NOW + timedelta(days=12), way=Way.PHONE, interpreter="ar", move_asked_at=NOW),
        Meeting(starts_at=NOW + timedelta(days=19), way=Way.PLACE, has_time=False, interpreter_asked_at=NOW),
    ]
    for row in rows:
        row.citizen_id, row.made_by, row.made_at = people.known.id, people.caseworker.id, NOW
    rising = Meeting(starts_at=NOW + timedelta(days=1), way=Way.PHONE, citizen_id=people.rising.id)
    rising.made_by, rising.made_at = people.caseworker.id, NOW
    session.add_all([*rows, rising])
    session.flush()
    return {"meeting": str(rows[0].id), "meeting_with_interpreter": str(rows[1].id)}


def _own_words(session: TenantSession, citizen: Citizen) -> dict[str, str]:
    days = (40, 12, 3, 0)
    notes = [_note(session, citizen, *each) for each in zip((*words.NOTES, words.SMS), days, strict=True)]
    diary.share(session, citizen.id, notes[1], NOW - timedelta(days=11))
    diary.remove(session, citizen.id, notes[3], NOW)
    ids = []
    for text, sees in zip(words.GOALS, ("caseworker", "caseworker", "me"), strict=True):
        goal = goals.add(session, citizen.id, goals.Typed(text, sees), NOW - timedelta(days=60))
        assert isinstance(goal, goals.Goal)  # noqa: S101
        ids.append(goal.id)
    goals.take(session, citizen.id, ids[0], goals.Step.REACH, NOW - timedelta(days=9))
    goals.take(session, citizen.id, ids[2], goals.Step.PUT_AWAY, NOW - timedelta(days=4))
    return {"note": str(notes[2]), "shared_note": str(notes[1]), "goal": str(ids[1])}


def _note(session: Session, citizen: Citizen, text: str, days: int) -> int:
    note = diary.write(session, citizen.id, text, NOW - timedelta(days=days, hours=1))
    assert isinstance(note, diary.Kept)  # noqa: S101 — the words are ours
    return note.note_id


def _requests(session: TenantSession, people: People) -> dict[str, str]:
    """One in each state."""
    for number, outcome in enumerate((Outcome.REFUSED, Outcome.DONE, Outcome.PARTLY, None)):
        row = _ask(session, people.known, f"{words.CORRECTION} ({number + 1})", 60 - number)
        if outcome is None:
            row.withdrawn_at = NOW - timedelta(days=50)
        else:
            given = Answering(outcome.value, words.REFUSAL, people.caseworker.id)
            data_requests.answer(session, row, given, NOW - timedelta(days=40))
    _ask(session, people.known, words.CORRECTION, 45)
    open_ = _ask(session, people.known, "", 2, RequestKind.ERASURE)
    return {"request": str(open_.id)}


def _ask(
    session: Session, citizen: Citizen, text: str, days: int, kind: RequestKind = RequestKind.CORRECTION
) -> DataRequest:
    row = data_requests.ask(session, citizen.id, kind, text, NOW - timedelta(days=days))
    assert isinstance(row, DataRequest)  # noqa: S101
    return row
