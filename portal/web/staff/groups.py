"""/grupper: the team's groups of citizens, and putting those ticked on the list into one."""

from __future__ import annotations

from flask import Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal.domain.access import Resource
from portal.services import groups as services
from portal.services.groups import Changed, Made, Problem
from portal.store.groups import Group, people_by_id
from portal.web.context import actor, now, read, write
from portal.web.guards import guard
from portal.web.language import t
from portal.web.numbers import whole
from portal.web.staff import searches
from portal.web.staff.blueprint import staff
from portal.web.staff.reach import reader

LIST = "pages/staff/groups.html"
SELECTION = "pages/staff/group_selection.html"


@staff.get("/grupper")
@guard(Resource.GROUPS)
def show_groups() -> ResponseReturnValue:
    return _list()


@staff.post("/grupper")
@guard(Resource.GROUPS)
def make_group() -> ResponseReturnValue:
    name = request.form.get("name", "")
    with write() as session:
        result = services.make(session, reader(), name, now()) or abort(403)
    if not isinstance(result, Made):
        return _list(name, result.problem)
    flash(t("groups.made", name=result.group.name))
    return _to(result.group.id)


@staff.get("/grupper/<int:group_id>")
@guard(Resource.GROUPS)
def show_group(group_id: int) -> ResponseReturnValue:
    return _page(group_id)


@staff.post("/grupper/<int:group_id>")
@guard(Resource.GROUPS)
def search_members(group_id: int) -> ResponseReturnValue:
    return _page(group_id)


@staff.post("/grupper/<int:group_id>/navn")
@guard(Resource.GROUPS)
def rename_group(group_id: int) -> ResponseReturnValue:
    name = request.form.get("name", "")
    with write() as session:
        problem = services.rename(session, reader(), _found(session, group_id), name, now())
    if problem is not None:
        return _page(group_id, name, problem)
    flash(t("groups.renamed"))
    return _to(group_id)


@staff.post("/grupper/<int:group_id>/tilfoej")
@guard(Resource.GROUPS)
def add_members(group_id: int) -> ResponseReturnValue:
    with write() as session:
        changed = services.add(session, reader(), _found(session, group_id), ticked(), now())
    _tell("groups.added", changed)
    return _to(group_id)


@staff.post("/grupper/<int:group_id>/fjern")
@guard(Resource.GROUPS)
def remove_members(group_id: int) -> ResponseReturnValue:
    with write() as session:
        changed = services.remove(session, reader(), _found(session, group_id), ticked(), now())
    _tell("groups.removed", changed)
    return _to(group_id)


@staff.post("/grupper/<int:group_id>/arkiver")
@guard(Resource.GROUPS)
def archive_group(group_id: int) -> ResponseReturnValue:
    with write() as session:
        group = _found(session, group_id)
        services.archive(session, reader(), group, now())
    flash(t("groups.archived", name=group.name))
    return redirect(url_for("staff.show_groups"), 303)


@staff.post("/grupper/<int:group_id>/hent-tilbage")
@guard(Resource.GROUPS)
def restore_group(group_id: int) -> ResponseReturnValue:
    with write() as session:
        group = _found(session, group_id)
        problem = services.restore(session, reader(), group, now())
    if problem is not None:
        return _list(group.name, problem)
    flash(t("groups.restored", name=group.name))
    return _to(group_id)


@staff.post("/grupper/valgte")
@guard(Resource.GROUPS)
def show_selection() -> ResponseReturnValue:
    """Whoever was ticked on the list; they go into a group with the next click."""
    if not ticked():
        flash(t("groups.nobody_ticked"))
        return redirect(url_for("staff.show_worklist"), 303)
    return _selection()


@staff.post("/grupper/valgte/laeg-i")
@guard(Resource.GROUPS)
def group_selection() -> ResponseReturnValue:
    chosen, name = request.form.get("gruppe", type=whole), request.form.get("name", "")
    with write() as session:
        group = _found(session, chosen) if chosen else services.make(session, reader(), name, now())
        group = group.group if isinstance(group, Made) else group
        if isinstance(group, Group):
            _tell("groups.added", services.add(session, reader(), group, ticked(), now()))
            return _to(group.id)
    return _selection(name, group.problem) if group else abort(403)


def ticked() -> list[int]:
    """The citizens whose boxes are ticked in the form."""
    return list(dict.fromkeys(request.form.getlist("borger", type=whole)))


def _list(name: str = "", problem: Problem | None = None) -> Response:
    with read() as session:
        found = services.list_groups(session, reader())
    page = render_template(LIST, found=found, name=name, problem=problem)
    return make_response(page, 422 if problem else 200)


def _page(group_id: int, name: str | None = None, problem: Problem | None = None) -> Response:
    words = searches.posted()
    with write() as session:
        group = _found(session, group_id)
        members = services.people(session, reader(), group, now())
        found = services.search(session, group, words) if words else None
    values = {"group": group, "members": members, "found": found, "words": words, "problem": problem}
    page = render_template(
        "pages/staff/group.html",
        name=group.name if name is None else name,
        most=services.MOST_FOUND,
        **values,
    )
    return make_response(page, 422 if problem else 200)


def _selection(name: str = "", problem: Problem | None = None) -> Response:
    with read() as session:
        team_id = actor().team_id
        people = people_by_id(session, team_id, ticked()) if team_id else []
        groups = services.choices(session, reader())
    page = render_template(
        SELECTION, people=services.by_name(people), groups=groups, name=name, problem=problem
    )
    return make_response(page, 422 if problem else 200)


def _found(session: Session, group_id: int) -> Group:
    return services.find(session, reader(), group_id) or abort(404)


def _tell(key: str, changed: Changed) -> None:
    flash(t(key, n=changed.changed) if changed.changed else t("groups.nothing_changed"))


def _to(group_id: int) -> ResponseReturnValue:
    return redirect(url_for("staff.show_group", group_id=group_id), 303)
