"""XForms' values, functions and operators in plain Python.

Every answer is a string; a date read as a number is its days since 1970-01-01
(https://getodk.github.io/xforms-spec/#xpath-functions).
"""

import math
import re
from collections.abc import Callable, Mapping
from datetime import date

Value = str | float | bool
EPOCH = date(1970, 1, 1).toordinal()

NUMBER = re.compile(r"-?(?:\d+(?:\.\d*)?|\.\d+)")
DATE = re.compile(r"\d{4}-\d\d-\d\d")


def to_number(value: Value) -> float:
    if not isinstance(value, str):
        return float(value)
    text = value.strip()
    if NUMBER.fullmatch(text):
        return float(text)
    return _days(text) if DATE.fullmatch(text) else math.nan


def _days(text: str) -> float:
    try:
        return float(date.fromisoformat(text).toordinal() - EPOCH)
    except ValueError:
        return math.nan


def to_string(value: Value) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return str(int(value)) if value.is_integer() else repr(value)


def to_boolean(value: Value) -> bool:
    if isinstance(value, float):
        return value != 0 and not math.isnan(value)
    return bool(value)


def _equal(left: Value, right: Value) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return to_boolean(left) == to_boolean(right)
    if isinstance(left, float) or isinstance(right, float):
        return to_number(left) == to_number(right)
    return left == right


def _divide(left: float, right: float) -> float:
    if right:
        return left / right
    return math.nan if not left or math.isnan(left) else math.copysign(math.inf, left)


def _remainder(left: float, right: float) -> float:
    return math.fmod(left, right) if right and math.isfinite(left) else math.nan


def _whole(rounding: Callable[[float], int]) -> Callable[[Value], float]:
    def rounded(value: Value) -> float:
        number = to_number(value)
        return float(rounding(number)) if math.isfinite(number) else number

    return rounded


FUNCTIONS: Mapping[str, tuple[int, Callable[..., Value]]] = {
    "selected": (2, lambda value, name: to_string(name).strip() in to_string(value).split()),
    "count-selected": (1, lambda value: float(len(to_string(value).split()))),
    "coalesce": (2, lambda first, second: to_string(first) or to_string(second)),
    "number": (1, to_number),
    "int": (1, _whole(math.trunc)),
    "round": (1, _whole(lambda number: math.floor(number + 0.5))),
    "floor": (1, _whole(math.floor)),
    "ceiling": (1, _whole(math.ceil)),
    "string": (1, to_string),
    "string-length": (1, lambda value: float(len(to_string(value)))),
    "normalize-space": (1, lambda value: " ".join(to_string(value).split())),
    "contains": (2, lambda value, part: to_string(part) in to_string(value)),
    "starts-with": (2, lambda value, start: to_string(value).startswith(to_string(start))),
    "date": (1, to_string),
    "boolean": (1, to_boolean),
    "not": (1, lambda value: not to_boolean(value)),
    "true": (0, lambda: True),
    "false": (0, lambda: False),
}
OPERATORS: Mapping[str, Callable[[Value, Value], Value]] = {
    "=": _equal,
    "!=": lambda left, right: not _equal(left, right),
    "<": lambda left, right: to_number(left) < to_number(right),
    "<=": lambda left, right: to_number(left) <= to_number(right),
    ">": lambda left, right: to_number(left) > to_number(right),
    ">=": lambda left, right: to_number(left) >= to_number(right),
    "+": lambda left, right: to_number(left) + to_number(right),
    "-": lambda left, right: to_number(left) - to_number(right),
    "*": lambda left, right: to_number(left) * to_number(right),
    "div": lambda left, right: _divide(to_number(left), to_number(right)),
    "mod": lambda left, right: _remainder(to_number(left), to_number(right)),
}
