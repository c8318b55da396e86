"""A condition over the columns of a table, read and answered here: no word of it is run as a program."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable
from datetime import date
from functools import reduce
from typing import Any

import pandas as pd
from pandas.api.types import is_datetime64_any_dtype

from retention.periods import as_day

_COMPARED: dict[type[ast.cmpop], Callable[..., Any]] = {
    ast.Eq: operator.eq, ast.NotEq: operator.ne, ast.Lt: operator.lt, ast.LtE: operator.le,
    ast.Gt: operator.gt, ast.GtE: operator.ge,
}  # fmt: skip
# Whether a column is to be one of a list, or none of it.
_AMONG = {ast.In: True, ast.Eq: True, ast.NotIn: False, ast.NotEq: False}
_COUNTED: dict[type[ast.operator], Callable[..., Any]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
}  # fmt: skip
# What may be asked of a column: a value each, one number of all, and of texts and days.
_METHODS = ("isna", "notna", "isin", "between", "abs", "mean", "median", "quantile", "min", "max")
_PARTS = {"str": ("contains", "startswith", "endswith", "lower"), "dt": ("year", "month", "day")}
# Names with blanks stand between backticks; within quotes a backtick is one.
_NAMED = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|`([^`]+)`")


class Condition:
    """The answers of a table to one condition."""

    def __init__(self, table: pd.DataFrame) -> None:
        self.table = table
        self.named: dict[str, str] = {}

    def answers(self, where: str) -> Any:
        """A column of yes, no and not known; whatever else the words mean is for the caller to refuse.

        Raises
        ------
        ValueError, TypeError, AttributeError
            If it cannot be read, or compares what cannot be compared.

        Examples
        --------
        >>> table = pd.DataFrame({"days": [3, 9], "first channel": ["shop", None]})
        >>> Condition(table).answers("days > days.mean() or `first channel` == 'shop'").tolist()
        [True, True]
        """
        try:
            tree = ast.parse(f"(\n{_NAMED.sub(self._name, where)}\n)", mode="eval")
        except SyntaxError as error:
            raise ValueError(error.msg) from error
        return self._read(tree.body)

    def _name(self, found: re.Match[str]) -> str:
        if found[1] is None:
            return found[0]
        placeholder = f"_named_{len(self.named)}"
        self.named[placeholder] = found[1]
        return placeholder

    def _read(self, node: ast.expr) -> Any:
        match node:
            case ast.Constant(value=str() | int() | float() | bool() | None as value):
                return value
            case ast.List(elts=each) | ast.Tuple(elts=each):
                return [self._read(one) for one in each]
            case ast.Name(id=name):
                return self._column(self.named.get(name, name))
            case ast.BoolOp(op=op, values=values):
                joined = operator.and_ if isinstance(op, ast.And) else operator.or_
                return reduce(joined, (_yes_or_no(self._read(one)) for one in values))
            case ast.Compare(left=left, ops=ops, comparators=rest):
                sides = [self._read(one) for one in (left, *rest)]
                pairs = zip(ops, sides[:-1], sides[1:], strict=True)
                return reduce(operator.and_, (_compared(*pair) for pair in pairs))
            case _:
                return self._computed(node)

    def _computed(self, node: ast.expr) -> Any:
        match node:
            case ast.UnaryOp(op=ast.Not() | ast.Invert(), operand=operand):
                return ~_yes_or_no(self._read(operand))
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return -self._read(operand)
            case ast.BinOp(op=ast.BitAnd() | ast.BitOr() as op, left=left, right=right):
                joined = operator.and_ if isinstance(op, ast.BitAnd) else operator.or_
                return joined(_yes_or_no(self._read(left)), _yes_or_no(self._read(right)))
            case ast.BinOp(op=op, left=left, right=right) if type(op) in _COUNTED:
                return _COUNTED[type(op)](_number(self._read(left)), _number(self._read(right)))
            case ast.Call(func=ast.Attribute(attr=name) as called, args=args, keywords=[]):
                return self._asked(called, name)(*(self._read(one) for one in args))
            case ast.Attribute(value=ast.Attribute(attr="dt"), attr=name):
                return self._asked(node, name)
        raise ValueError(f"{ast.unparse(node)!r} is not allowed here")

    def _asked(self, node: ast.Attribute, name: str) -> Any:
        """One of the few things that a column, or the text or day in it, is asked for."""
        match node.value:
            case ast.Attribute(value=ast.Name() as column, attr=part):
                allowed = _PARTS.get(part, ())
            case ast.Name() as column:
                part, allowed = "", _METHODS
            case _:
                allowed = ()
        if name not in allowed:
            raise ValueError(f"{ast.unparse(node)!r} is not allowed here")
        found = self._read(column)
        return getattr(getattr(found, part) if part else found, name)

    def _column(self, name: str) -> pd.Series:
        if name not in self.table.columns:
            raise ValueError(f"there is no column {name!r}")
        column: pd.Series = self.table[name]
        return column


def _compared(op: ast.cmpop, left: Any, right: Any) -> Any:
    """Of a missing value nothing is known, so neither yes nor no."""
    if isinstance(right, list) and isinstance(left, pd.Series) and type(op) in _AMONG:
        found = _yes_or_no(left.isin(_like(right, left)))
        found = found if _AMONG[type(op)] else ~found
    elif type(op) in _COMPARED:
        found = _yes_or_no(_COMPARED[type(op)](_like(left, right), _like(right, left)))
    else:
        raise ValueError("'in' stands between a column and a list, and 'is' nowhere")
    for side in (left, right):
        if isinstance(side, pd.Series):
            found = found.mask(side.isna())
    return found


def _like(side: Any, other: Any) -> Any:
    """Text beside days is a day, written year, month, day."""
    if not isinstance(other, pd.Series) or not is_datetime64_any_dtype(other):
        return side
    if isinstance(side, list):
        return [_like(each, other) for each in side]
    return as_day(side, "where") if isinstance(side, (str, date)) else side


def _number(side: Any) -> Any:
    """A text or a list times a number would be as long as somebody likes."""
    if isinstance(side, (pd.Series, int, float)):
        return side
    raise ValueError(f"{side!r} is no number")


def _yes_or_no(side: Any) -> Any:
    try:
        return side.astype("boolean")
    except (AttributeError, TypeError, ValueError) as error:
        what = repr(side.name) if isinstance(side, pd.Series) else repr(side)
        raise ValueError(f"{what} is no column of yes and no") from error
