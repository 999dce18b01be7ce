"""Who may take a copy of her data home: the level of access, and what the municipality has allowed."""

from __future__ import annotations

from portal.domain.access import Resource, Role, allowed


def may_download(role: Role, *, by_pin: bool) -> bool:
    """``by_pin``: the municipality lets a PIN do; the access table otherwise asks for more than a PIN."""
    return allowed(role, Resource.OWN_EXPORT) or (by_pin and role is Role.CITIZEN_PIN)
