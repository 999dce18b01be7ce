"""How long a sign-in with MitID counts as one: the higher level ends before the visit does."""

from __future__ import annotations

from datetime import datetime, timedelta

from portal.domain.access import Role

LEVEL_LASTS = timedelta(minutes=15)
"""From the sign-in, however busy she is: time for one errand, and too short for whoever finds the phone after her."""


def level(proved_at: datetime, now: datetime) -> Role:
    """What she is in her home; a proof from the future is none (a clock was put back)."""
    return Role.CITIZEN_MITID if proved_at <= now < proved_at + LEVEL_LASTS else Role.CITIZEN_PIN
