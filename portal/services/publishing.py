"""Publish a questionnaire: what changed becomes a new version, and the older ones stay as they were answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from sqlalchemy.orm import Session

from portal.domain.questionnaires import Questionnaire
from portal.domain.stored_forms import to_dict
from portal.services.xlsform.problems import FormRefused, ImportedForm
from portal.store import audit, questionnaires
from portal.store.questionnaires import Origin, QuestionnaireVersion

SHIPPED = Path(__file__).resolve().parent.parent / "content" / "questionnaires"
COUNTERPARTS = {
    "progression_citizen": "progression_caseworker",
    "progression_caseworker": "progression_citizen",
}


@dataclass(frozen=True)
class Published:
    """``is_new`` is False when the newest version already says the same: then nothing was stored."""

    version_id: int
    number: int
    is_new: bool


class RespondentChangedError(ValueError):
    """A citizen's form cannot become a caseworker's: its measurements would change hands."""


def publish(
    session: Session,
    questionnaire: Questionnaire,
    now: datetime,
    staff_id: int | None = None,
    counterpart_key: str | None = None,
    *,
    origin: Origin = Origin.IMPORTED,
) -> Published:
    """Raises RespondentChangedError when the key belongs to a form that another party answers."""
    row = _row(session, questionnaire)
    if counterpart_key and row.counterpart_key != counterpart_key:
        row.counterpart_key = counterpart_key
    newest = questionnaires.newest_version(session, row.id)
    definition = to_dict(questionnaire)
    if newest and newest.fingerprint == questionnaires.fingerprint(definition):
        return Published(newest.id, newest.number, is_new=False)
    version = QuestionnaireVersion(
        questionnaire_id=row.id,
        number=newest.number + 1 if newest else 1,
        definition=definition,
        origin=origin,
        published_at=now,
        published_by=staff_id,
    )
    session.add(version)
    session.flush()
    subject = f"questionnaire {row.key} version {version.number}"
    audit.record(session, "questionnaire.published", now, staff_id=staff_id, subject=subject)
    return Published(version.id, version.number, is_new=True)


def _row(session: Session, questionnaire: Questionnaire) -> questionnaires.Questionnaire:
    row = questionnaires.by_key(session, questionnaire.key, lock=True)
    if row is None:
        row = questionnaires.Questionnaire(key=questionnaire.key, respondent=questionnaire.respondent.value)
        session.add(row)
        session.flush()
    elif row.respondent != questionnaire.respondent:
        raise RespondentChangedError(questionnaire.key)
    return row


def newest_form(session: Session, key: str) -> Questionnaire | None:
    """The form as it is published now; None where there is none by this key."""
    row = questionnaires.by_key(session, key)
    version = questionnaires.newest_version(session, row.id) if row else None
    return questionnaires.definition(version) if version else None


def read_form(data: bytes, filename: str) -> ImportedForm | FormRefused:
    """As `xlsform.importing.import_form`, whose library (18 MB) is loaded when the first form is read."""
    from portal.services.xlsform.importing import import_form  # noqa: PLC0415

    return import_form(data, filename)


@cache
def shipped_forms() -> tuple[Questionnaire, ...]:
    """The forms that come with the product. Raises ValueError naming a file that cannot be imported."""
    forms = []
    for path in sorted(SHIPPED.glob("*.md")):
        form = read_form(path.read_bytes(), path.name)
        if isinstance(form, FormRefused):
            raise ValueError(f"{path.name}: {form.problems}")
        forms.append(form.questionnaire)
    return tuple(forms)


def ship(session: Session, now: datetime) -> tuple[Published, ...]:
    """Publishes the forms that come with the product. One that the municipality has changed stays as it is."""
    return tuple(
        publish(session, form, now, counterpart_key=COUNTERPARTS.get(form.key), origin=Origin.SHIPPED)
        for form in shipped_forms()
        if not _is_their_own(session, form.key)
    )


def _is_their_own(session: Session, key: str) -> bool:
    row = questionnaires.by_key(session, key)
    newest = questionnaires.newest_version(session, row.id) if row else None
    return newest is not None and newest.origin is not Origin.SHIPPED
