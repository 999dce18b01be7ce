"""PO files for translators' own programs: out, and in after a look at every row."""

from __future__ import annotations

from flask import Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from i18n.po import Rejected
from portal.domain.access import Resource
from portal.services import text_files as services
from portal.services.text_files import Place
from portal.store import staged
from portal.store.staged import UploadKind
from portal.web.context import actor, now, portal, read, write
from portal.web.guards import guard
from portal.web.language import t
from portal.web.staff.blueprint import staff
from portal.web.staff.texts import author, locale_or_404, open_bench

REFUSED = "pages/staff/text_file_refused.html"


@staff.get("/tekster/<locale>/<area>/po")
@guard(Resource.TEXTS)
def download_po(locale: str, area: str) -> ResponseReturnValue:
    place = _place(locale, area)
    response = Response(services.export(open_bench(locale), place), mimetype="text/x-gettext-translation")
    response.headers["Content-Disposition"] = f'attachment; filename="{locale}-{area}.po"'
    return response


@staff.post("/tekster/<locale>/<area>/po")
@guard(Resource.TEXTS)
def upload_po(locale: str, area: str) -> ResponseReturnValue:
    place, file = _place(locale, area), request.files.get("file")
    data = file.read() if file else b""
    preview = services.read(data, (file and file.filename) or "", open_bench(locale), place)
    if isinstance(preview, Rejected):
        return _refused(preview, place)
    with write() as session:
        services.stage(session, data, preview, actor().staff_id or 0, now())
    return redirect(url_for("staff.preview_po"), 303)


@staff.get("/tekster/fil")
@guard(Resource.TEXTS)
def preview_po() -> ResponseReturnValue:
    with read() as session:
        preview = services.find_staged(session, portal(), actor().staff_id or 0)
    if preview is None:
        return redirect(url_for("staff.show_areas"))
    if isinstance(preview, Rejected):
        return _refused(preview)
    language = locale_or_404(preview.place.locale)
    return render_template("pages/staff/text_file.html", preview=preview, language=language)


@staff.post("/tekster/fil/brug")
@guard(Resource.TEXTS)
def apply_po() -> ResponseReturnValue:
    applied = services.apply(portal(), author(), now()) or abort(404)
    if isinstance(applied, Rejected):
        return _refused(applied)
    flash(t("translator.file.applied", n=len(applied.rows)))
    return redirect(url_for("staff.show_area", locale=applied.place.locale, area=applied.place.area), 303)


@staff.post("/tekster/fil/fortryd")
@guard(Resource.TEXTS)
def discard_po() -> ResponseReturnValue:
    with write() as session:
        staged.remove(session, actor().staff_id or 0, UploadKind.TEXTS)
    flash(t("translator.file.discarded"))
    return redirect(url_for("staff.show_areas"), 303)


def _refused(rejected: Rejected, place: Place | None = None) -> Response:
    return make_response(render_template(REFUSED, problems=rejected.problems, place=place), 422)


def _place(locale: str, area: str) -> Place:
    locale_or_404(locale)
    if area not in portal().catalogs.areas():
        abort(404)
    return Place(locale, area)
