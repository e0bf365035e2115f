"""What is published follows from the code: nothing stale, nothing that has no business there."""

import re

import pytest

PAGES = ("README.md", "bundle.md", "records.md", "programme.md", "merge.md")


def test_schemas_vectors_and_examples_are_what_the_code_makes(maker):
    assert maker.stale(maker.SPEC) == []


def test_a_change_in_any_part_is_noticed(maker, tmp_path):
    for name in PAGES:
        (tmp_path / name).write_bytes((maker.SPEC / name).read_bytes())
    maker.write(tmp_path)
    assert maker.stale(tmp_path) == []
    (tmp_path / "wordlist.txt").write_bytes(b"other\n")
    (tmp_path / "vectors" / "more.json").write_bytes(b"{}")
    (tmp_path / "records.schema.json").unlink()
    page = tmp_path / "records.md"
    page.write_text(page.read_text(encoding="utf-8").replace('{"here":18', '{"here":19'), encoding="utf-8")
    assert maker.stale(tmp_path) == ["records.md", "records.schema.json", "vectors/more.json", "wordlist.txt"]


@pytest.mark.parametrize("name", PAGES)
def test_every_field_has_a_meaning(maker, name):
    assert "| ? |" not in (maker.SPEC / name).read_text(encoding="utf-8")


def anchors(text):
    """The places that a page can be linked to at, as its headings spell them."""
    headings = re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", PAGES)
def test_every_link_leads_somewhere(maker, name):
    text = (maker.SPEC / name).read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)\s]+)\)", text)
    assert links
    for link in links:
        file, _, place = link.partition("#")
        target = maker.SPEC / (file or name)
        assert target.exists(), link
        assert not place or place in anchors(target.read_text(encoding="utf-8")), link


def test_every_kind_and_every_refusal_stands_in_the_text(maker, vectors):
    pages = {name: (maker.SPEC / name).read_text(encoding="utf-8") for name in PAGES}
    kinds = {record["kind"] for record in vectors("chain.json")["records"]}
    assert kinds == set(re.findall(r"^### (\w+)$", pages["records.md"].partition("## The kinds")[2], flags=re.MULTILINE))
    refused = [case for name in ("bundles.json", "parcels.json", "lines.json") for case in vectors(name)]
    codes = {case["code"] for case in refused if case.get("code")}
    assert [code for code in sorted(codes) if f"`{code}`" not in pages["bundle.md"] + pages["programme.md"]] == []
