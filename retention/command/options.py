"""Options that several commands share: how the file is read, and what you know of your shop."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from retention.command.app import unbroken
from retention.command_words import EXAMPLES
from retention.errors import ArgumentError

READING_PANEL, CHOOSING_PANEL = "How the file is read", "What you know, and want"


def _read(help_: str, *names: str, panel: str = READING_PANEL, **more: Any) -> Any:
    return typer.Option(*names, help=help_, rich_help_panel=panel, **{"metavar": "TEXT"} | more)


def _know(help_: str, *names: str, **more: Any) -> Any:
    return _read(help_, *names, panel=CHOOSING_PANEL, **more)


DAYS, NUMBER = {"metavar": "DAYS"}, {"metavar": "NUMBER"}
FILE: dict[str, Any] = {"metavar": "FILE", "readable": False}
# readable=False leaves it to the reader to say in one sentence that a file may not be read.
Sources = Annotated[
    list[Path],
    typer.Argument(
        metavar="SOURCE",
        help="Orders: text, Excel, Parquet, several files or a pattern; or a retention.toml.",
        readable=False,
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress bars.")]
Json = Annotated[bool, typer.Option("--json", help="Answer with one JSON object, for machines.")]
Texts, Text, File, Whole, Number = (
    list[str] | None,
    str | None,
    Path | None,
    int | None,
    float | None,
)

# Argument of `read_orders` to its option.
READING: dict[str, Any] = {
    "columns": Annotated[Texts, _read(
        "Which column is which: --column customer_id=CustomerNo. Repeat.", "--column")],
    "statuses": Annotated[Texts, _read(
        "What a status means: --status shipped=completed. Repeat.", "--status")],
    "timezone": Annotated[Text, _read("Where days are counted: Asia/Ho_Chi_Minh.")],
    "currency": Annotated[Text, _read("Currency of the amounts: VND, EUR.")],
    "as_of": Annotated[Text, _read("Last day observed: 2025-12-31.", "--as-of")],
    "history_start": Annotated[Text, _read(
        "First day from which all orders are there: 2024-01-01.", "--history-start")],
    "attributes": Annotated[Texts, _read(
        "A further column to compare customers by. Repeat.", "--attribute")],
    "date_format": Annotated[Text, _read("%d/%m/%Y or %m/%d/%Y.", "--date-format")],
    "decimal": Annotated[Text, _read("Decimal sign, . or ,")],
    "unreadable": Annotated[Text, _read(
        "What to do with lines that cannot be read: error or set_aside.")],
    "non_products": Annotated[Text, _read(
        "What to do with lines of postage and fees: keep or set_aside.", "--non-products")],
    "amount_of": Annotated[Text, _read(
        "Whether an amount repeated on all lines is the order's or the line's: order or line.",
        "--amount-of")],
    "sheet": Annotated[Text, _read("Sheet of a workbook that has several.")],
    "encoding": Annotated[Text, _read("Encoding of a text file: cp1258, utf-8.")],
    "merge_by": Annotated[Texts, _read(
        "Merge customers by email or phone. Repeat for both.", "--merge-by")],
    "people": Annotated[File, _read(
        "Table with e-mails and phones of customers.", **FILE)],
}  # fmt: skip

# Key of a retention.toml to its option.
CHOOSING: dict[str, Any] = {
    "language": Annotated[Text, _know("Language of charts and slides: en or vi.")],
    "horizon_days": Annotated[Whole, _know("How far value and risk look ahead.", "--horizon-days", **DAYS)],
    "margin": Annotated[Number, _know("What is left of an amount after variable costs: 0.3.", **NUMBER)],
    "annual_discount_rate": Annotated[Number, _know(
        "By how much money a year from now is worth less: 0.1.", "--annual-discount-rate", **NUMBER)],
    "at_risk_after_days": Annotated[Whole, _know(
        "Silence after which a customer is at risk; without it the data choose.",
        "--at-risk-after-days", **DAYS)],
    "lapsed_after_days": Annotated[Whole, _know(
        "Silence after which a customer has lapsed.", "--lapsed-after-days", **DAYS)],
}  # fmt: skip
LANGUAGE = {"language": CHOOSING["language"]}
SLIDES: dict[str, Any] = {
    "template": Annotated[File, _know("Your company's .pptx or .potx.", **FILE)],
    "footer": Annotated[Text, _know("What stands first in the small print of slides.")],
}
CONTACTS: dict[str, Any] = {
    "audiences": Annotated[Texts, _know(
        "Whom to contact: --audience \"win back=band in ['medium', 'high']\". Repeat, the most "
        "important first.", "--audience")],
    "campaign": Annotated[Text, _know("Its name; another name draws another hold-out.")],
    "holdout_share": Annotated[Number, _know(
        "Share that is left alone on purpose: 0.1.", "--holdout-share", **NUMBER)],
    "max_messages": Annotated[Whole, _know(
        "Leave alone who was sent more in 30 days.", "--max-messages", **NUMBER)],
    "touches": Annotated[File, _know("Table of messages, clicks, wish lists.", **FILE)],
    "consent": Annotated[Text, _know("Column of the people that says who may be contacted.")],
}  # fmt: skip
NONE = "None"  # as messages write a column that is not there
PAIRS = {"columns": "--column", "statuses": "--status", "audiences": "--audience"}


def with_options(
    *groups: Mapping[str, Any],
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the options of these groups, which it takes together as `options`.

    Raises
    ------
    ArgumentError
        When the command is run with a pair that is none.
    """
    shared = {name: kind for group in groups for name, kind in group.items()}

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        own = inspect.signature(command, eval_str=True).parameters
        ours = [each for name, each in own.items() if name != "options"]
        others = [_option(name, kind) for name, kind in shared.items()]

        def run(**given: Any) -> None:
            options = {name: _value(name, given.pop(name)) for name in shared}
            command(**given, options={n: v for n, v in options.items() if v not in (None, [], {})})

        parameters = [*(each.replace(kind=each.KEYWORD_ONLY) for each in ours), *others]
        run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        run.__annotations__ = {each.name: each.annotation for each in parameters}
        run.__name__, run.__doc__ = command.__name__, unbroken(command.__doc__ or "")
        return run

    return decorate


def one_source(paths: list[Path]) -> Path | list[Path]:
    """One file, pattern or retention.toml as it is; several files as a list; of a folder its settings.

    Raises
    ------
    ArgumentError
        If a retention.toml is one of several.
    """
    settings = [path for path in paths if path.suffix.lower() == ".toml"]
    if settings and len(paths) > 1:
        raise ArgumentError(
            f"{settings[0]}: a retention.toml stands alone, and {len(paths)} sources were given. "
            'Name the files in it: source = ["a.csv", "b.csv"].'
        )
    if len(paths) == 1 and (paths[0] / "retention.toml").is_file():
        return paths[0] / "retention.toml"
    return paths[0] if len(paths) == 1 else paths


def _option(name: str, kind: Any) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=kind)


def _value(name: str, value: Any) -> Any:
    if name not in PAIRS:
        return value
    return dict(_pair(PAIRS[name], word) for word in value or ())


def _pair(option: str, words: str) -> tuple[str, str]:
    """Name and value; a status of theirs may have a = in it, what others are called has none.

    A column of ours may be none of theirs: `amount=None`, or nothing behind the sign.
    """
    first, sign, last = words.rpartition("=") if option == "--status" else words.partition("=")
    if option == "--column" and first and sign:
        return first, "" if last == NONE else last
    if not (first and sign and last):
        raise ArgumentError(f"{option}: {words!r} is not of the form {EXAMPLES[option]}.")
    return first, last
