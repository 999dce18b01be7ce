"""The feeder: everybody gets one, nobody gets two, and a pause, a stop or a fault is that and nothing more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from database.engine import Database
from messaging.message import Lane, Status
from portal.domain.sendings import SendingKind, SendingState
from portal.runtime import Portal
from portal.services import background, sending_control, sending_steps, sendings
from portal.services.sendings import Fed, feed, feed_chunk
from portal.store.answering import Invitation
from portal.store.sendings import DueSending, Sending, hold
from portal.store.thread import ThreadEntry
from tests.conftest import NOW
from tests.doubles.gateway import Clock
from tests.sendings import (
    Team,
    change_citizen,
    make_sending,
    make_team,
    messages,
    portal_on,
    recipients,
    sending_of,
)

HOUR = timedelta(hours=1)


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


@pytest.fixture
def portal(database_url: str, clock: Clock) -> Iterator[Portal]:
    with portal_on(database_url, clock) as portal:
        yield portal


@pytest.fixture
def team(database: Database, municipality: int) -> Team:
    return make_team(database, municipality)


def test_everybody_gets_one_in_the_batch_lane_and_the_sending_is_finished(
    database: Database, team: Team, portal: Portal
) -> None:
    sending_id = make_sending(database, team)
    feed(portal)
    feed(portal)
    sent = messages(database, team)
    assert [message.recipient_ref for message in sent] == list(team.citizens)
    assert {message.lane for message in sent} == {Lane.BULK}
    assert {state for state, _ in recipients(database, team, sending_id).values()} == {"enqueued"}
    assert sending_of(database, team, sending_id).state is SendingState.FINISHED


@pytest.mark.parametrize("channel", ["sms", "portal"])
def test_a_message_stands_in_each_thread_by_its_writer(
    database: Database, team: Team, channel: str, portal: Portal
) -> None:
    make_sending(database, team, kind=SendingKind.MESSAGE, channel=channel)
    feed(portal)
    with database.read(team.municipality_id) as session:
        entries = session.scalars(select(ThreadEntry).order_by(ThreadEntry.citizen_id)).all()
    assert [(entry.citizen_id, entry.staff_id, entry.channel) for entry in entries] == [
        (citizen, team.staff_id, channel) for citizen in team.citizens
    ]
    assert {message.lane for message in messages(database, team)} == {Lane.BULK}


def test_a_check_in_is_asked_of_each_and_of_nobody_twice(
    database: Database, team: Team, portal: Portal
) -> None:
    sending_id = make_sending(database, team, kind=SendingKind.CHECK_IN)
    feed(portal)
    assert len(messages(database, team)) == 3
    assert sending_of(database, team, sending_id).state is SendingState.FINISHED
    second = make_sending(database, team, kind=SendingKind.CHECK_IN)
    feed(portal)
    assert set(recipients(database, team, second).values()) == {("left_out", "already_given")}


def test_who_may_not_get_it_is_left_out_and_says_why(database: Database, team: Team, portal: Portal) -> None:
    stopped, moved, fine = team.citizens
    other = make_team(database, team.municipality_id, size=0)
    change_citizen(database, team, stopped, opted_out_at=NOW)
    change_citizen(database, team, moved, team_id=other.team_id)
    sending_id = make_sending(database, team)
    feed(portal)
    assert recipients(database, team, sending_id) == {
        stopped: ("left_out", "opted_out"),
        moved: ("left_out", "other_team"),
        fine: ("enqueued", None),
    }


def test_one_who_fails_stops_nobody_else(
    database: Database, team: Team, monkeypatch: pytest.MonkeyPatch, portal: Portal
) -> None:
    give = sending_steps.give

    def stumble(session, sending, citizen_ids, now):  # type: ignore[no-untyped-def]
        given = give(session, sending, citizen_ids, now)
        if team.citizens[1] in citizen_ids:
            raise ValueError("broken after it wrote")
        return given

    monkeypatch.setattr(sendings, "give", stumble)
    sending_id = make_sending(database, team)
    feed(portal)
    assert recipients(database, team, sending_id)[team.citizens[1]] == ("left_out", "failed")
    assert [message.recipient_ref for message in messages(database, team)] == [
        team.citizens[0],
        team.citizens[2],
    ]


def test_the_databases_own_trouble_leaves_everybody_waiting(
    database: Database, team: Team, monkeypatch: pytest.MonkeyPatch, portal: Portal
) -> None:
    def no_database(*_: object) -> None:
        raise OperationalError("select", {}, ConnectionError())

    sending_id = make_sending(database, team)
    with monkeypatch.context() as broken:
        broken.setattr(sendings, "give", no_database)
        feed(portal)
    assert {state for state, _ in recipients(database, team, sending_id).values()} == {"waiting"}
    feed(portal)
    assert len(messages(database, team)) == 3


def test_the_outbox_holds_no_more_than_a_window_and_takes_more_when_it_empties(
    database: Database, team: Team, monkeypatch: pytest.MonkeyPatch, portal: Portal
) -> None:
    monkeypatch.setattr(sendings, "WINDOW", 2)
    sending_id = make_sending(database, team)
    feed(portal)
    assert len(messages(database, team)) == 2
    background.deliver(portal)
    feed(portal)
    assert len(messages(database, team)) == 3
    states = recipients(database, team, sending_id)
    assert [state for state, _ in states.values()] == ["handed_over", "handed_over", "enqueued"]


def test_a_planned_sending_waits_for_its_time(
    database: Database, team: Team, portal: Portal, clock: Clock
) -> None:
    sending_id = make_sending(database, team, state=SendingState.PLANNED, planned_at=NOW + HOUR)
    feed(portal)
    assert messages(database, team) == []
    clock.now = NOW + HOUR
    feed(portal)
    assert len(messages(database, team)) == 3
    assert sending_of(database, team, sending_id).started_at == NOW + HOUR


@pytest.mark.parametrize(
    "state", [SendingState.DRAFT, SendingState.PAUSED, SendingState.STOPPED, SendingState.FINISHED]
)
def test_nothing_is_fed_that_does_not_run(
    database: Database, team: Team, state: SendingState, portal: Portal
) -> None:
    sending_id = make_sending(database, team, state=state)
    feed(portal)
    assert feed_chunk(portal, DueSending(sending_id, team.municipality_id)) is Fed.NOTHING_NOW
    assert messages(database, team) == []


def test_a_second_feeder_leaves_a_sending_alone_that_is_in_hand(
    database: Database, team: Team, portal: Portal
) -> None:
    if database.is_sqlite:
        return  # one writer at a time, by itself
    sending_id = make_sending(database, team)
    with database.write(team.municipality_id) as session:
        hold(session, sending_id)
        assert feed_chunk(portal, DueSending(sending_id, team.municipality_id)) is Fed.NOTHING_NOW
    assert messages(database, team) == []


def test_two_sendings_of_one_questionnaire_reach_everybody_once(
    database: Database, team: Team, portal: Portal
) -> None:
    first, second = make_sending(database, team), make_sending(database, team)
    feed(portal)
    assert len(messages(database, team)) == 3
    assert {state for state, _ in recipients(database, team, first).values()} == {"enqueued"}
    assert set(recipients(database, team, second).values()) == {("left_out", "already_given")}


def step(database: Database, team: Team, sending_id: int, name: str) -> bool:
    with database.write(team.municipality_id) as session:
        sending = hold(session, sending_id)
        assert sending is not None
        done: bool = getattr(sending_control, name)(session, team.reader, sending, NOW)
        return done


def test_a_pause_holds_what_waits_in_the_outbox_and_resuming_lets_it_go(
    database: Database, team: Team, monkeypatch: pytest.MonkeyPatch, portal: Portal
) -> None:
    monkeypatch.setattr(sendings, "WINDOW", 2)
    sending_id = make_sending(database, team)
    feed(portal)
    assert step(database, team, sending_id, "pause")
    assert not step(database, team, sending_id, "pause")
    feed(portal)
    background.deliver(portal)
    assert {(row.status, row.reason) for row in messages(database, team)} == {
        (Status.QUEUED, "sending_paused")
    }
    assert step(database, team, sending_id, "resume")
    background.deliver(portal)
    feed(portal)
    background.deliver(portal)
    assert len(messages(database, team)) == 3
    assert {row.status for row in messages(database, team)} <= {Status.SENT, Status.DELIVERED}


def test_a_stop_takes_back_what_has_not_gone_and_leaves_what_has(
    database: Database, team: Team, monkeypatch: pytest.MonkeyPatch, portal: Portal
) -> None:
    monkeypatch.setattr(sendings, "WINDOW", 1)
    sending_id = make_sending(database, team)
    feed(portal)
    background.deliver(portal)
    feed(portal)
    assert step(database, team, sending_id, "stop")
    assert not step(database, team, sending_id, "resume")
    feed(portal)
    background.deliver(portal)
    sent, held, never = team.citizens
    found = recipients(database, team, sending_id)
    assert found[sent][0] in ("handed_over", "enqueued")
    assert found[held] == found[never] == ("left_out", "stopped")
    with database.read(team.municipality_id) as session:
        cancelled = {
            row.citizen_id: row.cancelled_at is not None for row in session.scalars(select(Invitation))
        }
    assert cancelled == {sent: False, held: True}
    assert messages(database, team)[1].reason == "sending_stopped"


def test_another_batchs_or_a_persons_own_message_is_not_held_with_it(
    database: Database, team: Team, portal: Portal
) -> None:
    """The SMS that tells of an earlier message from her caseworker is not the sending's to hold."""
    first = make_sending(database, team, kind=SendingKind.MESSAGE, channel="portal", body="Første")
    feed(portal)
    second = make_sending(database, team, kind=SendingKind.MESSAGE, channel="portal", body="Anden")
    feed(portal)
    step(database, team, second, "pause")
    assert len(messages(database, team)) == 3
    assert all(message.due_at is not None for message in messages(database, team))
    assert sending_of(database, team, first).state is SendingState.FINISHED


def test_every_step_is_written_down_with_who_took_it(database: Database, team: Team) -> None:
    sending_id = make_sending(database, team)
    for name in ("pause", "resume", "stop"):
        assert step(database, team, sending_id, name)
    row: Sending = sending_of(database, team, sending_id)
    assert (row.state, row.changed_by, row.finished_at) == (SendingState.STOPPED, team.staff_id, NOW)
