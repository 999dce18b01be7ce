"""The SMS and links of the invitations, with their reminders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from database.encryption import blind_index
from portal.content.demo_people import SMS_SENDER
from portal.domain.links import LIFETIME, Purpose
from portal.domain.questionnaires import Questionnaire
from portal.services import links
from portal.services.definitions import minutes
from portal.services.demo.courses import Forms
from portal.services.demo.days import chance
from portal.services.demo.fates import Fate
from portal.services.demo.measurements import Asked
from portal.services.demo.messages import Sms, Wordings
from portal.services.demo.tokens import link_token
from portal.store.answering import Link


@dataclass(frozen=True)
class Inviting:
    wordings: Wordings
    link_url: str
    forms: Forms

    def add(self, session: Session, asked: Sequence[Asked]) -> list[tuple[Asked, Sms]]:
        """Every SMS about an invitation, the first of each before its reminders, with its link."""
        rng = chance("link tokens")
        made = []
        for each in asked:
            for step, (kind, at, fate) in enumerate(_messages(each)):
                made_token = link_token(rng)
                made.append((each, self._sms(each, kind, (at, fate), step, made_token)))
                if fate.value.left:
                    session.add(_link(each, made_token, at))
        return made

    def _sms(self, asked: Asked, kind: str, when: tuple[datetime, Fate], step: int, made_token: str) -> Sms:
        citizen, (at, fate) = asked.resident.row, when
        text = self.wordings.of(
            citizen,
            kind,
            citizen.caseworker.name,
            minutes=minutes(self._form(asked)),
            link=f"{self.link_url}/{made_token}",
        )
        return Sms(
            citizen=citizen,
            kind=kind,
            key=(asked.invitation.id, step),
            at=at,
            sender=SMS_SENDER,
            text=text,
            fate=fate,
            parameters={"invitation_id": asked.invitation.id},
            wanted_at=asked.ask.asked_at if fate is Fate.PLANNED else None,
        )

    def _form(self, asked: Asked) -> Questionnaire:
        return self.forms[asked.ask.form]


def _messages(asked: Asked) -> Iterator[tuple[str, datetime, Fate]]:
    yield "invitation", asked.ask.asked_at, asked.ask.fate
    for at, fate in asked.ask.reminders:
        yield "reminder", at, fate


def _link(asked: Asked, made_token: str, at: datetime) -> Link:
    frozen_at = asked.resident.row.frozen_at
    return Link(
        token_index=blind_index(links.INDEX, made_token),
        purpose=Purpose.ANSWER.value,
        invitation_id=asked.invitation.id,
        created_at=at,
        expires_at=at + LIFETIME,
        revoked_at=frozen_at if asked.invitation.finished_at is None else None,
    )
