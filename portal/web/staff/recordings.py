"""A reading of a question: handed in, replaced and taken away on the page of its wording."""

from __future__ import annotations

from contextlib import closing

from flask import abort, flash, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.domain.access import Resource
from portal.domain.recordings import LARGEST
from portal.domain.rewording import current
from portal.services import recordings
from portal.services.recordings import Reading
from portal.web.context import now, portal
from portal.web.guards import guard
from portal.web.language import t
from portal.web.staff.blueprint import staff
from portal.web.staff.question_texts import find_text, question_page
from portal.web.staff.texts import author
from portal.web.uploads import takes_files


@staff.post("/tekster/<locale>/skema/<key>/<name>/oplaesning")
@takes_files
@guard(Resource.TEXTS)
def save_recording(locale: str, key: str, name: str) -> ResponseReturnValue:
    text = find_text(locale, key, name)
    if not recordings.can_be_read(text):
        abort(404)
    refused = recordings.keep(portal(), author(), text, _reading(), now())
    if refused is not None:
        return make_response(question_page(text, current(text.question, locale), refused=refused), 422)
    flash(t("translator.recording.saved"))
    return _back(locale, key, name)


@staff.post("/tekster/<locale>/skema/<key>/<name>/oplaesning/fjern")
@guard(Resource.TEXTS)
def remove_recording(locale: str, key: str, name: str) -> ResponseReturnValue:
    recordings.remove(portal(), author(), find_text(locale, key, name), now())
    flash(t("translator.recording.removed"))
    return _back(locale, key, name)


def _reading() -> Reading:
    """Empty where no file came."""
    given, wording = request.files.get("sound"), request.form.get("wording", "")
    if given is None:
        return Reading(b"", wording)
    with closing(given):
        return Reading(given.read(LARGEST + 1), wording)


def _back(locale: str, key: str, name: str) -> ResponseReturnValue:
    return redirect(url_for("staff.edit_question", locale=locale, key=key, name=name), 303)
