"""Make the demo municipality, all of it in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from database.tenancy import EVERYONE, TenantSession
from portal.domain.ageing import local_day
from portal.domain.questionnaires import Respondent, for_respondent
from portal.runtime import Portal
from portal.services import publishing
from portal.services.demo import (
    enclosures,
    groups,
    hours,
    measurements,
    meetings,
    messages,
    own_words,
    people,
    reminders,
    rights,
    texts,
    traces,
)
from portal.services.demo.alarms import add_alarms
from portal.services.demo.askings import Inviting
from portal.services.demo.check_ins import CheckIns
from portal.services.demo.courses import Forms
from portal.services.demo.days import ZONE, Days
from portal.services.demo.measurements import Published
from portal.services.demo.messages import Wordings
from portal.services.demo.own_numbers import add_own_change
from portal.services.demo.removal import remove_all
from portal.services.demo.strangers import add_strangers
from portal.services.demo.threads import Threads
from portal.store.questionnaires import Questionnaire, QuestionnaireVersion


def build(portal: Portal, now: datetime) -> None:
    """Replaces what is there; the same day and the same keys give the same rows.

    Raises NotADemoError, having changed nothing, when a municipality in the database is not a demo.
    """
    days = Days(local_day(now, ZONE))
    with portal.database.write(EVERYONE) as everyone:
        remove_all(everyone)
        municipality = people.municipality(days)
        everyone.add(municipality)
        everyone.flush()
        # A second session in the same transaction, which stamps and checks the rows.
        with TenantSession(municipality.id, bind=everyone.connection(), expire_on_commit=False) as session:
            _fill(portal, everyone, session, days)
            session.flush()
    portal.overlays.forget(municipality.id)


def _fill(portal: Portal, everyone: Session, session: TenantSession, days: Days) -> None:
    publishing.ship(session, days.at(people.FOUNDED_DAYS_AGO - 2, 9))
    published = _published(session)
    forms: Forms = {key: each.form for key, each in published.items()}
    staff = people.add_staff(session, days)
    hours.add_hours(session, staff, days)
    residents = people.add_citizens(session, staff, forms, days)
    asked = measurements.add_invitations(session, residents, published)
    measurements.add_responses(session, everyone, asked, published)
    wordings, link_url = Wordings(portal.catalogs), portal.settings.link_url
    invited = Inviting(wordings, link_url, forms).add(session, asked)
    threads = Threads(days, wordings, link_url)
    threads.collect(residents, invited)
    check_ins = CheckIns(session, threads, days)
    askings = check_ins.collect(residents)
    batches = groups.write(threads, residents, days)
    enclosed = enclosures.collect(threads, residents)
    own_words.add(session, threads, residents, days)
    every = [*(sms for _, sms in invited), *threads.add(session)]
    messages.add_outbox(session, every, days)
    threads.connect()
    check_ins.connect(askings)
    groups.add(session, batches)
    enclosures.enclose(session, *enclosed)
    for each, sms in invited:
        if sms.kind == "invitation" and sms.row:
            each.invitation.message_id = sms.row.id
    messages.add_phones(everyone, residents)
    strange = add_strangers(session, everyone, residents, days, portal.catalogs)
    strange += add_alarms(session, residents, days, portal.catalogs)
    add_own_change(session, residents, days)
    messages.add_screens(everyone, every, threads.written, strange)
    reminders.add_reminders(session, staff, residents, asked, days)
    meetings.add_meetings(session, staff, residents, published, days)
    rights.add_rights(session, residents, days)
    texts.add_texts(session, staff, portal.catalogs, days)
    traces.add_traces(session, staff, residents, asked, days)


def _published(session: Session) -> Mapping[str, Published]:
    rows = session.execute(
        select(Questionnaire, QuestionnaireVersion).join(
            QuestionnaireVersion, QuestionnaireVersion.questionnaire_id == Questionnaire.id
        )
    )
    shipped = {form.key: form for form in publishing.shipped_forms()}
    return {
        row.key: Published(row.id, version.id, for_respondent(shipped[row.key], Respondent(row.respondent)))
        for row, version in rows
    }
