"""The line icons as vectors: a reader for the little of SVG that they use (SVG 1.1, chapters 8 and 9).

An icon is a drawing of 24 by 24 units, two units thick, with round ends. Everything in it becomes moves, lines and
Bézier curves, so that it prints sharply at any size and no picture library is needed.
"""

import math
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tradeoff_desktop.errors import MachineError
from tradeoff_desktop.report.canvas import TaggedCanvas
from tradeoff_desktop.report.style import channels

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "icons"
UNITS = 24.0
_THICKNESS = 2.0
_SHAPE = re.compile(r"<(path|circle|ellipse|rect|line)\s([^>]*?)/>")
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
_TOKEN = re.compile(r"[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+)")
_NUMBERS = {"m": 2, "l": 2, "h": 1, "v": 1, "c": 6, "s": 4, "q": 4, "a": 7, "z": 0}

Point = complex  # x + iy: turning and adding points is what an arc is made of


class Stroke(NamedTuple):
    """One piece of an outline: a move (one point), a line (one), a curve (three) or, without a point, the way home."""

    kind: str
    points: tuple[Point, ...] = ()


@cache
def strokes(name: str) -> tuple[Stroke, ...]:
    """The outline of the icon called ``name``. MachineError("icon_missing") where there is no such file."""
    try:
        source = (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    except OSError as error:
        raise MachineError("icon_missing", file=f"{name}.svg") from error
    found: list[Stroke] = []
    for shape, inside in _SHAPE.findall(source):
        found += _outline(_path_of(shape, dict(_ATTRIBUTE.findall(inside))))
    return tuple(found)


def draw(canvas: TaggedCanvas, name: str, x: float, top: float, *, size: float, colour: str) -> None:
    """Draw an icon with its upper left corner at ``(x, top)``, as decoration: it always stands beside its word."""
    with canvas.artifact():
        canvas.saveState()
        canvas.translate(x, top)
        canvas.scale(size / UNITS, -size / UNITS)
        canvas.setStrokeColorRGB(*channels(colour))
        canvas.setLineWidth(_THICKNESS)
        canvas.setLineCap(1)
        canvas.setLineJoin(1)
        path = canvas.beginPath()
        draws: dict[str, Callable[..., None]] = {
            "m": path.moveTo, "l": path.lineTo, "c": path.curveTo, "z": path.close,
        }
        for kind, points in strokes(name):
            flat = [part for point in points for part in (point.real, point.imag)]
            draws[kind](*flat)
        canvas.drawPath(path, stroke=1, fill=0)
        canvas.restoreState()


def _path_of(shape: str, given: dict[str, str]) -> str:
    """Any shape as the path that draws it."""
    if shape == "path":
        return given["d"]
    size = {name: float(value) for name, value in given.items() if re.fullmatch(r"[\d.-]+", value)}
    if shape == "line":
        return f"M{size['x1']} {size['y1']}L{size['x2']} {size['y2']}"
    if shape == "rect":
        wide, high, r = size["width"], size["height"], size.get("rx", 0.0)
        across, down = wide - 2 * r, high - 2 * r
        return (
            f"M{size.get('x', 0.0) + r} {size.get('y', 0.0)}h{across}a{r} {r} 0 0 1 {r} {r}v{down}"
            f"a{r} {r} 0 0 1 {-r} {r}h{-across}a{r} {r} 0 0 1 {-r} {-r}v{-down}a{r} {r} 0 0 1 {r} {-r}z"
        )
    rx, ry = size.get("rx", size.get("r", 0.0)), size.get("ry", size.get("r", 0.0))
    return f"M{size['cx'] - rx} {size['cy']}a{rx} {ry} 0 1 0 {2 * rx} 0a{rx} {ry} 0 1 0 {-2 * rx} 0z"


def _commands(path: str) -> Iterator[tuple[str, list[float]]]:
    """The commands of a path with their numbers; a command that repeats stands once for every repetition."""
    letter, numbers = "", list[float]()
    for token in _TOKEN.findall(path):
        if token.isalpha():
            letter, numbers = token, []
        else:
            numbers.append(float(token))
        if len(numbers) == _NUMBERS[letter.lower()]:
            yield letter, numbers
            # Pairs after a move are lines.
            letter, numbers = {"m": "l", "M": "L"}.get(letter, letter), []


def _outline(path: str) -> Iterator[Stroke]:
    """The strokes of a path, every place in it absolute."""
    here = home = handle = 0j
    for letter, numbers in _commands(path):
        kind, base = letter.lower(), here if letter.islower() else 0j
        mirrored = 2 * here - handle
        if kind == "z":
            yield Stroke("z")
            here = handle = home
            continue
        if kind in "hv":
            moved = base + (numbers[0] if kind == "h" else 1j * numbers[0])
            end = complex(moved.real, here.imag) if kind == "h" else complex(here.real, moved.imag)
            points = [end]
        else:
            pairs = numbers[-2:] if kind == "a" else numbers
            points = [base + complex(x, y) for x, y in zip(pairs[::2], pairs[1::2], strict=True)]
        end = points[-1]
        handle = points[-2] if kind in "csq" else end
        if kind == "a":
            yield from _arc(here, end, numbers)
        elif kind in "csq":
            yield Stroke("c", tuple(_cubic(kind, here, mirrored, points)))
        else:
            yield Stroke("m" if kind == "m" else "l", (end,))
        home = end if kind == "m" else home
        here = end


def _cubic(kind: str, here: Point, mirrored: Point, points: list[Point]) -> list[Point]:
    """The three points of a cubic curve from those of a cubic, smooth or quadratic one."""
    if kind == "s":
        return [mirrored, *points]
    if kind == "q":
        handle, end = points
        return [here + (handle - here) * 2 / 3, end + (handle - end) * 2 / 3, end]
    return points


def _arc(start: Point, end: Point, numbers: list[float]) -> Iterator[Stroke]:
    """An elliptical arc as curves of at most a quarter turn (SVG 1.1, F.6.5, with the tilt of the ellipse)."""
    rx, ry, tilt, large, sweep = abs(numbers[0]), abs(numbers[1]), math.radians(numbers[2]), numbers[3], numbers[4]
    if start == end:
        return
    if not rx or not ry:
        yield Stroke("l", (end,))
        return
    turn = complex(math.cos(tilt), math.sin(tilt))

    def unit(point: Point) -> Point:
        turned = point / turn
        return complex(turned.real / rx, turned.imag / ry)

    def real(point: Point) -> Point:
        return complex(point.real * rx, point.imag * ry) * turn

    # In units of its radii the ellipse is a circle of radius one, or larger where the radii cannot span the ends.
    one, other = unit(start), unit(end)
    half = abs(other - one) / 2
    radius = max(1.0, half)
    side = 1 if bool(large) != bool(sweep) else -1
    centre = (one + other) / 2 + side * math.sqrt(max(radius**2 - half**2, 0.0)) * 1j * (other - one) / (2 * half)
    begin = math.atan2((one - centre).imag, (one - centre).real)
    swept = math.atan2((other - centre).imag, (other - centre).real) - begin
    swept += 2 * math.pi * ((sweep and swept < 0) - (not sweep and swept > 0))
    parts = max(1, math.ceil(abs(swept) / (math.pi / 2) - 1e-9))
    step = swept / parts
    reach = 4 / 3 * math.tan(step / 4)
    for number in range(parts):
        first, second = (
            radius * complex(math.cos(angle), math.sin(angle)) for angle in (begin + number * step, begin + (number + 1) * step)
        )
        yield Stroke("c", tuple(real(centre + p) for p in (first + first * 1j * reach, second - second * 1j * reach, second)))
