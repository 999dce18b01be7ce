"""Publishing on both databases: a change is a new version, and a version that was published stays as it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event, select

from database.engine import Database
from portal.domain.questionnaires import Page, Question, Questionnaire, QuestionType, Respondent
from portal.services.publishing import Published, RespondentChangedError, publish
from portal.store import questionnaires
from portal.store.audit import AuditEvent
from portal.store.questionnaires import Origin, PublishedVersionError, QuestionnaireVersion
from tests.conftest import NOW, add_municipality

QUESTION = Question("sleep", QuestionType.TEXT, {"da": "Sover du godt?", "en": "Do you sleep well?"})
FORM = Questionnaire("night", {"da": "Natten"}, (Page("sleep", (QUESTION,)),), languages=("da", "en"))
REWORDED = replace(
    FORM, pages=(Page("sleep", (replace(QUESTION, labels={"da": "Sover du?", "en": "Do you sleep well?"}),)),)
)


def published(database: Database, municipality: int, form: Questionnaire, **values: object) -> Published:
    with database.write(municipality) as session:
        return publish(session, form, NOW, **values)  # type: ignore[arg-type]


def newest(database: Database, municipality: int) -> Questionnaire:
    with database.read(municipality) as session:
        row = questionnaires.by_key(session, "night")
        assert row is not None
        version = questionnaires.newest_version(session, row.id)
        assert version is not None
        return questionnaires.definition(version)


def test_the_first_publication_is_version_one(database: Database, municipality: int) -> None:
    first = published(database, municipality, FORM)
    assert (first.number, first.is_new) == (1, True)
    assert newest(database, municipality) == FORM


def test_publishing_the_same_form_again_changes_nothing(database: Database, municipality: int) -> None:
    first = published(database, municipality, FORM)
    again = published(database, municipality, FORM)
    assert again == replace(first, is_new=False)


def test_a_changed_wording_is_a_new_version_and_the_old_one_stays(
    database: Database, municipality: int
) -> None:
    first = published(database, municipality, FORM)
    second = published(database, municipality, REWORDED)
    assert (second.number, second.is_new) == (2, True)
    assert newest(database, municipality) == REWORDED
    with database.read(municipality) as session:
        old = session.get_one(QuestionnaireVersion, first.version_id)
        assert questionnaires.definition(old) == FORM


@pytest.mark.parametrize(
    ("field", "value"),
    [("definition", {"key": "other"}), ("number", 7), ("published_at", NOW - timedelta(1))],
)
def test_a_published_version_cannot_be_changed(
    database: Database, municipality: int, field: str, value: object
) -> None:
    first = published(database, municipality, FORM)
    with pytest.raises(PublishedVersionError), database.write(municipality) as session:
        setattr(session.get_one(QuestionnaireVersion, first.version_id), field, value)


def test_a_form_of_the_citizen_cannot_become_one_of_the_caseworker(
    database: Database, municipality: int
) -> None:
    published(database, municipality, FORM)
    with pytest.raises(RespondentChangedError):
        published(database, municipality, replace(REWORDED, respondent=Respondent.CASEWORKER))
    assert newest(database, municipality) == FORM


def test_the_counterpart_of_a_form_can_be_named_without_a_new_version(
    database: Database, municipality: int
) -> None:
    published(database, municipality, FORM)
    assert not published(database, municipality, FORM, counterpart_key="day").is_new
    with database.read(municipality) as session:
        row = questionnaires.by_key(session, "night")
        assert row is not None
        assert row.counterpart_key == "day"


def test_two_municipalities_have_versions_of_their_own(database: Database, municipality: int) -> None:
    other = add_municipality(database, "andenby", "+4510900001")
    published(database, municipality, FORM)
    published(database, municipality, REWORDED)
    assert published(database, other, FORM).number == 1
    assert newest(database, other) == FORM


def test_publishing_is_written_to_the_audit_log_once(database: Database, municipality: int) -> None:
    published(database, municipality, FORM)
    published(database, municipality, FORM)
    with database.read(municipality) as session:
        events = session.scalars(select(AuditEvent)).all()
    assert [(event.action, event.subject) for event in events] == [
        ("questionnaire.published", "questionnaire night version 1")
    ]


def test_a_version_remembers_where_it_came_from(database: Database, municipality: int) -> None:
    shipped = published(database, municipality, FORM, origin=Origin.SHIPPED)
    edited = published(database, municipality, REWORDED, origin=Origin.EDITED)
    with database.read(municipality) as session:
        origins = [
            session.get_one(QuestionnaireVersion, each.version_id).origin for each in (shipped, edited)
        ]
    assert origins == [Origin.SHIPPED, Origin.EDITED]


def test_the_definition_of_a_version_is_read_from_the_database_once(
    database: Database, municipality: int
) -> None:
    form = replace(FORM, titles={"da": f"Natten {database.engine.dialect.name}"})
    published(database, municipality, form)
    statements: list[str] = []

    def count(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement)

    event.listen(database.engine, "before_cursor_execute", count)
    for _ in range(2):
        assert newest(database, municipality) == form
    assert sum("definition" in statement for statement in statements) == 1
