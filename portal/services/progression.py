"""A citizen's progression, for her caseworker and for herself: the same rules, what each may see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from sqlalchemy.orm import Session

from portal.domain.blinding import visible_measurements
from portal.domain.indicators import indicator_rows
from portal.domain.own_picture import level_words
from portal.domain.progression import Help, Score
from portal.domain.questionnaires import Questionnaire, Respondent, Texts
from portal.domain.scoring import Direction, IndicatorRow
from portal.domain.series import Entry, Progression, lay_out
from portal.store import measurements
from portal.store.measurements import MeasurementRow, ScoreRow
from portal.store.questionnaires import QuestionnaireVersion, definition

Versions = Mapping[int, QuestionnaireVersion]


class Audience(Enum):
    """A citizen sees her own half at once, and never what her caseworker answered; staff see what is not blind."""

    CITIZEN = "citizen"
    STAFF = "staff"


@dataclass(frozen=True)
class FormProgression:
    """One questionnaire's progression. ``labels``: indicator -> its question in each language of the form; ``words``:
    indicator -> level -> the answer that gives it, by the citizen's newest version.

    ``hidden`` is how many finished answer sets of the citizen are still blind to staff.
    """

    questionnaire_id: int
    questionnaire_key: str
    titles: Texts
    labels: Mapping[str, Texts]
    progression: Progression
    words: Mapping[str, Mapping[float, Texts]]
    hidden: int = 0


def citizen_series(session: Session, citizen_id: int, audience: Audience) -> tuple[FormProgression, ...]:
    """One for each questionnaire that follows the citizen over time, the one measured last first.

    A form with a caseworker's half follows her from the start; any other once it was answered twice.
    """
    rows = measurements.of_citizen(session, citizen_id)
    by_form: dict[int, list[MeasurementRow]] = {}
    for row in rows:
        by_form.setdefault(row.questionnaire_id, []).append(row)
    followed = [form for form in by_form.values() if _is_followed(form)]
    seen = [_seen(form, audience) for form in followed]
    scores = measurements.scores(session, [row.id for form in seen for row in form])
    versions = measurements.versions(session, {score.version_id for score in scores})
    laid_out = (
        _form(form, [score for score in scores if _may_see(score, shown, audience)], versions)
        for form, shown in zip(followed, seen, strict=True)
    )
    return tuple(each for each in laid_out if each is not None)


def entries(scores: Iterable[ScoreRow], versions: Versions) -> list[Entry]:
    """Scores as the rules want them, with the direction that their own version gives each indicator."""
    directions = {key: _directions(definition(version)) for key, version in versions.items()}
    return [
        Entry(
            score.measurement_id,
            Respondent(score.respondent),
            score.indicator,
            Score(
                value=score.value,
                measured_at=score.finished_at,
                language=score.language,
                mode_help=Help(score.help),
                wording=score.wording,
                direction=directions[score.version_id].get(score.indicator, Direction.CLOSER),
            ),
        )
        for score in scores
    ]


def rows_of(versions: Iterable[QuestionnaireVersion]) -> list[IndicatorRow]:
    """The indicators of the versions, each named by the first that has it."""
    found: dict[str, IndicatorRow] = {}
    for version in versions:
        for row in indicator_rows(definition(version)):
            if row.gives_score:
                found.setdefault(row.indicator, row)
    return list(found.values())


def _is_followed(rows: Sequence[MeasurementRow]) -> bool:
    answered = sum(row.citizen_finished_at is not None for row in rows)
    return rows[0].counterpart_key is not None or answered > 1


def _seen(rows: Sequence[MeasurementRow], audience: Audience) -> list[MeasurementRow]:
    if audience is Audience.CITIZEN:
        return list(rows)
    visible = visible_measurements(row.halves for row in rows)
    return [row for row in rows if row.id in visible]


def _may_see(score: ScoreRow, shown: Sequence[MeasurementRow], audience: Audience) -> bool:
    is_her_own = score.respondent == Respondent.CITIZEN
    return any(score.measurement_id == row.id for row in shown) and (is_her_own or audience is Audience.STAFF)


def _form(
    rows: Sequence[MeasurementRow], scores: Sequence[ScoreRow], versions: Versions
) -> FormProgression | None:
    """None while there is nothing to show."""
    finished = sum(row.citizen_finished_at is not None for row in rows)
    shown = len({score.measurement_id for score in scores if score.respondent == Respondent.CITIZEN})
    if not scores:
        return None
    newest = _newest_versions(scores, versions)
    forms = [definition(version) for version in newest]
    return FormProgression(
        questionnaire_id=rows[0].questionnaire_id,
        questionnaire_key=rows[0].questionnaire_key,
        titles=forms[0].titles,
        labels=_labels(forms),
        progression=lay_out(entries(scores, versions), rows_of(newest)),
        words=level_words(forms[0]),
        hidden=finished - shown,
    )


def _newest_versions(scores: Sequence[ScoreRow], versions: Versions) -> list[QuestionnaireVersion]:
    """The citizen's newest, then the caseworker's."""
    newest = {score.respondent: score.version_id for score in scores}
    return [versions[newest[party]] for party in Respondent if party in newest]


def _labels(forms: Iterable[Questionnaire]) -> dict[str, Texts]:
    found: dict[str, Texts] = {}
    for form in forms:
        for question in form.questions.values():
            if question.indicator:
                found.setdefault(question.indicator, question.labels)
    return found


def _directions(form: Questionnaire) -> dict[str, Direction]:
    return {row.indicator: row.direction for row in indicator_rows(form)}
