"""The pictures: told apart in grey, every number shown, nothing meets or leaves its frame, the same on any machine."""

import itertools
import os
import re
import subprocess
import sys
from dataclasses import fields

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from PIL import Image

from tradeoff_desktop.report import chart_drawing, fonts, palette, twins
from tradeoff_desktop.report.canvas import TaggedCanvas
from tradeoff_desktop.report.chart_renderer import CanvasRenderer, ChartBox
from tradeoff_desktop.report.charts import (
    TOO_FEW,
    Area,
    Areas,
    Bar,
    BeforeAfter,
    Block,
    Change,
    DivergingBars,
    Dot,
    Dots,
    Mark,
    Moved,
    Panel,
    Positions,
    Scale,
    Shares,
    halves,
)
from tradeoff_desktop.report.document import Document
from tradeoff_desktop.report.fonts import Face
from tradeoff_desktop.report.structure import Element
from tradeoff_desktop.report.style import TEXT_WIDTH, channels

LABELS = ("Risks clearly", "Risks somewhat", "Evenly balanced", "Benefits somewhat", "Benefits clearly")
SCALE = Scale(LABELS, "Risks outweigh", "Benefits outweigh")
NAMES = (
    "As described",
    "If the health records of every household are added and kept for seven years by a charity",
)


def counts(*numbers: int) -> tuple[Block, ...]:
    return tuple(Block(at, at, count, LABELS[at - 1]) for at, count in enumerate(numbers, 1))


def diverging(*rows: tuple[int, ...]) -> DivergingBars:
    return DivergingBars(SCALE, tuple(Bar(f"Row {at}", counts(*row)) for at, row in enumerate(rows)))


def drawn(chart) -> Figure:
    return chart_drawing.draw(chart, TEXT_WIDTH)


def texts(figure: Figure) -> list[str]:
    return [each.get_text() for each in figure.axes[0].texts]


def lightness(colour: str) -> float:
    """L* of CIELAB (CIE 15:2004) from sRGB."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels(colour)]
    y = float(np.dot([0.2126, 0.7152, 0.0722], linear))
    return 116 * y ** (1 / 3) - 16 if y > 216 / 24389 else y * 24389 / 27


def partitions(points: int):
    """Every way to merge neighbours on a scale."""
    for cuts in itertools.product([False, True], repeat=points - 1):
        ends = [at for at, cut in enumerate(cuts, 1) if cut] + [points]
        starts = [1, *(end + 1 for end in ends[:-1])]
        yield [Block(start, end, 5, "x") for start, end in zip(starts, ends, strict=True)]


@pytest.mark.parametrize("points", range(2, 10))
def test_neighbours_differ_by_hatch_or_ten_steps_of_lightness(points):
    for blocks in partitions(points):
        for one, other in itertools.pairwise(blocks):
            looks = [(palette.fill(block, points), palette.hatched(block, points)) for block in (one, other)]
            apart = abs(lightness(looks[0][0]) - lightness(looks[1][0]))
            assert looks[0][1] != looks[1][1] or apart >= 9.9, (one, other)


@pytest.mark.parametrize("points", range(2, 10))
def test_what_spans_the_middle_is_not_drawn_as_the_middle(points):
    looks = {}
    for blocks in partitions(points):
        for block in blocks:
            spans = block.merged and 2 * block.first <= points + 1 <= 2 * block.last
            assert palette.spanning(block, points) == spans
            looks.setdefault(spans, set()).add(palette.fill(block, points))
    assert len(looks[True]) == 1
    assert not looks[True] & looks[False]


def test_the_legend_explains_what_spans_the_middle():
    words = "The middle counted together with answers beside it"
    assert words in texts(drawn(CHARTS["merged"]))
    assert words not in texts(drawn(CHARTS["ones"]))


def test_an_empty_bar_says_why_it_is_empty():
    chart = DivergingBars(SCALE, (Bar("A", withheld="not asked"), Bar("B"), Bar("C", counts(5, 5, 5, 5, 5))))
    assert {"not asked", TOO_FEW} <= set(texts(drawn(chart)))
    assert "A: not asked." in twins.alt_text(chart)
    assert [row[1] for row in twins.table_of(chart).rows] == ["not asked", TOO_FEW, "5"]


def test_the_five_colours_are_those_of_the_house():
    fills = [palette.fill(block, 5) for block in counts(1, 1, 1, 1, 1)]
    assert fills == ["#4B1D82", "#A18BCB", "#D5DAE0", "#F0A04B", "#9A4600"]
    assert [palette.hatched(block, 5) for block in counts(1, 1, 1, 1, 1)] == [True, True, False, False, False]


@pytest.mark.parametrize("points", range(2, 10))
def test_numbers_on_every_colour_have_contrast(points):
    for blocks in partitions(points):
        for block in blocks:
            ground = palette.fill(block, points)
            assert palette.contrast(palette.ink(ground), ground) >= 4.5


def test_the_printed_page_keeps_segments_apart_in_grey(tool, tmp_path):
    canvas = TaggedCanvas(title="Chart")
    figure = drawn(diverging((5, 5, 5, 5, 5)))
    root = Element("Document")
    box = ChartBox(figure, Element("Figure", root, alt="A chart"))
    tall = box.height(TEXT_WIDTH)
    box.draw(canvas, 0.0, tall, TEXT_WIDTH)
    canvas.end_page()
    tool(
        canvas.finish(root),
        "pdftoppm",
        "-r",
        "144",
        "-gray",
        "-singlefile",
        "-y",
        "0",
        after=(str(tmp_path / "page"),),
    )
    with Image.open(tmp_path / "page.pgm") as image:
        grey = np.asarray(image, dtype=float)
    segments = [
        patch
        for patch in figure.axes[0].patches + figure.axes[0].artists
        if isinstance(patch, Rectangle) and patch.get_fill() and patch.get_height() == 21.0
    ]
    assert len(segments) == 5
    looks = []
    for segment in segments:
        x, y, width = segment.get_x(), segment.get_y(), segment.get_width()
        top = len(grey) - (tall - y) * 2
        piece = grey[int(top + 8) : int(top + 34), int((x + 4) * 2) : int((x + width / 2 - 8) * 2)]
        looks.append((float(np.median(piece)), float(piece.std())))
    assert [spread > 12 for _, spread in looks] == [True, True, False, False, False]
    for (one, _), (other, _) in itertools.pairwise(looks[2:]):
        assert abs(one - other) > 20


@pytest.mark.parametrize(
    "row", [(30, 0, 0, 0, 0), (0, 0, 0, 0, 30), (1, 1, 1, 1, 1), (1, 0, 28, 0, 1), (1, 1, 26, 1, 1)]
)
def test_every_count_but_nought_stands_in_the_picture_once(row):
    shown = [word for word in texts(drawn(diverging(row, (6, 6, 6, 6, 6)))) if word.isdigit()]
    assert sorted(shown) == sorted([str(count) for count in row if count] + ["6"] * 5)


CHARTS = {
    "thirty": diverging((30, 0, 0, 0, 0), (0, 0, 0, 0, 30), (0, 0, 30, 0, 0)),
    "ones": diverging((1, 1, 1, 1, 1), (1, 1, 26, 1, 1), (1, 0, 28, 0, 1)),
    "pooled": diverging((1, 2, 111, 3, 1), (60, 1, 1, 1, 57)),
    "all on one side": diverging((10, 10, 0, 0, 0)),
    "hidden": DivergingBars(SCALE, (Bar("A"), Bar("B"))),
    "merged": DivergingBars(
        SCALE,
        (
            Bar(
                NAMES[1], (Block(1, 3, 13, NAMES[1]), Block(4, 5, 5, "Benefits somewhat or clearly outweigh"))
            ),
            Bar(NAMES[0], counts(5, 5, 5, 5, 5)),
            Bar("Hidden"),
        ),
    ),
    "before and after": BeforeAfter(
        SCALE,
        (
            Change(NAMES[1], Bar("Start", counts(0, 1, 17, 1, 1)), Bar("End"), ""),
            Change(
                "B", Bar(NAMES[1], counts(9, 0, 0, 0, 9)), Bar(NAMES[1], counts(0, 18, 0, 0, 0)), NAMES[1] * 2
            ),
        ),
    ),
    "moved": Moved(
        (
            Panel(NAMES[1] * 2, (Block(1, 1, 0, "towards risk"), Block(2, 2, 30, "did not move"))),
            Panel("B", (Block(1, 2, 15, NAMES[1]), Block(3, 3, 1, "towards benefit"))),
            Panel("C"),
        )
    ),
    "nothing moved": Moved((Panel("C"),)),
    "areas": Areas(
        tuple(f"How far it is from a name: {name}" for name in NAMES[1:] * 3),
        tuple(
            (name, (Mark("risk", "▼ 13 of 18 towards risk"), Mark("level", "● as many each way"), Mark("benefit", "▲ more towards benefit")))
            for name in ("Leeds", "Greater Manchester (session B)")
        ),
    ),
    "shares": Shares(
        SCALE,
        tuple(
            Area(name, (Bar("Start", counts(100, 0, 0, 0, 0)), Bar("How far it is from a name", counts(0, 0, 0, 5, 95)), Bar("End")))
            for name in (*NAMES, "Leeds")
        ),
    ),
    "positions": Positions(
        ("Go ahead as described", "Only with conditions", "Should not go ahead", "No, a red line", "No agreement"),
        (("Table 1", 0, "12 disagreed"), ("Table 12 of session B", 3, "nobody disagreed"), ("Table 3", 4, "–")),
    ),
    "dots": Dots(tuple(Dot(NAMES[1], 0.2, 0.1, 0.3, of=of) for of in ("", "Government", NAMES[1])), "risk", "benefit", 1.0),
}


@pytest.mark.parametrize("name", CHARTS)
def test_no_words_meet_or_leave_the_picture(name):
    figure = drawn(CHARTS[name])
    figure.set_dpi(72)
    tall = figure.get_figheight() * 72
    renderer = CanvasRenderer(TaggedCanvas(title="x"), width=TEXT_WIDTH, height=tall)
    extents = [each.get_window_extent(renderer) for each in figure.axes[0].texts]
    for extent in extents:
        assert extent.x0 >= -0.5
        assert extent.x1 <= TEXT_WIDTH + 0.5
        assert extent.y0 >= -4
        assert extent.y1 <= tall + 4
    for one, other in itertools.combinations(extents, 2):
        across = min(one.x1, other.x1) - max(one.x0, other.x0)
        # Lines of one paragraph share the room between ascenders and descenders, and no more.
        down = min(one.y1, other.y1) - max(one.y0, other.y0)
        assert across <= 0.5 or down <= 4


@pytest.mark.parametrize("name", CHARTS)
def test_no_type_is_below_eight_points(name):
    assert all(each.get_fontsize() >= 8 for each in drawn(CHARTS[name]).axes[0].texts)


def test_the_middle_is_centred_on_zero():
    figure = drawn(diverging((0, 0, 10, 0, 0), (5, 0, 10, 0, 5)))
    boxes = [a for a in figure.axes[0].artists + figure.axes[0].patches if isinstance(a, Rectangle)]
    greys = [
        a
        for a in boxes
        if a.get_fill() and a.get_height() == 21.0 and mpl.colors.to_hex(a.get_facecolor()) == "#d5dae0"
    ]
    centres = {round(a.get_x() + a.get_width() / 2, 3) for a in greys}
    zeros = {
        round(line.get_xdata()[0], 3)
        for line in figure.axes[0].lines + figure.axes[0].artists
        if hasattr(line, "get_xdata")
    }
    assert len(greys) == 2
    assert centres == zeros


def test_a_key_stands_under_a_bar_only_where_rows_are_merged_differently():
    one = (Block(1, 2, 8, "Risks"), Block(3, 5, 12, "Balanced or benefits"))
    other = (Block(1, 3, 8, "Risks or balanced"), Block(4, 5, 12, "Benefits"))
    alike = texts(drawn(DivergingBars(SCALE, (Bar("A", one), Bar("B", one)))))
    unlike = texts(drawn(DivergingBars(SCALE, (Bar("A", one), Bar("B", other)))))
    assert "Risks" in alike
    assert "8 Risks" not in alike
    assert {"8 Risks", "12 Balanced or benefits", "8 Risks or balanced", "12 Benefits"} <= set(unlike)
    assert "Risks clearly" not in unlike


def test_what_is_held_back_is_an_empty_box_with_words():
    figure = drawn(CHARTS["hidden"])
    assert texts(figure).count(TOO_FEW) == 2
    boxes = [a for a in figure.axes[0].artists + figure.axes[0].patches if isinstance(a, Rectangle)]
    assert len(boxes) == 2
    assert not any(box.get_fill() for box in boxes)


def test_long_labels_wrap_and_very_long_ones_end_in_the_table():
    shown = " ".join(texts(drawn(DivergingBars(SCALE, (Bar("word " * 400, counts(1, 1, 1, 1, 1)),)))))
    assert shown.count("word") < 40
    assert "…" in shown


def test_a_chart_taller_than_a_page_is_drawn_in_parts(pdf_checker, tool):
    chart = diverging(*[(4, 4, 4, 4, 4)] * 40)
    report = Document(title="Tall")
    report.figure(chart, title="Forty rows", caption="Below them all")
    data = report.write()
    assert pdf_checker.check(data) == set()
    told = tool(data, "pdfinfo", "-struct-text")
    assert len(re.findall(r"^ +Figure:", told, re.MULTILINE)) > 2
    assert all(f"Row {at}" in told for at in range(40))


def test_halves_lose_no_row_and_end_at_one(charts):
    for chart in charts:
        rest, seen = [chart], 0
        while rest:
            one = rest.pop()
            parts = halves(one)
            seen += parts is None
            rest += parts or ()
        assert seen == max(len(rows) for field in fields(chart) if isinstance(rows := getattr(chart, field.name), tuple))


def test_images_and_odd_clips_are_refused():
    canvas = TaggedCanvas(title="x")
    renderer = CanvasRenderer(canvas, width=10, height=10)
    with pytest.raises(TypeError):
        renderer.draw_image(renderer.new_gc(), 0, 0, np.zeros((2, 2, 4)))
    figure = Figure(figsize=(1, 1))
    circle = figure.add_artist(Rectangle((0, 0), 1, 1))
    circle.set_clip_path(mpl.patches.Circle((0, 0), 1))
    with pytest.raises(TypeError):
        figure.draw(renderer)


def test_curves_dashes_and_turned_text_are_drawn():
    figure = Figure(figsize=(2, 2), dpi=72)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.add_patch(mpl.patches.Circle((0.5, 0.5), 0.2, linestyle="--", facecolor="#D5DAE0"))
    axes.plot([0, 1], [0, 1], linestyle=":", solid_capstyle="round")
    curve = mpl.path.Path([(0, 0), (0.5, 1), (1, 0)], [mpl.path.Path.MOVETO, *[mpl.path.Path.CURVE3] * 2])
    axes.add_patch(mpl.patches.PathPatch(curve, fill=False))
    words = mpl.font_manager.FontProperties(fname=fonts.path(Face.REGULAR), size=9)
    axes.text(0.5, 0.5, "turned", rotation=90, fontproperties=words, parse_math=False)
    canvas = TaggedCanvas(title="x")
    root = Element("Document")
    ChartBox(figure, Element("Figure", root, alt="Shapes")).draw(canvas, 0, 200, 144)
    content = canvas.getCurrentPageContent()
    assert content.count(" c") >= 8
    assert re.search(r"\[[0-9. ]+\] [0-9.]+ d\b", content)
    assert "0 1 -1 0 " in content
    assert "(turned" in content


SCRIPT = """
import sys
from tradeoff_desktop.report.charts import Bar, Block, DivergingBars, Scale
from tradeoff_desktop.report.document import Document
scale = Scale(tuple("abcde"), "low", "high")
report = Document(title="T")
report.figure(DivergingBars(scale, (Bar("$x^2$", (Block(1, 5, 9, "all"),)),)), title="F")
sys.stdout.buffer.write(report.write())
assert "matplotlib.pyplot" not in sys.modules
"""


def test_somebodys_own_chart_settings_change_nothing_and_the_cache_stays_in_its_place(tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "odd").mkdir()
    (tmp_path / "odd" / "matplotlibrc").write_text(
        "text.usetex: True\npath.sketch: 5, 100, 2\nhatch.linewidth: 9\nlines.linewidth: 9\npatch.force_edgecolor: True\n"
    )
    made = []
    for folder in ("empty", "odd"):
        cache = tmp_path / f"cache-{folder}"
        cache.mkdir()
        settings = {"XDG_CACHE_HOME": str(cache), "HOME": str(tmp_path / "empty"), "LOCALAPPDATA": str(cache)}
        env = {key: value for key, value in os.environ.items() if key != "MPLCONFIGDIR"}
        paths = os.pathsep.join(map(str, sys.path))
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT],
            cwd=tmp_path / folder,
            env={**env, **settings, "PYTHONPATH": paths},
            capture_output=True,
            check=True,
        )
        made.append(done.stdout)
        assert list(cache.rglob("*.json"))
    assert made[0] == made[1]
    assert list((tmp_path / "empty").iterdir()) == []
    assert [each.name for each in (tmp_path / "odd").iterdir()] == ["matplotlibrc"]
