"""The rows of a year: measurements, invitations, responses with their answers and scores."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from portal.domain.indicators import indicator_rows, wordings
from portal.domain.questionnaires import Questionnaire
from portal.domain.scoring import indicator_scores
from portal.services import forms as answer_forms
from portal.services.demo.courses import CASEWORKERS_FORM, CITIZENS_FORM, Ask, Forms, Sheet
from portal.services.demo.days import chance
from portal.services.demo.people import Resident
from portal.services.demo.tokens import token
from portal.store.answering import Answer, IndicatorScore, Invitation, Measurement, Response

REF_BYTES = 9


@dataclass(frozen=True)
class Published:
    """The rows that a form stands in."""

    questionnaire_id: int
    version_id: int
    form: Questionnaire


@dataclass(frozen=True)
class Asked:
    """One asking with its invitation's row."""

    resident: Resident
    ask: Ask
    invitation: Invitation


@dataclass(frozen=True)
class _Filled:
    row: Response
    sheet: Sheet
    form: Questionnaire
"""@@"""
