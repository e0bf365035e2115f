"""The sheets hold what the data desk keys, in its order; a camera finds its marks; a pen finds its boxes."""

import re
import subprocess
from io import BytesIO
from itertools import pairwise, product

import msgspec
import pikepdf
import pytest

from tradeoff_desktop.app.content import shipped
from tradeoff_desktop.model.capture import MISSING_KEYS
from tradeoff_desktop.model.programme import PlannedTable
from tradeoff_desktop.model.sheets import SHEETS, cells
from tradeoff_desktop.report import kit_marks, kit_sheets
from tradeoff_desktop.report.kit_marks import INSET, MARKER, MM
from tradeoff_desktop.report.kit_occasion import Place
from tradeoff_desktop.report.style import PAGE_HEIGHT, PAGE_WIDTH

CASES = [scenario for scenario in shipped().scenarios if not scenario.anchor]
OTHERS = "0 7 9"


def table_of(scenario, number=1):
    return PlannedTable(number=number, theme=scenario.theme, scenario=scenario.id)


def keys_of(item):
    return [*(option.key for option in item.options), "8"]


def rows_of(page, pack, printed):
    """The rows of a printed sheet as (head of the block, question), found in the order in which they are drawn."""
    heads = {kit_sheets.head_of(pack, cell, sheet=cell.sheet)[0] for cell in printed}
    questions = {item.question for item in pack.items}
    wanted = sorted(heads | questions, key=len, reverse=True)
    found, block = [], ""
    for match in re.finditer("|".join(map(re.escape, wanted)), page):
        if match[0] in heads:
            block = match[0]
        else:
            found.append((block, match[0]))
    return found


@pytest.mark.parametrize("scenario", CASES, ids=lambda scenario: scenario.id)
def test_a_sheet_holds_exactly_its_cells_in_order_on_one_page(occasion, printed, text, scenario):
    pack, table = occasion.pack, table_of(scenario, 3)
    for sheet in SHEETS:
        expected = cells(pack, sheet=sheet, area="ESS", table=3, theme_scenario=scenario.id)
        data = printed(kit_sheets.add_sheet, occasion, table, Place(code="013", table=3), sheet)
        pages = text(data)
        assert len(pages) == 1
        rows = [
            (kit_sheets.head_of(pack, cell, sheet=sheet)[0], pack.item(cell.item).question) for cell in expected
        ]
        assert rows_of(pages[0], pack, expected) == rows
        for number, cell in enumerate(expected, 1):
            item = pack.item(cell.item)
            assert f" {number} {item.question} {' '.join(keys_of(item))} {OTHERS}" in pages[0]


def test_large_print_holds_the_same_cells_with_every_answer_in_full(occasion, printed, text):
    pack, table = occasion.pack, occasion.session.tables[1]
    for sheet in SHEETS:
        expected = occasion.cells(table, sheet)
        page = " ".join(text(printed(kit_sheets.add_sheet, occasion, table, Place(table=2), sheet, large=True)))
        places = []
        for number, cell in enumerate(expected, 1):
            item = pack.item(cell.item)
            answers = " ".join(f"{option.key} {option.text}" for option in item.options)
            places.append(page.index(f"{number}. {item.question} {answers} 8 {kit_sheets.DECLINED}"))
        assert places == sorted(places)
        assert len(re.findall(rf"8 {kit_sheets.DECLINED}", page)) == len(expected)


@pytest.mark.parametrize("scenario", CASES, ids=lambda scenario: scenario.id)
def test_a_page_of_large_print_is_about_one_card(occasion, printed, text, scenario):
    table = table_of(scenario)
    for sheet in (2, 3):
        pages = text(printed(kit_sheets.add_sheet, occasion, table, Place(table=1), sheet, large=True))
        assert [("Change 1" in page, "Change 2" in page, "Change 3" in page) for page in pages] == [
            (False, False, False), (True, False, False), (False, True, False), (False, False, True),
        ]


def test_the_changes_follow_the_rotation_of_area_and_table(occasions, printed, text):
    occasion = occasions()
    orders = set()
    for number in range(1, 7):
        table = table_of(CASES[0], number)
        page = text(printed(kit_sheets.add_sheet, occasion, table, Place(table=number), 3))[0]
        orders.add(tuple(re.findall(r"Change \d\. ([\w ]+):", page)))
    names = {axis.name for axis in occasion.pack.axes}
    assert len(orders) == len(occasion.pack.orders)
    assert all(set(order) == names for order in orders)


def test_the_printed_keys_are_those_the_desk_types():
    for item in shipped().items:
        for option in item.options:
            assert MISSING_KEYS.get(option.key, option.key) == option.value
    assert MISSING_KEYS["8"] == "declined"
    assert {MISSING_KEYS[key] for key in OTHERS.split()} == {"skipped", "not_played", "unreadable"}


def squares(data):
    """The sides of all outlined squares of a file, in points."""
    found = []
    with pikepdf.open(BytesIO(data)) as pdf:
        for page in pdf.pages:
            for (operands, drawn), (_, then) in pairwise(pikepdf.parse_content_stream(page)):
                if (str(drawn), str(then)) == ("re", "S") and abs(float(operands[2]) - float(operands[3])) < 0.1:
                    found.append(float(operands[2]))
    return found


@pytest.mark.parametrize("large", [False, True])
def test_every_box_is_wide_enough_for_a_pen(occasion, printed, large):
    table = occasion.session.tables[0]
    for sheet in SHEETS:
        boxes = sum(len(keys_of(occasion.pack.item(cell.item))) for cell in occasion.cells(table, sheet))
        sides = squares(printed(kit_sheets.add_sheet, occasion, table, Place(table=1), sheet, large=large))
        assert len(sides) == boxes + 2  # and the two for the host
        assert min(sides) >= 8 * MM - 0.01


def test_a_seat_is_printed_and_a_spare_one_is_left_to_be_written_in(occasion, printed, text):
    table = occasion.session.tables[0]
    seat = text(printed(kit_sheets.add_sheet, occasion, table, Place(code="045", table=1), 1))[0]
    spare = text(printed(kit_sheets.add_sheet, occasion, table, Place(table=1), 1))[0]
    assert "Seat number 045" in seat
    assert "Write your seat number" in spare
    assert not re.search(r"Seat number \d", spare)


def test_practice_says_so_on_the_sheet(occasions, printed, text):
    table = table_of(CASES[0])
    real, practice = occasions(), occasions(practice=True)
    assert "PRACTICE" in text(printed(kit_sheets.add_sheet, practice, table, Place(table=1), 1))[0]
    assert "PRACTICE" not in text(printed(kit_sheets.add_sheet, real, table, Place(table=1), 1))[0]


# -- what a camera reads

def dark(rows, dots, x, y):
    """Whether the page is dark at a point, measured from the lower left corner."""
    return rows[round((PAGE_HEIGHT - y) * dots / 72)][round(x * dots / 72)] < 128


@pytest.fixture
def grey(tmp_path):
    """Draw a page and return its rows of grey bytes."""

    def draw(data, dots, page=1):
        file = tmp_path / "page.pdf"
        file.write_bytes(data)
        one = ["-f", str(page), "-l", str(page)]
        done = subprocess.run(["pdftoppm", "-gray", "-r", str(dots), *one, str(file)], capture_output=True, check=True)
        head, size, _depth, rest = done.stdout.split(b"\n", 3)
        assert head == b"P5"
        width, height = map(int, size.split())
        return [rest[row * width : (row + 1) * width] for row in range(height)]

    return draw


def test_corners_and_code_are_where_a_camera_looks(occasion, printed, grey):
    dots = 144
    data = printed(kit_sheets.add_sheet, occasion, occasion.session.tables[0], Place(code="045", table=1), 2)
    rows = grey(data, dots)
    right, low, high = PAGE_WIDTH - INSET - MARKER, INSET + MARKER, PAGE_HEIGHT - INSET
    unit = MARKER / 7
    for bits, (x, top) in zip(
        kit_marks.CORNERS.values(), [(INSET, high), (right, high), (right, low), (INSET, low)], strict=True
    ):
        for row, column in product(range(7), repeat=2):
            inner = 0 < row < 6 and 0 < column < 6
            expected = not inner or bits[row - 1][column - 1] == "0"
            assert dark(rows, dots, x + (column + 0.5) * unit, top - (row + 0.5) * unit) is expected
    assert holds_code(rows, dots, "ESS-2027-A/045/2/1")


def holds_code(rows, dots, said):
    """Whether the code beside the upper right marker says this, with white around it."""
    code = kit_marks.modules(said)
    size = 20 * MM / (len(code) + 2 * kit_marks.QUIET)
    left, top = PAGE_WIDTH - INSET - MARKER - 22 * MM, PAGE_HEIGHT - INSET + 3 * MM

    def expected(row, column):
        return 0 <= row < len(code) and 0 <= column < len(code) and code[row][column]

    return all(
        dark(rows, dots, left + (column + kit_marks.QUIET + 0.5) * size, top - (row + kit_marks.QUIET + 0.5) * size)
        is expected(row, column)
        for row, column in product(range(-2, len(code) + 2), repeat=2)
    )


def test_no_corner_can_be_taken_for_another_however_it_is_turned():
    def turned(bits):
        return tuple("".join(row[at] for row in reversed(bits)) for at in range(5))

    faces = {}
    for name, bits in kit_marks.CORNERS.items():
        face = bits
        for quarter in range(4):
            faces[name, quarter] = "".join(face)
            face = turned(face)
    pairs = [(one, other) for one in faces for other in faces if one < other]
    nearest = min(sum(a != b for a, b in zip(faces[one], faces[other], strict=True)) for one, other in pairs)
    assert nearest >= 8


@pytest.mark.parametrize(
    ("seat", "page", "said"), [("045", 1, "ESS-2027-A/045/3/1"), ("", 2, "ESS-2027-A/-/3/2")]
)
def test_the_code_names_workshop_seat_sheet_and_page(seat, page, said):
    assert kit_marks.content("ESS-2027-A", seat, 3, page) == said


def test_every_page_of_large_print_has_a_code_of_its_own(occasion, printed, grey):
    data = printed(kit_sheets.add_sheet, occasion, occasion.session.tables[0], Place(table=1), 1, large=True)
    for page in (1, 2, 3):
        rows = grey(data, 144, page)
        assert holds_code(rows, 144, f"ESS-2027-A/-/1/{page}")
        assert not holds_code(rows, 144, f"ESS-2027-A/-/1/{page + 1}")


def test_another_pack_may_ask_less(occasion, printed, text):
    """A pack may drop all items but the two that every sheet needs; the sheet is then the shorter."""
    fewer = [item for item in occasion.pack.items if item.code in {"BAL", "DEC"}]
    pack = msgspec.structs.replace(occasion.pack, items=fewer)
    other = type(occasion)(
        programme=occasion.programme, session=occasion.session, pack=pack, people=occasion.people, spare=occasion.spare
    )
    page = text(printed(kit_sheets.add_sheet, other, occasion.session.tables[0], Place(table=1), 1))[0]
    assert page.count(OTHERS) == 4
