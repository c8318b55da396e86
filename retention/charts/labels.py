"""Labels beside points and at the ends of lines, moved apart until none covers another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

import matplotlib.patheffects as effects
import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.text import Annotation
from matplotlib.transforms import Bbox

from retention.charts.colours import FAINT_TEXT, PAPER
from retention.charts.spread import spread
from retention.charts.wrapping import shorten

# To the right of a point, above it, or to the right of an upright line, where words are narrow.
Place = Literal["right", "above", "upright"]
_CHARACTERS: dict[Place, int] = {"right": 26, "above": 26, "upright": 14}
_VERTICAL: dict[Place, Literal["center", "bottom", "top"]] = {
    "right": "center",
    "above": "bottom",
    "upright": "top",
}
Points = npt.NDArray[np.float64]
_PADDING = 2.0
_SAMPLE_PIXELS = 4.0
# Of more labels than this, each has fewer lines, so that none has to go.
_ROOMY = 6
# From this many points on, a label is tied to its point by a thin line.
_LEADER_FROM = 7.0


class Label(NamedTuple):
    """Words for the point (x, y); lower `rank` is placed first and dropped last."""

    words: str
    x: float
    y: float
    colour: str
    rank: int = 0
    is_bold: bool = False
    place: Place = "right"
    tie: str = FAINT_TEXT


def add_labels(ax: Axes, labels: Sequence[Label]) -> list[Annotation]:
    """Every label at its point, not yet moved apart, so that the layout can make room for them."""
    notes = []
    lines = 3 if len(labels) <= _ROOMY else 2
    column = _column_edge(ax, labels)
    for label in labels:
        note = ax.annotate(
            shorten(label.words, _CHARACTERS[label.place], lines),
            (column if _in_column(ax, label) else label.x, label.y),
            (0.0, 8.0) if label.place == "above" else (7.0, 0.0),
            textcoords="offset points",
            ha="center" if label.place == "above" else "left",
            va=_VERTICAL[label.place],
            color=label.colour,
            fontsize=9.5 if label.is_bold else 9,
            fontweight="bold" if label.is_bold else "normal",
            linespacing=1.1,
            annotation_clip=False,
            zorder=6,
        )
        note.set_path_effects([effects.withStroke(linewidth=2.5, foreground=PAPER)])
        notes.append(note)
    return notes


def separate(ax: Axes, labels: Sequence[Label], notes: Sequence[Annotation]) -> None:
    """Move labels up or down until none covers another; hide those for which no room is left."""
    lines = _line_points(ax)
    order = sorted(range(len(labels)), key=lambda i: labels[i].rank)
    column = [i for i in order if _in_column(ax, labels[i])]
    placed = _stack(ax, [labels[i] for i in column], [notes[i] for i in column])
    for i in order:
        if i not in column:
            _move_free(ax, labels[i], notes[i], placed, lines)


def _in_column(ax: Axes, label: Label) -> bool:
    """Whether the label stands in the right margin, where labels form one column."""
    left, right = sorted(ax.get_xlim())
    return label.place == "right" and label.x >= left + 0.93 * (right - left)


def _column_edge(ax: Axes, labels: Sequence[Label]) -> float:
    """Where the column begins: right of all its points, or a label would stand by another's line."""
    return max((label.x for label in labels if _in_column(ax, label)), default=0.0)


def _stack(ax: Axes, labels: Sequence[Label], notes: Sequence[Annotation]) -> list[Bbox]:
    """One column of labels, in the order of their points; the last in rank go where it is full."""
    frame = ax.get_window_extent()
    heights = [_box(note).height for note in notes]
    kept: list[int] = []
    for i, note in enumerate(notes):
        if sum(heights[k] for k in kept) + heights[i] <= frame.height:
            kept.append(i)
        else:
            note.set_visible(False)
    kept.sort(key=lambda i: labels[i].y)
    pixels = [float(ax.transData.transform((labels[i].x, labels[i].y))[1]) for i in kept]
    centres = spread(pixels, [heights[i] for i in kept], frame.y0, frame.y1)
    for i, centre, pixel in zip(kept, centres, pixels, strict=True):
        _lift(ax, labels[i], notes[i], (centre - pixel) * 72 / ax.figure.dpi)
    return [_box(notes[i]) for i in kept]


def _move_free(ax: Axes, label: Label, note: Annotation, placed: list[Bbox], lines: Points) -> None:
    """The nearest place above or below its point that is free of labels and, if possible, lines."""
    frame, box = ax.get_window_extent(), _box(note)
    tries = [step * sign * box.height / 3 for step in range(40) for sign in (1, -1)]
    inside = [
        dy for dy in tries if frame.y0 <= box.y0 + dy and box.y1 + dy <= frame.y1 + box.height / 2
    ]
    free = [dy for dy in inside if not any(box.translated(0, dy).overlaps(b) for b in placed)]
    if not free:
        note.set_visible(False)
        return
    clear = (dy for dy in free if not _crosses(lines, box.translated(0, dy)))
    chosen = free[0] if label.place == "upright" else next(clear, free[0])
    _lift(ax, label, note, chosen * 72 / ax.figure.dpi)
    placed.append(_box(note))


def _lift(ax: Axes, label: Label, note: Annotation, points: float) -> None:
    """Raise a label by so many points; far from its point, a thin line ties it to it."""
    x, y = note.get_position()
    note.set_position((x, y + points))
    away = _points_right(ax, label, note)
    if label.place != "upright" and max(abs(points), away) > _LEADER_FROM:
        leader = ax.annotate(
            "",
            (label.x, label.y),
            (away + x - 1, y + points),
            textcoords="offset points",
            annotation_clip=False,
            arrowprops={"arrowstyle": "-", "color": label.tie, "lw": 0.7, "shrinkA": 0},
        )
        leader.set_in_layout(False)


def _points_right(ax: Axes, label: Label, note: Annotation) -> float:
    """How far to the right of its own point a label of the column hangs."""
    pixels = ax.transData.transform([(label.x, label.y), note.xy])[:, 0]
    return float(pixels[1] - pixels[0]) * 72 / ax.figure.dpi


def _box(note: Annotation) -> Bbox:
    """The box of the words, with a little air, in pixels."""
    words = note.get_window_extent()
    return Bbox.from_extents(
        words.x0 - _PADDING, words.y0 - _PADDING / 2, words.x1 + _PADDING, words.y1 + _PADDING / 2
    )


def _line_points(ax: Axes) -> Points:
    """Points along every line of the axes, close enough that no label hides between two."""
    parts = [np.empty((0, 2))]
    for line in ax.get_lines():
        path = line.get_transform().transform_path(line.get_path())
        vertices = np.asarray(path.vertices, dtype=np.float64)
        good = vertices[np.isfinite(vertices).all(axis=1)]
        if len(good) > 1:
            along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(good, axis=0).T))])
            steps = np.arange(0.0, along[-1], _SAMPLE_PIXELS)
            parts.append(np.column_stack([np.interp(steps, along, xy) for xy in good.T]))
    return np.concatenate(parts)


def _crosses(lines: Points, box: Bbox) -> bool:
    """Whether a line passes through the box."""
    inside = (lines >= (box.x0, box.y0)) & (lines <= (box.x1, box.y1))
    return bool(inside.all(axis=1).any())
