"""No staff, on any route, by any method, in any export or search, finds what a citizen keeps to herself.

The application's own map of routes is walked, so that a route of tomorrow is walked too.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from portal.app import create_app
from portal.domain.access import Role, scope
from portal.runtime import Portal
from portal.services import diary, goals
from portal.services.diary import Kept
from portal.services.goals import Goal, Step, Typed
from portal.store.answering import Response
from portal.store.people import Citizen, Staff
from portal.web.guards import STAFF
from tests.conftest import NOW
from tests.web.conftest import settings_for, sign_in_as

HERS = ("privat7391", "taget7392", "slettet7393", "krise7394", "maal7395", "vaek7396")
"""Plain letters and digits, which no page, no address and no JSON writes otherwise."""
SHARED = "delt7397"
PIECE = "7391"
LAST = ("luk", "log-ud", "nulstil", "afslut")
"""What ends somebody's session is done after all else."""


@dataclass(frozen=True)
class Town:
    app: Flask
    portal: Portal
    municipality_id: int
    citizen_id: int
    caseworker_id: int
    ref: str

    def staff(self, role: Role) -> Staff:
        """The citizen's own caseworker, or the first of another role."""
        with self.portal.database.write(self.municipality_id) as session:
            for each in session.scalars(select(Staff)):
                each.is_active = True  # whatever an earlier walk has closed
            if role is Role.CASEWORKER:
                return session.get_one(Staff, self.caseworker_id)
            return session.scalars(select(Staff).where(Staff.role == role.value)).first() or pytest.fail(
                role.value
            )

    def client(self, role: Role) -> FlaskClient:
        client = self.app.test_client()
        sign_in_as(client, self.portal.database, self.staff(role))
        return client


@pytest.fixture(scope="module")
def town(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    app = create_app(settings_for(f"sqlite:///{shutil.copy(demo_file, tmp_path_factory.mktemp('diary'))}"))
    app.config["WTF_CSRF_ENABLED"] = False
    portal: Portal = app.extensions["taletid"]
    portal.clock = lambda: NOW
    yield _furnished(app, portal)
    portal.database.dispose()


def _furnished(app: Flask, portal: Portal) -> Town:
    """Somebody with answers, a thread, and a note or goal in each state in which staff may not see it."""
    municipality_id = 1
    with portal.database.write(municipality_id) as session:
        mette = next(each for each in session.scalars(select(Citizen)) if each.first_name == "Mette")
        found = session.scalars(select(Response).where(Response.citizen_id == mette.id)).first()
        town = Town(
            app, portal, municipality_id, mette.id, mette.caseworker_id, found.ref if found else "none"
        )
        notes = [
            _note(session, mette.id, text)
            for text in (*HERS[:3], f"Jeg vil ikke leve mere {HERS[3]}", SHARED)
        ]
        for note_id in (notes[1], notes[2], notes[4]):
            diary.share(session, mette.id, note_id, NOW)
        diary.take_back(session, mette.id, notes[1])
        diary.remove(session, mette.id, notes[2], NOW)
        goals.add(session, mette.id, Typed(HERS[4], "me"), NOW)
        away = goals.add(session, mette.id, Typed(HERS[5], "caseworker"), NOW)
        assert isinstance(away, Goal)
        goals.take(session, mette.id, away.id, Step.PUT_AWAY, NOW)
    return town


def _note(session: object, citizen_id: int, text: str) -> int:
    kept = diary.write(session, citizen_id, text, NOW)  # type: ignore[arg-type]
    assert isinstance(kept, Kept)
    return kept.note_id


def not_hers_to_open(app: Flask) -> list[Rule]:
    """Everything but the citizens' own pages: staff's, the operators', webhooks, the simulator."""
    rules = [
        rule for rule in app.url_map.iter_rules() if not rule.endpoint.startswith(("citizen.", "static"))
    ]
    return sorted(rules, key=lambda rule: (rule.rule.endswith(LAST), rule.rule))


def asked(app: Flask, rule: Rule, role: Role) -> Iterator[tuple[str, dict[str, str]]]:
    """By each method, and as htmx asks for a part. That a role gets nothing where it has no right is proved for all
    routes at once, in test_every_route_has_a_guard."""
    resource = getattr(app.view_functions[rule.endpoint], "guarded_by", None)
    methods = (rule.methods or set()) & {"GET", "POST"}
    if resource is None or scope(role, resource) is not None:
        yield from ((method, {}) for method in sorted(methods))
        yield from (("GET", {"HX-Request": "true"}) for _ in methods & {"GET"})


def address(town: Town, rule: Rule) -> str:
    """About her, wherever it is about somebody; else about the first of its kind."""
    texts = {
        "ref": town.ref,
        "locale": "da",
        "area": "citizen",
        "key": "progression_citizen",
        "name": "purpose",
    }
    values = {
        name: town.citizen_id if name == "citizen_id" else texts.get(name, 1) for name in rule.arguments
    }
    built = rule.build(values)
    assert built is not None, rule
    return str(built[1])


def readable(answer: TestResponse) -> str:
    if answer.mimetype == "application/pdf":
        return "".join(str(page.extract_text()) for page in PdfReader(BytesIO(answer.data)).pages)
    return f"{answer.data.decode(errors='replace')}{answer.headers}"


@pytest.mark.parametrize("role", STAFF, ids=lambda role: role.value)
def test_no_route_shows_staff_what_a_citizen_keeps_to_herself(town: Town, role: Role) -> None:
    client, told, opened = town.client(role), [], 0
    for rule in not_hers_to_open(town.app):
        for method, headers in asked(town.app, rule, role):
            data = {"body": "Hej"} if method == "POST" else None
            answer = client.open(address(town, rule), method=method, data=data, headers=headers)
            opened += answer.status_code == 200
            told += [(method, rule.rule, word) for word in HERS if word in readable(answer)]
    assert told == []
    assert opened > {Role.CASEWORKER: 40}.get(role, 8), "a walk past closed doors proves nothing"


def test_the_walk_would_notice_since_it_does_find_what_she_shares(town: Town) -> None:
    lone = town.client(Role.CASEWORKER)
    assert SHARED in readable(lone.get(f"/borgere/{town.citizen_id}"))


@pytest.mark.parametrize("form", ["", ".txt", ".pdf"])
def test_the_journal_tells_that_she_shared_something_and_never_what(town: Town, form: str) -> None:
    lone = town.client(Role.CASEWORKER)
    paper = readable(lone.get(f"/borgere/{town.citizen_id}/samtale/journal{form}"))
    assert "fra sin dagbog" in " ".join(paper.split())
    assert not any(word in paper for word in (*HERS, SHARED))


def test_a_search_for_her_words_finds_nobody(town: Town) -> None:
    lone, card = town.client(Role.CASEWORKER), f'href="/borgere/{town.citizen_id}"'

    def found(words: str) -> str:
        return lone.post("/borgere", data={"q": words, "hvem": "team"}, follow_redirects=True).text

    assert card in found("Mette")
    for words in (PIECE, *HERS):
        assert card not in found(words)
