"""Each way in which a pack can be wrong is found, at its place, and alone."""

import pytest
from msgspec.structs import replace

from tradeoff_desktop.app import content
from tradeoff_desktop.model import packcheck, packtext

PACK = content.shipped()
HOU_1 = next(n for n, s in enumerate(PACK.scenarios) if s.id == "HOU-1")
AT = f"scenarios[{HOU_1}]"


def put(values, place, **changes):
    """The list with the entry at ``place`` changed."""
    return [replace(value, **changes) if n == place else value for n, value in enumerate(values)]


def anchor(**changes):
    return replace(PACK, scenarios=put(PACK.scenarios, HOU_1, **changes))


def flip(name, **changes):
    flips = PACK.scenarios[HOU_1].flips
    return anchor(flips=put(flips, [f.id for f in flips].index(name), **changes))


def item(place, **changes):
    return replace(PACK, items=put(PACK.items, place, **changes))


def option(place, **changes):
    return item(0, options=put(PACK.items[0].options, place, **changes))


def without(field, code):
    return replace(PACK, **{field: [p for p in getattr(PACK, field) if p.code != code]})


TWICE = PACK.themes[0].code
FAULTS = {
    # names and codes
    "two themes of one code": (
        replace(PACK, themes=[*PACK.themes, PACK.themes[0]]), "themes[4]", "pack_duplicate"),
    "two areas of one number": (
        replace(PACK, areas=put(PACK.areas, 1, number=1)), "areas[1].number", "pack_duplicate"),
    "two groups of one initial": (
        replace(PACK, groups=put(PACK.groups, 1, initial="C")), "groups[1].initial", "pack_duplicate"),
    "a level twice": (
        replace(PACK, axes=put(PACK.axes, 1, levels=[*PACK.axes[1].levels, PACK.axes[1].levels[0]])),
        "axes[1].levels[11]", "pack_duplicate"),
    "two flips of one id": (flip("O.police", id="O.charity"), f"{AT}.flips[4]", "pack_duplicate"),
    "a tag twice": (replace(PACK, tags=[*PACK.tags, "privacy"]), "tags[24]", "pack_duplicate"),
    "an unknown missing reason": (
        replace(PACK, missing=put(PACK.missing, 0, code="lost")), "missing[0].code", "pack_unknown_code"),
    "a missing reason left out": (without("missing", "absent"), "missing", "pack_missing_code"),
    "a decision left out": (without("decisions", "no_agreement"), "decisions", "pack_missing_code"),
    "a note kind left out": (without("note_kinds", "red_line"), "note_kinds", "pack_missing_code"),
    # axes and orders
    "an axis left out": (without("axes", "O"), "axes", "pack_axis_missing"),
    "a change on an axis left out": (without("axes", "A"), f"{AT}.flips[5].axis", "pack_unknown_axis"),
    "no orders": (replace(PACK, orders=[]), "orders", "pack_no_orders"),
    "an order with an axis twice": (
        replace(PACK, orders=[*PACK.orders, ["D", "D", "A"]]), "orders[6]", "pack_bad_order"),
    "one order more than another": (
        replace(PACK, orders=[*PACK.orders, ["D", "O", "A"]]), "orders", "pack_orders_unbalanced"),
    # items
    "an unknown primary item": (replace(PACK, primary_item="ALL"), "primary_item", "pack_unknown_item"),
    "a scale of seven points": (replace(PACK, points=7), "items[0].options", "pack_points"),
    "a balance not asked at the end": (item(0, rounds=["R0", "RB", "RV"]), "items[0].rounds", "pack_item_rounds"),
    "another key for can't say": (option(5, key="7"), "items[0].options[5].key", "pack_key"),
    "a digit that does not mean itself": (option(0, key="9"), "items[0].options[0].key", "pack_key"),
    "an option twice": (option(1, value="1"), "items[0].options[1].value", "pack_duplicate"),
    # themes, framework
    "a case of an unknown theme": (anchor(theme="EDU"), f"{AT}.theme", "pack_unknown_theme"),
    "a theme with two cases": (
        replace(PACK, scenarios=PACK.scenarios[1:]), "themes[0]", "pack_scenarios_per_theme"),
    "no anchor": (anchor(anchor=False), "scenarios", "pack_no_anchor"),
    "two anchors": (
        replace(PACK, scenarios=put(PACK.scenarios, 11, anchor=True)), "scenarios[11].anchor", "pack_second_anchor"),
    "a question of an unknown feature": (
        replace(PACK, questions=put(PACK.questions, 2, feature=9)), "questions[2].feature", "pack_unknown_feature"),
    "a question out of order": (
        replace(PACK, questions=put(PACK.questions, 2, number=30)), "questions[2].number", "pack_question_number"),
    # cases and changes
    "no data": (anchor(data=[]), f"{AT}.data", "pack_no_data"),
    "an unknown kind of data": (anchor(data=["shoes"]), f"{AT}.data", "pack_unknown_level"),
    "an unknown receiver": (anchor(receiver="club"), f"{AT}.receiver", "pack_unknown_level"),
    "an unknown step of the ladder": (anchor(anonymisation="A9"), f"{AT}.anonymisation", "pack_unknown_level"),
    "a change to an unknown level": (flip("O.charity", to=["club"]), f"{AT}.flips[2].to", "pack_unknown_level"),
    "a change of two axes": (
        flip("D.health", to=["benefits", "financial", "social_care", "health", "charity"]), f"{AT}.flips[0].to",
        "pack_flip_two_axes"),
    "two receivers": (flip("O.charity", to=["charity", "nhs"]), f"{AT}.flips[2].to", "pack_flip_levels"),
    "a kind of data twice": (flip("D.financial", to=["financial"] * 2), f"{AT}.flips[1].to", "pack_flip_levels"),
    "a change to nothing": (flip("D.financial", to=[]), f"{AT}.flips[1].to", "pack_flip_levels"),
    "a change that changes nothing": (flip("O.police", to=["council"]), f"{AT}.flips[4].to", "pack_flip_no_change"),
    "a wrong sign": (flip("D.financial", sign=1), f"{AT}.flips[1].sign", "pack_wrong_sign"),
    "a sign where there is no step": (flip("A.A0f", sign=1), f"{AT}.flips[5].sign", "pack_wrong_sign"),
    "no primary change": (flip("A.A3", primary=False), f"{AT}.flips", "pack_no_primary"),
    "two primary changes": (flip("O.contractor", primary=True), f"{AT}.flips[3].primary", "pack_second_primary"),
    "a primary change that is no step": (flip("A.A0f", primary=True), f"{AT}.flips[5].primary", "pack_primary_no_step"),
    "no consequence": (flip("A.A3", consequence=" "), f"{AT}.flips[6].consequence", "pack_no_consequence"),
    # words
    "an empty title": (anchor(title=""), f"{AT}.title", "pack_empty_text"),
    "an empty change": (flip("A.A3", card=""), f"{AT}.flips[6].card", "pack_empty_text"),
    "no consent text": (
        replace(PACK, wording=replace(PACK.wording, consent="")), "wording.consent", "pack_empty_text"),
    "a claim to the first workshops' material": (
        replace(PACK, wording=replace(PACK.wording, provenance="As in 2017.")), "wording.provenance",
        "pack_provenance"),
    "a card of four words": (anchor(text="Some data is shared."), f"{AT}.text", "pack_card_length"),
    "benefits at twice the length": (
        anchor(individual_benefit="very " * 30, public_benefit="very " * 30), f"{AT}.individual_benefit",
        "pack_unbalanced"),
    "risks at twice the length": (
        anchor(privacy_risk="very " * 30, security_risk="very " * 30), f"{AT}.privacy_risk", "pack_unbalanced"),
    "one short risk": (
        anchor(privacy_risk="x" * 44, security_risk="x" * 100, individual_benefit="x" * 70, public_benefit="x" * 70),
        f"{AT}.security_risk", "pack_uneven"),
    "a sentence in the place of a phrase": (
        flip("A.A3", happened="Only figures were shared."), f"{AT}.flips[6].happened", "pack_happened"),
    "31 words on the screen": (anchor(projector="word " * 31), f"{AT}.projector", "pack_projector_words"),
    "31 words of a change on the screen": (
        flip("A.A3", projector="word " * 31), f"{AT}.flips[6].projector", "pack_projector_words"),
    "31 words of a question": (item(3, projector="word " * 31), "items[3].projector", "pack_projector_words"),
    "a long option": (
        option(0, projector="Risks are clearly larger"), "items[0].options[0].projector", "pack_label_letters"),
    "a word too long for its box": (
        anchor(holder_label="Interdepartmental"), f"{AT}.holder_label", "pack_label_word"),
    "jargon": (anchor(purpose="Mitigation of homelessness."), f"{AT}.purpose", "pack_jargon"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found_at_its_place(name):
    pack, field, code = FAULTS[name]
    assert (field, code) in [(fault.field, fault.code) for fault in packcheck.check(pack)]


def test_a_fault_in_one_text_raises_no_other():
    for name in ("a wrong sign", "no consequence", "jargon", "31 words on the screen", "an empty title", "a tag twice"):
        pack, field, code = FAULTS[name]
        assert [(f.field, f.code) for f in packcheck.check(pack)] == [(field, code)]


def test_a_primary_change_against_the_direction_is_found_where_another_runs_with_it():
    flips = [replace(f, primary=f.id in {"D.financial", "O.charity", "A.A3"}) for f in PACK.anchor.flips]
    found = packcheck.check(anchor(flips=flips))
    assert [(f.field, f.code) for f in found] == [(f"{AT}.flips[1].primary", "pack_primary_against")]


DIRECTIONS = [
    ("D", ["health"], ["health", "mental_health"], 1),  # more sensitive
    ("D", ["health", "police"], ["health"], -1),
    ("D", ["health"], ["health", "financial"], 1),  # less sensitive by itself, but added
    ("D", ["benefits", "financial"], ["financial"], -1),
    ("D", ["benefits"], ["financial"], 0),  # of one rank, and neither holds the other
    ("O", ["council"], ["charity"], 1),
    ("O", ["utility"], ["council"], -1),
    ("O", ["police"], ["nhs"], 0),
    ("A", ["A0"], ["A0f"], 0),
    ("A", ["A0f"], ["A1"], 1),
    ("A", ["A3"], ["A0"], -1),
]


@pytest.mark.parametrize(("axis", "base", "to", "expected"), DIRECTIONS)
def test_direction(axis, base, to, expected):
    assert packcheck.direction(PACK.axis(axis), base, to) == expected


def test_an_unknown_base_does_not_hide_what_else_is_wrong_with_a_change():
    pack = anchor(receiver="club", flips=put(PACK.anchor.flips, 2, to=["nowhere"]))
    fields = [f.field for f in packcheck.check(pack) if f.code == "pack_unknown_level"]
    assert fields == [f"{AT}.receiver", f"{AT}.flips[2].to"]


def test_one_glossary_entry_mends_all_uses_of_a_word():
    pack = anchor(purpose="Mitigation, mitigation.", title="Mitigation")
    assert [f.facts["word"] for f in packtext.check(pack)] == ["Mitigation"]
    term = replace(PACK.glossary[0], term="Making smaller", also=["mitigation"])
    assert packtext.check(replace(pack, glossary=[*PACK.glossary, term])) == []


def test_jargon_is_found_as_a_word_only():
    pack = anchor(purpose="A flagship and a mistrustful gpsy.")
    assert packtext.check(pack) == []
