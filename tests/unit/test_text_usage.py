from portal.services.text_checks.lookups import Named
from portal.services.text_checks.usage import Usage, usage


def named(pattern: str, *, asked: bool = True) -> Named:
    return Named("portal/page.py:1", pattern, asked)


def test_a_key_that_is_named_whole_is_used() -> None:
    assert usage(["goals.title"], [named("goals.title", asked=False)], ()) == Usage((), ())


def test_a_key_that_nothing_names_is_unused() -> None:
    assert usage(["goals.old", "goals.title"], [named("goals.title")], ()).unused == ("goals.old",)


def test_a_pattern_names_the_keys_whose_words_the_product_knows() -> None:
    found = usage(["goals.step.first", "goals.step.gone"], [named("goals.step.*")], {"first"})
    assert found.unused == ("goals.step.gone",)


def test_a_word_put_in_may_be_empty_or_have_several_parts() -> None:
    keys = ["mitid.needs.title", "mitid.needs.pin.right-now.title"]
    assert usage(keys, [named("mitid.needs.*title")], {"pin", "right", "now"}).unused == ()


def test_keys_that_are_composed_are_left_alone() -> None:
    assert usage(["glossary.mentor.word", "sms.agenda_with_word"], [], ()).unused == ()


def test_a_look_up_without_a_text_is_told() -> None:
    for wrong in (named("goals.titel"), named("goals.stepp.*")):
        assert usage(["goals.title"], [named("goals.title"), wrong], ()).dangling == (wrong,)


def test_elsewhere_only_three_parts_are_a_key() -> None:
    view, key = named("goals.show_page", asked=False), named("goals.step.none", asked=False)
    assert usage(["goals.title"], [view, key], ()).dangling == (key,)


def test_how_keys_begin_may_be_told() -> None:
    assert usage(["thread.error.not_now"], [named("thread.error.n", asked=False)], ()).dangling == ()
