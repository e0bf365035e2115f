"""Packs from their files: the loader, where faults stand, and an identity that does not depend on layout."""

import re
import shutil
from pathlib import Path

import pytest

from tradeoff_desktop.app import content, packwords, words
from tradeoff_desktop.errors import ContentError
from tradeoff_desktop.model import pack as packs

SHIPPED = content.resources() / "packs" / "data-sharing"
CODE = Path(content.__file__).parents[1]


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(SHIPPED, tmp_path / "pack")
    return tmp_path / "pack"


def edit(folder, name, old, new):
    """Replace ``old``, which must be there once, and return the line on which the new text begins."""
    file = folder / name
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    file.write_text(text.replace(old, new), encoding="utf-8")
    return text.count("\n", 0, text.index(old)) + 1


def test_the_shipped_pack_is_clean_and_read_once():
    assert content.check(SHIPPED) == []
    assert content.shipped() is content.shipped()
    assert content.identity(SHIPPED) == packs.digest(content.shipped())


H = "scenarios/HOU-1.toml"
# file, old text, new text, how many lines below the new text's first line the fault stands, field, code
FAULTS = {
    "an unknown axis": (H, 'axis = "D"\nto = ["financial"]', 'axis = "P"\nto = ["financial"]', 0, "flips[1].axis", "content_not_allowed"),
    "an unknown level": (H, 'to = ["police"]', 'to = ["polite"]', 0, "flips[4].to", "pack_unknown_level"),
    "a flip of two axes": (H, 'to = ["financial"]', 'to = ["financial", "charity"]', 0, "flips[1].to", "pack_flip_two_axes"),
    "a flip of nothing": (H, 'to = ["police"]', 'to = ["council"]', 0, "flips[4].to", "pack_flip_no_change"),
    "a wrong sign": (H, 'happened = "the police received the data"\nsign = 0', 'happened = "the police received the data"\nsign = 1', 1, "flips[4].sign", "pack_wrong_sign"),
    "a missing consequence": (H, 'consequence = """\nThe company can make', 'conclusion = """\nThe company can make', 0, "flips[3].conclusion", "content_unknown_field"),
    "an empty consequence": (H, '''consequence = """
The team can still ring the household. It does not know what the trouble is until the household tells it."""''', 'consequence = ""', 0, "flips[5].consequence", "pack_no_consequence"),
    "no primary": (H, 'happened = "only area figures were shared"\nsign = 1\nprimary = true', 'happened = "only area figures were shared"\nsign = 1', None, "flips", "pack_no_primary"),
    "two primaries": (H, 'happened = "a private company received the data"\nsign = 1', 'happened = "a private company received the data"\nsign = 1\nprimary = true', 2, "flips[3].primary", "pack_second_primary"),
    "unbalanced": (H, "Households can get help with rent, debt or a move before they are evicted.", "Yes. " * 60, 0, "individual_benefit", "pack_unbalanced"),
    "a long projector text": (H, "A local advice charity sees, by name, who", "A local advice charity sees, by name, who, " + "and who " * 10, -1, "flips[2].projector", "pack_projector_words"),
    "a long label": (H, 'label = "Advice charity"', 'label = "A charity that gives advice"', 0, "flips[2].label", "content_too_long"),
    "jargon": (H, "Find households that may soon lose their home", "Mitigation for households that may lose their home", 0, "purpose", "pack_jargon"),
    "a short card": ("scenarios/WEL-3.toml", "The government pays for many kinds of support", '"""\nold = """', -1, "text", "pack_card_length"),
    "another id": (H, 'id = "HOU-1"', 'id = "HOU-7"', 0, "id", "content_file_name"),
    "an unknown theme": (H, 'theme = "HOU"', 'theme = "HUO"', 0, "theme", "pack_unknown_theme"),
    "a number in quotes": (H, "number = 10", 'number = "10"', 0, "number", "content_wrong_type"),
    "a level without a label": ("pack.toml", 'label = "Help needed"\n', "", None, "axes[0].levels[2].label", "content_missing_field"),
    "a level twice": ("pack.toml", 'code = "home_area"', 'code = "education"', -1, "axes[0].levels[5]", "pack_duplicate"),
    "a wrong key": ("pack.toml", 'key = "2", text = "Yes, but only with conditions"', 'key = "7", text = "Yes, but only with conditions"', 0, "items[1].options[1].key", "pack_key"),
    "a long option": ("pack.toml", 'projector = "With conditions"', 'projector = "Yes, with these conditions"', 0, "items[1].options[1].projector", "pack_label_letters"),
    "an unbalanced order": ("pack.toml", '  ["D", "A", "O"],\n', "", -2, "orders", "pack_orders_unbalanced"),
    "no axis twice in an order": ("pack.toml", '  ["D", "A", "O"],\n', '  ["D", "D", "O"],\n', 0, "orders[1]", "pack_bad_order"),
    "a section that belongs elsewhere": ("pack.toml", "[wording]", '[[parts]]\nid = "x"\ntitle = "x"\n\n[wording]', 0, "parts", "content_section"),
    "an unknown section": ("glossary.toml", '[[glossary]]\nterm = "A&E"', '[[glosary]]\nterm = "B"\n\n[[glossary]]\nterm = "A&E"', 0, "glosary", "content_section"),
    "an unknown top-level field": ("pack.toml", 'language = "en-GB"', 'language = "en-GB"\nauthor = "me"', 1, "author", "content_unknown_field"),
    "minutes that do not add up": ("agenda.toml", 'title = "Break"\nminutes = 15', 'title = "Break"\nminutes = 16', None, "agenda", "pack_minutes"),
    "a step of an unknown part": ("agenda.toml", 'id = "close"\npart = "close"', 'id = "close"\npart = "end"', 1, "agenda[27].part", "pack_unknown_part"),
    "a test that is none": ("framework.toml", 'number = 4\nfeature = 1\ntest = "responsible"', 'number = 4\nfeature = 1\ntest = "reasonable"', 2, "questions[3].test", "content_not_allowed"),
    "a term left out": ("glossary.toml", 'term = "Psychosis"', 'term = "Hearing voices"', None, "flips[0].card", "pack_jargon"),
}
# Where the fault is reported somewhere else than where the text was changed.
ELSEWHERE = {
    "no primary": (H, "[[flips]]"), "a level without a label": ("pack.toml", '[[axes.levels]]\ncode = "needs"'),
    "minutes that do not add up": ("agenda.toml", "[[agenda]]"), "a term left out": ("scenarios/CJ-2.toml", "card = "),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_named_by_file_line_and_field(folder, name):
    file, old, new, below, field, code = FAULTS[name]
    line = edit(folder, file, old, new)
    if below is None:
        file, mark = ELSEWHERE[name]
        text = (folder / file).read_text(encoding="utf-8")
        line, below = text.count("\n", 0, text.index(mark)) + 1, 0
    found = {(f.file, f.line, f.field, f.code): packwords.say(f) for f in content.check(folder)}
    assert (file, line + below, field, code) in found
    assert found[file, line + below, field, code].startswith(f"{file}:{line + below} {field}: ")
    with pytest.raises(ContentError) as caught:
        content.load(folder)
    assert (caught.value.facts["file"], caught.value.facts["line"]) in {(f[0], f[1]) for f in found}
    assert caught.value.facts["more"] == len(found) - 1


def test_several_faults_are_all_found_at_once(folder):
    edit(folder, H, 'label = "Advice charity"', 'label = "A charity that gives advice"')
    edit(folder, H, 'theme = "HOU"', 'theme = "HOU"\ncolour = "blue"')
    edit(folder, "scenarios/CJ-1.toml", 'label = "Security company"', 'label = "A private security company"')
    edit(folder, "agenda.toml", 'title = "Break"\nminutes = 15', 'title = "Break"\nminutes = 16')
    found = [(f.file, f.field, f.code) for f in content.check(folder)]
    assert found == [
        ("agenda.toml", "agenda", "pack_minutes"), ("scenarios/CJ-1.toml", "flips[2].label", "content_too_long"),
        (H, "colour", "content_unknown_field"), (H, "flips[2].label", "content_too_long"),
    ]


def test_a_file_that_is_not_there(folder):
    (folder / "agenda.toml").unlink()
    assert [(f.file, f.line, f.code) for f in content.check(folder)] == [("agenda.toml", 1, "content_no_file")]


def test_a_folder_that_is_not_there(tmp_path):
    found = content.check(tmp_path / "nothing")
    assert [f.code for f in found] == ["content_no_file"] * 4
    with pytest.raises(ContentError, match="content_no_file"):
        content.load(tmp_path / "nothing")


def test_a_file_that_is_too_much(folder):
    (folder / "extra.toml").write_text("")
    (folder / ".hidden").write_text("")
    assert [(f.file, f.code) for f in content.check(folder)] == [("extra.toml", "content_stray_file")]


def test_a_file_of_a_megabyte_is_not_read_to_its_end(folder):
    with (folder / "glossary.toml").open("ab") as file:
        file.write(b"#" * content.MAX_BYTES)
    assert [(f.file, f.code) for f in content.check(folder)] == [("glossary.toml", "content_too_big")]


BROKEN = [
    (b'id = "x"\nname = "unclosed\nnumber = 2\n', 2, "content_syntax"),
    (b'id = "x"\nlist = [1, 2\n', 3, "content_syntax"),
    (b'id = "x"\nid = "y"\n', 2, "content_syntax"),
    (b'id = "x"\nname = "caf\xe9"\n', 2, "content_not_utf8"),
]


@pytest.mark.parametrize(("raw", "line", "code"), BROKEN)
def test_a_file_that_cannot_be_read_says_from_which_line(folder, raw, line, code):
    (folder / H).write_bytes(raw)
    assert [(f.file, f.line, f.code) for f in content.check(folder)] == [(H, line, code)]


# ---------------------------------------------------------------- identity


def test_the_identity_does_not_depend_on_layout(folder):
    before = content.identity(folder)
    for file in folder.rglob("*.toml"):
        text = file.read_text(encoding="utf-8")
        # Other line ends, other line breaks within texts, comments, blank lines.
        text = re.sub(r'(?<=[a-z,]) (?=[a-z])(?=[^"]*"""\n)', "\n   ", text)
        file.write_bytes(("# a comment\n\n" + text).replace("\n", "\r\n").encode())
    assert content.check(folder) == []
    assert content.identity(folder) == before


def test_the_identity_does_not_depend_on_the_order_of_fields(folder):
    before = content.identity(folder)
    edit(folder, H, 'id = "HOU-1"\n', "")
    edit(folder, H, 'theme = "HOU"\n', 'theme = "HOU"\nid = "HOU-1"\n')
    assert content.identity(folder) == before


def test_the_identity_does_not_depend_on_when_files_were_made(folder, tmp_path):
    other = tmp_path / "other"
    (other / "scenarios").mkdir(parents=True)
    for file in sorted(folder.rglob("*.toml"), reverse=True):
        shutil.copy(file, other / file.relative_to(folder))
    assert content.identity(other) == content.identity(folder)


def test_the_identity_does_not_depend_on_how_accents_are_typed(folder):
    edit(folder, H, 'grounding = """', 'grounding = """caf\u00e9 ')
    before = content.identity(folder)
    edit(folder, H, "caf\u00e9", "cafe\u0301")
    assert content.identity(folder) == before


def test_a_paragraph_more_is_another_text(folder):
    before = content.identity(folder)
    edit(folder, H, "The team may use the list", "\nThe team may use the list")
    assert content.identity(folder) == before  # there was one already
    edit(folder, H, "People are not asked\none by one.", "\n\nPeople are not asked\none by one.")
    assert content.identity(folder) != before


def test_tidy_keeps_what_is_not_text():
    assert content.tidy({"a": [1, True, " b\n c "], "d": "one\n \ntwo\n"}) == {"a": [1, True, "b c"], "d": "one\ntwo"}


# ---------------------------------------------------------------- words


def test_every_code_has_a_sentence_and_every_sentence_a_code():
    sources = ["model/pack", "model/packcheck", "model/packtext", "model/packagenda", "model/plancheck", "app/content", "app/programmes", "exchange/programme"]
    text = "".join((CODE / f"{name}.py").read_text(encoding="utf-8") for name in sources)
    assert set(re.findall(r'"((?:pack|plan|content)_[a-z_0-9]+)"', text)) == set(packwords.SENTENCES)


def test_a_pack_that_stops_something_says_where_it_is_wrong(folder):
    edit(folder, H, 'theme = "HOU"', 'theme = "HUO"')
    with pytest.raises(ContentError) as caught:
        content.load(folder)
    message = words.say(caught.value)
    assert message.what == "scenarios/HOU-1.toml, line 4: There is no theme HUO."
    assert message.remedy == "Check the spelling."


def test_a_fault_without_a_line_names_the_file_only():
    fault = content.PackFault("plan", 0, "sessions", "plan_no_sessions", {})
    assert packwords.say(fault) == "plan sessions: No workshop is planned. Add at least one."


def test_every_icon_of_the_pack_ships():
    pack = content.shipped()
    named = {theme.icon for theme in pack.themes} | {level.icon for axis in pack.axes for level in axis.levels}
    assert {name for name in named if not (content.resources() / "icons" / f"{name}.svg").is_file()} == set()
