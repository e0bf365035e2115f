"""Icons are read as the drawings they are."""

import math

import pytest

from tradeoff_desktop.errors import MachineError
from tradeoff_desktop.report import kit_icons

NAMES = sorted(path.stem for path in kit_icons.FOLDER.glob("*.svg") if path.stem != "tradeoff")


def on_curve(points, start, share):
    first, second, end = points
    rest = 1 - share
    return rest**3 * start + 3 * rest**2 * share * first + 3 * rest * share**2 * second + share**3 * end


def traced(name):
    """Points along the outline of an icon."""
    here = 0j
    for stroke in kit_icons.strokes(name):
        if stroke.kind == "c":
            yield from (on_curve(stroke.points, here, step / 8) for step in range(1, 9))
        elif stroke.points:
            yield stroke.points[-1]
        if stroke.points:
            here = stroke.points[-1]


@pytest.mark.parametrize("name", NAMES)
def test_an_icon_fills_its_square_and_no_more(name):
    points = list(traced(name))
    assert all(0.9 <= part <= 23.1 for point in points for part in (point.real, point.imag))
    wide = max(p.real for p in points) - min(p.real for p in points)
    high = max(p.imag for p in points) - min(p.imag for p in points)
    assert max(wide, high) >= 12  # the cross is the smallest


def test_a_circle_is_round():
    assert all(math.isclose(abs(point - (12 + 12j)), 10, abs_tol=0.01) for point in traced("circle"))


@pytest.mark.parametrize(
    ("path", "end", "middle"),
    [
        ("M2 12a10 10 0 0 1 10-10", 12 + 2j, complex(12 - 10 / math.sqrt(2), 12 - 10 / math.sqrt(2))),
        ("M2 12a10 10 0 0 0 10 10", 12 + 22j, complex(12 - 10 / math.sqrt(2), 12 + 10 / math.sqrt(2))),
    ],
)
def test_an_arc_turns_the_way_it_says(path, end, middle):
    _, arc = kit_icons._outline(path)
    assert abs(arc.points[-1] - end) < 1e-9
    assert abs(on_curve(arc.points, 2 + 12j, 0.5) - middle) < 0.01


def test_a_large_arc_goes_the_long_way_round():
    short = list(kit_icons._outline("M2 12A10 10 0 0 1 12 2"))
    long = list(kit_icons._outline("M2 12A10 10 0 1 0 12 2"))
    assert (len(short), len(long)) == (2, 4)
    assert all(abs(abs(stroke.points[-1] - (12 + 12j)) - 10) < 1e-9 for stroke in long)


def test_a_tilted_arc_keeps_its_ends():
    *_, last = kit_icons._outline("M4 4A9 3 30 0 1 16 14")
    assert abs(last.points[-1] - (16 + 14j)) < 1e-9


@pytest.mark.parametrize(
    ("path", "kinds", "ends"),
    [
        ("M1 2h3v-1l1 1z", "mlllz", [1 + 2j, 4 + 2j, 4 + 1j, 5 + 2j]),
        ("m1 1 2 0 0 2", "mll", [1 + 1j, 3 + 1j, 3 + 3j]),
        ("M1 1H5V6L2 2", "mlll", [1 + 1j, 5 + 1j, 5 + 6j, 2 + 2j]),
        ("M0 0q3 0 3 3", "mc", [0j, 3 + 3j]),
        ("M0 0c1 0 2 1 2 2s1 2 2 2", "mcc", [0j, 2 + 2j, 4 + 4j]),
        ("M0 0a0 5 0 0 1 3 3", "ml", [0j, 3 + 3j]),
    ],
)
def test_every_command_is_understood(path, kinds, ends):
    found = list(kit_icons._outline(path))
    assert "".join(stroke.kind for stroke in found) == kinds
    assert [stroke.points[-1] for stroke in found if stroke.points] == ends


def test_a_smooth_curve_goes_on_in_its_direction():
    *_, smooth = kit_icons._outline("M0 0c1 0 2 1 2 2s1 2 2 2")
    assert smooth.points[0] == 2 + 3j


def test_a_missing_icon_is_named():
    with pytest.raises(MachineError) as refused:
        kit_icons.strokes("unicorn")
    assert refused.value.facts == {"file": "unicorn.svg"}
