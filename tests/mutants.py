"""Small changes of source code, of the kinds that people make by mistake."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "retention"
LAYERS = ("tables", "models")

COMPARED: dict[type[ast.cmpop], list[type[ast.cmpop]]] = {
    ast.Lt: [ast.LtE, ast.GtE], ast.LtE: [ast.Lt, ast.Gt], ast.Gt: [ast.GtE, ast.LtE],
    ast.GtE: [ast.Gt, ast.Lt], ast.Eq: [ast.NotEq], ast.NotEq: [ast.Eq], ast.Is: [ast.IsNot],
    ast.IsNot: [ast.Is], ast.In: [ast.NotIn], ast.NotIn: [ast.In],
}  # fmt: skip
COUNTED: dict[type[ast.operator], list[type[ast.operator]]] = {
    ast.Add: [ast.Sub], ast.Sub: [ast.Add], ast.Mult: [ast.Div], ast.Div: [ast.Mult],
    ast.FloorDiv: [ast.Div], ast.Mod: [ast.FloorDiv], ast.Pow: [ast.Mult],
    ast.BitAnd: [ast.BitOr], ast.BitOr: [ast.BitAnd],
}  # fmt: skip

ALIKE = ("min", "max", "minimum", "maximum")
UNCHANGED = ("annotation", "returns", "type_params", "decorator_list")


@dataclass(frozen=True)
class Mutant:
    """A file with one change in it; `name` stays the same while lines move."""

    path: str
    line: int
    function: str
    before: str
    after: str
    start: int

    @property
    def name(self) -> str:
        return f"{self.path} {self.function}: {_flat(self.before)} -> {_flat(self.after)}"

    @property
    def source(self) -> str:
        """The whole file with the change in it."""
        raw = (ROOT / self.path).read_bytes()
        end = self.start + len(self.before.encode())
        return (raw[: self.start] + self.after.encode() + raw[end:]).decode()

    @property
    def module(self) -> str:
        return ".".join(Path(self.path).with_suffix("").parts)


def _flat(code: str) -> str:
    words = " ".join(code.split())
    return words if len(words) <= 90 else f"{words[:87]}..."


def all_mutants(only: str = "") -> list[Mutant]:
    """Every change of every file whose path holds the words, in a fixed order."""
    files = sorted(path for layer in LAYERS for path in (PACKAGE / layer).glob("[!_]*.py"))
    named = {path.relative_to(ROOT).as_posix(): path for path in files}
    chosen = {name: path for name, path in named.items() if only in name}
    sources = {name: path.read_text(encoding="utf-8") for name, path in chosen.items()}
    return [mutant for name, source in sources.items() for mutant in mutants_of(name, source)]


def mutants_of(path: str, source: str) -> list[Mutant]:
    """The changes of one file.

    Examples
    --------
    >>> [one.after for one in mutants_of("a.py", "def f(a):\\n    return a < 1\\n")]
    ['return None', 'a <= 1', 'a >= 1', '2', '0']
    """
    raw = source.encode()
    starts = [0, *accumulate(len(line) for line in raw.splitlines(keepends=True))]
    found = []
    for node, function in _nodes(ast.parse(source), ""):
        for after in _changes(node):
            start, end = _place(node, raw, starts)
            before = raw[start:end].decode()
            # An elif is an If that begins in the middle of its word.
            words = f"el{after}" if before.startswith("elif") else after
            if words != before:
                found.append(Mutant(path, node.lineno, function, before, words, start))
    return found


def _place(node: ast.expr | ast.stmt, raw: bytes, starts: list[int]) -> tuple[int, int]:
    """Where the node's own text stands, in bytes; of an `if` the head alone."""
    start = starts[node.lineno - 1] + node.col_offset
    last = node.test if isinstance(node, ast.If) else node
    end = starts[(last.end_lineno or last.lineno) - 1] + (last.end_col_offset or 0)
    return start, raw.index(b":", end) + 1 if isinstance(node, ast.If) else end


def _nodes(node: ast.AST, function: str) -> Iterator[tuple[ast.expr | ast.stmt, str]]:
    """What is run, with the function that it is in: no annotations, docstrings or imports."""
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        function = f"{function}.{node.name}".lstrip(".")
    if isinstance(node, (ast.expr, ast.stmt)):
        yield node, function
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "type_params", "decorator_list") or isinstance(
            node, ast.JoinedStr
        ):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _is_words(child):
                yield from _nodes(child, function)


def _is_words(node: ast.AST) -> bool:
    """What is said and not computed: messages, and the words of a caption."""
    if isinstance(node, (ast.Raise, ast.Import, ast.ImportFrom)):
        return True
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _changes(node: ast.expr | ast.stmt) -> Iterator[str]:
    match node:
        case ast.Compare(ops=[one]):
            yield from (_with(node, ops=[other()]) for other in COMPARED.get(type(one), ()))
        case ast.BinOp(op=op):
            yield from (f"({_with(node, op=other())})" for other in COUNTED.get(type(op), ()))
        case ast.Constant(value=bool(value)):
            yield str(not value)
        case ast.Constant(value=int(value) | float(value)):
            yield from (repr(value + 1), repr(value - 1))
        case ast.Call(func=called, args=[first, second, *rest]) if _has_order(
            called, first, second
        ):
            yield _with(node, args=[second, first, *rest])
        case _:
            yield from _turned(node)
            yield from _changed_statement(node)


def _turned(node: ast.expr | ast.stmt) -> Iterator[str]:
    match node:
        case ast.BoolOp(op=op):
            yield f"({_with(node, op=ast.Or() if isinstance(op, ast.And) else ast.And())})"
        case ast.UnaryOp(op=ast.Not() | ast.USub() | ast.Invert(), operand=operand):
            yield f"({ast.unparse(operand)})"
        case ast.IfExp(body=body, orelse=orelse):
            yield _with(node, body=orelse, orelse=body)


def _changed_statement(node: ast.expr | ast.stmt) -> Iterator[str]:
    match node:
        case ast.Return(value=ast.expr()):
            yield "return None"
        case ast.Expr(value=ast.Call()) | ast.AugAssign():
            yield "pass"
        case ast.Assign(targets=[ast.Subscript() | ast.Attribute()]):
            yield "pass"
        case ast.If(test=test) if node.lineno == test.lineno:
            # The head alone: the block below it stays as it is written.
            yield f"if not ({ast.unparse(test)}):"
        case _:
            return


def _has_order(called: ast.expr, *arguments: ast.expr) -> bool:
    """The smaller of two is the same in either order; of starred ones nobody knows the number."""
    is_starred = any(isinstance(node, ast.Starred) for node in arguments)
    return not is_starred and ast.unparse(called).split(".")[-1] not in ALIKE


def _with(node: ast.AST, **changed: object) -> str:
    fields = dict(ast.iter_fields(node)) | changed
    return ast.unparse(ast.fix_missing_locations(type(node)(**fields)))
