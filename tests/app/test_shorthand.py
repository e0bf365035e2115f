import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradeoff_desktop.app import shorthand
from tradeoff_desktop.app.shorthand import Sticky

TABLES = frozenset({1, 2, 3, 4})


def read(pack, typed, sticky=None):
    return shorthand.read(typed, sticky=sticky or Sticky(), pack=pack, tables=TABLES)


@pytest.mark.parametrize(
    ("typed", "text", "kind", "verbatim"),
    [
        ("They would sell it", "They would sell it", "point", False),
        ('"They would sell it"', "They would sell it", "point", True),
        ("“They would sell it”", "They would sell it", "point", True),
        ("! never for the police", "never for the police", "red_line", False),
        ("?who pays", "who pays", "question", False),
        ("+ only if told", "only if told", "condition", False),
        ('+"only if told', "only if told", "condition", True),
        ('"!never', "never", "red_line", True),
        ("5 + 3 is not a condition!", "5 + 3 is not a condition!", "point", False),
        ("two  words", "two words", "point", False),
    ],
)
def test_leading_marks(pack, typed, text, kind, verbatim):
    line = read(pack, typed)
    assert (line.text, line.kind, line.verbatim) == (text, kind, verbatim)


def test_group_and_table_stay_set_until_changed(pack):
    first = read(pack, "@g @t3 one")
    assert (first.sticky, first.text) == (Sticky("government", 3), "one")
    second = read(pack, "two", first.sticky)
    assert second.sticky == first.sticky
    assert read(pack, "@C three", second.sticky).sticky == Sticky("civil", 3)
    assert read(pack, "@- four", second.sticky).sticky == Sticky()
    assert read(pack, "@t0 five", second.sticky).sticky == Sticky("government", 0)


def test_only_settings_make_no_note(pack):
    line = read(pack, "@g @t2")
    assert (line.text, line.sticky) == ("", Sticky("government", 2))


@pytest.mark.parametrize("typed", ["@z hello", "@t9 hello", "@t31 hello"])
def test_a_setting_that_fits_nothing_is_named_and_changes_nothing(pack, typed):
    line = read(pack, typed, Sticky("civil", 1))
    assert line.sticky == Sticky("civil", 1)
    assert line.unknown == typed.split()[0]


def test_an_address_is_no_setting(pack):
    assert read(pack, "write to me@g.example").text == "write to me@g.example"


def test_tags_are_completed_kept_and_taken_out_of_the_words(pack):
    line = read(pack, "it #priv leaks #my-own #PRIVACY today")
    assert line.text == "it leaks today"
    assert line.tags == ("privacy", "my-own")


def test_a_beginning_that_fits_two_tags_is_left_as_typed(pack):
    assert read(pack, "x #purpose").tags == ("purpose",)
    assert read(pack, "x #purpose-cr").tags == ("purpose-creep",)


@pytest.mark.parametrize("typed", ['! "never again #privacy', "+ if told", "? who", "plain words", '"quoted'])
def test_a_note_opened_again_reads_as_it_was(pack, typed):
    line = read(pack, typed)
    again = shorthand.write(text=line.text, kind=line.kind, verbatim=line.verbatim, tags=list(line.tags))
    assert read(pack, again) == line


@given(typed=st.text(max_size=80))
def test_nothing_typed_is_ever_refused(pack, typed):
    line = read(pack, typed)
    assert line.kind in {"point", "question", "condition", "red_line"}
    assert all(0 < len(tag) <= 64 for tag in line.tags)
