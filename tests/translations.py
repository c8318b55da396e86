"""The sentences of the package, and the catalogues of their translations.

`python tests/translations.py` adds new sentences to each catalogue, untranslated, and takes out those
that are gone; `--from FILE` fills in translations from a JSON object {sentence: translation}.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from retention.files import atomic_path
from retention.orders.rules.check import RULES
from retention.periods import PERIODS
from retention.texts import DEFINITIONS, MEANINGS

PACKAGE = Path(__file__).parents[1] / "retention"
LOCALES = PACKAGE / "locale"
# Words that reach `text` by way of a constant.
CONSTANTS = {
    "charts.ages": ["_LABELS"],
    "charts.growth_accounting": ["PARTS"],
    "charts.lapse_tradeoff": ["_BASIS", "_WORDS"],
    "charts.lifecycle_rates": ["_NAMES", "_BASES"],
    "charts.lifecycle_stages": ["STAGES"],
    "charts.message_response": ["NUMBERS", "FINDINGS"],
    "charts.number": ["_SHORT"],
    "charts.rate_history": ["NAMES", "TITLES"],
    "charts.stage_words": ["STAGES"],
    "command.audience": ["REASONS"],
    "models.gamma_gamma_fit": ["LIMITS", "SENTENCES"],
    "models.limits": ["NAMES", "SENTENCES"],
    "orders.audit.actions": ["SET_ASIDE", "REPORTED"],
    "orders.columns.choose_amount": ["HOW"],
    "orders.columns.contradiction": ["AGAINST"],
    "orders.columns.reason": ["COULD_TOO"],
    "orders.columns.settle": ["SAME", "SAME_GROUPS"],
    "orders.columns.suggestion": ["ONLY"],
    "tables.choose_lapse": ["NOT_IDENTIFIABLE", "NOT_IDENTIFIABLE_IN"],
    "tables.compare_groups": ["CHOSEN"],
    "tables.rfm": ["SEGMENTS"],
}
# Of the catalogues' headers, so that an unchanged catalogue is the same file.
DAY = datetime(2026, 1, 1, tzinfo=UTC)
MAKERS = "the makers of retention"
# Ordinals, and words that fill sentences of definitions.
WORDS = (
    "1st", "2nd", "3rd", "{number}th", "given", "data", "fallback", "anything", "same", "Lines read",
    "Lines used",
    # Columns of tables on slides, what sentences call attributes, and parts of slides.
    "expected orders", "expected value", "order rate", "product", "category", "channel", "coupon",
    "title", "subtitle", "takeaway", "footer", "caption", "content",
    "emails", "phones",
    # Slides of notebook 06.
    "Whom we contact, and how we will know whether it worked",
    "The audiences, and the smallest effect that each could show",
    "As right as the uplift that it was given.", "A rehearsal: nobody was treated differently.",
)  # fmt: skip
_CODE = re.compile("[a-z]+(?:_[a-z]+)*")


def sentences() -> set[str]:
    """Everything that `text` can be asked for."""
    found = {*DEFINITIONS.values(), *MEANINGS.values(), *PERIODS, *WORDS}
    found |= {rule.replace("_", " ").capitalize() for rule in RULES}
    for path in PACKAGE.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found |= {*_asked_for(tree), *_notes(tree)}
    for module, names in CONSTANTS.items():
        home = importlib.import_module(f"retention.{module}")
        texts = {each for name in names for each in _texts(getattr(home, name, ()))}
        found |= {each for each in texts if not _CODE.fullmatch(each)}
    return {each for each in found if any(letter.isalpha() for letter in each)}


def _asked_for(tree: ast.AST) -> Iterator[str]:
    """The sentences in calls of `text`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "text" and node.args:
            yield from _branches(node.args[0])


def _branches(asked: ast.expr) -> Iterator[str]:
    """A sentence, or either of two."""
    if isinstance(asked, ast.IfExp):
        yield from (*_branches(asked.body), *_branches(asked.orelse))
    elif isinstance(asked, ast.Constant) and isinstance(asked.value, str):
        yield asked.value


def _notes(tree: ast.AST) -> Iterator[str]:
    """Sentences of captions: [sentence, {what fills it}], or the constant that holds the sentence."""
    constants = dict(_constants(tree))
    for node in ast.walk(tree):
        if not isinstance(node, (ast.List, ast.Tuple)) or len(node.elts) != 2:
            continue
        sentence, words = node.elts
        said = constants.get(sentence.id) if isinstance(sentence, ast.Name) else sentence
        is_note = isinstance(words, (ast.Dict, ast.Name)) and isinstance(said, ast.Constant)
        if is_note and isinstance(said.value, str) and " " in said.value:
            yield said.value


def _constants(tree: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            yield node.targets[0].id, node.value


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (each for part in value.values() for each in _texts(part))
    elif isinstance(value, (list, tuple)):
        yield from (each for part in value for each in _texts(part))
    elif hasattr(value, "__dict__"):
        yield from _texts(vars(value))


def catalogues() -> dict[str, Path]:
    """Language -> its catalogue."""
    found = LOCALES.glob("*/LC_MESSAGES/retention.po")
    return {path.parents[1].name: path for path in sorted(found)}


def read(path: Path) -> dict[str, str]:
    """Sentence -> translation, empty where there is none."""
    with path.open("rb") as lines:
        return {str(each.id): str(each.string or "") for each in read_po(lines) if each.id}


def write(path: Path, code: str, translations: dict[str, str]) -> None:
    """A catalogue of these, in the order of the alphabet."""
    catalogue = Catalog(
        locale=code, project="retention", version="0.1.0", fuzzy=False, header_comment="",
        msgid_bugs_address="see CONTRIBUTING.md", last_translator=MAKERS, language_team=MAKERS,
        creation_date=DAY, revision_date=DAY,
    )  # fmt: skip
    for sentence in sorted(translations):
        catalogue.add(sentence, translations[sentence])
    with atomic_path(path) as temporary, Path(temporary).open("wb") as lines:
        write_po(lines, catalogue, width=100, omit_header=False)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--from", dest="file", type=Path, nargs="*", default=[])
    parser.add_argument("--language", default="vi")
    options = parser.parse_args()
    path = LOCALES / options.language / "LC_MESSAGES" / "retention.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    known = read(path) if path.exists() else {}
    for file in options.file:
        known |= json.loads(file.read_text(encoding="utf-8"))
    kept = {sentence: known.get(sentence, "") for sentence in sentences()}
    write(path, options.language, kept)
    print(f"{path}: {len(kept)} sentences, {sum(not each for each in kept.values())} untranslated")


if __name__ == "__main__":
    main()
