"""The limits at which a beta-geometric model can end, by name and in words.

A parameter at its limit is no failure: the nested model is the best description of the data.
"""

from __future__ import annotations

from retention.texts import text

NAMES = {
    "same rate": "everyone alike (Poisson rate)",
    "same dropout": "everyone equally likely to leave",
    "split dropout": "some leave at once, the others never",
    "none dropout": "nobody drops out (NBD)",
    "all dropout": "everyone leaves at the first chance",
    "same rate and none dropout": "everyone alike, nobody drops out (Poisson)",
}
# Below this mean chance to leave, silence says next to nothing about who has left.
HARDLY_ANY = 0.005
SENTENCES = {
    "same rate": (
        "Everyone is alike: the data show no difference between customers in how often they buy, "
        "so one rate serves all."
    ),
    "same dropout": (
        "The data show no difference between customers in how likely they are to leave, so one "
        "chance serves all."
    ),
    "split dropout": (
        "Some customers leave at the first chance and the others never do: who has bought since "
        "counts as active for good."
    ),
    "none dropout": (
        "Nobody drops out: the data show no sign of customers who leave for good, only of slow "
        "ones, so everyone counts as active; judge silence by the chance of an order, not by "
        "the chance of being active."
    ),
    "near none dropout": (
        "This is close to nobody drops out: the data show hardly any customers who leave for good, "
        "mostly slow ones; judge silence by the chance of an order, not by the chance of being "
        "active."
    ),
    "all dropout": "Everyone leaves at the first chance: nobody came back a second time.",
}


def limit_name(rate_family: str, dropout_family: str) -> str:
    """The limits that hold, short; empty where none does.

    Examples
    --------
    >>> limit_name("gamma", "none")
    'nobody drops out (NBD)'
    >>> limit_name("gamma", "beta")
    ''
    """
    both = f"{rate_family} rate and {dropout_family} dropout"
    keys = [both] if both in NAMES else _keys(rate_family, dropout_family)
    return "; ".join(text(NAMES[key]) for key in keys)


def limit_sentence(rate_family: str, dropout_family: str, *, mean_dropout: float) -> str:
    """What the limits mean, in full sentences; empty where none holds or is near.

    Examples
    --------
    >>> limit_sentence("gamma", "same", mean_dropout=0.2)[:45]
    'The data show no difference between customers'
    >>> limit_sentence("gamma", "beta", mean_dropout=0.2)
    ''
    """
    keys = _keys(rate_family, dropout_family)
    if dropout_family != "none" and mean_dropout < HARDLY_ANY:
        keys.append("near none dropout")
    return " ".join(text(SENTENCES[key]) for key in keys)


def _keys(rate_family: str, dropout_family: str) -> list[str]:
    return [key for key in (f"{rate_family} rate", f"{dropout_family} dropout") if key in NAMES]
