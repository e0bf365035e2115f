"""The JSON Schema accepts every good line and parcel, and refuses what a schema can refuse.

The few words of JSON Schema that it uses are read here by their meaning in the 2020-12 text; any other would fail.
"""

import json
import re

import pytest

NOTES = {"title", "description", "default", "$schema", "$defs"}


def fits(value, schema, root):
    """Whether a value fits; KeyError for a word of JSON Schema that is not known here."""
    return all(WORDS[word](value, rule, schema, root) for word, rule in schema.items() if word not in NOTES)


def is_of_type(value, rule):
    if rule == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, {"object": dict, "array": list, "string": str, "boolean": bool}[rule])


def other_keys_fit(value, rule, schema, root):
    others = [part for name, part in value.items() if name not in schema.get("properties", {})]
    return not others if rule is False else all(fits(part, rule, root) for part in others)


WORDS = {
    "$ref": lambda value, rule, _, root: fits(value, root["$defs"][rule.removeprefix("#/$defs/")], root),
    "oneOf": lambda value, rule, _, root: sum(fits(value, one, root) for one in rule) == 1,
    "anyOf": lambda value, rule, _, root: any(fits(value, one, root) for one in rule),
    "type": lambda value, rule, _, __: is_of_type(value, rule),
    "const": lambda value, rule, _, __: value == rule,
    "enum": lambda value, rule, _, __: value in rule,
    "minimum": lambda value, rule, _, __: value >= rule,
    "maximum": lambda value, rule, _, __: value <= rule,
    "maxLength": lambda value, rule, _, __: len(value) <= rule,
    "pattern": lambda value, rule, _, __: re.search(rule, value) is not None,
    "items": lambda value, rule, _, root: all(fits(one, rule, root) for one in value),
    "required": lambda value, rule, _, __: set(rule) <= set(value),
    "properties": lambda value, rule, _, root: all(fits(value[name], rule[name], root) for name in rule if name in value),
    "propertyNames": lambda value, rule, _, root: all(fits(name, rule, root) for name in value),
    "additionalProperties": other_keys_fit,
}
# Keys in this order: a value of the wrong type must be refused before its other words are asked.
ORDER = {word: place for place, word in enumerate(WORDS)}


@pytest.fixture(scope="session")
def schemas(maker):
    def load(name):
        found = json.loads((maker.SPEC / name).read_text(encoding="utf-8"))
        return json.loads(json.dumps(found), object_pairs_hook=lambda pairs: dict(sorted(pairs, key=place)))

    def place(pair):
        return ORDER.get(pair[0], 0)

    return {name: load(f"{name}.schema.json") for name in ("records", "parcels")}


def test_every_good_line_fits(schemas, vectors):
    lines = [*vectors("chain.ndjson").decode().splitlines()]
    lines += [case["text"] for case in vectors("lines.json") if case["code"] is None]
    assert len(lines) > 40
    for line in lines:
        assert fits(json.loads(line), schemas["records"], schemas["records"]), line


# What makes these wrong is in the bytes and not in the value, or is beyond a schema (surrogates).
BEYOND = {"not_canonical", "leaf_mismatch"}
BEYOND_NAMES = {"half a pair of escapes", "a place with a decimal point", "a place with an exponent", "a number with a decimal point"}


def test_every_line_whose_value_is_wrong_does_not_fit(schemas, vectors):
    wrong = []
    for case in vectors("lines.json"):
        if case["code"] is None or case["code"] in BEYOND or case["name"] in BEYOND_NAMES or "text" not in case:
            continue
        try:
            value = json.loads(case["text"])
        except json.JSONDecodeError:
            continue
        wrong.append(case["name"])
        assert not fits(value, schemas["records"], schemas["records"]), case["name"]
    assert len(wrong) > 35


@pytest.mark.parametrize(
    ("parcel", "name"),
    [("programme-good.programme", "programme.json"), ("programme-good.programme", "pack.json"), ("enrolment-good.enrolment", "enrolment.json")],
)
def test_what_a_good_parcel_holds_fits(schemas, vectors, parcel, name):
    data = vectors(f"parcels/{parcel}")
    text = re.search(name.encode() + rb"(\{.*?\})PK", data, re.DOTALL)[1]
    value = json.loads(text)
    assert fits(value, schemas["parcels"], schemas["parcels"])
    assert not fits(value | {"more": 1}, schemas["parcels"], schemas["parcels"])
    assert not fits({field: part for field, part in value.items() if field not in {"id", "key"}}, schemas["parcels"], schemas["parcels"])
