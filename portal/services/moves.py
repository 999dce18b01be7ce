"""Which citizens of a team have just moved by more than chance: for the caseworker's list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from portal.domain.blinding import visible_measurements
from portal.domain.questionnaires import Respondent
from portal.domain.series import lay_out
from portal.domain.worklist import MOVE_IS_NEWS_FOR, shows_a_move
from portal.services.progression import Versions, entries, rows_of
from portal.store import measurements
from portal.store.measurements import MeasurementRow, ScoreRow


def moved_at(
    session: Session, measured: Mapping[int, Sequence[MeasurementRow]], now: datetime
) -> dict[int, datetime]:
    """Citizen -> when her newest measurement became whole, where it shows a move and is still news.

    ``measured``: each citizen's measurements, the newest first. What is blind to staff shows nothing here.
    Two queries, whatever the number of citizens.
    """
    shown = {citizen_id: _shown(rows) for citizen_id, rows in measured.items()}
    whole = {citizen_id: _whole_at(rows[0]) for citizen_id, rows in shown.items() if rows}
    news = {citizen_id: at for citizen_id, at in whole.items() if now - at <= MOVE_IS_NEWS_FOR}
    scores = measurements.scores(session, [row.id for citizen_id in news for row in shown[citizen_id]])
    versions = measurements.versions(session, {score.version_id for score in scores})
    by_citizen: dict[int, list[ScoreRow]] = {}
    for score in scores:
        if score.respondent == Respondent.CITIZEN:
            by_citizen.setdefault(score.citizen_id, []).append(score)
    return {key: news[key] for key, own in by_citizen.items() if _has_moved(own, versions)}


def _shown(rows: Sequence[MeasurementRow]) -> list[MeasurementRow]:
    """The measurements of the form that follows her, as far as staff may see them."""
    followed = [row for row in rows if row.counterpart_key is not None]
    own = [row for row in followed if row.questionnaire_id == followed[0].questionnaire_id]
    visible = visible_measurements(row.halves for row in own)
    return [row for row in own if row.id in visible]


def _whole_at(row: MeasurementRow) -> datetime:
    halves = (row.citizen_finished_at, row.caseworker_finished_at)
    return max(at for at in halves if at is not None)


def _has_moved(own: Sequence[ScoreRow], versions: Versions) -> bool:
    """``own``: the citizen's scores in the order of time."""
    newest = versions[own[-1].version_id]
    laid_out = lay_out(entries(own, versions), rows_of([newest]))
    return shows_a_move(each.citizen for each in laid_out.indicators if each.citizen is not None)
