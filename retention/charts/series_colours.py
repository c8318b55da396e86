"""Which colour each series of a picture takes, the same in matplotlib and on a slide."""

from __future__ import annotations

from retention.charts.colours import LAYERS, PALETTE, role_colour
from retention.charts.picture import Picture, Role

# Of more lines than this, only some can be named and coloured; the rest are grey.
MANY_LINES = 8


def series_colours(picture: Picture) -> tuple[str, ...]:
    """One colour for each series of a picture.

    Parameters
    ----------
    picture : Picture
        Any picture; layers of a stacked chart take the ordered colours, the rest goes by role.

    Returns
    -------
    tuple of str
        Colours as #RRGGBB, in the order of the series.

    Raises
    ------
    ArgumentError
        Where a series has an unknown role.

    Notes
    -----
    More than eight plain series share colours: direct labels must tell them apart.

    Examples
    --------
    >>> from retention.charts.picture import Series
    >>> pair = (Series("all", (1.0,), role="main"), Series("web", (2.0,)))
    >>> series_colours(Picture("bar", "rates", "Rates", ("a",), pair))
    ('#0072B2', '#56B4E9')
    """
    roles = [series.role for series in picture.series]
    if picture.kind == "stacked_bar" and set(roles) == {"plain"}:
        return tuple(_spaced_layers(len(roles)))
    return tuple(_by_role(roles))


def _spaced_layers(count: int) -> list[str]:
    """As many layer colours as asked for, as far apart as there are."""
    if count == 1:
        return [LAYERS[2]]
    last = len(LAYERS) - 1
    return [LAYERS[round(i * last / (count - 1))] for i in range(count)]


def _by_role(roles: list[Role]) -> list[str]:
    """The colour of each role; where several are plain, they take turns through the palette."""
    if roles.count("plain") < 2:
        return [role_colour(role) for role in roles]
    taken = {role_colour(role) for role in roles if role != "plain"}
    free = [colour for colour in PALETTE if colour not in taken]
    turns = (free[i % len(free)] for i in range(len(roles)))
    return [next(turns) if role == "plain" else role_colour(role) for role in roles]
