"""A record in words: the same for the page, the text file and the PDF."""

from __future__ import annotations

from dataclasses import dataclass

from i18n.texts import Texts
from portal.services.conversation import Delivery, Entry, FileShown
from portal.services.journal.record import Record

INDENT = "    "


@dataclass(frozen=True)
class Block:
    """One entry. ``body`` is what was written, sign for sign; ``notes`` what became of it and what came with it."""

    heading: str
    body: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """``facts`` are pairs of label and value; ``foot`` stands on every page, with {page} and {pages} to fill in."""

    title: str
    facts: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]
    foot: str
    made_at: str
    """ISO 8601: the same record of the same moment is the same file, byte for byte."""


def sheet(record: Record, t: Texts) -> Sheet:
    exported = t.datetime(record.exported_at)
    facts = (
        (t("thread.journal.citizen"), f"{record.citizen_name}, {record.team}"),
        (t("thread.journal.period"), _period(record, t)),
        (
            t("thread.journal.exported"),
            t("thread.journal.exported_by", time=exported, name=record.exported_by),
        ),
        (t("thread.journal.office"), record.office),
        (t("thread.journal.count"), t.number(len(record.entries))),
    )
    foot = t("thread.journal.foot", name=record.citizen_name, time=exported, page="{page}", pages="{pages}")
    title, made_at = t("thread.journal.title", name=record.citizen_name), record.exported_at.isoformat()
    return Sheet(title, facts, tuple(_block(each, record, t) for each in record.entries), foot, made_at)


def as_text(shown: Sheet) -> str:
    """Plain lines; what was written stands indented, so that nothing in it can look like ours: whatever any program
    takes for the end of a line is one."""
    lines = [shown.title, "", *(f"{label}: {value}" for label, value in shown.facts)]
    for block in shown.blocks:
        lines += ["", block.heading]
        said = block.body.splitlines(keepends=True)
        lines += ["".join(INDENT + line for line in said)] if said else []
        lines += [f"{INDENT}- {note}" for note in block.notes]
    return "\n".join(lines) + "\n"


def _period(record: Record, t: Texts) -> str:
    first, last = record.period.first, record.period.last
    if first is None and last is None:
        return t("thread.journal.whole")
    begin = t.short_date(first) if first else t("thread.journal.from_the_start")
    end = t.short_date(last or record.exported_at)
    return t("thread.journal.from_to", first=begin, last=end)


def _block(entry: Entry, record: Record, t: Texts) -> Block:
    when = t.datetime(entry.created_at)
    if not entry.is_said:
        said = t(
            f"thread.event.staff.{entry.kind}",
            name=record.first_name,
            day=t.near_day(entry.promised) if entry.promised else "",
        )
        return Block(f"{when}  {said}", "", tuple(_delivered(entry, t)))
    who = entry.staff_name or "" if entry.author == "staff" else record.citizen_name
    heading = t("thread.journal.said", time=when, name=who, way=t(f"thread.channel.{entry.channel}"))
    notes = (*_about(entry, t), *_delivered(entry, t), *_read(entry, t), *_came_with(entry, t))
    return Block(heading, _said(entry, t), notes)


def _said(entry: Entry, t: Texts) -> str:
    return t(entry.shipped) if entry.shipped and t.has(entry.shipped) else entry.body or ""


def _about(entry: Entry, t: Texts) -> list[str]:
    """That it is the question of a check-in, or what a reply to one was taken for."""
    if entry.kind == "check_in":
        return [t("thread.check_in.question")]
    if entry.answered is None:
        return []
    if entry.understood is None:
        return [t("thread.check_in.answer")]
    is_word = entry.answered == "yes_no"
    answer = t(f"thread.check_in.{entry.understood}") if is_word else entry.understood
    return [t("thread.check_in.understood", answer=answer)]


def _delivered(entry: Entry, t: Texts) -> list[str]:
    if entry.delivery is None:
        return []
    state = _state(entry.delivery, t)
    return [
        t("thread.notice", state=state) if entry.channel == "portal" else t("thread.journal.sms", state=state)
    ]


def _state(delivery: Delivery, t: Texts) -> str:
    said, key = t(f"thread.state.{delivery.status}"), f"thread.reason.{delivery.reason}"
    return t("thread.with_reason", state=said, reason=t(key)) if delivery.reason and t.has(key) else said


def _read(entry: Entry, t: Texts) -> list[str]:
    if entry.read_at is not None:
        return [t("thread.journal.read", time=t.datetime(entry.read_at))]
    return [t("thread.unread")] if entry.channel == "portal" else []


def _came_with(entry: Entry, t: Texts) -> list[str]:
    lost = [t("thread.pictures", n=entry.pictures)] if entry.pictures else []
    return [*lost, *(_file(each, t) for each in entry.files)]


def _file(each: FileShown, t: Texts) -> str:
    size = t.number(max(1, each.size // 1000))
    kind = t("thread.file.image" if each.kind.is_image else "thread.file.pdf", size=size)
    return t("thread.journal.file", name=each.name or t("thread.file.unnamed"), kind=kind)
