"""A lock that is given in the order in which it was asked for.

Python's own goes to whoever comes first when it is free, and that is mostly who has just let go of it: one who writes
chunk after chunk would keep everybody else waiting until the last.
"""

from __future__ import annotations

from collections import deque
from threading import Lock


class Turns:
    def __init__(self) -> None:
        self._guard = Lock()
        self._taken = False
        self._waiting: deque[Lock] = deque()

    def acquire(self, timeout: float) -> bool:
        """False when it was not our turn within so many seconds."""
        with self._guard:
            if not self._taken:
                self._taken = True
                return True
            mine = Lock()
            mine.acquire()
            self._waiting.append(mine)
        return mine.acquire(timeout=timeout) or not self._gives_up(mine)

    def release(self) -> None:
        with self._guard:
            self._taken = bool(self._waiting)
            if self._waiting:
                self._waiting.popleft().release()

    def locked(self) -> bool:
        return self._taken

    def _gives_up(self, mine: Lock) -> bool:
        """False when the turn came at the last moment."""
        with self._guard:
            if mine not in self._waiting:
                return False
            self._waiting.remove(mine)
            return True
