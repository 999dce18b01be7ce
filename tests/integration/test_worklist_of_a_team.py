"""The caseworker's list out of the database: who needs her, why, and at what cost."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import event, select

from database.engine import Database
from portal.domain.access import Role
from portal.domain.ageing import Colour, NotWhite
from portal.domain.questionnaires import Respondent
from portal.domain.worklist import Reason
from portal.services.reach import Reader
from portal.services.worklist import Row, Wanted, Worklist, note_seen, worklist_of
from portal.store.audit import AuditEvent
from portal.store.people import Staff
from portal.store.thread import ThreadEntry
from tests.factories import add_citizen, add_staff, add_team
from tests.measurements import Half, measure, ship_forms

DAY = timedelta(days=1)
MINE = Respondent.CASEWORKER
MY_OWN = Wanted()


@pytest.fixture
def lone(database: Database, municipality: int, now: datetime) -> Staff:
    with database.write(municipality) as session:
        ship_forms(session, now)
        return add_staff(session, now, team=add_team(session))


def listed(database: Database, staff: Staff, now: datetime, wanted: Wanted = MY_OWN) -> Worklist:
    reader = Reader(staff.id, Role.CASEWORKER, staff.team_id)
    with database.read(staff.municipality_id) as session:
        return worklist_of(session, reader, wanted, now)


def only(found: Worklist) -> Row:
    (row,) = (*found.today, *found.others)
    return row


def add_measured(
    database: Database, staff: Staff, *halves: list[Half], first_name: str = "Mette", **values: object
) -> int:
    with database.write(staff.municipality_id) as session:
        created = values.pop("created_at", halves[0][0].at if halves else None)
        citizen = add_citizen(session, created, staff, first_name=first_name, **values)  # type: ignore[arg-type]
        for pair in halves:
            measure(session, citizen, *pair)
        return citizen.id


def whole(at: datetime, **values: int) -> list[Half]:
    return [Half(values, at), Half({}, at, MINE)]


def test_fresh_answers_of_both_need_nobody_today(database: Database, lone: Staff, now: datetime) -> None:
    add_measured(database, lone, whole(now - DAY))
    found = listed(database, lone, now)
    assert (found.today, only(found).colour, only(found).not_white) == ((), Colour.WHITE, None)


def test_a_move_of_two_is_a_reason_while_it_is_news(database: Database, lone: Staff, now: datetime) -> None:
    add_measured(database, lone, whole(now - 90 * DAY, purpose=2), whole(now - DAY, purpose=4))
    assert only(listed(database, lone, now)).reasons == (Reason.MOVED,)
    assert only(listed(database, lone, now + 31 * DAY)).reasons == ()


def test_a_blind_measurement_shows_no_move_but_that_the_own_half_is_missing(
    database: Database, lone: Staff, now: datetime
) -> None:
    add_measured(database, lone, whole(now - 90 * DAY, purpose=2), [Half({"purpose": 5}, now - DAY)])
    row = only(listed(database, lone, now))
    assert row.reasons == (Reason.OWN_HALF_MISSING,)


def test_old_answers_are_red_silent_and_say_what_is_missing(
    database: Database, lone: Staff, now: datetime
) -> None:
    add_measured(database, lone, whole(now - 200 * DAY))
    row = only(listed(database, lone, now))
    assert (row.colour, row.reasons) == (Colour.RED, (Reason.RED, Reason.SILENT))
    assert row.not_white is NotWhite.NOT_SENT


@pytest.mark.parametrize(
    ("author", "read", "reasons", "unread"),
    [
        ("citizen", False, (Reason.MESSAGE,), 1),
        ("citizen", True, (Reason.MESSAGE,), 0),
        ("staff", False, (), 0),
    ],
)
def test_a_message_counts_until_a_person_has_replied(
    database: Database,
    lone: Staff,
    now: datetime,
    author: str,
    read: bool,
    reasons: tuple[Reason, ...],
    unread: int,
) -> None:
    citizen_id = add_measured(database, lone, whole(now - DAY))
    with database.write(lone.municipality_id) as session:
        for writer, read_at in (("citizen", now), (author, now if read else None)):
            entry = ThreadEntry(
                citizen_id=citizen_id,
                author=writer,
                channel="portal",
                body="Hej",
                created_at=now,
                read_at=read_at,
            )
            session.add(entry)
            session.flush()
    row = only(listed(database, lone, now))
    assert (row.reasons, row.unread) == (reasons, unread)


def test_whoever_waits_for_a_word_stands_first_and_the_others_by_name(
    database: Database, lone: Staff, now: datetime
) -> None:
    add_measured(database, lone, whole(now - 200 * DAY), first_name="Anna")
    add_measured(database, lone, whole(now - DAY), first_name="Åse", frozen_at=now)
    add_measured(database, lone, whole(now - DAY), first_name="Maria")
    add_measured(database, lone, whole(now - DAY), first_name="Ærø")
    found = listed(database, lone, now)
    assert [row.citizen.first_name for row in found.today] == ["Åse", "Anna"]
    assert [row.citizen.first_name for row in found.others] == ["Maria", "Ærø"]


def test_search_colour_and_mine_narrow_the_list_and_another_team_is_never_on_it(
    database: Database, lone: Staff, now: datetime
) -> None:
    with database.write(lone.municipality_id) as session:
        colleague = add_staff(session, now, name="Bo Dam")
        colleague.team_id = lone.team_id
        stranger = add_staff(session, now, team=add_team(session, "Team Fjorden"))
    add_measured(database, lone, whole(now - 200 * DAY), first_name="Anna")
    add_measured(database, lone, created_at=now, first_name="Maria")
    add_measured(database, colleague, created_at=now, first_name="Amalie")
    add_measured(database, stranger, created_at=now, first_name="Anton")

    def names(wanted: Wanted) -> set[str]:
        found = listed(database, lone, now, wanted)
        return {row.citizen.first_name for row in (*found.today, *found.others)}

    assert names(Wanted()) == {"Anna", "Maria"}
    assert names(Wanted(mine_only=False)) == {"Anna", "Maria", "Amalie"}
    assert names(Wanted(search="hOLM an")) == {"Anna"}
    assert names(Wanted(colour=Colour.GREY)) == {"Maria"}
    assert listed(database, lone, now, Wanted(search="Anna")).colours == {Colour.RED: 1, Colour.GREY: 1}


def test_exempt_citizens_have_no_colour(database: Database, lone: Staff, now: datetime) -> None:
    add_measured(database, lone, whole(now - 200 * DAY), standing="exempt")
    row = only(listed(database, lone, now))
    assert (row.colour, row.reasons) == (None, ())


def test_that_the_list_was_seen_is_written_down(database: Database, lone: Staff, now: datetime) -> None:
    with database.write(lone.municipality_id) as session:
        note_seen(session, Reader(lone.id, Role.CASEWORKER, lone.team_id), now)
    with database.read(lone.municipality_id) as session:
        seen = session.scalars(select(AuditEvent).where(AuditEvent.action == "worklist.read")).one()
    assert (seen.staff_id, seen.subject) == (lone.id, f"team {lone.team_id}")


def test_a_caseworker_without_a_team_has_an_empty_list(
    database: Database, municipality: int, now: datetime
) -> None:
    with database.write(municipality) as session:
        alone = add_staff(session, now)
    assert listed(database, alone, now) == Worklist((), (), {}, 0)


def test_the_number_of_queries_does_not_grow_with_the_citizens(
    database: Database, lone: Staff, now: datetime
) -> None:
    add_measured(database, lone, whole(now - 90 * DAY), whole(now - DAY))
    few = count(database, lone, now)
    for _ in range(5):
        add_measured(database, lone, whole(now - 90 * DAY), whole(now - DAY))
    assert count(database, lone, now) == few <= 11


def count(database: Database, staff: Staff, now: datetime) -> int:
    asked: list[str] = []
    note = lambda *args: asked.append(args[2])  # noqa: E731
    listed(database, staff, now)
    event.listen(database.engine, "before_cursor_execute", note)
    listed(database, staff, now)
    event.remove(database.engine, "before_cursor_execute", note)
    return len(asked)
