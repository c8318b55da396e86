"""The plan of a campaign as files, and the notebook that makes the same."""

from __future__ import annotations

import ast
import json
from pathlib import Path

from retention.export.plan_files import CAMPAIGN, SHARE, _audiences
from retention.texts import language

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "06_audiences.ipynb"


class Untranslated(ast.NodeTransformer):
    """`rt.translated("words")` is its words."""

    def visit_Call(self, node: ast.Call) -> ast.expr:
        return node.args[0]


def defaults(name: str) -> list[object]:
    """What the notebook takes for `name` where no choice was made: the last of `... or value`."""
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    code = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    return [
        ast.literal_eval(Untranslated().visit(node.value.values[-1]))
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.BoolOp)
        and [target.id for target in node.targets if isinstance(target, ast.Name)] == [name]
    ]


def test_the_notebook_and_the_command_plan_the_same_campaign() -> None:
    assert defaults("wanted") == [_audiences()]
    assert (defaults("campaign"), defaults("share")) == ([CAMPAIGN], [SHARE])


def test_the_audiences_of_nobody_are_named_in_the_language() -> None:
    with language("vi"):
        assert list(_audiences()) == ["giành lại khách", "đơn hàng thứ hai", "cảm ơn"]
