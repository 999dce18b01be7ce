"""Everything that is stored about a citizen, each kind of it named once.

What she reads, what she takes home and what an erasure takes away all follow from ``SECTIONS`` and ``UNSEEN``. A new
table about a citizen gets its line here; a test finds the table, and the column, that has none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement

from messaging.inbound import InboundMessage
from messaging.outbox import OutboxMessage
from portal.domain.questionnaires import Respondent
from portal.services.own_data.fields import Field, Kind, day, moment, number, staff, text, word
from portal.store.answering import Answer, IndicatorScore, Invitation, Link, Measurement, Response
from portal.store.attachments import Attachment
from portal.store.audit import AuditEvent
from portal.store.check_ins import CheckInAnswer, CheckInAsk
from portal.store.crisis import CrisisAlarm
from portal.store.diary import DiaryNote
from portal.store.goals import Goal
from portal.store.groups import GroupMember
from portal.store.meetings import Meeting
from portal.store.mitid import MitIdBinding
from portal.store.number_changes import NumberChange
from portal.store.numbers import FormerNumber
from portal.store.papers import PaperForm
from portal.store.people import Citizen
from portal.store.presence import ThreadPresence
from portal.store.reminders import CitizenDate, ReminderLadder, ScheduleOccurrence
from portal.store.rights import DataRequest
from portal.store.sendings import SendingRecipient
from portal.store.thread import ThreadEntry, UnplacedMessage

Row = type[Any]


@dataclass(frozen=True)
class Section:
    """One kind of data. ``name`` is its key in the catalogs (own_data.section.…), in addresses and in the JSON file.
    ``left_out``: columns that are ours and tell nothing of her. ``only``: which of the table's rows."""

    name: str
    row: Row
    fields: tuple[Field, ...]
    left_out: tuple[str, ...] = ()
    only: tuple[ColumnElement[bool], ...] = ()
    is_hers_alone: bool = False
    """Staff are not told how much of it there is, not even before they erase it."""


_STATE, _REASON = "thread.state.", "thread.reason."
_HALF = (
    Field("form", Kind.FORM, "measurement.questionnaire_id"),
    moment("started_at"),
    moment("finished_at"),
    Field("language", Kind.LANGUAGE),
    word("help", "own_data.help."),
    word("helper", "paper.helper."),
    word("mode", "own_data.mode."),
    staff("by_staff", "staff_id"),
    staff("typed_by", "entered_by"),
)
_NOT_OF_A_HALF = ("ref", "respondent", "version_id", "invitation_id")

SECTIONS: tuple[Section, ...] = (
    Section(
        "person",
        Citizen,
        (
            text("first_name"),
            text("last_name"),
            text("phone"),
            Field("language", Kind.LANGUAGE),
            text("kendeord"),
            text("short_code"),
            staff("caseworker", "caseworker_id"),
            Field("team", Kind.TEAM, "team_id"),
            word("standing", "own_data.standing."),
            moment("known_since", "created_at"),
            word("sms_hours", "own_data.hours."),
            text("sms_days"),
            number("sms_cap"),
            moment("opted_out_at"),
            moment("frozen_at"),
            moment("number_failed_at"),
            moment("reminders_paused_at"),
            day("reminders_paused_until"),
            moment("pin_set_at"),
            moment("pin_locked_at"),
            moment("letter_code_expires_at"),
        ),
        left_out=("pin_hash", "pin_failures", "letter_code_hash"),
    ),
    Section("answers", Response, _HALF, _NOT_OF_A_HALF, (Response.respondent == Respondent.CITIZEN,)),
    Section("assessments", Response, _HALF, _NOT_OF_A_HALF, (Response.respondent == Respondent.CASEWORKER,)),
    Section(
        "scores",
        IndicatorScore,
        (
            moment("at", "response.finished_at"),
            word("by", "own_data.by.", "response.respondent"),
            text("theme", "indicator"),
            number("score", "value"),
        ),
        left_out=("wording",),
    ),
    Section(
        "messages",
        ThreadEntry,
        (
            moment("at", "created_at"),
            word("by", "own_data.by.", "author"),
            staff("by_staff", "staff_id"),
            word("channel", "thread.channel."),
            Field("said", Kind.SAID, "body"),
            moment("read_at"),
        ),
        left_out=("kind",),
    ),
    Section(
        "files",
        Attachment,
        (
            moment("at", "created_at"),
            text("file_name", "name"),
            text("file_kind", "kind"),
            number("bytes", "size"),
        ),
        left_out=("digest", "width", "height", "content_key", "preview", "content"),
    ),
    Section(
        "diary",
        DiaryNote,
        (
            moment("at", "written_at"),
            text("words", "body"),
            moment("changed_at"),
            moment("shared_at"),
            moment("deleted_at"),
        ),
        is_hers_alone=True,
    ),
    Section(
        "goals",
        Goal,
        (
            moment("at", "created_at"),
            text("words", "body"),
            Field("is_shared", Kind.YES_NO),
            moment("changed_at"),
            moment("reached_at"),
            moment("put_away_at"),
        ),
        is_hers_alone=True,
    ),
    Section(
        "check_ins",
        CheckInAsk,
        (
            moment("at", "created_at"),
            staff("by_staff", "asked_by"),
            Field("language", Kind.LANGUAGE),
            word("state", "own_data.check_in."),
            moment("asked_at"),
            moment("ended_at"),
        ),
        left_out=("reason", "position", "repeated", "due_at", "closes_at"),
    ),
    Section(
        "check_in_answers",
        CheckInAnswer,
        (
            moment("at", "answered_at"),
            Field("question", Kind.SAID, "question.words"),
            text("value"),
            text("words", "text"),
            Field("language", Kind.LANGUAGE),
        ),
        left_out=("kind", "mode"),
    ),
    Section(
        "invitations",
        Invitation,
        (
            Field("form", Kind.FORM, "questionnaire_id"),
            moment("at", "created_at"),
            staff("by_staff", "sent_by"),
            moment("opened_at"),
            moment("started_at"),
            moment("finished_at"),
            moment("cancelled_at"),
        ),
    ),
    Section(
        "papers",
        PaperForm,
        (
            text("paper_code", "code"),
            Field("language", Kind.LANGUAGE),
            moment("at", "printed_at"),
            staff("by_staff", "printed_by"),
        ),
    ),
    Section(
        "reminders",
        ReminderLadder,
        (
            number("sms_sent", "taken"),
            moment("ended_at"),
            moment("settled_at"),
            staff("by_staff", "settled_by"),
        ),
        left_out=("check_at", "too_late_at", "end"),
    ),
    Section(
        "sms_out",
        OutboxMessage,
        (
            moment("at", "created_at"),
            word("state", _STATE, "status"),
            word("reason", _REASON),
            moment("sent_at"),
            moment("ended_at", "finished_at"),
            number("parts"),
            text("carrier", "gateway"),
        ),
        left_out=(
            *(
                "dedupe_key",
                "kind",
                "recipient_ref",
                "lane",
                "parameters",
                "due_at",
                "claimed_by",
                "attempts",
            ),
            *("reference", "provider_id", "error_code", "possible_duplicates"),
        ),
    ),
    Section(
        "sms_in",
        InboundMessage,
        (
            moment("at", "received_at"),
            text("phone", "sender"),
            text("to", "recipient"),
            text("words", "text"),
            number("pictures", "media_count"),
            number("masked", "masked_numbers"),
            text("carrier", "provider"),
        ),
        left_out=("provider_id", "processed_at", "due_at", "attempts"),
    ),
    Section(
        "placed",
        UnplacedMessage,
        (moment("at", "settled_at"), staff("by_staff", "settled_by")),
        left_out=("why", "outcome", "reason"),
    ),
    Section(
        "number_changes",
        NumberChange,
        (
            moment("at", "asked_at"),
            text("phone", "new_phone"),
            text("old_phone"),
            moment("changed_at"),
            moment("undone_at"),
        ),
        left_out=("code_expires_at", "wrong_tries"),
    ),
    Section(
        "mitid",
        MitIdBinding,
        (moment("at", "bound_at"), word("proof", "own_data.proof.")),
    ),
    Section("former_numbers", FormerNumber, (moment("until"),)),
    Section(
        "alarms",
        CrisisAlarm,
        (
            moment("at", "raised_at"),
            moment("answered_at"),
            moment("handled_at"),
            staff("by_staff", "handled_by"),
        ),
    ),
    Section(
        "groups",
        GroupMember,
        (
            Field("group", Kind.GROUP, "group_id"),
            moment("at", "added_at"),
            staff("by_staff", "added_by"),
        ),
    ),
    Section(
        "sendings",
        SendingRecipient,
        (moment("at", "handled_at"), word("state", "own_data.sending.")),
        left_out=("reason",),
    ),
    Section(
        "dates",
        CitizenDate,
        (
            word("what", "own_data.date.", "kind"),
            day("day"),
            staff("by_staff", "set_by"),
            moment("at", "set_at"),
        ),
    ),
    Section(
        "meetings",
        Meeting,
        (
            moment("at", "starts_at"),
            number("minutes"),
            word("way", "own_data.way."),
            text("place"),
            text("note"),
            text("interpreter"),
            moment("interpreter_asked_at"),
            moment("move_asked_at"),
            moment("cancelled_at"),
            staff("by_staff", "made_by"),
        ),
        left_out=("has_time", "changes", "made_at"),
    ),
    Section("planned", ScheduleOccurrence, (moment("at", "planned_at"),), left_out=("occurrence",)),
    Section(
        "requests",
        DataRequest,
        (
            word("what", "own_data.request.", "kind"),
            text("words"),
            moment("at", "asked_at"),
            day("due_on"),
            moment("withdrawn_at"),
            moment("answered_at"),
            staff("by_staff", "answered_by"),
            word("outcome", "own_data.outcome."),
            text("answer"),
        ),
    ),
    Section(
        "seen",
        AuditEvent,
        (day("day", "at"), staff("by_staff", "staff_id"), word("did", "own_data.did.", "action")),
        left_out=("subject", "request_id"),
    ),
)

PART_OF: Mapping[Row, str] = {Answer: "answers"}
"""Tables whose rows are told with those of a section."""

UNSEEN: Mapping[Row, str] = {
    Link: "a keyed hash: the token itself is never stored, and the invitation is told",
    Measurement: "joins her answers and her caseworker's, which are both told, with their days",
    ThreadPresence: "the last time somebody had her thread open: 'seen' tells of every time",
}
"""Tables about a citizen that she is not shown row by row, and why. They go when she is erased."""

STAYS: Mapping[Row, str] = {AuditEvent: "rights.stays.audit", DataRequest: "rights.stays.request"}
"""What an erasure leaves, cut off from her: the text says why. All else goes."""

BY_NAME: Mapping[str, Section] = {each.name: each for each in SECTIONS}
