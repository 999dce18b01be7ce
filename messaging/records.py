"""What the gateways answered, written down: what is ready at the same moment in one transaction, for a commit is
what costs most. What is not the usual case is written down each by itself.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime

from database.engine import Database
from database.tenancy import TenantSession
from messaging import claims, outcomes
from messaging.claims import Claim
from messaging.gateway import Accepted, Outcome, Refused, Trouble, Unsure
from messaging.outbox import OutboxMessage

logger = logging.getLogger(__name__)

Answered = tuple[Claim, Outcome]
OnRefusal = Callable[[TenantSession, OutboxMessage, Refused], None]


class Records:
    """``gateway``: the name of the one that is asked, where an outcome names none."""

    def __init__(
        self, database: Database, gateway: str, refused: OnRefusal, clock: Callable[[], datetime]
    ) -> None:
        self._database, self._gateway, self._refused, self._clock = database, gateway, refused, clock

    def write_down(self, answered: Sequence[Answered]) -> Sequence[Outcome | None]:
        """What is known now of each, in the same order; None where the lease had passed to another worker: then
        nothing is written."""
        taken = [(claim, each) for claim, each in answered if isinstance(each, Accepted)]
        done = {
            claim
            for municipality_id, accepted in claims.by_municipality(taken, of=lambda each: each[0])
            if self._write_taken(municipality_id, accepted)
            for claim, _ in accepted
        }
        return [outcome if claim in done else self._write(claim, outcome) for claim, outcome in answered]

    def _write_taken(self, municipality_id: int, accepted: Sequence[tuple[Claim, Accepted]]) -> bool:
        """All of them, or none where one is another case."""
        try:
            with self._database.write(municipality_id) as session:
                outcomes.record_accepted(session, accepted, self._gateway, self._clock())
        except Exception as error:
            logger.info("%s outcomes are recorded each by itself: %s", len(accepted), type(error).__name__)
            return False
        return True

    def _write(self, claim: Claim, outcome: Outcome) -> Outcome | None:
        try:
            with self._database.write(claim.municipality_id) as session:
                message = claims.held(session, claim)
                if message is None:
                    return None
                outcomes.record(message, self._gateway, outcome, self._clock())
                if isinstance(outcome, Refused):
                    self._refused(session, message, outcome)
                return outcome
        except Exception as error:
            # It stays SENDING: when its lease ends it is tried again, and counted.
            logger.error("message %s: outcome not recorded: %s", claim.message_id, type(error).__name__)
            return Unsure(Trouble.NO_ANSWER)
