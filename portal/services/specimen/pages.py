"""The pages that there are to look at: each a real address of the product, opened by somebody of the sample town."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from portal.content import specimen_words as words
from portal.domain.files import FileRefusal

MITID = "mitid-of-the-sample-town"
"""The broker's name for the one who has bound hers."""


class Who(StrEnum):
    """Who opens it; the names are those of `people.People`."""

    KNOWN = "known"
    NEW = "new"
    STOPPED = "stopped"
    RISING = "rising"
    READER = "reader"
    WALKER = "walker"
    LOCKED = "locked"
    SELDOM = "seldom"
    NOBODY = "nobody"
    BY_LINK = "by_link"
    """Who has opened the link of this form, and may see nothing else."""
    CASEWORKER = "caseworker"
    """Of the sample town: for what citizens get on paper."""


class Besides(StrEnum):
    """How the town differs while a page is shown, where no row can tell."""

    NO_MITID = "no_mitid"
    MANY_TOWNS = "many_towns"
    """Who comes may belong to any of them."""
    A_GAP = "a_gap"
    """A text has no translation yet."""
    READ_ALOUD = "read_aloud"
    """People have recorded the questions of the form that is followed."""


@dataclass(frozen=True)
class SpecimenPage:
    """``name`` stands in our addresses, and names the page in the catalogs (``specimen.page.<name>``); ``{}`` in an
    address is filled from `Town.names`. ``posted``: what is sent there first. ``with_mitid``: she came in that way.
    ``kept``: what her browser holds besides. ``change``: a statement that makes the page's own copy of the town so."""

    name: str
    address: str
    who: Who = Who.KNOWN
    posted: Mapping[str, str] | None = None
    with_mitid: bool = False
    kept: Mapping[str, str] = field(default_factory=dict)
    change: str = ""
    besides: Besides | None = None


def _of(who: Who, *pages: tuple[str, str]) -> tuple[SpecimenPage, ...]:
    return tuple(SpecimenPage(name, address, who) for name, address in pages)


def _posted(name: str, address: str, who: Who = Who.KNOWN, **posted: str) -> SpecimenPage:
    return SpecimenPage(name, address, who, posted)


TOO_LATE = {"csrf_token": "of a session that has ended"}
WAY_IN = (
    *_of(
        Who.NEW,
        ("invitation", "/{link.open}"),
    ),
    *_of(
        Who.NOBODY,
        ("invitation_begun", "/{link.going_on}"),
        ("link_used", "/{link.used}"),
        ("link_expired", "/{link.expired}"),
        ("link_revoked", "/{link.revoked}"),
        ("link_unknown", "/{link.unknown}"),
        ("way_back", "/svar"),
        ("sign_in", "/kode"),
        ("letter", "/kode/brev"),
        ("mitid", "/mitid"),
        ("mitid_goodbye", "/mitid/farvel"),
        ("mitid_all_out", "/mitid/ude"),
        ("mitid_declined", "/mitid/retur?hvorfor=declined"),
        ("mitid_stale", "/mitid/retur?hvorfor=stale"),
        ("mitid_level", "/mitid/retur?hvorfor=level"),
        ("mitid_down", "/mitid/retur?hvorfor=down"),
        ("mitid_refused", "/mitid/retur?hvorfor=refused"),
        ("is_it_real", "/aegte"),
        ("privacy", "/privatliv"),
        ("accessibility", "/tilgaengelighed"),
        ("display", "/visning"),
    ),
    SpecimenPage("privacy_many", "/privatliv", Who.NOBODY, besides=Besides.MANY_TOWNS),
    SpecimenPage(
        "accessibility_new",
        "/tilgaengelighed",
        Who.NOBODY,
        change="UPDATE rights_settings SET reviewed_on=NULL",
    ),
    SpecimenPage("display_saved", "/visning?gemt=1", Who.NOBODY),
    _posted("link_sent", "/{link.expired}/nyt", Who.NOBODY),
    _posted("link_sent_used", "/{link.used}/nyt", Who.NOBODY),
    _posted("not_me", "/{link.open}/ikke-mig", Who.NOBODY),
    _posted("sign_in_wrong", "/kode", Who.NOBODY, code="{code.known}", pin="0000"),
    _posted("sign_in_locked", "/kode", Who.NOBODY, code="{code.locked}", pin="0000"),
    SpecimenPage("sign_in_late", "/kode", Who.NOBODY, TOO_LATE),
    SpecimenPage(
        "sign_in_kept", "/hjem/dagbog", Who.NOBODY, {**TOO_LATE, "hvis": "", "body": "Jeg gik en tur."}
    ),
    _posted("letter_locked", "/kode/brev", Who.NOBODY, code="{code.locked}", letter="AAAA AAAA"),
    _posted("letter_old", "/kode/brev", Who.NOBODY, code="{code.walker}", letter="ABCD EFGH"),
    _posted("letter_wrong", "/kode/brev", Who.NOBODY, code="{code.known}", letter="AAAA AAAA"),
    SpecimenPage("choose_pin", "/kode/ny", Who.KNOWN, kept={"choosing": "yes"}),
    SpecimenPage("choose_pin_simple", "/kode/ny", Who.KNOWN, {"pin": "1111"}, kept={"choosing": "yes"}),
    SpecimenPage("choose_pin_short", "/kode/ny", Who.KNOWN, {"pin": "12"}, kept={"choosing": "yes"}),
    SpecimenPage("choose_pin_letters", "/kode/ny", Who.KNOWN, {"pin": "abcd"}, kept={"choosing": "yes"}),
    SpecimenPage(
        "choose_pin_long", "/kode/ny", Who.KNOWN, {"pin": "1357924680135"}, kept={"choosing": "yes"}
    ),
    SpecimenPage(
        "mitid_bound",
        "/mitid/kobl",
        Who.NOBODY,
        {"code": "{code.new}", "secret": "2580"},
        kept={"arrived": "nobody"},
    ),
    SpecimenPage("mitid_bind", "/mitid/kobl", Who.NOBODY, kept={"arrived": "somebody"}),
    SpecimenPage("mitid_pages", "/mitid/vaelg", Who.NOBODY, kept={"arrived": "known"}),
    SpecimenPage(
        "mitid_taken_subject",
        "/mitid/kobl",
        Who.NOBODY,
        {"code": "{code.new}", "secret": "2580"},
        kept={"arrived": "known"},
    ),
    SpecimenPage(
        "mitid_taken_citizen",
        "/mitid/kobl",
        Who.NOBODY,
        {"code": "{code.known}", "secret": "2580"},
        kept={"arrived": "somebody"},
    ),
)
FORM = (
    SpecimenPage("question", "/svar/{begun}/2"),
    _posted("question_refused", "/svar/{begun}/2"),
    *(
        SpecimenPage(f"answer_{name}", f"/svar/{{sample}}/{number}", Who.KNOWN, {name: value})
        for number, name, value in (
            *((1, "date", "i går"), (2, "number", "mange"), (3, "range", "99"), (4, "words", "a" * 10_001)),
            *((5, "choice", "noget andet"), (6, "rule", "1"), (6, "strange", "1")),
        )
    ),
    SpecimenPage("answer_last", "/svar/{sample}/6"),
    SpecimenPage("question_recorded", "/svar/{begun}/2", besides=Besides.READ_ALOUD),
    _posted("question_overtaken", "/svar/{begun}/1?ventede=1", health_coping="5"),
    _posted("question_signed_out", "/svar/{sample}/4", Who.NOBODY, words=words.LONG),
    SpecimenPage("invitation_danish", "/{link.danish}", Who.NOBODY),
    SpecimenPage("receipt", "/svar/{sent}/tak"),
    SpecimenPage("receipt_by_link", "/svar/{sent}/tak", Who.BY_LINK),
    SpecimenPage("receipt_written", "/svar/{sent}/tak?skrevet=1&hjalp=1"),
    _posted("receipt_refused", "/svar/{sent}/skriv"),
    _posted("receipt_long", "/svar/{sent}/skriv", body="a" * 5001),
)
HOME = (
    SpecimenPage("home", "/hjem"),
    SpecimenPage("home_new", "/hjem", Who.NEW),
    SpecimenPage("home_quiet", "/hjem", Who.STOPPED),
    SpecimenPage("home_news", "/hjem", Who.WALKER),
    SpecimenPage("home_meeting", "/hjem", Who.RISING),
    SpecimenPage("home_many", "/hjem", Who.READER),
    SpecimenPage("home_gap", "/hjem", besides=Besides.A_GAP),
    SpecimenPage("answered", "/hjem/svar"),
    SpecimenPage("answered_none", "/hjem/svar", Who.NEW),
    SpecimenPage("own_answers", "/hjem/svar/{sent}"),
    SpecimenPage(
        "own_answers_blank", "/hjem/svar/{sent}", change="UPDATE answers SET value='', missing=NULL"
    ),
    *(
        SpecimenPage(f"own_answers_{mode}", f"/hjem/svar/{{sent_{mode}}}", Who.LOCKED)
        for mode in ("phone", "meeting", "paper")
    ),
    SpecimenPage("progression", "/hjem/udvikling"),
    SpecimenPage("progression_none", "/hjem/udvikling", Who.NEW),
    SpecimenPage("progression_first", "/hjem/udvikling", Who.READER),
    SpecimenPage("progression_apart", "/hjem/udvikling", Who.WALKER),
    SpecimenPage("progression_rising", "/hjem/udvikling", Who.RISING),
    SpecimenPage("progression_harder", "/hjem/udvikling", Who.STOPPED),
    SpecimenPage("progression_mixed", "/hjem/udvikling", Who.SELDOM),
    SpecimenPage("progression_languages", "/hjem/udvikling", Who.LOCKED),
    SpecimenPage("thread", "/hjem/samtale"),
    SpecimenPage("thread_empty", "/hjem/samtale", Who.RISING),
    SpecimenPage("thread_events", "/hjem/samtale", Who.WALKER),
    SpecimenPage("thread_reasons", "/hjem/samtale", Who.LOCKED),
    SpecimenPage("thread_stopped", "/hjem/samtale", Who.STOPPED),
    SpecimenPage("thread_late", "/hjem/samtale", Who.SELDOM),
    *(
        _posted(f"thread_file_{refusal}", f"/samtale-i-byen/{refusal}", uden_filer="1")
        for refusal in FileRefusal
    ),
    _posted("thread_refused", "/hjem/samtale", body=""),
    _posted("thread_long", "/hjem/samtale", body="a" * 5001),
    SpecimenPage("meetings", "/hjem/moeder"),
    SpecimenPage("meetings_none", "/hjem/moeder", Who.NEW),
    SpecimenPage("meetings_agenda", "/hjem/moeder", Who.SELDOM),
    SpecimenPage("meeting_calendar", "/hjem/moeder/{meeting}/kalender.ics"),
    SpecimenPage("meeting_move", "/hjem/moeder/{meeting}/flyt"),
    _posted("meeting_move_asked", "/hjem/moeder/{meeting}/flyt", words="Helst om tirsdagen."),
    SpecimenPage("meeting_interpreter", "/hjem/moeder/{meeting}/tolk"),
    SpecimenPage("meeting_interpreter_there", "/hjem/moeder/{meeting_with_interpreter}/tolk"),
    _posted("meeting_move_long", "/hjem/moeder/{meeting}/flyt", words="a" * 5001),
    _posted("meeting_interpreter_asked", "/hjem/moeder/{meeting}/tolk", language="ar"),
    _posted("meeting_interpreter_none", "/hjem/moeder/{meeting}/tolk", language=""),
    SpecimenPage("meeting_gone", "/hjem/moeder/9999/flyt"),
    SpecimenPage("diary", "/hjem/dagbog"),
    SpecimenPage("diary_none", "/hjem/dagbog", Who.NEW),
    SpecimenPage("diary_many", "/hjem/dagbog", Who.SELDOM),
    *(
        SpecimenPage(f"diary_{said}", f"/hjem/dagbog?sagt={said}")
        for said in ("gemt", "rettet", "delt", "taget", "tilbage", "vaek")
    ),
    _posted("diary_refused", "/hjem/dagbog", body=""),
    _posted("diary_long", "/hjem/dagbog", body="a" * 6000),
    _posted("diary_in_need", "/hjem/dagbog", body="Jeg vil ikke leve mere."),
    _posted("diary_gone", "/hjem/dagbog/9999", body="Jeg gik en tur."),
    SpecimenPage("diary_note", "/hjem/dagbog/{note}"),
    SpecimenPage("diary_note_shared", "/hjem/dagbog/{shared_note}"),
    SpecimenPage("diary_share", "/hjem/dagbog/{note}/del"),
    SpecimenPage("goals", "/hjem/maal"),
    SpecimenPage("goals_none", "/hjem/maal", Who.NEW),
    SpecimenPage("goals_many", "/hjem/maal", Who.SELDOM),
    *(
        SpecimenPage(f"goals_{said}", f"/hjem/maal?sagt={said}")
        for said in ("gemt", "rettet", "reach", "not_reached", "put_away", "take_out", "slettet", "full")
    ),
    _posted("goals_refused", "/hjem/maal", body=""),
    _posted("goals_unsaid", "/hjem/maal", body="Jeg vil lære at svømme."),
    _posted("goal_gone", "/hjem/maal/9999", body="Jeg vil lære at svømme.", who_sees="me"),
    SpecimenPage("goal", "/hjem/maal/{goal}"),
)
WISHES = (
    SpecimenPage("contact", "/hjem/kontakt"),
    SpecimenPage("contact_stopped", "/hjem/kontakt", Who.STOPPED),
    *(
        SpecimenPage(f"contact_{name}", f"/hjem/kontakt/{wish}")
        for name, wish in (
            *(
                ("language", "sprog"),
                ("cap", "antal"),
                ("hours", "tid"),
                ("days", "dage"),
                ("word", "ord"),
                ("aloud", "hoejt"),
            ),
        )
    ),
    _posted("contact_language_chosen", "/hjem/kontakt/sprog", value="{locale}"),
    _posted("contact_days_none", "/hjem/kontakt/dage", Who.SELDOM, value="-2"),
    _posted("contact_cap_chosen", "/hjem/kontakt/antal", value="1"),
    _posted("contact_hours_chosen", "/hjem/kontakt/tid", value="morning"),
    _posted("contact_days_chosen", "/hjem/kontakt/dage", value="-2"),
    _posted("contact_word_chosen", "/hjem/kontakt/ord", value="solsikke"),
    _posted("contact_word_none", "/hjem/kontakt/ord", value=""),
    _posted("contact_word_long", "/hjem/kontakt/ord", value="en lang sætning, som ikke er et ord"),
    _posted("contact_word_signs", "/hjem/kontakt/ord", value="<!!>"),
    _posted("contact_refused", "/hjem/kontakt/antal", value=""),
    SpecimenPage("sms_wish", "/hjem/kontakt/sms"),
    SpecimenPage("sms_wish_stopped", "/hjem/kontakt/sms", Who.STOPPED),
    _posted("sms_stopped", "/hjem/kontakt/sms/stop"),
    _posted("sms_started", "/hjem/kontakt/sms/start", Who.STOPPED),
    SpecimenPage("own_number", "/hjem/nummer", with_mitid=True),
    SpecimenPage("own_number_needs_mitid", "/hjem/nummer"),
    SpecimenPage("own_number_stopped", "/hjem/nummer", Who.STOPPED, with_mitid=True),
    *(
        SpecimenPage(f"own_number_{name}", "/hjem/nummer", posted={"phone": phone}, with_mitid=True)
        for name, phone in (("wrong", "12"), ("same", "+4510200001"), ("code", "+4520123456"))
    ),
    SpecimenPage("own_number_no_sms", "/hjem/nummer", posted={"phone": "{phone.stopped}"}, with_mitid=True),
    SpecimenPage(
        "own_number_many",
        "/hjem/nummer",
        Who.SELDOM,
        {"phone": "+4520123456"},
        with_mitid=True,
        change="UPDATE citizens SET opted_out_at=NULL",
    ),
    SpecimenPage("own_number_no_mitid", "/hjem/nummer", besides=Besides.NO_MITID),
    SpecimenPage(
        "own_number_changed", "/hjem/nummer/kode", Who.RISING, {"code": "{number_code}"}, with_mitid=True
    ),
    SpecimenPage(
        "own_number_code_wrong", "/hjem/nummer/kode", Who.RISING, {"code": "000000"}, with_mitid=True
    ),
    SpecimenPage("own_number_code_old", "/hjem/nummer/kode", posted={"code": "000000"}, with_mitid=True),
    SpecimenPage("binding", "/hjem/mitid"),
    SpecimenPage("binding_level", "/hjem/mitid", with_mitid=True),
    SpecimenPage("binding_none", "/hjem/mitid", Who.NEW),
    SpecimenPage("binding_undone", "/hjem/mitid/fra", posted={}, with_mitid=True),
)
SECTIONS = (
    *("person", "answers", "scores", "messages", "files", "diary", "goals", "invitations", "number_changes"),
    *("meetings", "requests"),
)
OWN_DATA = (
    SpecimenPage("own_data", "/hjem/mine-data"),
    SpecimenPage("own_data_copy", "/hjem/mine-data", with_mitid=True),
    SpecimenPage("own_data_seen", "/hjem/mine-data/hvem"),
    SpecimenPage("own_data_bound", "/hjem/mine-data/emne/mitid"),
    SpecimenPage("own_data_seen_none", "/hjem/mine-data/hvem", Who.NEW),
    SpecimenPage("own_data_seen_long", "/hjem/mine-data/hvem", Who.SELDOM),
    SpecimenPage("own_data_ask", "/hjem/mine-data/anmodning"),
    _posted("own_data_ask_many", "/hjem/mine-data/anmodning", Who.SELDOM, kind="erasure", words="Slet alt."),
    _posted("own_data_asked", "/hjem/mine-data/anmodning", Who.NEW, kind="correction", words="Ret mit navn."),
    _posted("own_data_ask_empty", "/hjem/mine-data/anmodning", Who.NEW, kind="correction", words=""),
    _posted("own_data_ask_long", "/hjem/mine-data/anmodning", Who.NEW, kind="erasure", words="a" * 5001),
    _posted("own_data_ask_back", "/hjem/mine-data/anmodning/{request}/fortryd"),
    _posted("own_data_ask_no_kind", "/hjem/mine-data/anmodning", Who.NEW, words="Ret mit navn."),
    SpecimenPage("own_data_file", "/hjem/mine-data/kopi", posted={"form": "html"}, with_mitid=True),
    SpecimenPage("own_data_file_all", "/hjem/mine-data/kopi", Who.SELDOM, {"form": "html"}, with_mitid=True),
    *(SpecimenPage(f"own_data_{name}", f"/hjem/mine-data/emne/{name}") for name in SECTIONS),
    SpecimenPage("own_data_answers_typed", "/hjem/mine-data/emne/answers", Who.LOCKED),
    SpecimenPage("own_data_files_there", "/hjem/mine-data/emne/files", Who.SELDOM),
    *(
        SpecimenPage(
            f"own_data_person_{hours}",
            "/hjem/mine-data/emne/person",
            change=f"UPDATE citizens SET sms_hours='{hours}', standing='{standing}'",  # noqa: S608 — ours
        )
        for hours, standing in (("all_day", "exempt"), ("midday", "dropped_out"), ("afternoon", "active"))
    ),
)
ERRORS = tuple(
    SpecimenPage(f"error_{kind}", f"/fejl/{code}", Who.NOBODY)
    for kind, code in (
        *(("bad_request", 400), ("signed_out", 401), ("forbidden", 403), ("not_found", 404), ("method", 405)),
        *(
            ("expired", 419),
            ("gone", 410),
            ("too_large", 413),
            ("too_many", 429),
            ("server", 500),
            ("unavailable", 503),
        ),
    )
)
OTHERS = (
    SpecimenPage("sms", "/sms-i-byen", Who.NOBODY),
    SpecimenPage("glossary", "/ordliste", Who.NOBODY),
    SpecimenPage("letter_on_paper", "/borgere/{id.known}/brevkode", Who.CASEWORKER, {}),
    SpecimenPage("form_on_paper", "/borgere/{id.known}/papir/{paper}", Who.CASEWORKER),
)
GROUPS: Mapping[str, tuple[SpecimenPage, ...]] = {
    "way_in": WAY_IN,
    "form": FORM,
    "home": HOME,
    "wishes": WISHES,
    "own_data": OWN_DATA,
    "others": OTHERS,
    "errors": ERRORS,
}
"""For the index of pages; the names are ``specimen.group.<name>`` in the catalogs."""
PAGES: Mapping[str, SpecimenPage] = {page.name: page for pages in GROUPS.values() for page in pages}
