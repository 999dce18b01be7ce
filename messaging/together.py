"""What several threads have ready at the same moment is done by one of them for all; nobody waits for more to come."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from queue import SimpleQueue
from threading import Lock
from typing import Generic, TypeVar

Given = TypeVar("Given")
Done = TypeVar("Done")


class Together(Generic[Given, Done]):
    """`work` gets what is ready, one or more, and gives an answer to each, in the same order. What it raises, each
    of those who waited for it raises."""

    def __init__(self, work: Callable[[Sequence[Given]], Sequence[Done]]) -> None:
        self._work = work
        self._ready: SimpleQueue[tuple[Given, Future[Done]]] = SimpleQueue()
        self._turn = Lock()

    def do(self, given: Given) -> Done:
        mine: Future[Done] = Future()
        self._ready.put((given, mine))
        with self._turn:
            if not mine.done():
                self._do_all([self._ready.get() for _ in range(self.ready())])
        return mine.result()

    def is_at_work(self) -> bool:
        return self._turn.locked() or self.ready() > 0

    def ready(self) -> int:
        """How many wait for the turn after this one."""
        return self._ready.qsize()

    def _do_all(self, ready: Sequence[tuple[Given, Future[Done]]]) -> None:
        try:
            done = self._work([given for given, _ in ready])
            for (_, waiting), answer in zip(ready, done, strict=True):
                waiting.set_result(answer)
        except BaseException as error:
            for _, waiting in ready:
                if not waiting.done():
                    waiting.set_exception(error)
