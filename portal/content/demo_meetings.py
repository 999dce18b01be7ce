"""Words of the demo's meetings, all invented."""

from __future__ import annotations

from collections.abc import Mapping

OFFICE = "Rådhusgade 1, 2. sal, lokale 12"
NOTE = "Tag gerne dit CV med, hvis du har et."
AGENDA: Mapping[str, str] = {
    "talk_about": "Jeg vil gerne høre om praktik i en have eller et gartneri.",
    "change": "Møderne må gerne ligge om eftermiddagen.",
    "on_my_mind": "Min cykel er i stykker, så det tager tid at komme frem.",
}
