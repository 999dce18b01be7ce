from i18n.catalogs import Entry
from i18n.checks import GSM7, Code, Problem, check_catalogs, untranslated
from i18n.form_checks import Fault
from i18n.plain_language import Concern, Severity
from i18n.stamps import stamp
from i18n.texts import Catalogs


def problems(danish: dict[str, str], **others: dict[str, str]) -> list[Problem]:
    entries = {
        code: {
            key: Entry(key, (text,), made_from=stamp((danish.get(key, ""),))) for key, text in texts.items()
        }
        for code, texts in {"da": danish, **others}.items()
    }
    return list(check_catalogs(Catalogs(entries)))


def test_a_catalog_in_order_has_no_problems() -> None:
    assert problems({"citizen.a": "Hej {name}"}, uk={"citizen.a": "Вітаю {name}"}) == []


def test_an_empty_danish_text_is_an_error() -> None:
    assert problems({"citizen.a": " "}) == [Problem(Severity.ERROR, Code.EMPTY, "da", "citizen.a")]


def test_a_missing_translation_is_told_and_an_empty_one_too() -> None:
    missing = Problem(Severity.INFO, Code.MISSING, "uk", "citizen.a")
    assert problems({"citizen.a": "Hej"}, uk={}) == [missing]
    assert problems({"citizen.a": "Hej"}, uk={"citizen.a": ""}) == [missing]


def test_a_stale_translation_is_told_and_not_judged() -> None:
    danish = {"citizen.a": Entry("citizen.a", ("Hej {name}",))}
    stale = {"citizen.a": Entry("citizen.a", ("Hi",), stale=True)}
    assert check_catalogs(Catalogs({"da": danish, "en": stale})) == (
        Problem(Severity.INFO, Code.STALE, "en", "citizen.a"),
    )


def test_a_translation_must_say_which_danish_it_was_made_from() -> None:
    unstamped = Catalogs(
        {"da": {"staff.a": Entry("staff.a", ("Hej",))}, "en": {"staff.a": Entry("staff.a", ("Hi",))}}
    )
    assert check_catalogs(unstamped) == (Problem(Severity.ERROR, Code.UNSTAMPED, "en", "staff.a"),)


def test_what_citizens_meet_in_danish_only_is_told_for_each_language() -> None:
    danish = {key: Entry(key, ("Hej",)) for key in ("citizen.a", "citizen.b", "thread.staff.a", "staff.a")}
    english = {key: Entry(key, ("Hi",)) for key in ("citizen.a", "citizen.b", "thread.staff.a")}
    somali = {
        "citizen.a": Entry("citizen.a", ("Salaan",), stale=True),
        "citizen.b": Entry("citizen.b", ("Salaan",)),
    }
    catalogs = Catalogs({"da": danish, "en": english, "so": somali})
    assert untranslated(catalogs, "so") == (danish["citizen.a"],)


def test_a_translation_of_nothing_is_an_error() -> None:
    assert problems({}, uk={"citizen.old": "x"}) == [
        Problem(Severity.ERROR, Code.UNKNOWN_KEY, "uk", "citizen.old")
    ]


def test_a_form_that_does_not_fit_is_an_error() -> None:
    assert problems({"staff.a": "Hej {name}"}, uk={"staff.a": "Вітаю"}) == [
        Problem(Severity.ERROR, Fault.PLACEHOLDERS, "uk", "staff.a", "name")
    ]


def test_a_text_that_counts_must_count_in_every_language() -> None:
    danish = {"staff.a": Entry("staff.a", ("{n} dag", "{n} dage"), plural=True)}
    english = {"staff.a": Entry("staff.a", ("{n} days",), made_from=stamp(danish["staff.a"].forms))}
    [problem] = check_catalogs(Catalogs({"da": danish, "en": english}))
    assert problem.code == Code.PLURAL_OR_NOT


def test_a_danish_sms_should_keep_to_the_cheap_alphabet() -> None:
    assert problems({"sms.a": "Vi ses på rådhuset, æøåÆØÅ é"}) == []
    assert problems({"sms.a": "Vi ses – “snart”"}) == [
        Problem(Severity.WARNING, Code.NOT_GSM7, "da", "sms.a", "–“”")
    ]


def test_the_alphabet_is_the_one_the_messages_are_measured_by() -> None:
    from messaging.segments import BASIC, EXTENSION

    assert GSM7 == BASIC | EXTENSION


def test_a_threat_to_a_citizen_is_an_error_and_staff_may_read_the_word() -> None:
    threat = "Du mister din ydelse."
    for area in ("citizen", "sms", "errors"):
        [problem] = problems({f"{area}.a": threat})
        assert (problem.severity, problem.code, problem.detail) == (Severity.ERROR, Concern.THREAT, "mister")
    assert problems({"staff.a": threat}) == []


def test_the_confirmation_of_stop_may_say_that_duties_go_on() -> None:
    assert problems({"sms.stop_confirmation": "Dine pligter gælder stadig."}) == []


def test_lix_is_not_for_sms() -> None:
    assert problems({"sms.a": "Beskæftigelsesmedarbejderen kontakter borgeren. " * 8}) == []


def test_a_page_of_short_hard_texts_is_measured_as_a_whole() -> None:
    hard = {f"citizen.start.{i}": "Medarbejderen kontakter borgeren snart igen." for i in range(5)}
    [problem] = problems(hard)
    assert (problem.severity, problem.code, problem.key) == (
        Severity.ERROR,
        Concern.LIX_TOO_HIGH,
        "citizen.start",
    )
