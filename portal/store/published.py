"""Which version of a questionnaire new answers take."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.store.questionnaires import QuestionnaireVersion


def newest_version(session: Session, questionnaire_id: int) -> int | None:
    """The id of the newest published version; None where nothing is published."""
    return session.scalars(
        select(QuestionnaireVersion.id)
        .where(QuestionnaireVersion.questionnaire_id == questionnaire_id)
        .order_by(QuestionnaireVersion.number.desc())
        .limit(1)
    ).one_or_none()


def newest_versions(session: Session, questionnaire_ids: Collection[int]) -> dict[int, int]:
    """Questionnaire -> the id of its newest version, in one select."""
    rows = session.execute(
        select(QuestionnaireVersion.questionnaire_id, QuestionnaireVersion.id)
        .where(QuestionnaireVersion.questionnaire_id.in_(questionnaire_ids))
        .order_by(QuestionnaireVersion.number)
    )
    return {row.questionnaire_id: row.id for row in rows}
