"""The session of somebody of the sample town, as her browser would hold it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask, Response, request, session

from portal.content import specimen_words as words
from portal.domain.access import Resource, Role
from portal.domain.files import FileRefusal
from portal.services.specimen.pages import MITID as SUBJECT
from portal.services.specimen.pages import SpecimenPage, Who
from portal.services.specimen.stage import NOW, TOWN
from portal.services.thread import FileNotTaken, NotWritten, NotWrittenReason
from portal.web.citizen import thread
from portal.web.citizen.mitid_cookie import ARRIVED
from portal.web.citizen.sessions import CHOOSING, KEY, MITID
from portal.web.context import Actor
from portal.web.guards import guard


def install(app: Flask) -> None:
    @app.post("/samtale-i-byen/<refusal>")
    @guard(Resource.OWN_THREAD)
    def refuse_file(refusal: str) -> Response:
        """What is said of a file, without one: to look into files takes a workshop and seconds."""
        return thread.page(refusal=NotWritten(NotWrittenReason.FILE, file=_not_taken(refusal)))


def _not_taken(refusal: str) -> FileNotTaken:
    return FileNotTaken(FileRefusal(refusal), words.FILE_NAME)


def find_link_holder() -> Actor | None:
    """In the town nothing is signed: the page says that she came by the link."""
    if Who.BY_LINK not in session:
        return None
    return Actor(Role.CITIZEN_LINK, TOWN, response_ref=(request.view_args or {}).get("ref"))


def session_of(page: SpecimenPage, names: Mapping[str, str]) -> dict[str, Any]:
    seconds, found = int(NOW.timestamp()), dict[str, Any]()
    if "arrived" in page.kept:
        found[ARRIVED] = [SUBJECT if page.kept["arrived"] == Who.KNOWN else "nobody", "/hjem", seconds]
    if page.who is Who.BY_LINK:
        found[page.who] = True
    if page.who in (Who.NOBODY, Who.CASEWORKER, Who.BY_LINK):
        return found
    citizen_id, stamp = int(names[f"id.{page.who}"]), int(names["stamp"])
    if "choosing" in page.kept:
        found[CHOOSING] = [citizen_id, TOWN, stamp, seconds]
    elif page.with_mitid:
        found[MITID] = [citizen_id, TOWN, int(names[f"binding.{page.who}"]), seconds, seconds]
    else:
        found[KEY] = [citizen_id, TOWN, stamp, seconds]
    return found
