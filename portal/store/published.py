"""Which version of a questionnaire new answers take, and what stands in a version."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.store.questionnaires import Questionnaire, QuestionnaireVersion


def definition(session: Session, version_id: int) -> dict[str, Any]:
    query = select(QuestionnaireVersion.definition).where(QuestionnaireVersion.id == version_id)
    return dict(session.scalars(query).one())


def newest_version(session: Session, questionnaire_id: int) -> int | None:
    """The id of the newest published version; None where nothing is published."""
    return session.scalars(
        select(QuestionnaireVersion.id)
        .where(QuestionnaireVersion.questionnaire_id == questionnaire_id)
        .order_by(QuestionnaireVersion.number.desc())
        .limit(1)
    ).one_or_none()


def by_key(session: Session, key: str) -> Questionnaire | None:
    return session.scalars(select(Questionnaire).where(Questionnaire.key == key)).one_or_none()
