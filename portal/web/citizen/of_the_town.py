"""The session of somebody of the sample town, as her browser would hold it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portal.services.specimen.pages import MITID as SUBJECT
from portal.services.specimen.pages import SpecimenPage, Who
from portal.services.specimen.stage import NOW, TOWN
from portal.web.citizen.mitid_cookie import ARRIVED
from portal.web.citizen.sessions import CHOOSING, KEY, MITID


def session_of(page: SpecimenPage, names: Mapping[str, str]) -> dict[str, Any]:
    seconds, found = int(NOW.timestamp()), dict[str, Any]()
    if "arrived" in page.kept:
        found[ARRIVED] = [SUBJECT if page.kept["arrived"] == Who.KNOWN else "nobody", "/hjem", seconds]
    if page.who in (Who.NOBODY, Who.CASEWORKER):
        return found
    citizen_id, stamp = int(names[f"id.{page.who}"]), int(names["stamp"])
    if "choosing" in page.kept:
        found[CHOOSING] = [citizen_id, TOWN, stamp, seconds]
    elif page.with_mitid:
        found[MITID] = [citizen_id, TOWN, int(names[f"binding.{page.who}"]), seconds, seconds]
    else:
        found[KEY] = [citizen_id, TOWN, stamp, seconds]
    return found
