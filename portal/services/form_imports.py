"""A questionnaire from a file: looked at first, then published, and refused whole when anything is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.domain.form_changes import FormChanges, compare
from portal.domain.questionnaires import Questionnaire
from portal.domain.stored_forms import from_dict, to_dict
from portal.services import publishing
from portal.services.publishing import Published
from portal.services.xlsform.problems import Code, FormRefused, ImportedForm, Problem
from portal.store import audit, staged
from portal.store.staged import StagedUpload, UploadKind

LONGEST_NAME = 120


@dataclass(frozen=True)
class Draft:
    """What was uploaded, against what is published now."""

    filename: str
    form: Questionnaire
    changes: FormChanges


def upload(
    session: Session, data: bytes, filename: str, staff_id: int, now: datetime
) -> ImportedForm | FormRefused:
    """Keeps a form without problems until it is published or replaced; a refused file leaves no trace but one
    line in the audit log."""
    form = _checked(session, publishing.read_form(data, filename))
    taken = isinstance(form, ImportedForm)
    action = "questionnaire.uploaded" if taken else "questionnaire.refused"
    audit.record(session, action, now, staff_id=staff_id)
    if isinstance(form, ImportedForm):
        staged.put(
            session,
            StagedUpload(
                staff_id=staff_id,
                kind=UploadKind.FORM,
                filename=filename[-LONGEST_NAME:],
                content=to_dict(form.questionnaire),
                created_at=now,
            ),
        )
    return form


def _checked(session: Session, form: ImportedForm | FormRefused) -> ImportedForm | FormRefused:
    if isinstance(form, FormRefused):
        return form
    published = publishing.newest_form(session, form.questionnaire.key)
    if published and published.respondent is not form.questionnaire.respondent:
        return FormRefused((Problem(Code.RESPONDENT_CHANGED, "settings", None, "respondent"),))
    return form


def find_draft(session: Session, staff_id: int) -> Draft | None:
    row = staged.find(session, staff_id, UploadKind.FORM)
    if row is None:
        return None
    form = from_dict(row.content)
    return Draft(row.filename, form, compare(publishing.newest_form(session, form.key), form))


def publish_draft(session: Session, staff_id: int, now: datetime) -> Published | None:
    """None when there is no draft (any more): published in another tab, or given up."""
    draft = find_draft(session, staff_id)
    if draft is None:
        return None
    discard_draft(session, staff_id)
    return publishing.publish(session, draft.form, now, staff_id)


def discard_draft(session: Session, staff_id: int) -> None:
    staged.remove(session, staff_id, UploadKind.FORM)
