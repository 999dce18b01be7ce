"""Diary and goals on both databases: private from the first moment, and gone when they are gone."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, text

from database.engine import Database
from database.tenancy import EVERYONE
from portal.domain.diary import UNDO_WITHIN
from portal.domain.goals import MOST_OPEN, GoalState
from portal.services import diary, goals
from portal.services.diary import Kept
from portal.services.goals import Goal, NotKept, Step, Typed
from portal.services.shared_words import shared_words
from portal.store.crisis import CrisisAlarm
from portal.store.diary import DiaryNote
from portal.store.people import Citizen
from portal.store.thread import ThreadEntry
from tests import factories
from tests.cases import Case, make_case

WORDS = "Jeg gik en tur om søen."


@pytest.fixture
def case(database: Database, municipality: int, now: datetime) -> Case:
    return make_case(database, municipality, now)


def written(database: Database, case: Case, now: datetime, words: str = WORDS) -> int:
    with database.write(case.municipality_id) as session:
        kept = diary.write(session, case.citizen_id, words, now)
        assert isinstance(kept, Kept)
        return kept.note_id


def shown_to_staff(database: Database, case: Case) -> list[str]:
    with database.read(case.municipality_id) as session:
        return [note.body for note in shared_words(session, case.citizen_id).notes]


def test_a_note_is_encrypted_at_rest_and_private(database: Database, case: Case, now: datetime) -> None:
    written(database, case, now)
    with database.read(EVERYONE) as session:
        stored = session.connection().execute(text("SELECT body FROM diary_notes")).scalar_one()
    assert "tur" not in stored and "gAAAA" in stored
    assert shown_to_staff(database, case) == []


def test_a_shared_note_is_shown_until_she_takes_it_back(
    database: Database, case: Case, now: datetime
) -> None:
    note_id = written(database, case, now)
    with database.write(case.municipality_id) as session:
        diary.share(session, case.citizen_id, note_id, now)
        diary.share(session, case.citizen_id, note_id, now)
    assert shown_to_staff(database, case) == [WORDS]
    with database.write(case.municipality_id) as session:
        lines = session.scalars(select(ThreadEntry)).all()
        assert [(line.kind, line.body) for line in lines] == [("note_shared", None)]
        diary.take_back(session, case.citizen_id, note_id)
    assert shown_to_staff(database, case) == []


def test_a_deleted_note_comes_back_private_and_is_gone_for_good_after_an_hour(
    database: Database, case: Case, now: datetime
) -> None:
    note_id = written(database, case, now)
    with database.write(case.municipality_id) as session:
        diary.share(session, case.citizen_id, note_id, now)
        diary.remove(session, case.citizen_id, note_id, now)
    assert shown_to_staff(database, case) == []
    with database.write(case.municipality_id) as session:
        back = diary.bring_back(session, case.citizen_id, note_id, now + timedelta(minutes=59))
        assert back is not None and back.shared_at is None
        diary.remove(session, case.citizen_id, note_id, now)
        assert diary.bring_back(session, case.citizen_id, note_id, now + UNDO_WITHIN) is None
        assert diary.open_diary(session, case.citizen_id, now + UNDO_WITHIN).deleted == ()
    for moment, left in ((now + timedelta(minutes=59), 1), (now + UNDO_WITHIN, 0)):
        with database.write(EVERYONE) as session:
            diary.forget_deleted(session, moment)
        with database.read(EVERYONE) as session:
            assert len(session.scalars(select(DiaryNote)).all()) == left


def test_another_citizen_reaches_neither_her_notes_nor_her_goals(
    database: Database, case: Case, now: datetime
) -> None:
    note_id = written(database, case, now)
    with database.write(case.municipality_id) as session:
        goal = goals.add(session, case.citizen_id, Typed("Et mål", "me"), now)
        assert isinstance(goal, Goal)
        other = factories.add_citizen(session, now, session.get_one(Citizen, case.citizen_id).caseworker).id
        assert diary.note_of(session, other, note_id) is None
        assert diary.change(session, other, note_id, "x", now) is None
        assert diary.share(session, other, note_id, now) is None
        assert diary.take_back(session, other, note_id) is None
        diary.remove(session, other, note_id, now)
        diary.forget_now(session, other, note_id)
        assert goals.goal_of(session, other, goal.id) is None
        assert goals.take(session, other, goal.id, Step.REACH, now) is NotKept.NO_SUCH_GOAL
        goals.forget(session, other, goal.id)
    with database.read(case.municipality_id) as session:
        assert [note.body for note in diary.open_diary(session, case.citizen_id, now).notes] == [WORDS]
        assert len(goals.goals_of(session, case.citizen_id).open) == 1


def test_words_of_crisis_tell_her_alone_until_she_shares_them(
    database: Database, case: Case, now: datetime
) -> None:
    with database.write(case.municipality_id) as session:
        kept = diary.write(session, case.citizen_id, "Jeg vil ikke leve mere", now)
        assert isinstance(kept, Kept) and kept.in_need
        assert session.scalars(select(CrisisAlarm)).all() == []
        shared = diary.share(session, case.citizen_id, kept.note_id, now)
        assert shared is not None and shared.in_need
        assert [alarm.citizen_id for alarm in session.scalars(select(CrisisAlarm))] == [case.citizen_id]


def test_staff_see_a_goal_only_where_she_said_so_and_only_while_it_is_not_put_away(
    database: Database, case: Case, now: datetime
) -> None:
    with database.write(case.municipality_id) as session:
        shown = goals.add(session, case.citizen_id, Typed("Vises", "caseworker"), now)
        goals.add(session, case.citizen_id, Typed("Min egen", "me"), now)
        assert isinstance(shown, Goal)
        assert [goal.body for goal in shared_words(session, case.citizen_id).goals] == ["Vises"]
        goals.change(session, case.citizen_id, shown.id, Typed("Vises", "me"), now, seen="")
        assert shared_words(session, case.citizen_id).goals == ()
        goals.change(session, case.citizen_id, shown.id, Typed("Vises", "caseworker"), now, seen="")
        goals.take(session, case.citizen_id, shown.id, Step.PUT_AWAY, now)
        assert shared_words(session, case.citizen_id).goals == ()


def test_a_goal_is_reached_put_away_and_taken_out_as_it_was(
    database: Database, case: Case, now: datetime
) -> None:
    with database.write(case.municipality_id) as session:
        goal = goals.add(session, case.citizen_id, Typed("Gå en tur", "me"), now)
        assert isinstance(goal, Goal)
        states = []
        for step in (Step.REACH, Step.PUT_AWAY, Step.TAKE_OUT, Step.NOT_REACHED):
            taken = goals.take(session, case.citizen_id, goal.id, step, now)
            assert isinstance(taken, Goal)
            states.append(taken.state)
    assert states == [GoalState.REACHED, GoalState.PUT_AWAY, GoalState.REACHED, GoalState.OPEN]


def test_a_goal_more_than_there_is_room_for_is_neither_added_nor_taken_out(
    database: Database, case: Case, now: datetime
) -> None:
    with database.write(case.municipality_id) as session:
        first = goals.add(session, case.citizen_id, Typed("Nummer 0", "me"), now)
        assert isinstance(first, Goal)
        goals.take(session, case.citizen_id, first.id, Step.PUT_AWAY, now)
        for number in range(1, MOST_OPEN + 1):
            assert isinstance(goals.add(session, case.citizen_id, Typed(f"Nummer {number}", "me"), now), Goal)
        assert goals.add(session, case.citizen_id, Typed("En til", "me"), now) is NotKept.FULL
        assert goals.take(session, case.citizen_id, first.id, Step.TAKE_OUT, now) is NotKept.FULL
        again = goals.add(session, case.citizen_id, Typed("Nummer 1", "me"), now)
        assert isinstance(again, Goal), "the same words again are the goal that is there"
