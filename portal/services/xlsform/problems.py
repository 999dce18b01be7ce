"""What an import gives: the questionnaire, or everything that is in its way."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from portal.domain.questionnaires import Questionnaire


class Code(StrEnum):
    """Each has a sentence `xlsform.problem.<code>` in the catalogs that ends with what to do."""

    FILE_TYPE = "file_type"
    FILE_TOO_LARGE = "file_too_large"
    NOT_XLSX = "not_xlsx"
    OLD_OR_LOCKED_EXCEL = "old_or_locked_excel"
    UNPACKED_TOO_LARGE = "unpacked_too_large"
    MACROS = "macros"
    NOT_UTF8 = "not_utf8"
    NOT_A_TABLE = "not_a_table"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_COLUMNS = "too_many_columns"
    FORMULA = "formula"
    CELL_ERROR = "cell_error"
    MERGED_CELLS = "merged_cells"
    SHEET_MISSING = "sheet_missing"
    SHEET_TWICE = "sheet_twice"
    SHEET_UNKNOWN = "sheet_unknown"
    COLUMN_UNKNOWN = "column_unknown"
    COLUMN_TWICE = "column_twice"
    COLUMN_WITHOUT_HEADING = "column_without_heading"
    COLUMN_MISSING = "column_missing"
    COLUMN_NOT_FOR_TYPE = "column_not_for_type"
    LANGUAGE_WITHOUT_CODE = "language_without_code"
    SETTINGS_ROWS = "settings_rows"
    SETTING_MISSING = "setting_missing"
    FORM_ID_INVALID = "form_id_invalid"
    STYLE_UNSUPPORTED = "style_unsupported"
    TYPE_MISSING = "type_missing"
    TYPE_UNSUPPORTED = "type_unsupported"
    NAME_MISSING = "name_missing"
    NAME_INVALID = "name_invalid"
    NAME_TWICE = "name_twice"
    TEXT_MISSING = "text_missing"
    TEXT_REFERENCE = "text_reference"
    GROUP_NESTED = "group_nested"
    GROUP_NOT_OPEN = "group_not_open"
    GROUP_NOT_CLOSED = "group_not_closed"
    GROUP_EMPTY = "group_empty"
    NO_QUESTIONS = "no_questions"
    YES_NO = "yes_no"
    DIRECTION_INVALID = "direction_invalid"
    RESPONDENT_INVALID = "respondent_invalid"
    RESPONDENT_CHANGED = "respondent_changed"
    INDICATOR_INVALID = "indicator_invalid"
    APPEARANCE_UNSUPPORTED = "appearance_unsupported"
    PARAMETERS_INVALID = "parameters_invalid"
    RANGE_TOO_LONG = "range_too_long"
    DEFAULT_INVALID = "default_invalid"
    LIST_MISSING = "list_missing"
    LIST_NAME_MISSING = "list_name_missing"
    LIST_TOO_LONG = "list_too_long"
    LIST_PARTLY_TRANSLATED = "list_partly_translated"
    CHOICE_NAME_INVALID = "choice_name_invalid"
    CHOICE_TWICE = "choice_twice"
    SCORE_INVALID = "score_invalid"
    EXPRESSION_SYNTAX = "expression_syntax"
    EXPRESSION_FUNCTION = "expression_function"
    EXPRESSION_CONSTRUCT = "expression_construct"
    EXPRESSION_TOO_LONG = "expression_too_long"
    EXPRESSION_UNKNOWN_NAME = "expression_unknown_name"
    EXPRESSION_NO_ANSWER = "expression_no_answer"
    EXPRESSION_LATER = "expression_later"
    EXPRESSION_SAME_PAGE = "expression_same_page"
    EXPRESSION_OTHER_RESPONDENT = "expression_other_respondent"
    EXPRESSION_BARE_NAME = "expression_bare_name"
    EXPRESSION_UNKNOWN_COLUMN = "expression_unknown_column"
    EXPRESSION_TODAY = "expression_today"
    EXPRESSION_DOT = "expression_dot"
    PYXFORM = "pyxform"


@dataclass(frozen=True)
class Problem:
    """`row` counts as the author's program does: spreadsheet rows, or lines of a Markdown file, from 1.

    `column` is the heading as the author wrote it. `values` fill the sentence's placeholders.
    """

    code: Code
    sheet: str = ""
    row: int | None = None
    column: str = ""
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return f"xlsform.problem.{self.code}"

    @property
    def place_key(self) -> str:
        """The text that says where: it takes `sheet`, `row` and `column`."""
        if not self.sheet:
            return "xlsform.place.file"
        if self.row is None:
            return "xlsform.place.column" if self.column else "xlsform.place.sheet"
        return "xlsform.place.cell" if self.column else "xlsform.place.row"


@dataclass(frozen=True)
class ImportedForm:
    questionnaire: Questionnaire


@dataclass(frozen=True)
class FormRefused:
    """In the order an author reads: file, settings, choices, survey. Nothing of the form was kept."""

    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class RawSheet:
    """A sheet before its headings are understood: (row number, cells) of every row that is not empty."""

    name: str
    rows: tuple[tuple[int, tuple[str, ...]], ...]


class Unreadable(Exception):
    """The file cannot be read on: the problem says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem
