"""/tekster/oevelser: two heavy letters to rewrite, with the marks, and with our own versions to look at afterwards."""

from __future__ import annotations

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from portal.content.exercises import EXERCISES, Exercise
from portal.domain.access import Resource
from portal.web.guards import guard
from portal.web.staff.blueprint import staff
from portal.web.staff.plain import typed

FIELD = "tekst"


@staff.get("/tekster/oevelser")
@guard(Resource.OWN_ACCOUNT)
def show_exercises() -> ResponseReturnValue:
    return render_template("pages/staff/exercises.html", exercises=EXERCISES)


@staff.get("/tekster/oevelser/<name>")
@guard(Resource.OWN_ACCOUNT)
def show_exercise(name: str) -> ResponseReturnValue:
    exercise = _exercise_or_404(name)
    return _page(exercise, exercise.letter)


@staff.post("/tekster/oevelser/<name>")
@guard(Resource.OWN_ACCOUNT)
def try_exercise(name: str) -> ResponseReturnValue:
    """Her own version, with its marks. It is kept nowhere."""
    return _page(_exercise_or_404(name), typed(FIELD))


def _page(exercise: Exercise, text: str) -> str:
    return render_template(
        "pages/staff/exercise.html",
        exercise=exercise,
        exercises=EXERCISES,
        field=FIELD,
        text=text,
    )


def _exercise_or_404(name: str) -> Exercise:
    return next((each for each in EXERCISES if each.name == name), None) or abort(404)
