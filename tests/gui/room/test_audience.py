"""The window the room sees: whole pages, nothing hidden in it, and never on the operator's screen."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from console_world import CTRL, Key
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QWidget
from room_world import go_to, key_sheet

from tradeoff_desktop.app import stage as stages
from tradeoff_desktop.app.pictures import Bar, Part, Picture
from tradeoff_desktop.app.stage import Stage
from tradeoff_desktop.model.runsheet import screens
from tradeoff_desktop.ui import theme as looks
from tradeoff_desktop.ui.audience_pages import AudiencePage, blocks_of, draw, lay_out, picture_of
from tradeoff_desktop.ui.console import ConsolePage

ROOT = Path(__file__).resolve().parents[3]
LABELS = ("Risks clearly", "Risks somewhat", "Evenly balanced", "Benefits somewhat", "Benefits clearly")
SIZES = (QSize(1920, 1080), QSize(1280, 800), QSize(1024, 768))


def bar(label, *counts):
    parts = tuple(Part((place,), LABELS[place], count) for place, count in enumerate(counts) if count)
    return Bar(label, parts, sum(counts))


PICTURE = Picture((bar("After the talk", 1, 3, 5, 9, 2), bar("+ Health records", 7, 6, 4, 3, 0)), LABELS, (
    "12 of 20 people moved towards risk when health records were added; 3 moved towards benefit and 5 did not move."
))


def test_a_page_is_swapped_whole_and_the_old_one_is_gone(audience):
    audience.show_stage(Stage(stages.Holding("Break", "Essex")))
    audience.show()
    first = audience.findChildren(AudiencePage)
    audience.show_stage(Stage(stages.Thanks("Thank you", "Goodbye")))
    pages = audience.findChildren(AudiencePage)
    assert len(pages) == 1
    assert pages != first
    assert pages[0].isVisible()
    assert pages[0].size() == audience.size()


def test_the_same_page_is_not_built_twice(audience):
    audience.show_stage(Stage(stages.Holding("Break", "Essex")))
    page = audience.findChildren(AudiencePage)[0]
    audience.show_stage(Stage(stages.Holding("Break", "Essex")))
    assert audience.findChildren(AudiencePage) == [page]


def test_no_result_is_in_the_window_before_it_is_revealed(open_console, desk, audience):
    key_sheet(desk, 1)
    key_sheet(desk, 2, shift=1)
    go_to(desk, "anchor_flips")
    console = open_console(desk, audience=audience)
    console.press(Key.Key_PageDown)

    def words():
        widgets = [audience, *audience.findChildren(QWidget)]
        return " ".join(w.accessibleName() + (w.text() if isinstance(w, QLabel) else "") for w in widgets)

    assert "moved" not in words()
    console.press(Key.Key_F9)
    assert "people moved" in words()
    console.press(Key.Key_F9)
    assert "moved" not in words()


def test_the_window_takes_no_focus_no_pointer_and_no_key(open_console, desk, audience):
    console = open_console(desk, audience=audience)
    assert audience.isVisible()
    assert audience.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus
    assert audience.cursor().shape() == Qt.CursorShape.BlankCursor
    assert audience.toolTip() == ""
    assert all(page.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents) for page in audience.findChildren(AudiencePage))
    console.press(Key.Key_Escape)
    assert audience.isVisible()


def test_with_one_screen_there_is_a_preview_and_the_console_is_safe_for_the_room(open_console, desk, audience):
    console = open_console(desk, audience=audience)
    assert audience.where == "preview"
    assert not audience.isFullScreen()
    assert "everything here may be visible to the room" in console.banner
    assert not console.parts.notes.list.isVisible()
    key_sheet(desk, 1)
    key_sheet(desk, 2)
    console.walk_to("anchor_flips")
    console.press(Key.Key_P, Qt.KeyboardModifier.AltModifier)
    assert not console.parts.middle.showing("result")


def test_the_console_is_still_safe_for_the_room_after_it_was_away(open_console, desk, audience, theme):
    console = open_console(desk, audience=audience)
    console.press(Key.Key_F3)
    console.type("nobody must read this")
    console.press(Key.Key_Return)
    again = ConsolePage(console.bridge, theme, audience)
    console.window.show_page(again)
    assert audience.where == "preview"
    assert "everything here may be visible to the room" in again.parts.banner.accessibleName()
    assert not again.parts.notes.list.isVisible()
    again.toggle_peek()
    assert not again.parts.middle.showing("result")


def test_full_screen_on_the_only_screen_is_only_on_request(open_console, desk, audience):
    console = open_console(desk, audience=audience)
    console.press(Key.Key_F5, CTRL)
    assert audience.isFullScreen()
    assert "everything here may be visible to the room" in console.banner  # the room sees what lies beside it, too
    assert not console.parts.notes.list.isVisible()
    console.press(Key.Key_F5)
    assert not audience.isFullScreen()


def test_closing_the_preview_hides_it_and_a_key_brings_it_back(open_console, desk, audience):
    console = open_console(desk, audience=audience)
    audience.close()
    assert not audience.isVisible()
    console.press(Key.Key_F5)
    assert audience.isVisible()


def test_leaving_for_home_takes_the_window_away(open_console, desk, audience):
    console = open_console(desk, audience=audience)
    console.press(Key.Key_Home, CTRL)
    assert not audience.isVisible()


# -- pages


def shipped_pages(desk):
    """Every page the agenda can show, flips of the anchor and pictures included."""
    for step in desk.pack.agenda:
        for screen in screens(desk.pack, step.id, area="ESS"):
            clock = "12 minutes left" if step.pace == "table" else ""
            yield f"{step.id} {screen.variant}", stages.stage(desk.state, screen, clock=clock).page
    yield "picture", stages.BeforeAfter(PICTURE)
    yield "hands", stages.Result(Picture((bar("Hands", 2, 5, 4, 8, 1),), LABELS, "20 hands, counted in the open."))


@pytest.mark.usefixtures("theme")
@pytest.mark.parametrize("size", SIZES)
def test_every_page_of_the_agenda_has_its_full_size_on_a_wide_and_on_an_old_projector(desk, size):
    for name, page in shipped_pages(desk):
        assert lay_out(page, size, looks.LIGHT).shrunk >= 1.0, name  # nothing essential below 80 of 1080 lines


@pytest.mark.usefixtures("theme")
@pytest.mark.parametrize("size", SIZES)
def test_no_page_is_ever_cut(desk, size):
    for name, page in shipped_pages(desk):
        laid = lay_out(page, size, looks.LIGHT)
        for block, box in laid.placed:
            assert box.top() >= 0, name
            assert box.bottom() <= size.height() + 1, name
            assert block.height(box.width(), laid.look) <= box.height() + 1, name


@pytest.mark.usefixtures("theme")
def test_every_card_of_the_pack_fits_on_an_old_projector(desk):
    for scenario in desk.pack.scenarios:
        for variant in ("base", *(flip.id for flip in scenario.flips)):
            laid = lay_out(stages.card(desk.pack, scenario.id, variant), QSize(1024, 768), looks.LIGHT)
            assert laid.shrunk >= 0.96, (scenario.id, variant)


@pytest.mark.usefixtures("theme")
def test_what_need_not_be_read_gives_way_first(desk):
    card = stages.card(desk.pack, "HOU-1", "O.charity")
    assert len(lay_out(card, QSize(1920, 1080), looks.LIGHT).placed) == len(blocks_of(card))
    assert len(lay_out(card, QSize(1024, 768), looks.LIGHT).placed) == len(blocks_of(card)) - 1


@pytest.mark.usefixtures("theme")
@pytest.mark.parametrize("page", [
    stages.Holding("Break", "Essex"), stages.BeforeAfter(PICTURE), stages.Blank(),
    stages.StatementPage("Table 3", "People should be told.", "14 in favour, 3 against, 2 abstained"),
])
def test_practice_is_written_across_every_page_but_a_blank_one(page):
    size = QSize(480, 270)
    real = picture_of(Stage(page), size, looks.LIGHT).toImage()
    practice = picture_of(Stage(page, practice=True), size, looks.LIGHT).toImage()
    assert (real != practice) == (not isinstance(page, stages.Blank))


@pytest.mark.usefixtures("theme")
def test_a_thumbnail_is_the_page_drawn_by_the_same_painter(audience):
    stage = Stage(stages.Holding("Break", "Essex"))
    audience.show_stage(stage)
    assert audience.snapshot(480).toImage() == picture_of(stage, QSize(480, 270), looks.LIGHT).toImage()
    assert draw.__module__ == picture_of.__module__ == AudiencePage.__module__


def test_many_tables_still_stand_on_one_page():
    rows = tuple(stages.TableStand(f"Table {n}", "Health and care", "With conditions", "1 disagreed") for n in range(1, 7))
    assert lay_out(stages.Positions("Where the tables stand", rows), SIZES[2], looks.LIGHT).shrunk > 0.8


def test_the_longest_statement_is_small_but_whole():
    page = stages.StatementPage("Table 3", "word " * 80, "14 in favour, 3 against, 2 abstained")
    assert lay_out(page, SIZES[0], looks.LIGHT).placed


# -- two screens, in a process of its own: the platform reads its screens once


TWO = {"screens": [
    {"name": "laptop", "x": 0, "y": 0, "width": 1366, "height": 768, "logicalDpi": 96, "dpr": 1},
    {"name": "projector", "x": 1366, "y": 0, "width": 1920, "height": 1080, "logicalDpi": 96, "dpr": 1},
]}


MIRRORED = {"screens": [{**screen, "x": 0, "width": 1366, "height": 768} for screen in TWO["screens"]]}


def tell(folder, screens, *words):
    """What these stories of a projector, told with these screens, came to."""
    (folder / "two.json").write_text(json.dumps(screens), encoding="utf-8")
    story = Path(__file__).with_name("projector_story.py")
    done = subprocess.run(
        [sys.executable, str(story), *words], check=False, capture_output=True, text=True, timeout=60, cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={folder / 'two.json'}", "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()[-len(words):]]


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    """Stories with two screens, told in one process."""
    return tell(tmp_path_factory.mktemp("screens"), TWO, "two", "operator loses", "swapped")


@pytest.fixture
def told(two):
    return two[0]


def test_a_mirrored_projector_counts_as_one_screen_and_the_console_is_safe_for_the_room(tmp_path):
    told, = tell(tmp_path, MIRRORED, "mirrored")
    assert told["opened"]["where"] == "preview"
    assert not told["opened"]["full"]
    assert "everything here may be visible to the room. " in told["banner"]
    assert "Set the displays to extend, not to mirror, and press F5." in told["banner"]
    assert not told["notes visible"]
    assert told["swapped"] == "There are no two screens to swap."


def test_swapped_screens_are_swapped_back_by_one_key(told):
    assert told["swapped"]["screen"] == "laptop"
    assert told["swapped"]["where"] == "screen"
    assert told["operator after"] == "projector"
    assert told["swapped back"] == told["opened"]
    assert told["operator back"] == "laptop"


def test_the_audience_goes_to_the_second_screen(told):
    assert told["opened"] == {"where": "screen", "screen": "projector", "full": True, "size": [1920, 1080], "visible": True}
    assert told["caption"] == "On screen now · ● LIVE on the projector"
    assert told["notes visible"]


def test_a_projector_that_goes_takes_the_window_with_it_at_once(told):
    assert told["removed"]["visible"] is False
    assert told["removed"]["where"] == "away"
    assert "Projector disconnected. Your screen is private. Capture still works." in told["banner"]
    assert told["keyed meanwhile"] == 1


def test_a_window_that_qt_moved_to_the_operators_screen_hides_itself(told):
    assert told["moved"]["visible"] is False
    assert told["moved"]["where"] == "away"


def test_it_comes_back_by_itself_only_on_the_same_screen(told):
    assert told["another"]["visible"] is False
    assert told["returned"] == told["opened"]


def room(moment):
    """Where the audience window and the operator's are, and whether notes can be read on the operator's."""
    return moment["where"], moment["audience"], moment["operator"], moment["notes"]


SAFE = "everything here may be visible to the room."
THIRD = {"name": "third", "x": 3286, "y": 0, "width": 1024, "height": 768, "logicalDpi": 96, "dpr": 1}


def test_when_the_operators_display_goes_the_room_never_covers_the_one_that_is_left(two):
    told = two[1]
    for moment in ("said", "moved"):
        assert told[moment]["where"] == "preview"
        assert not told[moment]["full"]
        assert not told[moment]["notes"]  # the display that is left may be the projector
        assert SAFE in told[moment]["banner"]
    assert room(told["back"]) == ("screen", "projector", "laptop", True)
    assert not told["back"]["banner"]


def test_swapped_screens_of_which_one_goes(two):
    told = two[2]
    assert room(told["swapped"]) == ("screen", "laptop", "projector", True)
    assert room(told["room's gone"]) == ("away", "", "projector", True)
    assert room(told["room's back"]) == room(told["swapped"])
    assert told["operator's gone"]["where"] == "preview"
    assert not told["operator's gone"]["full"]
    assert SAFE in told["operator's gone"]["banner"]
    assert room(told["operator's back"]) == room(told["swapped"])
    assert told["asked"]["full"]
    assert told["asked and gone"]["where"] == "preview"
    assert not told["asked and gone"]["notes"]


def test_of_three_screens_the_room_has_one_that_the_operators_window_is_not_on(tmp_path):
    told, = tell(tmp_path, {"screens": [*TWO["screens"], THIRD]}, "three")
    assert room(told["opened"]) == ("screen", "projector", "laptop", True)
    assert room(told["gone"]) == ("away", "", "laptop", True)  # a third display is not taken unasked
    assert room(told["back"]) == room(told["opened"])
    assert room(told["by hand"]) == ("screen", "laptop", "projector", True)
    assert room(told["further"]) == ("screen", "laptop", "third", True)
    assert told["operator's gone"]["where"] == "screen"
    assert told["operator's gone"]["audience"] == "projector"


def test_a_third_screen_that_mirrors_the_operators_makes_the_console_safe_for_the_room(tmp_path):
    told, = tell(tmp_path, {"screens": [*TWO["screens"], {**THIRD, "x": 0}]}, "mirrored beside")
    assert room(told["opened"]) == ("screen", "projector", "laptop", False)
    assert "Another display shows the same as this screen" in told["opened"]["banner"]


def test_one_screen_is_what_these_tests_have():
    assert len(QGuiApplication.screens()) == 1


@pytest.mark.usefixtures("theme")
def test_the_chosen_size_is_worn_where_it_fits_and_never_cuts_a_block(desk):
    card = stages.card(desk.pack, "HOU-1", "base")
    for size in SIZES:
        for page in (stages.Holding("Break", "We go on at ten to three."), card):
            small, large = (lay_out(page, size, looks.LIGHT, scale) for scale in (1.0, 1.5))
            assert large.shrunk >= small.shrunk
            assert len(large.placed) == len(small.placed)
    assert lay_out(stages.Holding("Break", "We go on at ten to three."), SIZES[0], looks.LIGHT, 1.5).shrunk == 1.5
