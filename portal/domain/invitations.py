"""How far one invitation came: from not sent at all to a finished form."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum


class Stage(IntEnum):
    NOT_SENT = 0
    SENT = 1
    DELIVERED = 2
    OPENED = 3
    STARTED = 4
    FINISHED = 5


@dataclass(frozen=True)
class InvitationSteps:
    """When each step was seen; None for a step that never was, or that nobody told us of."""

    sent_at: datetime | None = None
    delivered_at: datetime | None = None
    opened_at: datetime | None = None
    started_at: datetime | None = None
    finished_at: datetime | None = None

    @property
    def reached(self) -> Stage:
        """The furthest step seen. It proves those before it, whether we heard of them or not:

        some phones never send a receipt, but a form that is finished was certainly opened.
        """
        seen = {
            Stage.SENT: self.sent_at,
            Stage.DELIVERED: self.delivered_at,
            Stage.OPENED: self.opened_at,
            Stage.STARTED: self.started_at,
            Stage.FINISHED: self.finished_at,
        }
        return max((stage for stage, at in seen.items() if at is not None), default=Stage.NOT_SENT)
