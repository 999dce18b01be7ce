"""Words that not everybody knows: marked where they first stand, explained right below, in HTML that is valid."""

from __future__ import annotations

from datetime import datetime

from flask import Flask
from flask.testing import FlaskClient
from markupsafe import Markup

from database.engine import Database
from portal.runtime import Portal
from portal.services.texts.history import Author
from portal.store import questionnaires
from portal.web.explained import explain_page, glossary_of, mark
from portal.web.language import texts
from tests.cases import Case, make_case
from tests.journeys import invite
from tests.measurements import ship_forms
from tests.texts import go_live


def test_each_language_has_its_own_words(app: Flask) -> None:
    with app.test_request_context("/", headers={"Accept-Language": "en"}):
        page = explain_page(Markup("<p>Your case file</p>"))
        assert page.startswith('<p>Your <span class="term">case file</span></p>')
        assert "What does “case file” mean?" in page and "You have a right to see it." in page
        assert explain_page(Markup("<p>Your journal</p>")) == "<p>Your journal</p>"


def test_a_mark_in_a_question_keeps_its_signs_harmless(app: Flask) -> None:
    with app.test_request_context("/"):
        assert (
            mark(texts(), "<b> & mentor?", ("mentor",)) == '&lt;b&gt; &amp; <span class="term">mentor</span>?'
        )
        assert mark(texts(), "<b> & mentor?", ()) == "<b> & mentor?"


def test_a_question_explains_its_words_under_itself_and_under_its_choices(
    client: FlaskClient, database: Database, municipality: int, now: datetime
) -> None:
    case = make_case(database, municipality, now)
    with database.write(municipality) as session:
        ship_forms(session, now, "evaluation_mentor")
        form = questionnaires.by_key(session, "evaluation_mentor")
        assert form is not None
        case = Case(municipality, case.citizen_id, case.staff_id, form.id, case.counterpart_id)
    page = client.post(f"/{invite(database, case, now)}", follow_redirects=True).text
    assert page.count('data-word="mentor"') == 1
    assert "Hvad betyder “mentor”?" in page and "En mentor er en person" in page
    assert page.index("</legend>") < page.index("Hvad betyder") < page.index('class="choice"')


def test_a_municipalitys_own_explanation_is_shown_at_once(
    app: Flask, database: Database, municipality: int, now: datetime
) -> None:
    case, portal = make_case(database, municipality, now), app.extensions["taletid"]
    assert isinstance(portal, Portal)
    before = glossary_of(portal.catalogs.texts("da", portal.overlays.of(municipality)))
    author = Author(municipality, case.staff_id)
    go_live(portal, author, "da", "glossary.mentor.forms", "vejviser")
    after = glossary_of(portal.catalogs.texts("da", portal.overlays.of(municipality)))
    assert before.names_in("mentor og vejviser") == after.names_in("vejviser") == ("mentor",)
    assert after.names_in("mentor") == ()
