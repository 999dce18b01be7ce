"""The wording of a question: changed in the browser, published as a new version after a second look."""

from __future__ import annotations

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.domain.access import Resource
from portal.domain.rewording import Rewording, current, sharing
from portal.services import publishing, recordings
from portal.services import question_texts as services
from portal.services.question_texts import Judged, QuestionText
from portal.web.context import actor, now, portal, read, write
from portal.web.guards import guard
from portal.web.language import t
from portal.web.staff.blueprint import staff
from portal.web.staff.texts import locale_or_404


@staff.get("/tekster/<locale>/skema/<key>")
@guard(Resource.TEXTS)
def show_form_texts(locale: str, key: str) -> ResponseReturnValue:
    language = locale_or_404(locale)
    with read() as session:
        form = publishing.newest_form(session, key)
    if form is None or locale not in form.languages:
        abort(404)
    recorded = recordings.all_standing(portal(), actor().municipality_id, form, locale)
    return render_template("pages/staff/form_texts.html", form=form, language=language, recorded=recorded)


@staff.get("/tekster/<locale>/skema/<key>/<name>")
@guard(Resource.TEXTS)
def edit_question(locale: str, key: str, name: str) -> ResponseReturnValue:
    text = find_text(locale, key, name)
    return _page(text, current(text.question, locale))


@staff.post("/tekster/<locale>/skema/<key>/<name>")
@guard(Resource.TEXTS)
def save_question(locale: str, key: str, name: str) -> ResponseReturnValue:
    text = find_text(locale, key, name)
    wording = _typed(text)
    judged = services.judge(text, wording)
    if judged.refused or "confirmed" not in request.form:
        return make_response(_page(text, wording, judged), 422 if judged.refused else 200)
    with write() as session:
        newest = services.find(session, key, name, locale) or abort(404)
        published = services.save(session, newest, wording, actor().staff_id or 0, now()) or abort(400)
    flash(t("translator.question.published", number=published.number))
    return redirect(url_for("staff.show_form_texts", locale=locale, key=key), 303)


def find_text(locale: str, key: str, name: str) -> QuestionText:
    locale_or_404(locale)
    with read() as session:
        return services.find(session, key, name, locale) or abort(404)


def _typed(text: QuestionText) -> Rewording:
    def field(name: str) -> str:
        return request.form.get(name, "").replace("\r\n", "\n").strip()

    choices = {choice.name: field(f"choice-{n}") for n, choice in enumerate(text.question.choices)}
    return Rewording(field("label"), field("hint"), choices)


def _page(text: QuestionText, wording: Rewording, judged: Judged | None = None) -> str:
    return render_template(
        "pages/staff/question_text.html",
        text=text,
        language=locale_or_404(text.locale),
        wording=wording,
        judged=judged,
        shared=len(sharing(text.form, text.question)),
        can_be_read=recordings.can_be_read(text),
        recording=recordings.standing(portal(), actor().municipality_id, text),
    )
