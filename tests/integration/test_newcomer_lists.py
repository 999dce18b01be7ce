"""A list of new citizens is judged row by row, and comes in whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

import pytest
from openpyxl import Workbook
from sqlalchemy import event, select

from database.encryption import blind_index
from database.engine import Database
from messaging.inbound import PHONE_INDEX
from portal.domain.access import Role
from portal.domain.newcomer_lists import ListedPerson
from portal.services.newcomer_lists import Judged, Verdict, judge, read_file, take
from portal.services.reach import Reader
from portal.store.audit import AuditEvent
from portal.store.numbers import QuietNumber, WhyQuiet
from portal.store.people import Citizen, Staff
from tests import factories
from tests.conftest import NOW
from tests.integration.test_delivery_together import count_statements

HEADINGS = "Fornavn,Efternavn,Mobil,Sprog,Team,Sagsbehandler"


@dataclass
class Desk:
    database: Database
    id: int
    lone: Staff
    ida: Staff
    per: Staff

    @property
    def reader(self) -> Reader:
        return Reader(self.lone.id, Role.CASEWORKER, self.lone.team_id)

    def verdicts(self, *rows: str) -> list[Verdict]:
        with self.database.read(self.id) as session:
            return [row.verdict for row in judge(session, self.reader, people(*rows)).rows]

    def take(self, *rows: str) -> tuple[Judged, bool]:
        with self.database.write(self.id) as session:
            return take(session, self.reader, people(*rows), NOW)

    def citizens(self) -> list[Citizen]:
        with self.database.read(self.id) as session:
            return list(session.scalars(select(Citizen).order_by(Citizen.id)))


def people(*rows: str) -> tuple[ListedPerson, ...]:
    found = read_file("\n".join([HEADINGS, *rows]).encode())
    assert isinstance(found, tuple)
    return found


@pytest.fixture
def desk(database: Database, municipality: int) -> Desk:
    with database.write(municipality) as session:
        team = factories.add_team(session)
        lone, ida = (factories.add_staff(session, NOW, team=team, name=name) for name in ("Lone", "Ida"))
        per = factories.add_staff(session, NOW, team=factories.add_team(session, "Team Bakken"))
        factories.add_citizen(session, NOW, lone, first_name="Mette", phone="+4510200001")
        factories.add_citizen(session, NOW, per, first_name="Bo", phone="+4510200002")
    return Desk(database, municipality, lone, ida, per)


@pytest.mark.parametrize(
    ("row", "verdict"),
    [
        ("Amina,Ali,10203040,,,", Verdict.READY),
        ("Amina,Ali,10203040,Somali,team åen,", Verdict.READY),
        ("Mette,Holm,10200001,,,", Verdict.HERE),
        ("Anna,Holm,10200001,,,", Verdict.SHARED),
        ("Bo,Holm,10200002,,,", Verdict.SHARED),
        ("Amina2,Ali,10203040,,,", Verdict.NAME),
        ("Amina,Ali,010190-1234,,,", Verdict.CPR),
        ("Amina,Ali,12,,,", Verdict.PHONE),
        ("Amina,Ali,+46701234567,,,", Verdict.FOREIGN),
        ("Amina,Ali,10203040,klingon,,", Verdict.LANGUAGE),
        ("Amina,Ali,10203040,,Team Bakken,", Verdict.TEAM),
        ("Amina,Ali,10203040,,,nobody@example.org", Verdict.CASEWORKER),
    ],
)
def test_each_row_has_one_plain_verdict(desk: Desk, row: str, verdict: Verdict) -> None:
    assert desk.verdicts(row) == [verdict]


def test_a_row_that_is_there_twice_is_left_out_and_two_names_on_one_number_are_not_guessed(
    desk: Desk,
) -> None:
    rows = ("Amina,Ali,10203040,,,", "amina,ali,+4510203040,,,", "Omar,Ali,10203040,,,")
    assert desk.verdicts(*rows) == [Verdict.READY, Verdict.TWICE, Verdict.SHARED]


def test_a_caseworker_of_another_team_is_no_choice(desk: Desk) -> None:
    assert desk.verdicts(f"Amina,Ali,10203040,,,{desk.per.email}") == [Verdict.CASEWORKER]


def test_digits_like_a_cpr_number_are_shown_to_nobody(desk: Desk) -> None:
    with desk.database.read(desk.id) as session:
        (row,) = judge(session, desk.reader, people("Amina 0101901234,Ali,010190-1234,,,")).rows
    assert "1234" not in row.name + row.phone


def test_all_that_are_ready_come_in_with_their_caseworkers_and_who_is_here_is_left_out(desk: Desk) -> None:
    rows = (
        f"Amina,Ali,10203040,so,,{desk.ida.email.upper()}",
        "Omar,Ali,10203041,,,",
        "Mette,Holm,10200001,,,",
    )
    judged, taken = desk.take(*rows)
    assert taken and judged.ready == 2
    new = desk.citizens()[2:]
    assert [(each.first_name, each.language, each.caseworker_id) for each in new] == [
        ("Amina", "so", desk.ida.id),
        ("Omar", "da", desk.lone.id),
    ]
    with desk.database.read(desk.id) as session:
        traces = session.scalars(select(AuditEvent.citizen_id)).all()
    assert set(traces) == {each.id for each in new}
    assert desk.take(*rows)[1] is False


def test_one_wrong_row_keeps_all_out(desk: Desk) -> None:
    judged, taken = desk.take("Amina,Ali,10203040,,,", "Omar,Ali,12,,,")
    assert not taken and judged.counts == {Verdict.READY: 1, Verdict.PHONE: 1}
    assert len(desk.citizens()) == 2


def test_a_long_list_is_judged_with_as_many_queries_as_a_short_one(desk: Desk) -> None:
    asked: list[str] = []
    event.listen(desk.database.engine, "before_cursor_execute", lambda *arguments: asked.append(arguments[2]))
    counts = []
    for length in (1, 60):
        asked.clear()
        desk.verdicts(*(f"Amina,Ali,102030{number},,," for number in range(10, 10 + length)))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_long_list_comes_in_with_as_many_statements_as_a_short_one_and_stop_is_kept_to(desk: Desk) -> None:
    with desk.database.write(desk.id) as session:
        index = blind_index(PHONE_INDEX, "+4510203020")
        session.add(QuietNumber(phone="+4510203020", phone_index=index, why=WhyQuiet.STOPPED, since=NOW))
    statements, counts = count_statements(desk.database), []
    for first, length in ((11, 1), (12, 1), (13, 7), (20, 1), (21, 60)):
        before = len(statements)
        assert desk.take(*(f"Amina,Ali,102030{first + number},,," for number in range(length)))[1]
        counts.append(len(statements) - before)
    assert counts[1] == counts[2] == counts[4]
    new = desk.citizens()[2:]
    assert len(new) == len({each.short_code for each in new}) == 70
    assert [each.phone for each in new if each.opted_out_at] == ["+4510203020"]


def test_of_a_list_only_who_drew_a_code_that_is_somebodys_draws_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with desk.database.write(desk.id) as session:
        session.get_one(Citizen, 1).short_code = "100007"
    drawn = iter([1, 7, 1, 7, 2, 3])
    monkeypatch.setattr("secrets.randbelow", lambda _: next(drawn))
    assert desk.take(*(f"Amina,Ali,1020301{number},,," for number in range(3)))[1]
    codes = {each.phone: each.short_code for each in desk.citizens()[2:]}
    assert sorted(codes.values()) == ["100001", "100002", "100003"]
    assert len(codes) == 3


def test_a_workbook_is_read_as_the_same_rows(desk: Desk) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(HEADINGS.split(","))
    sheet.append(["Amina", "Ali", 10203040])
    stored = BytesIO()
    book.save(stored)
    found = read_file(stored.getvalue())
    assert isinstance(found, tuple)
    with desk.database.read(desk.id) as session:
        assert [row.verdict for row in judge(session, desk.reader, found).rows] == [Verdict.READY]
