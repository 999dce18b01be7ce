"""Pages for anyone: is this SMS real?"""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.web.citizen.blueprint import citizen
from portal.web.guards import public


@citizen.get("/aegte")
@public("for whoever wonders whether an SMS is ours")
def show_is_it_real() -> ResponseReturnValue:
    return render_template("pages/citizen/is_it_real.html")
