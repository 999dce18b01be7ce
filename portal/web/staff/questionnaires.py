"""The questionnaires as they are published: a list, and each version as the one who answers reads it."""

from __future__ import annotations

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from i18n.locales import LOCALES
from portal.domain.access import Resource, allowed
from portal.domain.questionnaires import Questionnaire
from portal.store import questionnaires as store
from portal.web.context import actor, read
from portal.web.guards import guard
from portal.web.staff.blueprint import staff


@staff.get("/spoergeskemaer")
@guard(Resource.QUESTIONNAIRES_VIEW)
def list_questionnaires() -> ResponseReturnValue:
    with read() as session:
        versions = store.newest_versions(session)
        forms = store.definitions(session, versions)
    may_import = allowed(actor().role, Resource.QUESTIONNAIRES_IMPORT)
    rows = list(zip(versions, forms, strict=True))
    return render_template("pages/staff/questionnaires.html", rows=rows, may_import=may_import)


@staff.get("/spoergeskemaer/<key>/<int:number>")
@guard(Resource.QUESTIONNAIRES_VIEW)
def show_version(key: str, number: int) -> ResponseReturnValue:
    with read() as session:
        versions = store.versions(session, key)
        version = next((each for each in versions if each.number == number), None) or abort(404)
        form = store.definition(version)
    return render_template(
        "pages/staff/questionnaire.html",
        version=version,
        versions=versions,
        form=form,
        language=language_shown(form),
        languages=LOCALES,
        may_edit=allowed(actor().role, Resource.TEXTS) and version is versions[0],
    )


def language_shown(form: Questionnaire) -> str:
    """``?vis=en``; the form's own language when it does not have the one asked for."""
    wished = request.args.get("vis", "")
    return wished if wished in form.languages else form.default_language
