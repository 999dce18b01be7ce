"""What is stored about a citizen is told to her, taken home and erased: no table and no column slips by."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlalchemy import inspect

from database.base import Base
from i18n.texts import shipped_catalogs
from messaging.inbound import InboundMessage
from messaging.outbox import OutboxMessage
from portal.services.own_data.fields import Kind
from portal.services.own_data.sections import PART_OF, SECTIONS, STAYS, UNSEEN, Section
from portal.services.own_data.seen import DID, SOMETHING
from portal.store import tables
from portal.store.people import Citizen
from tests.contract.test_audit_actions_have_words import PORTAL

assert tables.MODULES
CLASSES: dict[str, Any] = {each.class_.__tablename__: each.class_ for each in Base.registry.mappers}
WITHOUT_A_KEY = {Citizen, OutboxMessage, InboundMessage}
"""About a citizen, though no foreign key says so."""
ON_EVERY_TABLE = {"id", "municipality_id"}
RECORDED = re.compile(
    r'\breach\(\s*citizen_id,\s*"([a-z_.]+)"'
    r'|\bReading\(Resource\.\w+,\s*"([a-z_.]+)"'
    r'|\baudit\.record\(\s*session,\s*"([a-z_.]+)"[^()]*\bcitizen_id='
)
CATALOGS = shipped_catalogs()


def about_a_citizen() -> set[Any]:
    """Every class from which foreign keys lead to a citizen, however many tables lie between."""
    found = {"citizens"}
    while True:
        more = {
            table.name
            for table in Base.metadata.sorted_tables
            if {key.column.table.name for key in table.foreign_keys} & found
        }
        if more <= found:
            return {CLASSES[name] for name in found} | WITHOUT_A_KEY
        found |= more


def columns(section: Section) -> set[str]:
    return {field.at.split(".")[0] for field in section.fields} | set(section.left_out)


def test_every_table_about_a_citizen_is_told_to_her_or_named_with_a_reason() -> None:
    named = {each.row for each in SECTIONS} | set(PART_OF) | set(UNSEEN)
    assert {each.__name__ for each in about_a_citizen() - named} == set()
    assert {each.__name__ for each in named - about_a_citizen()} == set()


def test_no_table_is_both_told_and_left_out() -> None:
    told = {each.row for each in SECTIONS}
    assert not told & set(UNSEEN) and not told & set(PART_OF) and not set(PART_OF) & set(UNSEEN)
    assert all(len(reason) > 20 for reason in UNSEEN.values())


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.name)
def test_every_column_is_told_or_named_as_ours(section: Section) -> None:
    mapped = {
        column.key
        for column in inspect(section.row).columns
        if not column.foreign_keys and column.key not in ON_EVERY_TABLE and not column.key.endswith("_index")
    }
    assert mapped - columns(section) == set()


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.name)
def test_every_section_and_field_has_its_words(section: Section) -> None:
    wanted = {f"own_data.section.{section.name}", *(f"own_data.field.{each.name}" for each in section.fields)}
    for code in ("da", "en"):
        assert {key for key in wanted if CATALOGS.entry(code, key) is None} == set()
    for field in section.fields:
        assert (field.kind is Kind.WORD) == bool(field.words)


def test_staff_read_what_an_erasure_takes_away_in_words_of_their_own() -> None:
    gone = {f"rights.section.{each.name}" for each in SECTIONS if each.row not in STAYS}
    assert {key for key in gone if CATALOGS.entry("da", key) is None} == set()


def test_what_an_erasure_leaves_has_a_reason_in_words() -> None:
    assert {key for key in STAYS.values() if CATALOGS.entry("da", key) is None} == set()


def test_what_is_done_with_her_data_is_told_to_her_in_plain_words() -> None:
    found = (RECORDED.findall(path.read_text(encoding="utf-8")) for path in PORTAL.rglob("*.py"))
    recorded = {action for each in found for actions in each for action in actions if action}
    assert {"thread.read", "paper.found", "citizen.wish_changed"} <= recorded
    assert recorded - set(DID) == set()
    for code in ("da", "en"):
        words = {f"own_data.did.{word}" for word in (*DID.values(), SOMETHING)}
        assert {key for key in words if CATALOGS.entry(code, key) is None} == set()
