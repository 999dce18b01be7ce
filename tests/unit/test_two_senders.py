"""A link only under the name, which nobody is asked to answer; a conversation on the number, without a link."""

import pytest

from messaging.two_senders import Broken, broken_rule

NAME, NUMBER = "Aakoebing", "+4510900900"


@pytest.mark.parametrize("sender", [NUMBER, "4510900900", "1231", "whatsapp:+4510900900"])
def test_a_number_carries_no_link(sender: str) -> None:
    assert broken_rule(sender, "Se https://svar.aakoebing.dk/ab") is Broken.LINK_FROM_NUMBER
    assert broken_rule(sender, "Se jobnet.dk") is Broken.LINK_FROM_NUMBER
    assert broken_rule(sender, "Vi ses kl. 10. Skriv STOP, hvis du ikke vil have SMS") is None


@pytest.mark.parametrize("sender", [NAME, "Job112", "1Kommune"])
def test_a_name_carries_a_link(sender: str) -> None:
    assert broken_rule(sender, "Se dem, når det passer dig: https://svar.aakoebing.dk/ab") is None


@pytest.mark.parametrize(
    "text",
    ["Svar JA eller NEJ", "Svar 1 til 5", "Svar på denne SMS", "Skriv tilbage, når du ved det", "Skriv STOP",
     "Reply YES or NO", "Reply to this SMS", "Text back", "Odpisz TAK", "Напишіть ТАК", "EVET yazın",
     "Răspunde cu DA", "ku jawaab haa", "أجب بنعم", "به این پیامک پاسخ دهید", "እወ ጽሓፍ"],
)  # fmt: skip
def test_a_name_that_cannot_be_answered_asks_for_no_answer(text: str) -> None:
    assert broken_rule(NAME, f"Hej Mette. {text}. Hilsen Lone") is Broken.REPLY_TO_NAME
    assert broken_rule(NUMBER, f"Hej Mette. {text}. Hilsen Lone") is None


@pytest.mark.parametrize(
    "text",
    ["Der er svar til dig fra Lone", "Du kan stadig svare på spørgsmålene", "Vi starter kl. 9 og stopper kl. 12",
     "You can still answer the questions", "There is an answer for you"],
)  # fmt: skip
def test_words_about_answers_are_no_request_for_one(text: str) -> None:
    assert broken_rule(NAME, text) is None
