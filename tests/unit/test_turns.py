"""Whose turn it is: first come, first served, and nobody is forgotten."""

from __future__ import annotations

from threading import Thread

from database.turns import Turns

PATIENCE = 20.0


def test_a_turn_that_is_free_is_taken_at_once_and_given_back() -> None:
    turns = Turns()
    assert turns.acquire(0)
    assert turns.locked()
    turns.release()
    assert not turns.locked()


def test_whoever_comes_first_is_first_however_often_another_comes_again() -> None:
    turns = Turns()
    order: list[str] = []
    assert turns.acquire(0)
    others = [Thread(target=one_turn, args=(turns, order, name)) for name in "ab"]
    for number, other in enumerate(others, start=1):
        other.start()
        until_there_wait(turns, number)
    again = Thread(target=one_turn, args=(turns, order, "again"))
    again.start()
    until_there_wait(turns, 3)
    turns.release()
    for each in (*others, again):
        each.join(PATIENCE)
    assert order == ["a", "b", "again"]
    assert not turns.locked()


def test_who_has_waited_long_enough_goes_and_holds_up_nobody() -> None:
    turns = Turns()
    assert turns.acquire(0)
    assert not turns.acquire(0.001)
    turns.release()
    assert not turns.locked()
    assert turns.acquire(0)


def test_a_turn_that_comes_at_the_last_moment_is_ours() -> None:
    turns = Turns()
    assert turns.acquire(0)
    gives_up = turns._gives_up

    def come(mine: object) -> bool:
        turns.release()
        return gives_up(mine)  # type: ignore[arg-type]

    turns._gives_up = come  # type: ignore[method-assign]
    assert turns.acquire(0.001)
    assert turns.locked()


def one_turn(turns: Turns, order: list[str], name: str) -> None:
    assert turns.acquire(PATIENCE)
    order.append(name)
    turns.release()


def until_there_wait(turns: Turns, count: int) -> None:
    while len(turns._waiting) < count:
        pass
