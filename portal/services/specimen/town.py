"""The sample town: a few invented people, each at another point of the way, made with the product's own rules.

It is built once a process, when a page of it is first asked for, and then copied (`database.copies`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from database.base import Municipality
from database.tenancy import EVERYONE, TenantSession
from portal.domain.progression import Help
from portal.domain.questionnaires import Questionnaire, Respondent, for_respondent
from portal.services import agendas, publishing
from portal.services.specimen import happened, lives, seldom
from portal.services.specimen.measured import Form, Level, Measuring
from portal.services.specimen.people import People, add_people
from portal.services.specimen.sample_form import SAMPLE, SLEEP
from portal.services.specimen.stage import NOW, TOWN, Backdrop, Stage, Town
from portal.store import questionnaires, tables
from portal.store.answering import Invitation
from portal.store.municipalities import Office
from portal.store.papers import PaperForm

PROGRESSION = "progression_citizen"
OFFICE = Office(
    *("Åkøbing Kommune", "Job og Vejledning", "+4510100100"),
    sms_sender="Aakoebing",
    reply_number="+4510900900",
)
A_YEAR_AGO = NOW - timedelta(days=365)


def build(stage: Stage, forms: Sequence[Questionnaire]) -> Town:
    """``forms`` as they are published; a citizen's are answered in the town."""
    with stage.set(Backdrop(OFFICE)):
        tables.METADATA.create_all(stage.copies.engine)
        with stage.copies.write(EVERYONE) as everyone:
            everyone.add(_municipality())
        with stage.copies.write(TOWN) as session:
            names = _fill(session, forms)
        hers = {form.key: form for form in forms if form.respondent is Respondent.CITIZEN}
        return Town(stage.copies.snapshot(), names, hers)


def _municipality() -> Municipality:
    return Municipality(
        id=TOWN,
        slug="proeve",
        name=OFFICE.municipality,
        office_name=OFFICE.name,
        office_phone=OFFICE.phone,
        sms_sender=OFFICE.sms_sender,
        reply_number=OFFICE.reply_number,
        created_at=A_YEAR_AGO,
    )


def _fill(session: TenantSession, forms: Sequence[Questionnaire]) -> dict[str, str]:
    published = {form.key: _published(session, form) for form in forms}
    people = add_people(session, A_YEAR_AGO)
    names = people.names() | {"stamp": str(int(A_YEAR_AGO.timestamp()))}
    hers = {key: each for key, each in published.items() if each.form.pages}
    followed, measuring = hers.get(PROGRESSION) or next(iter(hers.values())), Measuring(session)
    names |= _answers(measuring, people, hers, followed)
    names |= lives.add(session, people)
    names |= happened.add(session, people)
    names |= seldom.add(measuring, people, followed, hers.get(agendas.FORM))
    return names | {"followed": followed.form.key}


def _published(session: TenantSession, form: Questionnaire) -> Form:
    done = publishing.publish(
        session, form, A_YEAR_AGO, counterpart_key=publishing.COUNTERPARTS.get(form.key)
    )
    row = questionnaires.by_key(session, form.key)
    assert row is not None  # noqa: S101 — it has just been published
    return Form(row.id, done.version_id, for_respondent(form, Respondent.CITIZEN))


def _answers(
    measuring: Measuring, people: People, forms: Mapping[str, Form], followed: Form
) -> dict[str, str]:
    """Each citizen's form stands begun; the one that follows people over time has been sent in."""
    session, names = measuring.session, _followed(measuring, people, followed)
    for key, form in forms.items():
        if form is not followed:
            _up_and_down(measuring, people, form)
        invitation = measuring.invite(people.reader, form, NOW - timedelta(days=2))
        names[f"form.{key}"] = measuring.begin(invitation, form, NOW - timedelta(days=1)).ref
    _up_and_down(measuring, people, _published(session, SLEEP))
    sample = _published(session, SAMPLE)
    asked = measuring.invite(people.known, sample, NOW - timedelta(days=3))
    names["sample"] = measuring.begin(asked, sample, NOW - timedelta(days=3)).ref
    asked.cancelled_at = NOW  # it waits on nobody's home
    danish = measuring.invite(people.locked, sample, NOW - timedelta(days=3))
    return names | lives.links(session, {"danish": danish}) | _paper(session, people, followed, asked)


def _followed(measuring: Measuring, people: People, form: Form) -> dict[str, str]:
    for days, row in ((200, (2, 3, 3, 1, 4)), (110, (3, 3, 4, 2, 3)), (6, (4, 3, 3, None, 2))):
        at = NOW - timedelta(days=days)
        sent = measuring.send_in(people.known, form, at, _in_turn(row))
    _up_and_down(measuring, people, form)
    for days, help_ in ((120, Help.WITH_HELP), (10, Help.ALONE)):
        measuring.send_in(people.walker, form, NOW - timedelta(days=days), lambda _: 3).help = help_
    measuring.send_in(people.reader, form, NOW - timedelta(days=9), lambda _: 3)
    waiting = measuring.invite(people.known, form, NOW - timedelta(days=1))
    begun = measuring.begin_half(waiting, form, NOW - timedelta(hours=3))
    fresh = measuring.invite(people.new, form, NOW - timedelta(hours=20))
    used = measuring.invite(people.known, form, NOW - timedelta(days=40))
    used.finished_at = NOW - timedelta(days=39)
    asked = {"open": fresh, "expired": waiting, "revoked": waiting, "going_on": waiting, "used": used}
    return {"sent": sent.ref, "begun": begun.ref, **lives.links(measuring.session, asked)}


def _up_and_down(measuring: Measuring, people: People, form: Form) -> None:
    """So that each theme is once said to be better, and once harder."""
    for days, low in ((120, 2), (10, 5)):
        at = NOW - timedelta(days=days)
        measuring.send_in(people.rising, form, at, _in_turn((low,)))
        measuring.send_in(people.stopped, form, at, _in_turn((6 - low,)))


def _in_turn(levels: tuple[int | None, ...]) -> Level:
    return lambda place: levels[place % len(levels)]


def _paper(session: TenantSession, people: People, form: Form, asked: Invitation) -> dict[str, str]:
    paper = PaperForm(
        code="31415926",
        citizen_id=people.known.id,
        measurement_id=asked.measurement_id,
        version_id=form.version_id,
        language="da",
        printed_by=people.caseworker.id,
        printed_at=NOW,
    )
    session.add(paper)
    session.flush()
    return {"paper": str(paper.id)}
