"""…/samtale/uden-svar: what she wrote needs no answer; and the way back."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.domain.access import Resource
from portal.services import no_reply
from portal.services.no_reply import Marked
from portal.web.context import actor, now
from portal.web.guards import guard
from portal.web.language import t
from portal.web.staff.blueprint import staff
from portal.web.staff.reach import reach
from portal.web.thread import number

SAID = {
    Marked.DONE: "reply.staff.no_reply_done",
    Marked.NOBODY_WAITED: "reply.staff.nobody_waited",
    Marked.WROTE_AGAIN: "reply.staff.wrote_again",
    Marked.RAISED: "reply.staff.raised",
}


@staff.post("/borgere/<int:citizen_id>/samtale/uden-svar")
@guard(Resource.CITIZEN_THREAD)
def needs_no_reply(citizen_id: int) -> ResponseReturnValue:
    with reach(citizen_id, "thread.no_reply") as (session, _):
        marked = no_reply.mark(session, citizen_id, actor().staff_id or 0, number("vist") or 0, now())
    return _back(citizen_id, SAID[marked])


@staff.post("/borgere/<int:citizen_id>/samtale/uden-svar/fortryd")
@guard(Resource.CITIZEN_THREAD)
def needs_a_reply_again(citizen_id: int) -> ResponseReturnValue:
    with reach(citizen_id, "thread.no_reply_undone") as (session, _):
        is_undone = no_reply.undo(session, citizen_id)
    return _back(citizen_id, "reply.staff.waits_again" if is_undone else "reply.staff.nothing_to_undo")


def _back(citizen_id: int, said: str) -> ResponseReturnValue:
    flash(t(said))
    return redirect(url_for("staff.show_thread", citizen_id=citizen_id), 303)
