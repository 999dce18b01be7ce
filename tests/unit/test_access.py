import pytest

from portal.domain.access import Resource, Role, Scope, allowed, scope

STAFF = {Role.CASEWORKER, Role.MANAGER, Role.TRANSLATOR, Role.APPROVER, Role.ADMINISTRATOR}
ABOUT_A_CITIZEN = {
    Resource.ANSWER_FORM,
    Resource.OWN_HISTORY,
    Resource.OWN_THREAD,
    Resource.OWN_PROGRESSION,
    Resource.OWN_DATA,
    Resource.OWN_EXPORT,
    Resource.CHANGE_NUMBER,
    Resource.OWN_DIARY,
    Resource.OWN_GOALS,
    Resource.UNBIND_MITID,
    Resource.CITIZEN_CARD,
    Resource.ADD_CITIZEN,
    Resource.MOVE_CITIZEN,
    Resource.CITIZEN_THREAD,
    Resource.SEND_QUESTIONNAIRE,
    Resource.CHECK_INS,
    Resource.GROUPS,
    Resource.SENDINGS,
    Resource.CASEWORKER_ANSWERS,
    Resource.SET_PIN,
    Resource.CITIZEN_LIST,
}


def reached_by(role: Role) -> set[Resource]:
    return {resource for resource in Resource if allowed(role, resource)}


def test_a_link_reaches_its_own_form_and_nothing_else() -> None:
    assert reached_by(Role.CITIZEN_LINK) == {Resource.ANSWER_FORM}
    assert scope(Role.CITIZEN_LINK, Resource.ANSWER_FORM) is Scope.OWN_FORM


def test_a_pin_opens_the_citizens_own_history_thread_and_progression() -> None:
    assert reached_by(Role.CITIZEN_PIN) == {
        Resource.ANSWER_FORM,
        Resource.OWN_HISTORY,
        Resource.OWN_THREAD,
        Resource.OWN_PROGRESSION,
        Resource.OWN_DIARY,
        Resource.OWN_GOALS,
        Resource.OWN_DATA,
    }


def test_mitid_opens_what_the_pin_does_and_what_must_not_be_done_by_who_has_her_phone() -> None:
    more = reached_by(Role.CITIZEN_MITID) - reached_by(Role.CITIZEN_PIN)
    assert reached_by(Role.CITIZEN_PIN) < reached_by(Role.CITIZEN_MITID)
    assert more == {Resource.OWN_EXPORT, Resource.CHANGE_NUMBER, Resource.UNBIND_MITID}


@pytest.mark.parametrize("role", [Role.CITIZEN_PIN, Role.CITIZEN_MITID])
def test_a_citizen_never_reaches_beyond_themselves(role: Role) -> None:
    assert {scope(role, resource) for resource in reached_by(role)} == {Scope.SELF}


@pytest.mark.parametrize(
    "resource", [r for r in Resource if r in ABOUT_A_CITIZEN or r is Resource.STATUS_TABLE]
)
def test_a_caseworker_reaches_citizens_of_the_own_team_only(resource: Resource) -> None:
    assert scope(Role.CASEWORKER, resource) in {Scope.TEAM, None}


def test_a_caseworker_can_do_the_days_work_with_a_citizen() -> None:
    assert reached_by(Role.CASEWORKER) >= {
        Resource.CITIZEN_CARD,
        Resource.CITIZEN_THREAD,
        Resource.SEND_QUESTIONNAIRE,
        Resource.CASEWORKER_ANSWERS,
        Resource.SET_PIN,
        Resource.CITIZEN_LIST,
    }


def test_a_caseworker_never_uses_the_citizens_own_doors() -> None:
    own = reached_by(Role.CITIZEN_MITID)
    assert not reached_by(Role.CASEWORKER) & own


def test_a_manager_sees_the_municipality_but_neither_threads_nor_answers() -> None:
    assert reached_by(Role.MANAGER) & ABOUT_A_CITIZEN == {Resource.CITIZEN_LIST}
    for resource in (Resource.STATUS_TABLE, Resource.CITIZEN_LIST, Resource.RESPONSE_RATES):
        assert scope(Role.MANAGER, resource) is Scope.MUNICIPALITY


@pytest.mark.parametrize("role", [Role.TRANSLATOR, Role.APPROVER, Role.ADMINISTRATOR])
def test_translators_and_administrators_never_reach_a_citizen(role: Role) -> None:
    assert not reached_by(role) & (ABOUT_A_CITIZEN | {Resource.STATUS_TABLE, Resource.RESPONSE_RATES})


def test_a_translator_reaches_texts_and_may_look_at_questionnaires() -> None:
    expected = {Resource.TEXTS, Resource.QUESTIONNAIRES_VIEW, Resource.OWN_ACCOUNT}
    assert reached_by(Role.TRANSLATOR) == expected


def test_only_an_approver_stands_for_a_text() -> None:
    assert reached_by(Role.APPROVER) == reached_by(Role.TRANSLATOR) | {Resource.APPROVE_TEXTS}
    assert {role for role in Role if Resource.APPROVE_TEXTS in reached_by(role)} == {Role.APPROVER}


@pytest.mark.parametrize(
    "resource",
    [
        Resource.STAFF_ACCOUNTS,
        Resource.OPENING_HOURS,
        Resource.SMS_SETTINGS,
        Resource.AUDIT_LOG,
        Resource.QUESTIONNAIRES_IMPORT,
    ],
)
def test_only_an_administrator_runs_the_house(resource: Resource) -> None:
    assert {role for role in Role if allowed(role, resource)} == {Role.ADMINISTRATOR}


@pytest.mark.parametrize("role", [role for role in Role if role in STAFF])
def test_every_member_of_staff_reaches_their_own_account_alone(role: Role) -> None:
    assert scope(role, Resource.OWN_ACCOUNT) is Scope.SELF


@pytest.mark.parametrize("resource", Resource)
def test_every_resource_is_reached_by_somebody(resource: Resource) -> None:
    assert any(allowed(role, resource) for role in Role)


def test_requests_about_data_are_the_teams_and_the_administrators_and_only_the_latter_erases() -> None:
    assert scope(Role.CASEWORKER, Resource.DATA_REQUESTS) is Scope.TEAM
    assert scope(Role.ADMINISTRATOR, Resource.DATA_REQUESTS) is Scope.MUNICIPALITY
    assert {role for role in Role if allowed(role, Resource.ERASE_CITIZEN)} == {Role.ADMINISTRATOR}
