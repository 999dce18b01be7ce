"""The people of Åkøbing, who do not exist: staff, citizens to try the product with, and names for the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

More = tuple[tuple[str, str, int], ...]
"""Stand and colour, as in `KnownCitizen`, and how many."""


@dataclass(frozen=True)
class DemoStaff:
    """``citizens``: how many a caseworker has. ``share``: which half (0, 1) of what can stand in the way of an
    answer she meets, two in a team meeting all of it; None: all. ``more``: what she meets besides."""

    name: str
    email: str
    role: str
    team: str | None = None
    citizens: int = 0
    share: int | None = None
    more: More = ()


@dataclass(frozen=True)
class KnownCitizen:
    """Somebody to sign in as; ``stand`` and ``colour`` are names of `services.demo.plans`."""

    first_name: str
    last_name: str
    language: str
    caseworker: str
    stand: str
    colour: str
    kendeord: str | None = None
    shape: str = "STEADY"


@dataclass(frozen=True)
class Names:
    """Written in Latin letters, as Danish registers write them. ``count``: how many citizens speak it."""

    count: int
    first: tuple[str, ...]
    last: tuple[str, ...]


MUNICIPALITY = "Åkøbing Kommune"
SLUG = "aakoebing"
OFFICE = "Job og Vejledning"
SMS_SENDER = "Aakoebing"
# Danish numbers never begin with 0 or 1, so none of these can ring.
OFFICE_PHONE = "+4510100100"
REPLY_NUMBER = "+4510900900"
STRANGERS_PHONE = "+4510355355"
NUMBER_BEFORE = "+4510366366"
"""Of the one who has changed her number herself."""
FIRST_PHONE = 4510200000

TEAMS = ("Team Åen", "Team Bakken")
SUPPLIER = "Værkstedet"

PASSWORD = "to aakander og en bro"  # noqa: S105 — known to all: the second factor is each installation's own
PIN = "2580"

BUSY: More = (("NOT_ASKED", "YELLOW", 4), ("NOT_ASKED", "RED", 3), ("NOT_OPENED", "RED", 2))
SHORT: More = (("HALF_MISSING", "YELLOW", 3), ("NOT_OPENED", "YELLOW", 2), ("DROPPED_OUT", "RED", 1))
STARTING: More = (
    *(("NEW", "GREY", 4), ("NOT_STARTED", "YELLOW", 2)),
    *(("EXEMPT", "WHITE", 2), ("DROPPED_OUT", "YELLOW", 1)),
)
"""Teams that are short of hands, and a supplier who has just begun: no two lines of the manager's table are alike."""

STAFF = (
    DemoStaff("Lone Kjær", "lone@aakoebing.example", "caseworker", "Team Åen", 44, 1),
    DemoStaff("Jonas Friis", "jonas@aakoebing.example", "caseworker", "Team Åen", 38, 0),
    DemoStaff("Samira Haddad", "samira@aakoebing.example", "caseworker", "Team Bakken", 42, 0, BUSY),
    DemoStaff("Per Lindgaard", "per@aakoebing.example", "caseworker", "Team Bakken", 36, 1, SHORT),
    DemoStaff("Birgit Toft", "birgit@aakoebing.example", "caseworker", SUPPLIER, 40, None, STARTING),
    DemoStaff("Karen Munk", "karen@aakoebing.example", "manager"),
    DemoStaff("Nadia Osman", "nadia@aakoebing.example", "translator"),
    DemoStaff("Hawa Warsame", "hawa@aakoebing.example", "approver"),
    DemoStaff("Søren Bach", "soeren@aakoebing.example", "administrator"),
)

AWAY = ("Per Lindgaard", "Samira Haddad")
"""Who is away, and who covers."""

KNOWN = (
    KnownCitizen("Mette", "Holm", "da", "lone@aakoebing.example", "NOT_ASKED", "YELLOW", "lærke", "RISING"),
    KnownCitizen("Ahmad", "Al-Masri", "ar", "lone@aakoebing.example", "NOT_OPENED", "YELLOW", "زيتون"),
    KnownCitizen(
        "Agnieszka", "Nowak", "pl", "jonas@aakoebing.example", "UP_TO_DATE", "WHITE", "bocian", "SMALL_UP"
    ),
    KnownCitizen("Selam", "Tesfay", "ti", "samira@aakoebing.example", "NOT_FINISHED", "YELLOW", "ዕምባባ"),
)

KENDEORD = (
    *("lærke", "bøgetræ", "kaffe", "havblik", "æblegren", "fyrtårn", "sommer", "brændenælde", "kastanje"),
    *("solsikke", "måge", "rugbrød", "blåbær", "gynge", "papegøje", "regnbue", "trekløver", "violin"),
)

NAMES: Mapping[str, Names] = {
    "da": Names(
        125,
        (
            *("Anders", "Anja", "Anne", "Bente", "Bo", "Brian", "Camilla", "Carsten", "Charlotte", "Christian"),
            *("Dorte", "Emil", "Emma", "Erik", "Flemming", "Gitte", "Hanne", "Helle", "Henrik", "Ida", "Inge"),
            *("Jan", "Jens", "Jeppe", "Jesper", "Karin", "Kasper", "Kim", "Kirsten", "Lars", "Laura", "Lene"),
            *("Lise", "Mads", "Maja", "Maria", "Martin", "Mie", "Mikkel", "Morten", "Niels", "Nina", "Ole"),
            *("Pia", "Rasmus", "Rikke", "Sara", "Simon", "Stine", "Susanne", "Thomas", "Tina", "Tobias", "Ulla"),
        ),
        (
            *("Andersen", "Bang", "Bech", "Bruun", "Christensen", "Dahl", "Damgaard", "Eriksen", "Frandsen"),
            *("Gade", "Hansen", "Holst", "Iversen", "Jensen", "Jessen", "Juhl", "Kjeldsen", "Kristensen"),
            *("Lauridsen", "Lund", "Madsen", "Mikkelsen", "Mortensen", "Nielsen", "Nørgaard", "Olsen"),
            *("Overgaard", "Petersen", "Poulsen", "Rasmussen", "Schmidt", "Skov", "Søndergaard", "Thomsen"),
            *("Vestergaard", "Winther", "Østergaard"),
        ),
    ),
    "en": Names(
        9, ("Grace", "John", "Mary", "Samuel", "Blessing"), ("Mensah", "Okafor", "Mwangi", "Santos", "Reyes")
    ),
    "ar": Names(
        14,
        ("Mohammad", "Fatima", "Yousef", "Amal", "Khaled", "Hala", "Omar", "Rania", "Tarek", "Noor"),
        ("Haddad", "Al-Khatib", "Saleh", "Mansour", "Darwish", "Nasser", "Al-Ali"),
    ),
    "uk": Names(
        14,
        ("Olena", "Iryna", "Oksana", "Andrii", "Natalia", "Serhii", "Yuliia", "Viktor"),
        ("Kovalenko", "Shevchenko", "Bondarenko", "Tkachenko", "Melnyk", "Kravchuk"),
    ),
    "pl": Names(
        9,
        ("Katarzyna", "Piotr", "Małgorzata", "Tomasz", "Ewa", "Paweł"),
        ("Kowalska", "Wiśniewski", "Wójcik", "Zieliński", "Lewandowska"),
    ),
    "tr": Names(
        8, ("Ayşe", "Mehmet", "Fatma", "Hasan", "Zeynep"), ("Yılmaz", "Kaya", "Demir", "Çelik", "Şahin")
    ),
    "so": Names(6, ("Amina", "Abdi", "Hodan", "Farah", "Sahra"), ("Warsame", "Ali", "Mohamud", "Hassan")),
    "ti": Names(3, ("Kidane", "Yordanos", "Bereket", "Helen"), ("Tekle", "Haile", "Ghebre")),
    "fa": Names(4, ("Parisa", "Reza", "Maryam", "Hossein"), ("Ahmadi", "Karimi", "Rezaei")),
    "ro": Names(4, ("Ioana", "Andrei", "Elena", "Mihai"), ("Popescu", "Ionescu", "Dumitru")),
}  # fmt: skip
