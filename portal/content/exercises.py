"""Two letters to rewrite, invented by us in the style of letters that citizens get, with our own versions."""

from __future__ import annotations

from dataclasses import dataclass

_A_TALK = """\
Indkaldelse til individuel jobsamtale

I henhold til lov om en aktiv beskæftigelsesindsats indkaldes du hermed til en jobsamtale torsdag den 14. maj \
kl. 10.00 i Jobcenter Åkøbing, Rådhusgade 3, lokale 12. Mødet, som vil vare cirka 45 minutter, \
afholdes med henblik på at udarbejde en plan vedrørende dine fremadrettede jobmuligheder, herunder en eventuel \
virksomhedspraktik.

Du anmodes om at medbringe dit CV samt dokumentation for din jobsøgning de seneste fire uger. Såfremt du er \
forhindret i at møde, skal afbud meddeles telefonisk til undertegnede på tlf. 12 34 56 78 senest kl. 9.00 samme dag.

Det bemærkes, at udeblivelse uden rimelig grund kan medføre, at din kontanthjælp nedsættes eller bortfalder, indtil \
du igen har givet møde.
"""
_A_TALK_PLAIN = """\
Kom og tal med os om dit næste skridt

Hej Mette

Vi vil gerne tale med dig om job. Sammen laver vi en plan. Vi ser også på, om du vil prøve en praktik.

Vi ses torsdag den 14. maj kl. 10. Mødet er hos os, Rådhusgade 3, lokale 12. Det tager cirka 45 minutter.

Tag dit CV med. Tag også en liste med over de job, du har søgt de sidste fire uger.

Kan du ikke komme? Ring til mig på 12 34 56 78, senest kl. 9 samme dag. Så finder vi en ny tid.

Bag på brevet kan du læse reglerne. Der står også, hvad der gælder, hvis du ikke kommer og ikke ringer.

Kærlig hilsen Lone, Jobcenter Åkøbing
"""
_ILLNESS = """\
Anmodning om oplysninger til brug for din sag

Kommunen har fået anmeldelse om, at du fra den 2. marts har været fraværende fra dit arbejde på grund af sygdom. \
Til brug for vurderingen af din ret til sygedagpenge anmodes du om at udfylde vedlagte oplysningsskema og \
returnere det senest den 20. marts.

Det bemærkes, at manglende rettidig fremsendelse af skemaet kan medføre, at udbetalingen af sygedagpenge standses, \
jf. lov om sygedagpenge, idet kommunen i så fald ikke er i besiddelse af de fornødne svar.

Efter modtagelsen af skemaet vil du blive indkaldt til en opfølgningssamtale, hvor dit helbred og mulighederne for \
hel eller delvis genoptagelse af dit job drøftes. Henvendelse vedrørende sagen kan ske på tlf. 12 34 56 78 alle \
hverdage mellem kl. 9 og 14.
"""
_ILLNESS_PLAIN = """\
Send os dit svar senest den 20. marts

Hej Mette

Vi har hørt, at du har været syg fra dit arbejde siden den 2. marts. Vi håber, du snart får det bedre.

Svar på de spørgsmål, der ligger ved brevet, og send dem til os senest den 20. marts. Vi skal bruge dine svar, \
så du kan få penge, mens du er syg.

Når vi har dit svar, holder vi et møde med dig. Så taler vi om, hvordan du har det. Vi ser på, om du kan begynde på \
dit arbejde igen, helt eller med færre timer.

Er det svært at nå? Eller vil du spørge om noget? Ring til os på 12 34 56 78. Vi er her alle hverdage fra 9 til 14.

Bag på brevet kan du læse reglerne. Der står også, hvad der gælder, hvis vi ikke får dit svar.

Kærlig hilsen Lone
"""


@dataclass(frozen=True)
class Change:
    """What stood in the letter, what stands in ours, and why: a sentence that the page shows as it is."""

    was: str
    now: str
    why: str


@dataclass(frozen=True)
class Exercise:
    """``name`` stands in its address."""

    name: str
    title: str
    letter: str
    ours: str
    changes: tuple[Change, ...]


EXERCISES = (
    Exercise(
        "samtale",
        "Brev om en samtale",
        _A_TALK,
        _A_TALK_PLAIN,
        (
            Change(
                "Indkaldelse til individuel jobsamtale",
                "Kom og tal med os om dit næste skridt",
                "Overskriften siger det vigtigste, og den er venlig.",
            ),
            Change(
                "I henhold til lov om",
                "Bag på brevet kan du læse reglerne",
                "Budskabet først. Loven kan vente.",
            ),
            Change("indkaldes du", "Vi vil gerne tale med dig", "Du og vi: nu gør nogen noget."),
            Change(
                "Mødet, som vil vare cirka 45 minutter, afholdes",
                "Det tager cirka 45 minutter.",
                "En sætning i en sætning får sit eget punktum.",
            ),
            Change(
                "fremadrettede jobmuligheder, herunder en eventuel virksomhedspraktik",
                "om du vil prøve en praktik",
                "Korte ord, som alle bruger.",
            ),
            Change("Du anmodes om at medbringe dit CV", "Tag dit CV med.", "Sig, hvad hun skal gøre."),
            Change(
                "skal afbud meddeles telefonisk til undertegnede på tlf.",
                "Ring til mig på",
                "Et verbum i stedet for fire stive ord.",
            ),
            Change(
                "kan medføre, at din kontanthjælp nedsættes eller bortfalder",
                "Der står også, hvad der gælder, hvis du ikke kommer og ikke ringer.",
                "Ingen trussel i brevet. Reglen står sammen med loven, for hun har ret til at kende den.",
            ),
        ),
    ),
    Exercise(
        "sygdom",
        "Brev om sygdom",
        _ILLNESS,
        _ILLNESS_PLAIN,
        (
            Change(
                "Anmodning om oplysninger til brug for din sag",
                "Send os dit svar senest den 20. marts",
                "Overskriften siger, hvad hun skal gøre, og hvornår.",
            ),
            Change(
                "Kommunen har fået anmeldelse om",
                "Vi har hørt",
                "Vi er mennesker, og vi skriver til et menneske.",
            ),
            Change(
                "fraværende fra dit arbejde på grund af sygdom", "syg fra dit arbejde", "Ét ord for én ting."
            ),
            Change(
                "udfylde vedlagte oplysningsskema og returnere det",
                "Svar på de spørgsmål, der ligger ved brevet, og send dem til os",
                "Sig det, som man ville sige det over et bord.",
            ),
            Change(
                "vurderingen af din ret til sygedagpenge",
                "så du kan få penge, mens du er syg",
                "Sig, hvad hun får ud af at svare.",
            ),
            Change(
                "kan medføre, at udbetalingen af sygedagpenge standses",
                "Der står også, hvad der gælder, hvis vi ikke får dit svar.",
                "Ingen trussel i brevet. Reglen står sammen med loven, for hun har ret til at kende den.",
            ),
            Change(
                "vil du blive indkaldt til en opfølgningssamtale",
                "holder vi et møde med dig",
                "Nu ser hun, hvem der gør det.",
            ),
            Change(
                "Henvendelse vedrørende sagen kan ske på tlf.",
                "Ring til os på",
                "Et verbum i stedet for et navneord.",
            ),
        ),
    ),
)
