"""Who may reach what, and how far: one table, and nothing is allowed that is not in it."""

from collections.abc import Mapping
from enum import Enum


class Role(Enum):
    CITIZEN_LINK = "citizen_link"
    CITIZEN_PIN = "citizen_pin"
    CITIZEN_MITID = "citizen_mitid"
    CASEWORKER = "caseworker"
    MANAGER = "manager"
    TRANSLATOR = "translator"
    APPROVER = "approver"
    ADMINISTRATOR = "administrator"


class Resource(Enum):
    ANSWER_FORM = "answer_form"
    OWN_HISTORY = "own_history"
    OWN_THREAD = "own_thread"
    OWN_PROGRESSION = "own_progression"
    OWN_DATA = "own_data"
    OWN_EXPORT = "own_export"
    CHANGE_NUMBER = "change_number"
    OWN_DIARY = "own_diary"
    OWN_GOALS = "own_goals"
    UNBIND_MITID = "unbind_mitid"
    CITIZEN_CARD = "citizen_card"
    ADD_CITIZEN = "add_citizen"
    MOVE_CITIZEN = "move_citizen"
    CITIZEN_THREAD = "citizen_thread"
    UNPLACED_SMS = "unplaced_sms"
    SEND_QUESTIONNAIRE = "send_questionnaire"
    CHECK_INS = "check_ins"
    GROUPS = "groups"
    SENDINGS = "sendings"
    REMINDER_SCHEDULES = "reminder_schedules"
    CASEWORKER_ANSWERS = "caseworker_answers"
    ENTER_ANSWERS = "enter_answers"
    SET_PIN = "set_pin"
    STATUS_TABLE = "status_table"
    CITIZEN_LIST = "citizen_list"
    RESPONSE_RATES = "response_rates"
    TEXTS = "texts"
    APPROVE_TEXTS = "approve_texts"
    QUESTIONNAIRES_IMPORT = "questionnaires_import"
    QUESTIONNAIRES_VIEW = "questionnaires_view"
    STAFF_ACCOUNTS = "staff_accounts"
    TEAMS = "teams"
    AUDIT_LOG = "audit_log"
    OWN_ACCOUNT = "own_account"
    OPENING_HOURS = "opening_hours"
    OWN_ABSENCE = "own_absence"
    SMS_SETTINGS = "sms_settings"
    APPEARANCE = "appearance"
    DATA_REQUESTS = "data_requests"
    ERASE_CITIZEN = "erase_citizen"
    RIGHTS_SETTINGS = "rights_settings"


class Scope(Enum):
    """How far a permission reaches; whoever reads the data must narrow the query to it."""

    OWN_FORM = "own_form"  # the one form that the link was made for
    SELF = "self"  # what belongs to the person who is signed in
    TEAM = "team"  # citizens of the caseworker's own team
    MUNICIPALITY = "municipality"


_BEHIND_THE_PIN = frozenset(
    {
        Resource.ANSWER_FORM,
        Resource.OWN_HISTORY,
        Resource.OWN_THREAD,
        Resource.OWN_PROGRESSION,
        Resource.OWN_DIARY,
        Resource.OWN_GOALS,
        Resource.OWN_DATA,
    }
)

_ACCESS: Mapping[Role, Mapping[Scope, frozenset[Resource]]] = {
    # Whoever holds the phone holds the link: it never shows anything older than its own form.
    Role.CITIZEN_LINK: {Scope.OWN_FORM: frozenset({Resource.ANSWER_FORM})},
    Role.CITIZEN_PIN: {Scope.SELF: _BEHIND_THE_PIN},
    # What leaves the house, and where our messages go: only who has proved a moment ago who she is.
    Role.CITIZEN_MITID: {
        Scope.SELF: _BEHIND_THE_PIN | {Resource.OWN_EXPORT, Resource.CHANGE_NUMBER, Resource.UNBIND_MITID}
    },
    Role.CASEWORKER: {
        Scope.TEAM: frozenset(
            {
                Resource.CITIZEN_CARD,
                Resource.ADD_CITIZEN,
                Resource.MOVE_CITIZEN,
                Resource.CITIZEN_THREAD,
                Resource.SEND_QUESTIONNAIRE,
                Resource.CHECK_INS,
                Resource.GROUPS,
                Resource.SENDINGS,
                Resource.REMINDER_SCHEDULES,
                Resource.CASEWORKER_ANSWERS,
                Resource.ENTER_ANSWERS,
                Resource.SET_PIN,
                Resource.STATUS_TABLE,
                Resource.CITIZEN_LIST,
                Resource.DATA_REQUESTS,
            }
        ),
        # Nobody knows whose they are, so no team can be asked first.
        Scope.MUNICIPALITY: frozenset({Resource.QUESTIONNAIRES_VIEW, Resource.UNPLACED_SMS}),
        Scope.SELF: frozenset({Resource.OWN_ACCOUNT, Resource.OWN_ABSENCE}),
    },
    # A manager sees whose answers are old, never what anybody answered or wrote.
    Role.MANAGER: {
        Scope.MUNICIPALITY: frozenset(
            {Resource.STATUS_TABLE, Resource.CITIZEN_LIST, Resource.RESPONSE_RATES}
        ),
        Scope.SELF: frozenset({Resource.OWN_ACCOUNT}),
    },
    Role.TRANSLATOR: {
        Scope.MUNICIPALITY: frozenset({Resource.TEXTS, Resource.QUESTIONNAIRES_VIEW}),
        Scope.SELF: frozenset({Resource.OWN_ACCOUNT}),
    },
    # She stands for the texts of her language by name; who has only written them does not.
    Role.APPROVER: {
        Scope.MUNICIPALITY: frozenset({Resource.TEXTS, Resource.APPROVE_TEXTS, Resource.QUESTIONNAIRES_VIEW}),
        Scope.SELF: frozenset({Resource.OWN_ACCOUNT}),
    },
    Role.ADMINISTRATOR: {
        Scope.MUNICIPALITY: frozenset(
            {
                Resource.STAFF_ACCOUNTS,
                Resource.TEAMS,
                Resource.OPENING_HOURS,
                Resource.SMS_SETTINGS,
                Resource.APPEARANCE,
                Resource.AUDIT_LOG,
                # The one way in which an administrator reaches a citizen: she has asked, and the law sets a date.
                Resource.DATA_REQUESTS,
                Resource.ERASE_CITIZEN,
                Resource.RIGHTS_SETTINGS,
                Resource.QUESTIONNAIRES_IMPORT,
                Resource.QUESTIONNAIRES_VIEW,
                Resource.TEXTS,
            }
        ),
        Scope.SELF: frozenset({Resource.OWN_ACCOUNT}),
    },
}


def scope(role: Role, resource: Resource) -> Scope | None:
    """How far the role reaches the resource; None when it does not reach it at all."""
    for reach, resources in _ACCESS[role].items():
        if resource in resources:
            return reach
    return None


def allowed(role: Role, resource: Resource) -> bool:
    """Whether the role reaches the resource at all; `scope` says how far."""
    return scope(role, resource) is not None
