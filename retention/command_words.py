"""Messages name arguments of functions; the command says them as its own options."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping

from retention.texts import text

# Argument of `read_orders`, or key of a retention.toml, to the option of the command.
OPTIONS = {
    "columns": "--column", "statuses": "--status", "timezone": "--timezone",
    "currency": "--currency", "as_of": "--as-of", "date_format": "--date-format",
    "decimal": "--decimal", "unreadable": "--unreadable", "sheet": "--sheet",
    "encoding": "--encoding", "merge_by": "--merge-by", "people": "--people",
    "attributes": "--attribute", "history_start": "--history-start",
    "non_products": "--non-products", "amount_of": "--amount-of", "language": "--language",
    "horizon_days": "--horizon-days", "margin": "--margin",
    "annual_discount_rate": "--annual-discount-rate", "template": "--template",
    "at_risk_after_days": "--at-risk-after-days", "lapsed_after_days": "--lapsed-after-days",
    "touches": "--touches", "footer": "--footer", "consent": "--consent", "campaign": "--campaign",
    "audiences": "--audience", "holdout_share": "--holdout-share", "max_messages": "--max-messages",
}  # fmt: skip
IN_SETTINGS = ("burn_in_days", "returns", "zero_amounts", "placeholder_ids", "week_start")
# Readers that the command gives nothing but a path, and the columns they look for.
IN_THE_FILE = {
    "people": "customer_id, email, phone, first_seen_at",
    "touches": "customer_id, touched_at, touch",
}
BY_PATH = (
    "These are arguments of rt.read_{noun}(); to the command say it in the file itself: call the columns "
    "{names}, and write days as 2024-12-31."
)
EXAMPLES = {
    "--column": "customer_id=CustomerNo",
    "--status": "shipped=completed",
    "--attribute": "City",
    "--audience": "\"win back=band in ['medium', 'high']\"",
}
_NAMES = "|".join((*OPTIONS, *IN_SETTINGS))
_QUOTED = r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'"
_DICT = rf"\{{(?:{_QUOTED}|[^{{}}'\"])*\}}"
_NUMBER = r"\d+(?:\.\d+)?"
_LIST = rf"\[(?:{_QUOTED}|[^\[\]'\"])*\]"
_ARGUMENT = re.compile(rf"(?<![\w'\".-])({_NAMES})=({_DICT}|{_LIST}|{_QUOTED}|{_NUMBER})?(?!=)")
# The command has no `orders`; notebooks have.
_LINES = re.compile(r"orders\.set_aside\((?:'\w+'|\"\w+\")\)(?! in a notebook)")
_PLAIN = re.compile(r"[\w./:+=-]+")


def command_words(message: str) -> str:
    """The message with options of the command in place of arguments: --decimal . for decimal=".".

    Lines cannot be shown there: it says where they can. Of the tables beside the orders the command
    takes only the file, so what cannot be said of them is to be written into it.
    """
    noun = message.partition(":")[0]
    if noun in IN_THE_FILE and _ARGUMENT.search(message.partition(":")[2]):
        return f"{message} {BY_PATH.format(noun=noun, names=IN_THE_FILE[noun])}"
    return _LINES.sub(_where, _ARGUMENT.sub(_option, message))


def settings_hint(message: str) -> str:
    """Where to write the arguments in a message that are no option; empty if there are none."""
    found = {match.group(1) for match in _ARGUMENT.finditer(message)}
    names = [name for name in IN_SETTINGS if name in found]
    if not names:
        return ""
    return text(
        "Write into retention.toml, which `retention init FOLDER --source FILE` makes: {names}.",
        names=", ".join(names),
    )


def _where(found: re.Match[str]) -> str:
    return text("{call} in a notebook", call=found.group())


def _option(found: re.Match[str]) -> str:
    name, value = found.group(1), found.group(2)
    if name not in OPTIONS:
        return found.group()
    option = OPTIONS[name]
    if value is None:
        return option
    return " ".join(f"{option} {_quoted(word)}" for word in _words(option, _value(value)))


def _value(literal: str) -> object:
    try:
        return ast.literal_eval(literal)
    except (SyntaxError, ValueError):
        return None


def _words(option: str, value: object) -> list[str]:
    """What follows the option, once for each pair or item; an example where none is given."""
    if isinstance(value, Mapping) and Ellipsis not in value.values():
        return [f"{key}={item}" for key, item in value.items()]
    if isinstance(value, Mapping):
        return [f"{key}=..." for key in value]
    if isinstance(value, (list, tuple)) and Ellipsis not in value:
        return [str(item) for item in value]
    is_said = isinstance(value, (str, int, float))
    return [str(value) if is_said else EXAMPLES.get(option, "...")]


def _quoted(word: str) -> str:
    """As a shell takes it: quotes around what is more than letters and digits."""
    if _PLAIN.fullmatch(word):
        return word
    return f'"{word}"' if '"' not in word else f"'{word}'"
