"""Every text of a questionnaire has a key, and only its words can be changed by it."""

from __future__ import annotations

import pytest

from i18n.pseudo import MAKERS, lengthened
from portal.domain.form_texts import texts_of, with_languages, with_wordings
from portal.domain.questionnaires import Questionnaire, untranslated
from portal.services.publishing import shipped_forms

FORMS = {form.key: form for form in shipped_forms()}
CITIZEN = FORMS["progression_citizen"]


@pytest.mark.parametrize("form", FORMS.values(), ids=[*FORMS])
def test_every_danish_wording_has_a_key(form: Questionnaire) -> None:
    stripped = with_wordings(form, {key: {"xx": "x"} for key in texts_of(form)})
    assert untranslated(stripped, "xx") == ()


@pytest.mark.parametrize("form", FORMS.values(), ids=[*FORMS])
def test_the_same_wordings_give_the_same_form(form: Questionnaire) -> None:
    assert with_wordings(form, {key: text.texts for key, text in texts_of(form).items()}) == form


def test_a_label_of_a_scale_is_changed_in_every_question_that_has_the_scale() -> None:
    texts = texts_of(CITIZEN)
    key, text = next((key, text) for key, text in texts.items() if text.scale)
    old, name = text.source, key.rpartition(".")[2]
    sharing = [each.name for each in CITIZEN.questions.values() if _label(each.choices, name) == old]
    changed = with_wordings(CITIZEN, {key: {"da": "Noget andet"}})
    assert len(sharing) > 1
    assert {_label(changed.questions[each].choices, name) for each in sharing} == {"Noget andet"}


def test_an_empty_wording_takes_the_text_of_that_language_away() -> None:
    key = f"form.{CITIZEN.key}.title"
    changed = with_wordings(CITIZEN, {key: {"en": ""}})
    assert "en" not in changed.titles
    assert changed.titles["da"] == CITIZEN.titles["da"]


@pytest.mark.parametrize("form", FORMS.values(), ids=[*FORMS])
def test_a_language_made_of_the_danish_is_whole(form: Questionnaire) -> None:
    made = with_languages(form, MAKERS)
    assert made.languages == (*form.languages, "da-XA", "da-XB")
    assert untranslated(made, "da-XA") == ()
    for key, text in texts_of(made).items():
        assert text.texts["da-XA"] == lengthened(text.source), key


def test_all_labels_of_a_scale_name_the_same_scale() -> None:
    scales = {text.scale for text in texts_of(CITIZEN).values() if text.scale}
    assert scales
    assert all(text.key.startswith(text.scale) for text in texts_of(CITIZEN).values())


def _label(choices: tuple, name: str) -> str:  # type: ignore[type-arg]
    return next((choice.labels["da"] for choice in choices if choice.name == name), "")
