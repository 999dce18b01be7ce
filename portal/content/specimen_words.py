"""What the people of the sample town have written; all of it is invented."""

from __future__ import annotations

KNOWN, NEW, STOPPED, RISING = ("Mette", "Holm"), ("Amina", "Warsame"), ("Karsten", "Bro"), ("Olena", "Lis")
SELDOM = ("Sanne", "Lund")
CASEWORKER, COLLEAGUE, AWAY = "Lone Kjær", "Jonas Friis", "Birgit Dahl"
TEAM = "Team Åen"
KENDEORD = "lærke"
PIN = "2580"
EMAIL = "job@aakoebing.example"
DPO = "Ida Lykke, dpo@aakoebing.example"
STATEMENT = "https://www.was.digst.dk/aakoebing"
PLACE = "Rådhusgade 1, 2. sal, lokale 12"
NOTE = "Tag gerne dit CV med, hvis du har et."
FILE_NAME = "Praktikaftale.pdf"
PICTURE_NAME = "Cykel.jpg"

FREE_TEXT = "Jeg vil gerne prøve noget med planter."
LONG = f"{FREE_TEXT} " + " ".join(str(number**2) for number in range(900))
"""More than a cookie holds."""
SAID_BY_STAFF = (
    "Hej Mette. Tak for sidst. Jeg har talt med gartneriet om en praktik. Skal jeg skrive mere om det?",
    "Det er godt at høre. Vi taler om det på mødet.",
)
SAID_BY_HER = ("Ja tak. Jeg vil gerne høre om tiderne.",)
CHECK_IN = "Gik turen derhen godt?"
REPLIES = ("Ja tak", "Nej", "4", "Bussen kom for sent.")
SMS = "Hej Mette. Vi ses på onsdag."
REFUSAL = (
    "Kommunen har pligt til at gemme det, der hører til din sag, i fem år. Du kan klage til Datatilsynet."
)
CORRECTION = "Mit navn er stavet forkert."
NOTES = (
    "Jeg ringede selv til lægen.",
    "Jeg gik en tur om søen, selv om det regnede.",
    "Sofie sagde, at jeg lo mere i dag.",
)
GOALS = (
    "Jeg vil kunne gå en tur hver dag.",
    "Jeg vil prøve fire timer om ugen i en butik.",
    "Jeg vil turde sige nej.",
)
