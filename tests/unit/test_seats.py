"""The seats of open threads: a stream holds a thread of the server, and brings it."""

from __future__ import annotations

from portal.web.live import Seats


def test_each_stream_that_comes_or_goes_is_told() -> None:
    told: list[int] = []
    seats = Seats()
    seats.limit, seats.tell = 2, told.append
    assert seats.take() and seats.take() and not seats.take()
    seats.leave()
    assert told == [1, 2, 1]


def test_a_stream_that_ends_with_the_server_asks_for_no_thread() -> None:
    told: list[int] = []
    seats = Seats()
    seats.limit, seats.tell = 1, told.append
    seats.take()
    seats.closing.set()
    seats.leave()
    assert told == [1] and seats.taken == 0
