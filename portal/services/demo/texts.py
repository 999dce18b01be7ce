"""The demo's texts: one of their own, one being worked on, two approved, one asked about, one form tried."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from i18n.catalogs import Entry, Status
from i18n.texts import Catalogs
from portal.content import demo_people
from portal.content import demo_texts as content
from portal.domain.texts import Step
from portal.services.demo.days import Days
from portal.store.people import Staff
from portal.store.text_reviews import TextComment, TextTrial
from portal.store.texts import TextOverride, TextRevision


def add_texts(session: Session, staff: Sequence[Staff], catalogs: Catalogs, days: Days) -> None:
    by_mail = dict(zip((each.email for each in demo_people.STAFF), staff, strict=True))
    writer, approver = by_mail[content.WRITER].id, by_mail[content.APPROVER].id
    session.add_all(_own_danish(catalogs, writer, days.at(20, 10)))
    session.add_all(_draft(catalogs, writer, days.at(3, 13)))
    locale, keys = content.APPROVED
    for key in keys:
        session.add_all(_approved(locale, catalogs.entries[locale][key], catalogs, approver, days.at(6, 11)))
    locale, key, body = content.ASKED
    asked = TextComment(locale=locale, key=key, body=body, staff_id=writer, at=days.at(9, 9))
    asked.answer, asked.answered_by, asked.answered_at = content.ANSWER, approver, days.at(8, 15)
    locale, area, citizens, note = content.TRIED
    at = days.at(content.TRIED_DAYS_AGO, 14)
    tried = TextTrial(
        locale=locale, area=area, tried_on=at.date(), citizens=citizens, note=note, staff_id=writer, at=at
    )
    session.add_all((asked, tried))


def _own_danish(catalogs: Catalogs, staff_id: int, at: datetime) -> tuple[TextOverride, TextRevision]:
    key, text = content.OWN_DANISH
    row = TextOverride(locale="da", key=key, forms=[text], source=[*catalogs.entries["da"][key].forms])
    row.status = row.live_status = Status.DRAFT
    row.published_at = at
    return _with_history(row, Step.PUBLISHED, staff_id, at)


def _draft(catalogs: Catalogs, staff_id: int, at: datetime) -> tuple[TextOverride, TextRevision]:
    locale, key, text = content.DRAFT
    row = TextOverride(locale=locale, key=key, forms=[], source=[])
    row.draft_forms, row.draft_source = [text], [*catalogs.entries["da"][key].forms]
    row.status, row.live_status = Status.DRAFT, Status.MACHINE_DRAFT
    return _with_history(row, Step.SAVED, staff_id, at)


def _approved(
    locale: str, entry: Entry, catalogs: Catalogs, staff_id: int, at: datetime
) -> tuple[TextOverride, TextRevision]:
    danish = catalogs.entries["da"][entry.key].forms
    row = TextOverride(locale=locale, key=entry.key, forms=[*entry.forms], source=[*danish])
    row.status = row.live_status = Status.NATIVE_APPROVED
    row.approved_by, row.approved_at = staff_id, at
    return _with_history(row, Step.APPROVED, staff_id, at)


def _with_history(
    row: TextOverride, step: Step, staff_id: int, at: datetime
) -> tuple[TextOverride, TextRevision]:
    row.version, row.changed_by, row.changed_at = 1, staff_id, at
    forms = row.forms if row.draft_forms is None else row.draft_forms
    source = row.source if row.draft_source is None else row.draft_source
    step_of = TextRevision(locale=row.locale, key=row.key, step=step, forms=[*forms], source=[*source])
    step_of.status, step_of.staff_id, step_of.at = row.status, staff_id, at
    return row, step_of
