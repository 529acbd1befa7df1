"""Charts of the report as plain numbers in a small coordinate system, drawn by its template.

Knows where a bar or a point goes. Does not know colours, HTML or what a measure means.
"""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 320.0
HEIGHT = 160.0
_LEFT = 36.0
_BOTTOM = 22.0
_TOP = 8.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a histogram: its box, the label below it and the count above it."""

    x: float
    y: float
    width: float
    height: float
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Curve:
    """A line through `points` ("x,y x,y" as SVG wants it) with ticks on both axes."""

    points: str
    x_ticks: tuple[tuple[float, str], ...]
    y_ticks: tuple[tuple[float, str], ...]


def histogram(labels: Sequence[str], counts: Sequence[int]) -> tuple[Bar, ...]:
    """Return one bar for each label; the tallest fills the height."""
    if not labels:
        return ()
    most = max(max(counts), 1)
    step = (WIDTH - 4) / len(labels)
    room = HEIGHT - _BOTTOM - _TOP - 12
    bars = []
    for place, (label, count) in enumerate(zip(labels, counts, strict=True)):
        height = room * count / most
        x, y = 2 + place * step + step * 0.1, HEIGHT - _BOTTOM - height
        wide, high = round(step * 0.8, 1), round(height, 1)
        bars.append(Bar(round(x, 1), round(y, 1), wide, high, label, count))
    return tuple(bars)


def curve(points: Sequence[tuple[float, float]]) -> Curve:
    """Return a curve through points whose x and y are both in [0, 1]."""
    thinned = points[:: max(1, len(points) // 200)]
    if points and thinned[-1] != points[-1]:
        thinned = (*thinned, points[-1])
    line = " ".join(f"{_x(x):.1f},{_y(y):.1f}" for x, y in thinned)
    ticks = (0.0, 0.25, 0.5, 0.75, 1.0)
    return Curve(
        points=line,
        x_ticks=tuple((round(_x(tick), 1), f"{tick:g}") for tick in ticks),
        y_ticks=tuple((round(_y(tick), 1), f"{tick:g}") for tick in ticks),
    )


def _x(share: float) -> float:
    return _LEFT + share * (WIDTH - _LEFT - 12)


def _y(share: float) -> float:
    return HEIGHT - _BOTTOM - share * (HEIGHT - _BOTTOM - _TOP)


def latency_counts(milliseconds: Sequence[float]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Return labels and counts of times in steps that double, from under 1 ms up."""
    bounds = [1.0]
    while milliseconds and bounds[-1] <= max(milliseconds) and len(bounds) < 16:
        bounds.append(bounds[-1] * 2)
    labels = tuple(f"<{bound:g}" for bound in bounds)
    lows = (0.0, *bounds[:-1])
    counts = tuple(
        sum(low <= one < high for one in milliseconds)
        for low, high in zip(lows, bounds, strict=True)
    )
    return labels, counts
