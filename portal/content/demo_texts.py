"""What the demo's translators have done: a Danish of their own, a draft, a question with its answer, approvals."""

WRITER, APPROVER = "nadia@aakoebing.example", "hawa@aakoebing.example"

OWN_DANISH = ("letter.call", "Har du spørgsmål? Så ring til os på {phone}. Vi hjælper gerne.")
"""Its translations are stale by it: the work list has something to begin with."""
DRAFT = ("so", "goals.home_text", "Waxa aad rabto inaad gaarto, yar ama weyn")
"""A longer wording than the Danish asks for: something for the approver to see."""
APPROVED = ("so", ("sms.new_message", "sms.invitation"))
ASKED = (
    "ti",
    "sms.new_message",
    "Skal det være du til én, eller den høflige form? De andre SMS bruger begge.",
)
ANSWER = "Brug du til én i alle SMS. Jeg retter de andre, så de passer."
TRIED = ("da", "form.progression_citizen", 6, "To gik i stå ved »tilfreds«. De andre svarede uden hjælp.")
TRIED_DAYS_AGO = 35
