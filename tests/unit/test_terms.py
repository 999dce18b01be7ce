from i18n.catalogs import Entry
from i18n.glossary import Glossary
from i18n.terms import Astray, Terms

DANISH = Glossary({"mentor": "mentor, mentoren"})


def terms(forms: str) -> Terms:
    return Terms(DANISH, {"glossary.mentor.forms": Entry("glossary.mentor.forms", (forms,))})


def test_a_translation_that_uses_the_glossarys_word_is_in_order() -> None:
    assert list(terms("mentor, mentorem").astray(("Din mentor ringer.",), ("Z mentorem.",))) == []


def test_a_term_in_another_word_is_found() -> None:
    found = list(terms("mentor, mentorem").astray(("Tal med mentoren.",), ("Porozmawiaj z opiekunem.",)))
    assert found == [Astray("mentor", "mentor, mentorem")]


def test_the_word_may_be_glued_to_others() -> None:
    assert list(terms("مرشد").astray(("Din mentor",), ("ومرشدك",))) == []
    assert list(terms("mentor").astray(("Din mentor",), ("MENTORUNUZ",))) == []


def test_a_text_without_the_term_says_what_it_likes() -> None:
    assert list(terms("mentor").astray(("Din ven",), ("Opiekun",))) == []


def test_a_word_that_the_language_does_not_explain_is_not_asked_for() -> None:
    assert list(Terms(DANISH, {}).astray(("Din mentor",), ("Opiekun",))) == []


def test_one_form_of_a_text_that_counts_is_enough() -> None:
    assert list(terms("mentor").astray(("{n} mentor",), ("jeden", "{n} mentor"))) == []
