"""The shipped pack: complete, usable, plain; its identity; the allocation of order."""

import re

import msgspec
import pytest

from tradeoff_desktop.app import content
from tradeoff_desktop.errors import ContentError, TrustError
from tradeoff_desktop.model import pack as packs
from tradeoff_desktop.model import packcheck, packtext, sheets
from tradeoff_desktop.model.pack import Pack

PACK = content.shipped()
SCENARIOS = [pytest.param(scenario, id=scenario.id) for scenario in PACK.scenarios]


def test_the_shipped_pack_has_no_fault():
    assert packcheck.check(PACK) == []


def test_there_are_three_cases_a_theme_and_the_anchor_is_hou_1():
    assert [(s.id, s.theme) for s in PACK.scenarios] == [
        (f"{theme}-{number}", theme) for theme in ("HSC", "WEL", "CJ", "HOU") for number in (1, 2, 3)
    ]
    assert PACK.anchor.id == "HOU-1"
    assert [area.code for area in PACK.areas] == ["ESS", "LDS", "MAN", "MEL", "SHF", "WMC"]


def test_it_never_passes_for_the_material_of_the_first_workshops():
    everything = packs.canonical(PACK).decode()
    assert "reconstructed" in PACK.wording.provenance
    assert "original" not in everything.lower()
    assert [sum(q.seen is seen for q in PACK.questions) for seen in (True, False)] == [15, 3]
    assert [q.number for q in PACK.questions if not q.seen] == [6, 9, 10]


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_change_moves_one_axis_and_leaves_the_others_alone(scenario):
    levels = {axis.code: {level.code for level in axis.levels} for axis in PACK.axes}
    assert [flip.axis for flip in scenario.flips if flip.primary] == ["D", "O", "A"]
    for flip in scenario.flips:
        assert set(flip.to) <= levels[flip.axis]
        assert set(flip.to) != set(packcheck.levels_of(scenario, flip.axis))
        assert flip.consequence
        assert packtext.words(flip.projector) <= 30


def test_primary_changes_run_in_the_declared_direction_but_where_a_company_is_the_receiver():
    against = [(s.id, f.id) for s in PACK.scenarios for f in s.flips if f.primary and f.sign != 1]
    assert against == [("HSC-2", "O.council"), ("WEL-1", "O.council")]


def test_a_name_with_a_yes_or_no_is_no_step_away_from_a_name():
    flips = [f for s in PACK.scenarios for f in s.flips if {*f.to, *packcheck.levels_of(s, f.axis)} == {"A0", "A0f"}]
    assert len(flips) == 8
    assert {(f.sign, f.primary) for f in flips} == {(0, False)}


def test_the_ladder_is_tried_in_both_directions():
    assert {f.sign for s in PACK.scenarios for f in s.flips if f.axis == "A"} == {-1, 0, 1}
    assert {s.anonymisation for s in PACK.scenarios} == {"A0", "A0f", "A1", "A2", "A3"}


def test_the_projector_labels_of_the_balance_are_those_agreed():
    assert [option.projector for option in PACK.item("BAL").options] == [
        "Risks clearly", "Risks somewhat", "Evenly balanced", "Benefits somewhat", "Benefits clearly", "Can't say",
    ]


def test_one_map_of_keys_holds_everywhere():
    assert {m.code: m.key for m in PACK.missing} == {
        "not_played": "7", "declined": "8", "unreadable": "9", "skipped": "0", "absent": "",
    }
    assert {d.key: d.code for d in PACK.decisions} == {
        "1": "1", "2": "2", "3": "3", "4": "4", "5": "no_agreement", "6": "cant_say", "7": "not_played",
        "8": "declined", "9": "unreadable", "0": "skipped",
    }


@pytest.mark.parametrize("scenario", [s.id for s in PACK.scenarios if not s.anchor])
def test_a_person_gives_forty_values(scenario):
    counts = [len(sheets.cells(PACK, sheet=n, area="MEL", table=3, theme_scenario=scenario)) for n in (1, 2, 3, 4)]
    assert counts == [12, 8, 8, 12]


def test_the_order_is_that_of_area_table_and_case():
    # Decision 21: (area + table + case) mod orders. Essex is 1, the West Midlands 6; HSC-1 is 1, HOU-1 is 10.
    assert PACK.order_index(area="ESS", table=2, scenario="HSC-1") == (1 + 2 + 1) % 6
    assert PACK.order_index(area="WMC", table=0, scenario="HOU-1") == (6 + 0 + 10) % 6
    assert [f.id for f in PACK.flip_order("HOU-1", 0)] == ["D.health", "O.charity", "A.A3"]


def test_six_areas_meet_the_anchor_in_six_orders():
    orders = [PACK.order_index(area=a.code, table=0, scenario="HOU-1") for a in PACK.areas]
    assert sorted(orders) == list(range(6))
    shown = ["".join(f.axis for f in PACK.flip_order("HOU-1", order)) for order in orders]
    for place in range(3):
        assert sorted(order[place] for order in shown) == ["A", "A", "D", "D", "O", "O"]


def test_every_second_order_is_a_latin_square():
    for start in (0, 1):
        assert all(len(set(column)) == 3 for column in zip(*PACK.orders[start::2], strict=True))


def test_the_canonical_form_reads_back_and_nothing_else_does():
    raw = packs.canonical(PACK)
    assert packs.read(raw) == PACK
    assert len(packs.digest(PACK)) == 64
    with pytest.raises(TrustError, match="not_canonical"):
        packs.read(b" " + raw)


def test_any_changed_word_is_another_pack():
    changed = msgspec.structs.replace(PACK, title=PACK.title + ".")
    assert packs.digest(changed) != packs.digest(PACK)


def test_look_ups_refuse_what_is_not_there():
    for look_up in (PACK.scenario, PACK.item, PACK.axis, PACK.area, PACK.theme, PACK.group):
        with pytest.raises(KeyError):
            look_up("nothing")
    assert PACK.theme("CJ").label == "Criminal justice"
    assert PACK.group("civil").initial == "C"
    assert PACK.axis("A").levels[0].code == "A0"
    assert PACK.anchor.flip("base") is None
    assert PACK.anchor.flip("A.A3") == PACK.anchor.primary("A")


def test_a_case_without_a_change_on_an_axis_has_a_shorter_order():
    anchor = msgspec.structs.replace(PACK.anchor, flips=[f for f in PACK.anchor.flips if f.axis != "O"])
    pack = msgspec.structs.replace(PACK, scenarios=[anchor])
    assert [f.axis for f in pack.flip_order("HOU-1", 0)] == ["D", "A"]


# What msgspec says, and what we make of it: one row for each kind of complaint.
COMPLAINTS = [
    ({"id": None}, "id", "content_wrong_type"),
    ({"id": "with space"}, "id", "content_bad_code"),
    ({"design": "other"}, "design", "content_not_allowed"),
    ({"format": 2}, "format", "content_out_of_range"),
    ({"extra": 1}, "extra", "content_unknown_field"),
    ({"points": 1.5}, "points", "content_wrong_type"),
    ({"themes": [{"code": "X", "name": "n", "label": "l" * 21, "icon": "i"}]}, "themes[0].label", "content_too_long"),
    ({"themes": [{"code": "X"}]}, "themes[0].name", "content_missing_field"),
]


@pytest.mark.parametrize(("change", "field", "code"), COMPLAINTS)
def test_strict_decoding_names_the_field(change, field, code):
    source = msgspec.to_builtins(PACK) | change
    with pytest.raises(ContentError) as caught:
        packs.strict(source, Pack)
    assert (caught.value.code, caught.value.facts["field"]) == (code, field)


def test_a_complaint_of_a_new_kind_still_names_the_field():
    source = msgspec.to_builtins(PACK) | {"tags": {"a", "b"}}
    with pytest.raises(ContentError) as caught:
        packs.strict({**source, "tags": object()}, Pack)
    assert caught.value.facts["field"] == "tags"


# ---------------------------------------------------------------- plain words


def syllables(word: str) -> int:
    """A rough count, good enough for an average: groups of vowels, silent endings left out."""
    letters = re.sub(r"[^a-z]", "", word.lower())
    count = len(re.findall(r"[aeiouy]+", letters))
    if letters.endswith("e") and not letters.endswith(("le", "ee")):
        count -= 1
    if re.search(r"[^td]ed$", letters):
        count -= 1
    return max(1, count)


def grade(text: str) -> float:
    """School grade by Flesch and Kincaid (1975): 8 is about 13 to 14 years of age."""
    sentences = [part for part in re.split(r"[.!?:]+\s+|\n", text) if part.strip()]
    spoken = [word for part in sentences for word in part.split()]
    return 0.39 * len(spoken) / len(sentences) + 11.8 * sum(map(syllables, spoken)) / len(spoken) - 15.59


def test_the_measure_tells_plain_words_from_hard_ones():
    assert grade("The cat sat on the mat. It was fat.") < 1
    assert grade("Organisational interoperability necessitates proportionate governance considerations.") > 20


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_cards_can_be_read_by_a_reader_of_thirteen(scenario):
    assert grade(scenario.text) < 8
    four = (scenario.individual_benefit, scenario.public_benefit, scenario.privacy_risk, scenario.security_risk)
    assert grade("\n".join(four)) < 9
    for flip in scenario.flips:
        assert grade(f"{flip.card} {flip.consequence}") < 9


def test_what_is_said_aloud_can_be_followed():
    for step in PACK.agenda:
        assert grade(step.say) < 8
        # Two words a second is a calm voice; saying it may take half of the step at most.
        assert len(step.say.split()) / 120 <= step.minutes / 2


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_cards_persuade_neither_way(scenario):
    said = " ".join(text for _, text in packtext.spoken(msgspec.structs.replace(PACK, scenarios=[scenario])))
    loaded = r"\b(sadly|luckily|fortunately|unfortunately|obviously|of course|clearly wrong|should be|must be|only right)\b"
    assert re.findall(loaded, said, re.IGNORECASE) == []
    # Neither side is promised: a benefit that "will" come would outweigh a risk that "may".
    four = (scenario.individual_benefit, scenario.public_benefit, scenario.privacy_risk, scenario.security_risk)
    assert not any(re.search(r"\b(will|always|never|certainly)\b", said) for said in four)
    # What people are told and asked would be a second change: it is the same in every case.
    assert "not asked one by one" in scenario.text or "refuse to answer" in scenario.text
    assert "for nothing else" in scenario.text
    assert all("Everything else stays the same." in flip.card for flip in scenario.flips)
