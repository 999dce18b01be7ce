"""The expressions of a form (relevant, constraint, choice_filter): XForms XPath, compiled once.

elementpath parses; what it gives becomes plain Python calls with XForms' own rules (`xforms`): its own
evaluation costs 50 microseconds an expression, which a long form pays at every answer, does not compare a
text with a number ('3' = 3) and knows no dates as XForms compares them.
"""

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from elementpath import ElementPathError, XPath1Parser
from elementpath.tdop import Parser

from portal.domain.xforms import FUNCTIONS, OPERATORS, Value, to_boolean, to_number

Columns = Mapping[str, str]
NOTHING: Columns = MappingProxyType({})
MAX_LENGTH = 1_000  # characters; also keeps the parser's recursion shallow
ARGUMENTS = {"if": 3, "today": 0} | {name: count for name, (count, _) in FUNCTIONS.items()}


class Refusal(StrEnum):
    SYNTAX = "expression_syntax"
    FUNCTION = "expression_function"
    CONSTRUCT = "expression_construct"
    TOO_LONG = "expression_too_long"


class ExpressionRefused(ValueError):
    """`position` counts characters from 1; `detail` is the function, the sign or the parser's sentence."""

    def __init__(self, refusal: Refusal, detail: str = "", position: int = 1) -> None:
        super().__init__(f"{refusal}: {detail} (character {position})")
        self.refusal, self.detail, self.position = refusal, detail, position


class Scope(NamedTuple):
    values: Mapping[str, str]
    this: str
    today: date | None
    columns: Columns


Compiled = Callable[[Scope], Value]


@dataclass(frozen=True)
class Expression:
    """`names` are the questions it reads, `columns` the columns of a choice (in a choice filter)."""

    source: str
    names: frozenset[str]
    columns: frozenset[str]
    uses_today: bool
    uses_this: bool
    run: Compiled

    def holds(
        self,
        values: Mapping[str, str],
        *,
        this: str = "",
        today: date | None = None,
        columns: Columns = NOTHING,
    ) -> bool:
        """True or false for these answers (question name -> lexical value; one that is absent is empty)."""
        return to_boolean(self.run(Scope(values, this, today, columns)))


@lru_cache(maxsize=4096)
def compile_expression(source: str) -> Expression:
    """Raises ExpressionRefused where the expression cannot be read or asks for what we do not have."""
    if len(source) > MAX_LENGTH:
        raise ExpressionRefused(Refusal.TOO_LONG, str(len(source)))
    refuse_unknown_functions(source)
    tree = _parse(source)
    compiler = _Compiler()
    run = compiler.compile(tree)
    found = compiler.found
    return Expression(
        source=source,
        names=frozenset(value for symbol, value in found if symbol == "$"),
        columns=frozenset(value for symbol, value in found if symbol == "(name)"),
        uses_today=("today", "") in found,
        uses_this=(".", "") in found,
        run=run,
    )


class _Parser(XPath1Parser):  # type: ignore[misc]  # elementpath is not typed
    """XPath 1.0 with the functions that XForms adds, for parsing alone."""

    def parse(self, source: str) -> Any:
        """Without XPath1Parser's own next step, an evaluation that XForms' functions cannot take part in."""
        return Parser.parse(self, source)


for _name, _arguments in ARGUMENTS.items():
    if _name not in XPath1Parser.symbol_table:
        _Parser.function(_name, nargs=_arguments)

LITERAL_OR_NAME = re.compile(r"'[^']*'|\"[^\"]*\"|\$\{\s*([\w.-]+)\s*\}")
LITERAL_OR_CALL = re.compile(r"'[^']*'|\"[^\"]*\"|([^\W\d][\w.:-]*)\s*\(")
WORDS_BEFORE_BRACKET = frozenset({"and", "or", "div", "mod"})


def refuse_unknown_functions(source: str) -> None:
    known = WORDS_BEFORE_BRACKET | ARGUMENTS.keys()
    for call in LITERAL_OR_CALL.finditer(source):
        name = call[1]
        if name and name not in known:
            raise ExpressionRefused(Refusal.FUNCTION, f"{name}()", call.start(1) + 1)


def _variable(match: re.Match[str]) -> str:
    """${name} as $name, padded to its length so that the parser's positions are the author's."""
    return f"${match[1]}".ljust(len(match[0])) if match[1] else match[0]


def _parse(source: str) -> Any:
    try:
        return _Parser().parse(LITERAL_OR_NAME.sub(_variable, source))
    except ElementPathError as error:
        token = getattr(error, "token", None)
        position = token.span[0] + 1 if token is not None else 1
        raise ExpressionRefused(Refusal.SYNTAX, str(error.message), position) from error
    except (ArithmeticError, RecursionError, ValueError) as error:
        raise ExpressionRefused(Refusal.SYNTAX, str(error)) from error


class _Compiler:
    """Turns the parser's tree into one call; `found` collects (symbol, name) of what it reads."""

    def __init__(self) -> None:
        self.found: set[tuple[str, str]] = set()

    def compile(self, token: Any) -> Compiled:
        symbol = token.symbol
        if symbol in {"(integer)", "(decimal)", "(float)"}:
            return _constant(float(token.value))
        if symbol == "(string)":
            return _constant(str(token.value))
        if symbol in {"$", "(name)", "."}:
            return self._read(token)
        if symbol == "(" and len(token) == 1:
            return self.compile(token[0])
        if token.label == "function" and symbol in ARGUMENTS:
            return self._call(token)
        if symbol == "-" and len(token) == 1:
            negated = self.compile(token[0])
            return lambda scope: -to_number(negated(scope))
        if len(token) == 2 and (symbol in OPERATORS or symbol in {"and", "or"}):
            return self._operator(token)
        raise ExpressionRefused(Refusal.CONSTRUCT, symbol, token.span[0] + 1)

    def _read(self, token: Any) -> Compiled:
        if token.symbol == ".":
            self.found.add((".", ""))
            return operator.attrgetter("this")
        if token.symbol == "$":
            name = str(token[0].value)
            self.found.add(("$", name))
            return lambda scope: scope.values.get(name, "")
        column = str(token.value)
        self.found.add(("(name)", column))
        return lambda scope: scope.columns.get(column, "")

    def _call(self, token: Any) -> Compiled:
        arguments = [self.compile(argument) for argument in token]
        if token.symbol == "today":
            self.found.add(("today", ""))
            return lambda scope: scope.today.isoformat() if scope.today else ""
        if len(arguments) != ARGUMENTS[token.symbol]:
            raise ExpressionRefused(Refusal.SYNTAX, f"{token.symbol}()", token.span[0] + 1)
        if token.symbol == "if":
            test, yes, no = arguments
            return lambda scope: yes(scope) if to_boolean(test(scope)) else no(scope)
        function = FUNCTIONS[token.symbol][1]
        return lambda scope: function(*(argument(scope) for argument in arguments))

    def _operator(self, token: Any) -> Compiled:
        left, right = self.compile(token[0]), self.compile(token[1])
        if token.symbol == "and":
            return lambda scope: to_boolean(left(scope)) and to_boolean(right(scope))
        if token.symbol == "or":
            return lambda scope: to_boolean(left(scope)) or to_boolean(right(scope))
        apply = OPERATORS[token.symbol]
        return lambda scope: apply(left(scope), right(scope))


def _constant(value: Value) -> Compiled:
    return lambda _: value
