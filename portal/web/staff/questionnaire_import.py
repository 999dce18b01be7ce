"""A questionnaire from a file: upload, look at it, publish it."""

from __future__ import annotations

from flask import abort, flash, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from i18n.locales import LOCALES
from portal.domain.access import Resource
from portal.services import form_imports
from portal.services.xlsform.problems import Code, FormRefused, Problem
from portal.web.context import actor, now, read, write
from portal.web.guards import guard
from portal.web.language import t
from portal.web.staff.blueprint import staff
from portal.web.staff.questionnaires import language_shown

PAGE = "pages/staff/questionnaire_import.html"


@staff.get("/spoergeskemaer/indlaes")
@guard(Resource.QUESTIONNAIRES_IMPORT)
def show_import() -> ResponseReturnValue:
    return render_template(PAGE)


@staff.post("/spoergeskemaer/indlaes")
@guard(Resource.QUESTIONNAIRES_IMPORT)
def upload_questionnaire() -> ResponseReturnValue:
    file = request.files.get("file")
    if file is None or not file.filename:
        return _refused(FormRefused((Problem(Code.FILE_TYPE),)), "")
    with write() as session:
        form = form_imports.upload(session, file.read(), file.filename, actor().staff_id or 0, now())
    if isinstance(form, FormRefused):
        return _refused(form, file.filename)
    return redirect("/spoergeskemaer/indlaes/kladde", 303)


@staff.get("/spoergeskemaer/indlaes/kladde")
@guard(Resource.QUESTIONNAIRES_IMPORT)
def show_draft() -> ResponseReturnValue:
    with read() as session:
        draft = form_imports.find_draft(session, actor().staff_id or 0)
    if draft is None:
        return redirect("/spoergeskemaer/indlaes")
    return render_template(
        "pages/staff/questionnaire_draft.html",
        draft=draft,
        language=language_shown(draft.form),
        languages=LOCALES,
    )


@staff.post("/spoergeskemaer/indlaes/udgiv")
@guard(Resource.QUESTIONNAIRES_IMPORT)
def publish_draft() -> ResponseReturnValue:
    with write() as session:
        published = form_imports.publish_draft(session, actor().staff_id or 0, now())
    if published is None:
        abort(404)
    done = "published" if published.is_new else "nothing_new"
    flash(t(f"questionnaires.import.{done}", number=published.number))
    return redirect("/spoergeskemaer", 303)


@staff.post("/spoergeskemaer/indlaes/fortryd")
@guard(Resource.QUESTIONNAIRES_IMPORT)
def discard_draft() -> ResponseReturnValue:
    with write() as session:
        form_imports.discard_draft(session, actor().staff_id or 0)
    flash(t("questionnaires.import.discarded"))
    return redirect("/spoergeskemaer/indlaes", 303)


def _refused(form: FormRefused, filename: str) -> ResponseReturnValue:
    return make_response(render_template(PAGE, problems=form.problems, filename=filename), 422)
