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
@guard(Resource.TEXTS)
def show_exercises() -> ResponseReturnValue:
    return render_template("pages/staff/exercises.html", exercises=EXERCISES)


@staff.get("/tekster/oevelser/<int:number>")
@guard(Resource.TEXTS)
def show_exercise(number: int) -> ResponseReturnValue:
    exercise = _exercise_or_404(number)
    return _page(exercise, number, exercise.letter)


@staff.post("/tekster/oevelser/<int:number>")
@guard(Resource.TEXTS)
def try_exercise(number: int) -> ResponseReturnValue:
    """Her own version, with its marks. It is kept nowhere."""
    return _page(_exercise_or_404(number), number, typed(FIELD))


def _page(exercise: Exercise, number: int, text: str) -> str:
    return render_template(
        "pages/staff/exercise.html",
        exercise=exercise,
        number=number,
        of=len(EXERCISES),
        field=FIELD,
        text=text,
    )


def _exercise_or_404(number: int) -> Exercise:
    return EXERCISES[number - 1] if 0 < number <= len(EXERCISES) else abort(404)
