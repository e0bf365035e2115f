"""Lines of fields in TOML files of every shape an author may write."""

import pytest

from tradeoff_desktop.app.tomlplaces import line_of

TEXT = '''# a comment with [brackets] = and "quotes"
title = "one"
long = """
A text with [[tables]] and key = "value"
and a quote \\""" and two more ""
end"""
raw = \'\'\'
flips = [\'\'\'
list = [
  "a, b]", # first
  "c",
  [1, 2],
]
points = [ { x = 1, y = [3, 4] }, { x = 2,
  y = [5] } ]

[wording]
"quoted name" = true
a.b = 2027-03-02

[[flips]]
id = "first"

[[flips.parts]]
id = "first part"
[[flips.parts]]
id = "second part"

[[flips]]
id = "second"
[[flips.parts]]
id = "its part"
[flips.extra]
id = 'x'
[wording.more]
id = "x"
'''

PLACES = {
    "title": 2, "long": 3, "raw": 7, "list": 9, "list[0]": 10, "list[1]": 11, "list[2]": 12, "list[2][1]": 12,
    "points": 14, "points[0].y[1]": 14, "points[1].x": 14, "points[1].y[0]": 15, "wording": 17, "wording.a": 19,
    "wording.quoted name": 18, "wording.a.b": 19, "flips[0]": 21, "flips[0].id": 22, "flips[0].parts[0]": 24,
    "flips[0].parts[1].id": 27, "flips[1].id": 30, "flips[1].parts[0].id": 32, "flips[1].extra.id": 34, "wording.more.id": 36,
    # What is not there stands where it would belong.
    "flips[1].sign": 29, "flips[0].parts[7].id": 24, "nothing.at.all": 1, "": 1, "list[5]": 9, "flips": 21,
}


@pytest.mark.parametrize("field", PLACES)
def test_the_line_of_a_field(field):
    assert line_of(TEXT, field) == PLACES[field]


def test_a_text_that_stops_being_toml_has_the_places_before_it():
    assert line_of("a = 1\nb = 2\n???\nc = 3\n", "b") == 2
    assert line_of("a = 1\n???\nc = 3\n", "c") == 1
    assert line_of("a = \nb = 2\n", "a") == 1
