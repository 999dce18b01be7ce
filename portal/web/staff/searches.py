"""Searches by name. The words are posted: a name in an address would stand in a proxy's log and in the browser's
history. Where the back button must find the way back to what was found, they stand in the address, but sealed.
"""

from __future__ import annotations

from flask import request

from database.encryption import UndecryptableError, keyring

FIELD = "q"
LONGEST = 80  # characters


def posted() -> str:
    return request.form.get(FIELD, "").strip()[:LONGEST]


def sealed(words: str) -> str | None:
    """For the address; only we can read it. None where there are no words."""
    return keyring().encrypt(words) if words else None


def in_address() -> str:
    """Nothing for what we have not sealed."""
    try:
        return keyring().decrypt(request.args.get(FIELD, ""))
    except UndecryptableError:
        return ""
