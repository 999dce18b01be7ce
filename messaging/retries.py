"""When a message that the provider could not take is tried again."""

from datetime import timedelta

DELAYS = (
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=24),
)
LONGEST = DELAYS[-1]


def delay_after(attempts: int, asked_for: timedelta | None = None) -> timedelta | None:
    """How long to wait after `attempts` (>= 1) tries that came to nothing; None: give up.

    `asked_for` is the provider's own wish (Retry-After): we never come back sooner, but it cannot hold a
    message for longer than our longest wait.
    """
    if attempts > len(DELAYS):
        return None
    return min(max(DELAYS[attempts - 1], asked_for or timedelta()), LONGEST)
