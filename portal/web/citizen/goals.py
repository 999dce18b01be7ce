"""/hjem/maal: her goals, in her own words. Whether her caseworker sees one is asked, never assumed."""

from __future__ import annotations

from flask import Response, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.domain.access import Resource
from portal.domain.goals import MOST_OPEN, WhoSees
from portal.domain.own_words import NotTaken
from portal.services import goals
from portal.services.diary import caseworker_of
from portal.services.goals import Goal, NotKept, Step, Typed
from portal.web.citizen.blueprint import citizen
from portal.web.citizen.own import own_id
from portal.web.context import now, read, write
from portal.web.guards import guard

Refusal = NotTaken | NotKept
SAID = ("gemt", "rettet", "reach", "not_reached", "put_away", "take_out", "slettet", "full")


@citizen.get("/hjem/maal")
@guard(Resource.OWN_GOALS)
def show_goals() -> ResponseReturnValue:
    said = request.args.get("sagt", "")
    return _page(said=said if said in SAID else "")


@citizen.post("/hjem/maal")
@guard(Resource.OWN_GOALS)
def write_goal() -> ResponseReturnValue:
    typed = _typed()
    with write() as session:
        result = goals.add(session, own_id(), typed, now())
    return _after("gemt") if isinstance(result, Goal) else _page(typed, result)


@citizen.get("/hjem/maal/<int:goal_id>")
@guard(Resource.OWN_GOALS)
def show_goal(goal_id: int) -> ResponseReturnValue:
    return _goal_page(goal_id)


@citizen.post("/hjem/maal/<int:goal_id>")
@guard(Resource.OWN_GOALS)
def change_goal(goal_id: int) -> ResponseReturnValue:
    typed = _typed()
    with write() as session:
        result = goals.change(session, own_id(), goal_id, typed, now(), seen=request.form.get("seen", ""))
    if isinstance(result, Goal):
        return _after("rettet" if result.id == goal_id else "gemt")
    # Deleted or changed meanwhile, in another tab: what she has typed stands in the box for a new one.
    is_another = result in (NotKept.NO_SUCH_GOAL, NotKept.FULL)
    return _page(typed, result) if is_another else _goal_page(goal_id, typed, result)


@citizen.post("/hjem/maal/<int:goal_id>/naaet")
@guard(Resource.OWN_GOALS)
def reach_goal(goal_id: int) -> ResponseReturnValue:
    return _take(goal_id, Step.REACH)


@citizen.post("/hjem/maal/<int:goal_id>/ikke-naaet")
@guard(Resource.OWN_GOALS)
def unreach_goal(goal_id: int) -> ResponseReturnValue:
    return _take(goal_id, Step.NOT_REACHED)


@citizen.post("/hjem/maal/<int:goal_id>/laeg-vaek")
@guard(Resource.OWN_GOALS)
def put_goal_away(goal_id: int) -> ResponseReturnValue:
    return _take(goal_id, Step.PUT_AWAY)


@citizen.post("/hjem/maal/<int:goal_id>/tag-frem")
@guard(Resource.OWN_GOALS)
def take_goal_out(goal_id: int) -> ResponseReturnValue:
    return _take(goal_id, Step.TAKE_OUT)


@citizen.post("/hjem/maal/<int:goal_id>/slet")
@guard(Resource.OWN_GOALS)
def forget_goal(goal_id: int) -> ResponseReturnValue:
    with write() as session:
        goals.forget(session, own_id(), goal_id)
    return _beside("slettet")


def _take(goal_id: int, step: Step) -> Response:
    with write() as session:
        result = goals.take(session, own_id(), goal_id, step, now())
    if result is NotKept.NO_SUCH_GOAL:
        abort(404)
    return _beside("full" if result is NotKept.FULL else step.value)


def _typed() -> Typed:
    return Typed(request.form.get("body", ""), request.form.get("who_sees", ""))


def _beside(said: str) -> Response:
    """After a button beside the box: what is half typed there stands in it still."""
    typed = _typed()
    return _page(typed, said=said) if typed.body.strip() or typed.who_sees else _after(said)


def _after(said: str) -> Response:
    return make_response(redirect(url_for("citizen.show_goals", sagt=said), 303))


def _page(typed: Typed | None = None, refusal: Refusal | None = None, *, said: str = "") -> Response:
    with read() as session:
        found = goals.goals_of(session, own_id())
    values = _form(typed or Typed(), refusal) | {"goals": found, "caseworker": found.caseworker, "said": said}
    return make_response(render_template("pages/citizen/goals.html", **values), 422 if refusal else 200)


def _goal_page(goal_id: int, typed: Typed | None = None, refusal: Refusal | None = None) -> Response:
    with read() as session:
        goal = goals.goal_of(session, own_id(), goal_id)
        caseworker = caseworker_of(session, own_id())
    if goal is None:
        abort(404)
    values = _form(typed or Typed(goal.body, goal.who_sees), refusal) | {
        "goal": goal,
        "seen": goal.mark if typed is None else request.form.get("seen", ""),
        "caseworker": caseworker,
    }
    return make_response(render_template("pages/citizen/goal.html", **values), 422 if refusal else 200)


def _form(typed: Typed, refusal: Refusal | None) -> dict[str, object]:
    return {
        "typed": typed,
        "words_refused": refusal if isinstance(refusal, NotTaken) else None,
        "refusal": refusal if isinstance(refusal, NotKept) else None,
        "choices": [each.value for each in WhoSees],
        "most": MOST_OPEN,
    }
