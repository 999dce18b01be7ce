"""A text on its way from draft to approved: read back, asked about, approved, and gone back to."""

from __future__ import annotations

from datetime import date

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.domain.access import Resource
from portal.domain.text_review import Refusal
from portal.services.texts import drafts, history, review, trials
from portal.services.texts.bench import open_bench
from portal.services.texts.drafts import Conflict, TextChange
from portal.services.texts.review import Outdated, Text
from portal.services.texts.trials import Trial
from portal.store import texts as store
from portal.web.context import now, portal, read
from portal.web.guards import guard
from portal.web.language import t
from portal.web.staff.blueprint import staff
from portal.web.staff.texts import author, locale_or_404
from portal.web.staff.texts import open_bench as open_own_bench

TEXT = "/tekster/<locale>/tekst/<key>"


@staff.post(f"{TEXT}/tilbage")
@guard(Resource.TEXTS)
def read_text_back(locale: str, key: str) -> ResponseReturnValue:
    text = _text(locale, key)
    danish, agrees = request.form.get("danish", "").strip(), request.form.get("agrees", "")
    if not danish or agrees not in ("yes", "no"):
        return _back(locale, key, t("review.back.incomplete"))
    found = review.back_check(portal(), author(), text, danish, now(), agrees=agrees == "yes")
    if isinstance(found, Refusal | Outdated):
        return _back(locale, key, _why(found))
    return _back(locale, key, t(f"review.back.kept_{agrees}") if found else abort(404))


@staff.post(f"{TEXT}/godkend")
@guard(Resource.APPROVE_TEXTS)
def approve_text(locale: str, key: str) -> ResponseReturnValue:
    found = review.approve(portal(), author(), _text(locale, key), now())
    if isinstance(found, Outdated):
        return _back(locale, key, _why(found))
    if isinstance(found, tuple):
        return _back(locale, key, t("review.approved", n=len(found)))
    refusals = dict.fromkeys((found or abort(404)).values())
    return _back(locale, key, " ".join(t(f"review.refused.{why}") for why in refusals))


@staff.post(f"{TEXT}/spoerg")
@guard(Resource.TEXTS)
def ask_about_text(locale: str, key: str) -> ResponseReturnValue:
    asked = review.ask(portal(), author(), _text(locale, key), request.form.get("body", "").strip(), now())
    return _back(locale, key, t("review.asked" if asked else "review.ask.empty"))


@staff.post("/tekster/spoergsmaal/<int:comment_id>/svar")
@guard(Resource.APPROVE_TEXTS)
def answer_about_text(comment_id: int) -> ResponseReturnValue:
    said = request.form.get("body", "").strip()
    at = now()
    comment = review.answer(portal(), author(), comment_id, said, at) or abort(404)
    kept = comment.answered_at == at
    return _back(comment.locale, comment.key, t("review.answered" if kept else "review.answer.not_kept"))


@staff.get(f"{TEXT}/historie")
@guard(Resource.TEXTS)
def show_text_history(locale: str, key: str) -> ResponseReturnValue:
    language = locale_or_404(locale)
    with read() as session:
        row = open_bench(session, portal().catalogs, (locale,)).row(locale, key) or abort(404)
        steps = history.tell(session, locale, key)
    return render_template("pages/staff/text_history.html", row=row, steps=steps, language=language)


@staff.post(f"{TEXT}/historie/<int:revision_id>")
@guard(Resource.TEXTS)
def go_back_to_wording(locale: str, key: str, revision_id: int) -> ResponseReturnValue:
    with read() as session:
        revision = store.revision(session, revision_id) or abort(404)
    if (revision.locale, revision.key) != (locale, key):
        abort(404)
    change = TextChange(locale, key, tuple(revision.forms), _text(locale, key).version)
    saved = drafts.save(portal(), author(), change, now()) or abort(404)
    return _back(locale, key, t("review.changed" if isinstance(saved, Conflict) else "review.gone_back"))


@staff.post(f"{TEXT}/opgiv")
@guard(Resource.TEXTS)
def give_up_text_draft(locale: str, key: str) -> ResponseReturnValue:
    text = _text(locale, key)
    drafts.discard(portal(), author(), text.locale, text.key, now())
    return _back(locale, key, t("review.discarded"))


@staff.post("/tekster/afproevet")
@guard(Resource.TEXTS)
def keep_trial() -> ResponseReturnValue:
    given = request.form
    note = given.get("note", "").strip()
    tried = Trial(given.get("locale", ""), given.get("area", ""), _day(), _count(), note)
    refusal = trials.keep(portal(), author(), tried, now())
    flash(t(f"review.trial.refused.{refusal}" if refusal else "review.trial.kept"))
    return redirect(url_for("staff.show_text_coverage"), 303)


def _day() -> date | None:
    try:
        return date.fromisoformat(request.form.get("day", ""))
    except ValueError:
        return None


def _count() -> int | None:
    given = request.form.get("citizens", "")
    return int(given) if given.isdecimal() and len(given) < 5 else None


def _text(locale: str, key: str) -> Text:
    """As she had it before her; a number that is none is no version that we know. 404 for no text of ours."""
    open_own_bench(locale).row(locale, key) or abort(404)
    version = request.form.get("version", "")
    return Text(locale, key, int(version) if version.isdecimal() and len(version) < 10 else -1)


def _why(found: Refusal | Outdated) -> str:
    return t("review.changed") if isinstance(found, Outdated) else t(f"review.refused.{found}")


def _back(locale: str, key: str, said: str) -> Response:
    flash(said)
    return redirect(url_for("staff.edit_text", locale=locale, key=key), 303)  # type: ignore[return-value]
