"""Rows for tests, with what a test does not say filled in. Phone numbers come from a range that cannot ring."""

from __future__ import annotations

from datetime import datetime
from itertools import count
from typing import TypeVar

from argon2 import PasswordHasher

from database.encryption import blind_index
from database.tenancy import TenantSession
from messaging.message import Status
from messaging.outbox import OutboxMessage
from portal.store.answering import Measurement
from portal.store.people import Citizen, Staff, Team
from portal.store.questionnaires import Questionnaire, QuestionnaireVersion

Row = TypeVar("Row")
_number = count(1)
HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""As weak as the library allows: tests sign in hundreds of times."""
PASSWORD = "tre rolige heste"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def add_team(session: TenantSession, name: str = "Team Åen", *, is_supplier: bool = False) -> Team:
    return _added(session, Team(name=name, is_supplier=is_supplier))


def add_staff(
    session: TenantSession,
    now: datetime,
    *,
    role: str = "caseworker",
    team: Team | None = None,
    name: str = "Lone Kjær",
) -> Staff:
    email = f"staff{next(_number)}@example.org"
    return _added(
        session,
        Staff(
            role=role,
            team_id=team.id if team else None,
            name=name,
            email=email,
            email_index=blind_index("email", email),
            password_hash=HASHER.hash(PASSWORD),
            totp_secret=TOTP_SECRET,
            created_at=now,
        ),
    )


def add_citizen(
    session: TenantSession, now: datetime, caseworker: Staff, *, first_name: str = "Mette", **values: object
) -> Citizen:
    number = next(_number)
    phone = str(values.pop("phone", f"+4510{900000 + number}"))
    row = Citizen(
        team_id=caseworker.team_id,
        caseworker_id=caseworker.id,
        first_name=first_name,
        last_name="Holm",
        phone=phone,
        phone_index=blind_index("phone", phone),
        short_code=f"{number:06d}",
        created_at=now,
    )
    for name, value in values.items():
        setattr(row, name, value)
    return _added(session, row)


def add_sms(
    session: TenantSession, citizen: Citizen, sent_at: datetime | None, status: Status = Status.SENT
) -> OutboxMessage:
    """One that has left for her, or (None) is with the gateway or waits."""
    number = next(_number)
    return _added(
        session,
        OutboxMessage(
            kind="sms",
            recipient_ref=citizen.id,
            dedupe_key=f"sms:{number}",
            parameters={},
            status=status,
            reference=f"reference-{number}",
            created_at=sent_at or citizen.created_at,
            sent_at=sent_at,
        ),
    )


def add_questionnaire(
    session: TenantSession,
    now: datetime,
    definition: dict[str, object],
    *,
    counterpart_key: str | None = None,
) -> QuestionnaireVersion:
    questionnaire = _added(
        session,
        Questionnaire(
            key=definition["key"], respondent=definition["respondent"], counterpart_key=counterpart_key
        ),
    )
    version = QuestionnaireVersion(
        questionnaire_id=questionnaire.id, number=1, definition=definition, published_at=now
    )
    return _added(session, version)


def add_measurement(
    session: TenantSession, now: datetime, citizen: Citizen, questionnaire: Questionnaire
) -> Measurement:
    return _added(
        session, Measurement(citizen_id=citizen.id, questionnaire_id=questionnaire.id, opened_at=now)
    )


def _added(session: TenantSession, row: Row) -> Row:
    session.add(row)
    session.flush()
    return row
