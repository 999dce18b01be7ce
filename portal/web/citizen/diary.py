"""/hjem/dagbog: what went well, in her own words and for herself; a note is shown to her caseworker if she says so."""

from __future__ import annotations

from flask import Response, abort, make_response, redirect, render_template, request, url_for
from flask import session as visit
from flask.typing import ResponseReturnValue

from portal.domain.access import Resource
from portal.domain.own_words import NotTaken
from portal.services import diary
from portal.services.diary import Kept
from portal.web.citizen.blueprint import citizen
from portal.web.citizen.own import id_in_address, own_id
from portal.web.context import now, read, write
from portal.web.guards import guard

PAGE = "pages/citizen/diary.html"
SAID = ("gemt", "rettet", "delt", "taget", "tilbage", "vaek")
"""What has just been done, as the address says it after the redirect."""
IN_NEED = "in_need"
"""Whose words were such, kept with her visit: how she is stands in no address, and so in no history or log of one."""


@citizen.get("/hjem/dagbog")
@guard(Resource.OWN_DIARY)
def show_diary() -> ResponseReturnValue:
    said = request.args.get("sagt", "")
    known = said if said in SAID else ""
    return _page(said=known, in_need=bool(known) and visit.get(IN_NEED) == own_id())


@citizen.post("/hjem/dagbog")
@guard(Resource.OWN_DIARY)
def write_note() -> ResponseReturnValue:
    typed = request.form.get("body", "")
    with write() as session:
        result = diary.write(session, own_id(), typed, now())
    return _after("gemt", result) if isinstance(result, Kept) else _page(typed, result)


@citizen.get("/hjem/dagbog/<int:note_id>")
@guard(Resource.OWN_DIARY)
def show_note(note_id: int) -> ResponseReturnValue:
    return _note_page(note_id)


@citizen.post("/hjem/dagbog/<int:note_id>")
@guard(Resource.OWN_DIARY)
def change_note(note_id: int) -> ResponseReturnValue:
    typed = request.form.get("body", "")
    with write() as session:
        result = diary.change(session, own_id(), note_id, typed, now(), seen=request.form.get("seen", ""))
    if isinstance(result, Kept):
        return _after("rettet" if result.note_id == note_id else "gemt", result)
    # Deleted meanwhile, in another tab: what she has typed now stands in the empty box, ready to be kept.
    return _note_page(note_id, typed, result) if result else _page(typed, is_gone=True)


@citizen.get("/hjem/dagbog/<int:note_id>/del")
@guard(Resource.OWN_DIARY)
def ask_to_share(note_id: int) -> ResponseReturnValue:
    with read() as session:
        note = diary.note_of(session, own_id(), note_id)
        caseworker = diary.caseworker_of(session, own_id())
    if note is None:
        abort(404)
    return render_template("pages/citizen/diary_share.html", note=note, caseworker=caseworker)


@citizen.post("/hjem/dagbog/<int:note_id>/del")
@guard(Resource.OWN_DIARY)
def share_note(note_id: int) -> ResponseReturnValue:
    with write() as session:
        kept = diary.share(session, own_id(), note_id, now())
    return _after("delt", kept) if kept else abort(404)


@citizen.post("/hjem/dagbog/<int:note_id>/del-ikke")
@guard(Resource.OWN_DIARY)
def take_note_back(note_id: int) -> ResponseReturnValue:
    with write() as session:
        note = diary.take_back(session, own_id(), note_id)
    return _beside("taget") if note else abort(404)


@citizen.post("/hjem/dagbog/<int:note_id>/slet")
@guard(Resource.OWN_DIARY)
def delete_note(note_id: int) -> ResponseReturnValue:
    with write() as session:
        diary.remove(session, own_id(), note_id, now())
    return _beside("")  # the diary tells of it, and how to undo it


@citizen.post("/hjem/dagbog/<int:note_id>/fortryd")
@guard(Resource.OWN_DIARY)
def bring_note_back(note_id: int) -> ResponseReturnValue:
    with write() as session:
        note = diary.bring_back(session, own_id(), note_id, now())
    return _beside("tilbage" if note else "vaek")


@citizen.post("/hjem/dagbog/<int:note_id>/slet-helt")
@guard(Resource.OWN_DIARY)
def forget_note(note_id: int) -> ResponseReturnValue:
    with write() as session:
        diary.forget_now(session, own_id(), note_id)
    return _beside("vaek")


def _beside(said: str) -> Response:
    """After a button beside the box: what is half typed there stands in it still."""
    typed = request.form.get("body", "")
    return _page(typed, said=said) if typed.strip() else _after(said)


def _after(said: str, kept: Kept | None = None) -> Response:
    """The diary with a line that names what happened; the numbers to call where her words ask for them."""
    visit.pop(IN_NEED, None)
    if kept is not None and kept.in_need:
        visit[IN_NEED] = own_id()
    return make_response(redirect(url_for("citizen.show_diary", sagt=said or None), 303))


def _page(
    body: str = "",
    refusal: NotTaken | None = None,
    *,
    is_gone: bool = False,
    said: str = "",
    in_need: bool = False,
) -> Response:
    with read() as session:
        opened = diary.open_diary(session, own_id(), now(), id_in_address("foer"))
    page = render_template(
        PAGE, diary=opened, body=body, refusal=refusal, is_gone=is_gone, said=said, in_need=in_need
    )
    return make_response(page, 422 if refusal or is_gone else 200)


def _note_page(note_id: int, typed: str | None = None, refusal: NotTaken | None = None) -> Response:
    with read() as session:
        note = diary.note_of(session, own_id(), note_id)
        caseworker = diary.caseworker_of(session, own_id())
    if note is None:
        abort(404)
    body = note.body if typed is None else typed
    seen = note.mark if typed is None else request.form.get("seen", "")
    values = {"note": note, "caseworker": caseworker, "body": body, "refusal": refusal, "seen": seen}
    return make_response(render_template("pages/citizen/diary_note.html", **values), 422 if refusal else 200)
