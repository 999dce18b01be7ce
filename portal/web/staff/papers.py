"""Forms on paper: the sheet for the printer, and the code of one that has come back."""

from __future__ import annotations

from flask import abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from i18n.locales import DEFAULT, LOCALES
from i18n.texts import Texts
from portal.domain.access import Resource
from portal.domain.questionnaires import Respondent
from portal.services.definitions import language_of, questionnaire_of
from portal.services.reach import OutOfReachError, Reading, reach_citizen
from portal.store import papers
from portal.store.municipalities import own
from portal.web.context import actor, now, portal, write
from portal.web.guards import guard
from portal.web.staff.blueprint import staff
from portal.web.staff.reach import reach, reader

CODE_PAGE = "pages/staff/paper_code.html"


@staff.get("/borgere/<int:citizen_id>/papir/<int:paper_id>")
@guard(Resource.ENTER_ANSWERS)
def show_paper(citizen_id: int, paper_id: int) -> ResponseReturnValue:
    with reach(citizen_id, "paper.print") as (session, citizen):
        paper = papers.of_citizen(session, citizen_id, paper_id) or abort(404)
        form = questionnaire_of(session, paper.version_id, Respondent.CITIZEN)
        office = own(session)
    language = language_of(form, paper.language)
    shown = {"paper": paper, "form": form, "language": LOCALES[language], "office": office}
    return render_template("pages/staff/paper.html", citizen=citizen, words=_words(language), **shown)


@staff.get("/papir")
@guard(Resource.ENTER_ANSWERS)
def ask_for_paper() -> ResponseReturnValue:
    return render_template(CODE_PAGE)


@staff.post("/papir")
@guard(Resource.ENTER_ANSWERS)
def find_paper() -> ResponseReturnValue:
    """The code alone says nothing to who may not reach the citizen: it is then as unknown as any other."""
    typed = request.form.get("kode", "")
    code = "".join(sign for sign in typed if sign.isdecimal())[: papers.DIGITS]
    with write() as session:
        paper = papers.by_code(session, code)
        try:
            if paper is not None:
                reading = Reading(Resource.ENTER_ANSWERS, "paper.found")
                reach_citizen(session, reader(), paper.citizen_id, reading, now())
        except OutOfReachError:
            paper = None
    if paper is None:
        return render_template(CODE_PAGE, typed=typed, is_unknown=True), 422
    return redirect(f"/borgere/{paper.citizen_id}/udfyld/{paper.measurement_id}?papir={paper.id}", 303)


def _words(language: str) -> Texts:
    """The sheet's own words in the form's language, or all in Danish."""
    overlay = portal().overlays.of(actor().municipality_id)
    theirs = portal().catalogs.texts(language, overlay)
    whole = all(theirs.lang(key) == language for key in portal().catalogs.keys("paper"))
    return theirs if whole else portal().catalogs.texts(DEFAULT, overlay)
