"""/tekster/filer: texts out to agencies and translators' programs, and in after a look at every row."""

from __future__ import annotations

from flask import Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from i18n.exchange.formats import Format
from i18n.exchange.units import Rejected
from i18n.locales import DEFAULT, LOCALES
from i18n.word_diff import word_diff
from portal.domain.access import Resource
from portal.domain.form_texts import PREFIX
from portal.services.text_files import exporting, importing
from portal.services.text_files.exporting import XLSFORM
from portal.services.text_files.importing import ChangedSince, Upload
from portal.services.text_files.reading import Preview
from portal.services.text_files.units import Extent, Scope
from portal.services.texts.bench import open_bench
from portal.store import questionnaires
from portal.web.context import actor, now, portal, read, write
from portal.web.guards import guard
from portal.web.language import t
from portal.web.staff.blueprint import staff
from portal.web.staff.texts import author

PAGE, PREVIEW = "pages/staff/text_files.html", "pages/staff/text_file.html"
REFUSED = "pages/staff/text_file_refused.html"
FORMATS = (Format.XLSX, Format.XLIFF, Format.PO, Format.POT, XLSFORM)


@staff.get("/tekster/filer")
@guard(Resource.TEXTS)
def show_text_files() -> ResponseReturnValue:
    return _page()


@staff.get("/tekster/filer/hent")
@guard(Resource.TEXTS)
def download_texts() -> ResponseReturnValue:
    scope = Scope(request.args.get("sprog", ""), request.args.get("omfang", ""))
    with read() as session:
        bench = open_bench(session, portal().catalogs, LOCALES)
    if scope.locale not in LOCALES or scope.extent not in (*Extent, *bench.areas()):
        abort(404)
    file = exporting.export(bench, scope, request.args.get("filtype", ""))
    if file is None:
        return make_response(_page(error="exchange.out.not_a_form"), 422)
    response = Response(file.data, mimetype=file.mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return response


@staff.post("/tekster/filer")
@guard(Resource.TEXTS)
def upload_texts() -> ResponseReturnValue:
    file, wanted = request.files.get("file"), request.form.get("sprog", "")
    upload = Upload(
        file.read() if file else b"", (file and file.filename) or "", wanted if wanted in LOCALES else ""
    )
    with write() as session:
        found = importing.read(session, portal(), upload)
        if isinstance(found, Rejected):
            return _refused(found, upload.filename)
        importing.stage(session, upload, actor().staff_id or 0, now())
    return redirect(url_for("staff.preview_texts"), 303)


@staff.get("/tekster/filer/se")
@guard(Resource.TEXTS)
def preview_texts() -> ResponseReturnValue:
    with read() as session:
        found = importing.find_staged(session, portal(), actor().staff_id or 0)
    if found is None:
        return redirect(url_for("staff.show_text_files"))
    return _refused(found) if isinstance(found, Rejected) else _preview(found)


@staff.post("/tekster/filer/brug")
@guard(Resource.TEXTS)
def apply_texts() -> ResponseReturnValue:
    found = importing.apply(portal(), author(), request.form.get("stamp", ""), now()) or abort(404)
    if isinstance(found, Rejected):
        return _refused(found)
    if isinstance(found, ChangedSince):
        return make_response(_preview(found.preview, changed=True), 409)
    flash(t("exchange.taken", n=found.count))
    if found.left_open:
        flash(t("exchange.taken.open", n=found.left_open))
    return redirect(url_for("staff.show_text_files"), 303)


@staff.post("/tekster/filer/laeg-vaek")
@guard(Resource.TEXTS)
def discard_texts() -> ResponseReturnValue:
    with write() as session:
        importing.discard(session, actor().staff_id or 0)
    flash(t("exchange.discarded"))
    return redirect(url_for("staff.show_text_files"), 303)


@staff.post("/tekster/filer/fortryd")
@guard(Resource.TEXTS)
def take_texts_back() -> ResponseReturnValue:
    count = importing.take_back(portal(), author(), now())
    flash(t("exchange.taken_back", n=count) if count else t("exchange.nothing_taken_back"))
    return redirect(url_for("staff.show_text_files"), 303)


def _page(error: str = "") -> str:
    with read() as session:
        forms = questionnaires.definitions(session, questionnaires.newest_versions(session))
        last = importing.last_taken(session, actor().staff_id or 0)
    return render_template(
        PAGE,
        languages=LOCALES.values(),
        extents=tuple(Extent),
        areas=portal().catalogs.areas(),
        forms={PREFIX + form.key: form.titles[form.default_language] for form in forms},
        formats=FORMATS,
        chosen=_chosen(),
        error=error,
        last=last,
    )


def _chosen() -> dict[str, str]:
    """What was asked for stays in the form; else what an agency is asked for most."""
    foreign = next(code for code in LOCALES if code != DEFAULT)
    given = {"sprog": foreign, "omfang": Extent.REMAINING.value, "filtype": Format.XLSX.value}
    return {name: request.args.get(name, "") or value for name, value in given.items()}


def _preview(found: Preview, *, changed: bool = False) -> str:
    return render_template(PREVIEW, preview=found, changed=changed, word_diff=word_diff)


def _refused(found: Rejected, filename: str = "") -> Response:
    return make_response(render_template(REFUSED, problems=found.problems, filename=filename), 422)
