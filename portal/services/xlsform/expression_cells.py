"""The expressions of the survey sheet: can each be read, and does it look at what is known by then?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from portal.domain.expressions import Expression, ExpressionRefused, compile_expression
from portal.domain.questionnaires import QuestionType
from portal.services.xlsform.choices_sheet import Lists
from portal.services.xlsform.headings import Table
from portal.services.xlsform.problems import Code, Problem
from portal.services.xlsform.survey_sheet import Item

COLUMNS = ("relevant", "constraint", "choice_filter")


@dataclass(frozen=True)
class Surroundings:
    """What an expression can look at, and who reads what. `respondent` is the form's, for rows without one."""

    items: Sequence[Item]
    respondent: str

    @cached_property
    def by_name(self) -> Mapping[str, Item]:
        return {item.name: item for item in self.items if item.type != "end"}

    def readers(self, item: Item) -> set[str]:
        """Whom the row is for: of a group, all who answer something in it."""
        inside = [
            other for other in self.items if other.page == item.page and other.type not in {"begin", "end"}
        ]
        rows = inside if item.type == "begin" else [item]
        return {each.row.get("respondent") or self.respondent for each in rows}


def check_expressions(table: Table, around: Surroundings, lists: Lists, problems: list[Problem]) -> None:
    refused_rows = {row.get("name") for row in table.rows} - around.by_name.keys()
    cells = [(item, column) for item in around.items for column in COLUMNS if item.row.get(column)]
    for item, column in cells:
        try:
            expression = compile_expression(item.row.get(column))
        except ExpressionRefused as refused:
            values = {"detail": refused.detail, "position": str(refused.position)}
            problems.append(table.problem(Code(refused.refusal), item.row, column, **values))
        else:
            for name in sorted(expression.names - refused_rows):  # what is wrong with those is said already
                wrong = _wrong_name(item, column, around.by_name.get(name), around)
                if wrong:
                    problems.append(table.problem(wrong, item.row, column, name=name))
            problems.extend(_check_rest(table, item, column, expression, lists))


def _wrong_name(item: Item, column: str, other: Item | None, around: Surroundings) -> Code | None:
    """What is wrong with looking at `other` from here.

    What is shown on a page is settled before the page is: a page must be whole without JavaScript.
    A constraint is judged when the page comes back, so it may look at its own page.
    """
    if other is None:
        return Code.EXPRESSION_UNKNOWN_NAME
    if other.type in {"begin", QuestionType.NOTE}:
        return Code.EXPRESSION_NO_ANSWER
    if other.page > item.page:
        return Code.EXPRESSION_LATER
    if other.page == item.page and column != "constraint":
        return Code.EXPRESSION_SAME_PAGE
    if around.readers(item) != around.readers(other):
        return Code.EXPRESSION_OTHER_RESPONDENT
    return None


def _check_rest(
    table: Table, item: Item, column: str, expression: Expression, lists: Lists
) -> Iterator[Problem]:
    if column != "constraint" and expression.uses_today:
        yield table.problem(Code.EXPRESSION_TODAY, item.row, column)
    if column != "constraint" and expression.uses_this:
        yield table.problem(Code.EXPRESSION_DOT, item.row, column)
    if column != "choice_filter":
        for name in sorted(expression.columns):
            yield table.problem(Code.EXPRESSION_BARE_NAME, item.row, column, name=name)
        return
    has = {"name"} | {key.removeprefix("?") for row in lists.get(item.list_name, []) for key in row.cells}
    for name in sorted(expression.columns - has):
        yield table.problem(Code.EXPRESSION_UNKNOWN_COLUMN, item.row, column, name=name)


def filter_columns(items: Sequence[Item]) -> frozenset[str]:
    """The columns of the choices sheet that some choice filter reads."""
    found: set[str] = set()
    for item in items:
        try:
            found |= compile_expression(item.row.get("choice_filter") or "''").columns
        except ExpressionRefused:
            continue  # said by check_expressions
    return frozenset(found)
