"""Whose page it is, and what stands in its address: for the pages behind the PIN."""

from __future__ import annotations

from flask import abort, request

from portal.web.context import actor

LARGEST_ID = 2**31 - 1


def own_id() -> int:
    """Whose pages these are; a guard that let in anyone else is a fault."""
    citizen_id = actor().citizen_id
    return citizen_id if citizen_id is not None else abort(403)


def id_in_address(name: str) -> int | None:
    """A row's id in the query of the address; None for what is none."""
    found = request.args.get(name, "")
    return int(found) if found.isascii() and found.isdigit() and int(found[:10]) <= LARGEST_ID else None
