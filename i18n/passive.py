"""Where a Danish text is passive: "skemaet sendes", "du bliver kontaktet". Who does it is left out then.

By a list of verbs and not by endings: "kommunes", "borgernes", "deres", "således" and "findes" end alike, and a false
alarm teaches nobody. Verbs whose s-form is no passive ("findes", "synes", "lykkes", "mødes", "trives", "ses",
"skyldes", "følges ad") and those whose participle is as good as an adjective ("bliver ansat", "bliver uddannet") are
not in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_VERBS = """
afbryde afgøre afholde afklare aflevere aflyse afprøve afsende afslutte aftale afvise acceptere anbefale anbringe
anerkende anføre angive anmelde anmode annullere ansøge anvende anvise arkivere bede bedømme beregne berøre beskrive
beskytte beslutte bestemme bestille besvare betale bevilge begrunde begrænse behandle bekræfte benytte benævne
booke bringe bruge dokumentere drøfte dække effektuere etablere evaluere fastlægge fastsætte fjerne flytte
fordele forelægge forebygge foretage forhindre forhøje forklare forkorte forlænge formidle fortolke fortælle
fravælge fremlægge fremsende fremskaffe fritage frigive gemme gennemføre genoptage gentage give godkende gøre hente
henvise holde håndtere identificere igangsætte imødekomme implementere indberette indbringe inddrage indføre indgive
indhente indkalde indsamle indsende indsætte indstille informere integrere invitere iværksætte justere
kontakte kontrollere
koordinere korrigere kræve lave levere lukke læse lægge løse medbringe meddele medregne modregne modtage nedsætte
notere nævne opbevare opdatere opfylde oplyse oprette opregne opsige optage orientere overdrage overføre overholde
overveje partshøre planlægge præsentere påbegynde påføre påvise reducere regulere registrere rette returnere revidere
sammenligne sende skaffe skrive slette standse støtte sætte søge tage tilbyde tildele tilføje tilkalde tillægge
tilmelde tilpasse tilrettelægge tilsende tilvejebringe træffe tælle udarbejde udbetale udelukke udfylde udføre
udfærdige udlevere udpege udsende udskrive udskyde undersøge underrette underskrive understøtte undlade undtage
varetage vedlægge vedhæfte vejlede verificere videregive videresende vise visitere vurdere vælge ændre åbne
"""
_IRREGULAR = {
    "bede": "bedt",
    "bringe": "bragt",
    "bryde": "brudt",
    "byde": "budt",
    "drage": "draget",
    "fortælle": "fortalt",
    "give": "givet",
    "gøre": "gjort",
    "holde": "holdt",
    "komme": "kommet",
    "lægge": "lagt",
    "skrive": "skrevet",
    "skyde": "skudt",
    "sige": "sagt",
    "sætte": "sat",
    "tage": "taget",
    "træffe": "truffet",
    "tælle": "talt",
    "vælge": "valgt",
}
_BETWEEN = (
    r"(?:\s+(?:jeg|du|vi|den|det|der|de|ikke|også|så|nu|først|altid|derfor|senere|snart|straks|automatisk))"
)
"""What may stand between "bliver" and its participle: a closed list, so that nothing else is taken for it."""


@dataclass(frozen=True)
class Passive:
    """``active``: the verb as somebody does it ("sender", "skal sende")."""

    start: int
    end: int
    active: str


def find(text: str) -> Iterator[Passive]:
    for match in _PASSIVE.finditer(text):
        verb = _S_FORMS.get(match["s"].lower()) if match["s"] else _PARTICIPLES.get(match["by"].lower())
        if verb:
            start, end = match.span("s") if match["s"] else match.span("blive")
            yield Passive(
                start,
                end,
                f"{match['modal'].split()[0].lower()} {verb}" if match["modal"] else _present(verb),
            )


def _present(infinitive: str) -> str:
    return infinitive[:-1] if infinitive.endswith("gøre") else infinitive + "r"


def _participles(infinitive: str) -> Iterator[str]:
    """Both endings that the verb might have: what is no word is met nowhere."""
    for end, participle in _IRREGULAR.items():
        if infinitive.endswith(end):
            yield infinitive.removesuffix(end) + participle
            return
    stem = infinitive[:-1]
    yield from (stem + "et", stem + "t")
    if stem[-1:] == stem[-2:-1]:
        yield stem[:-1] + "t"


_S_FORMS = {verb + "s": verb for verb in _VERBS.split()}
_PARTICIPLES = {participle: verb for verb in _VERBS.split() for participle in _participles(verb)}
_MODAL = (
    r"(?P<modal>(?:skal|kan|må|vil|bør|skulle|kunne|ville|burde)\s+(?:(?:ikke|også|først|altid|så)\s+)?)?"
)
_BLIVE = rf"(?P<blive>(?:bliver?|blev|blevet){_BETWEEN}{{0,3}}\s+(?P<by>\w+t))"
_PASSIVE = re.compile(rf"(?<![\w-]){_MODAL}(?:(?P<s>\w+es)|{_BLIVE})(?![\w-])", re.IGNORECASE)
