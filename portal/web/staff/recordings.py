"""Readings of questions: recorded in the browser or handed in as a file, one question after another."""

from __future__ import annotations

from contextlib import closing

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from i18n.locales import LOCALES
from portal.domain.access import Resource
from portal.domain.questionnaires import Questionnaire
from portal.domain.recordings import LARGEST, LONGEST_SECONDS, SoundRefusal
from portal.services import publishing, question_texts, recordings
from portal.services.question_texts import QuestionText
from portal.services.recordings import Reading
from portal.web.context import actor, now, portal, read
from portal.web.guards import guard
from portal.web.headers import allow_recording
from portal.web.language import t
from portal.web.staff.blueprint import staff
from portal.web.staff.texts import author, locale_or_404
from portal.web.uploads import takes_files


@staff.get("/tekster/oplaesninger/<key>")
@guard(Resource.TEXTS)
def show_recordings(key: str) -> ResponseReturnValue:
    """How far the form is read aloud, language by language."""
    form = _form_or_404(key)
    known = [code for code in form.languages if code in LOCALES]
    rows = [recordings.progress(portal(), actor().municipality_id, form, code) for code in known]
    return render_template("pages/staff/recordings.html", form=form, rows=rows, locales=LOCALES)


@staff.get("/tekster/oplaesninger/<key>/<locale>")
@guard(Resource.TEXTS)
def show_recordings_in(key: str, locale: str) -> ResponseReturnValue:
    language, form = locale_or_404(locale), _form_or_404(key)
    found = recordings.all_standing(portal(), actor().municipality_id, form, locale)
    texts = recordings.readable(form, locale)
    return render_template(
        "pages/staff/recordings_in.html", form=form, language=language, texts=texts, found=found
    )


@staff.get("/tekster/oplaesninger/<key>/<locale>/naeste")
@guard(Resource.TEXTS)
def show_next_recording(key: str, locale: str) -> ResponseReturnValue:
    """The first question without a reading; ``efter``: the first after this one."""
    locale_or_404(locale)
    form, name = _form_or_404(key), request.args.get("efter", "")
    found = _next(form, locale, name)
    if found is None:
        flash(t("plain.recordings.all_read"))
        return redirect(url_for("staff.show_recordings_in", key=key, locale=locale), 303)
    return redirect(_address(found), 303)


@staff.get("/tekster/<locale>/skema/<key>/<name>/oplaesning")
@guard(Resource.TEXTS)
def show_recording(locale: str, key: str, name: str) -> ResponseReturnValue:
    return _page(_text_or_404(locale, key, name))


@staff.post("/tekster/<locale>/skema/<key>/<name>/oplaesning")
@takes_files
@guard(Resource.TEXTS)
def save_recording(locale: str, key: str, name: str) -> ResponseReturnValue:
    text = _text_or_404(locale, key, name)
    refused = recordings.keep(portal(), author(), text, _reading(), now())
    if refused is not None:
        return make_response(_page(text, refused), 422)
    flash(t("translator.recording.saved"))
    return redirect(_address(text), 303)


@staff.post("/tekster/<locale>/skema/<key>/<name>/oplaesning/fjern")
@guard(Resource.TEXTS)
def remove_recording(locale: str, key: str, name: str) -> ResponseReturnValue:
    text = _text_or_404(locale, key, name)
    recordings.remove(portal(), author(), text, now())
    flash(t("translator.recording.removed"))
    return redirect(_address(text), 303)


def _page(text: QuestionText, refused: SoundRefusal | None = None) -> str:
    """``refused``: why what was handed in was not taken."""
    allow_recording()
    municipality_id = actor().municipality_id
    texts = recordings.readable(text.form, text.locale)
    return render_template(
        "pages/staff/recording.html",
        text=text,
        language=locale_or_404(text.locale),
        place=[each.question.name for each in texts].index(text.question.name) + 1,
        of=len(texts),
        recording=recordings.standing(portal(), municipality_id, text),
        read_wording=recordings.wording_of(text),
        next=recordings.next_without(portal(), municipality_id, text),
        refused=refused,
        longest=LONGEST_SECONDS,
    )


def _next(form: Questionnaire, locale: str, name: str) -> QuestionText | None:
    municipality_id = actor().municipality_id
    if name not in form.questions:
        return recordings.first_without(portal(), municipality_id, form, locale)
    here = QuestionText(form, form.questions[name], locale)
    return recordings.next_without(portal(), municipality_id, here)


def _form_or_404(key: str) -> Questionnaire:
    with read() as session:
        return publishing.newest_form(session, key) or abort(404)


def _text_or_404(locale: str, key: str, name: str) -> QuestionText:
    locale_or_404(locale)
    with read() as session:
        text = question_texts.find(session, key, name, locale) or abort(404)
    return text if recordings.can_be_read(text) else abort(404)


def _reading() -> Reading:
    """Empty where no file came."""
    given, wording = request.files.get("sound"), request.form.get("wording", "")
    if given is None:
        return Reading(b"", wording)
    with closing(given):
        return Reading(given.read(LARGEST + 1), wording)


def _address(text: QuestionText) -> str:
    return url_for("staff.show_recording", locale=text.locale, key=text.form.key, name=text.question.name)
