"""What holds for every report: accessible, repeatable, nothing small, nothing lost, practice said so."""

import re
from collections.abc import Callable
from types import ModuleType

import pytest

from tradeoff_desktop.app import publishing
from tradeoff_desktop.app.desk import Desk
from tradeoff_desktop.model.workshop import Workshop

KINDS = ("summary", "host copy", "area", "full", "small summary", "small area")
# Words that follow a count of private marks, wherever one is printed.
PRIVATE = (
    r"[Rr]isks? (?:clearly|somewhat)|[Ee]venly balanced|[Bb]enefits? (?:clearly|somewhat)|towards (?:risk|benefit)"
    r"|did not move|go ahead(?! as described)|with conditions|should not(?! go ahead)|individual benefit larger"
    r"|public benefit larger|the same|privacy risk larger|security risk larger|people moved|moved towards"
)
COUNT = re.compile(rf"(\d+)(?: of \d+)? (?:people )?(?:from “)?(?:{PRIVATE})")
REST = re.compile(r"the other (\d+) moved")
MEAN = re.compile(r"(?<![\d.A-D])\d+\.\d+(?![.\d])")
HOSTILE = (
    "<b>bold</b> <i>open", "& &amp; &#65; <br/>", '<img src="/etc/hosts"/>', "$\\frac{1}{2}$ ${HOME} $$",
    "%s %d {0} {name} {{", "</para><para>", "'; DROP TABLE records; --", "Ünïcødé ✓ → ½ № ∑", "a\u202eb", "=1+1",
    "Supercalifragilistic" * 12,
)


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_whole_and_tagged(kind: str, reports: dict, tool: Callable[..., str], pdf_checker: ModuleType):
    data = reports[kind].data
    tool(data, "qpdf", "--check")
    assert re.search(r"Tagged: +yes", tool(data, "pdfinfo"))
    assert pdf_checker.check(data) == set()


@pytest.mark.parametrize("kind", KINDS)
def test_no_printed_count_of_private_marks_is_small(kind: str, reports: dict):
    words = reports[kind].words
    assert [found.group() for found in (*COUNT.finditer(words), *REST.finditer(words)) if int(found[1]) < 5] == []


@pytest.mark.parametrize("kind", ["summary", "area", "full"])
def test_counts_of_private_marks_are_printed_where_they_may_be(kind: str, reports: dict):
    assert len(COUNT.findall(reports[kind].words)) > 10


@pytest.mark.parametrize("kind", ["host copy", "small summary", "small area"])
def test_where_they_may_not_be_there_is_no_chart(kind: str, reports: dict):
    assert "Figure" not in reports[kind].words
    assert "too few to show" not in reports[kind].words


@pytest.mark.parametrize("kind", ["summary", "host copy", "small summary"])
def test_one_workshop_has_no_mean(kind: str, reports: dict):
    printed = reports[kind].words.replace("version 2026.1", "")
    assert MEAN.findall(printed) == []


def test_means_and_tests_stand_in_the_annex_only(full_report):
    main, annex = full_report.words.rsplit("Annex A Statistics", 1)
    assert not re.search(r"\bp [=<] |Holm|95 %|[−+]\d\.\d", main)
    assert "Holm p" in annex
    assert re.search(r"p [=<] 0\.\d{3}", annex)


def test_the_same_workshop_gives_the_same_bytes(leeds: Workshop, summary, host_copy):
    assert publishing.session_summary(leeds) == summary.data
    assert publishing.host_copy(leeds) == host_copy.data


def test_the_order_of_workshops_does_not_matter(six: list[Workshop]):
    two = six[:2]
    assert publishing.area_report(two[::-1], "LDS") == publishing.area_report(two, "LDS")
    assert publishing.full_report(two[::-1]) == publishing.full_report(two)


def test_practice_is_said_on_every_page(playing: Callable[..., Desk], reading: Callable):
    state = playing(practice=True).state
    for data in (
        publishing.session_summary(state), publishing.host_copy(state), publishing.area_report([state], "LDS"),
        publishing.full_report([state]),
    ):
        report = reading(data)
        assert len(report.pages) > 2
        assert all("Practice: not real answers" in page for page in report.pages)


@pytest.mark.parametrize("kind", KINDS)
def test_a_real_workshop_is_not_called_practice(kind: str, reports: dict):
    assert "Practice" not in reports[kind].words


def test_hostile_words_are_printed_as_they_were_typed(playing: Callable[..., Desk], reading: Callable):
    state = playing(notes=HOSTILE).state
    for data in (publishing.session_summary(state), publishing.area_report([state], "LDS")):
        printed = re.sub(r"\s", "", reading(data).words)
        for words in HOSTILE:
            assert re.sub(r"\s", "", words).replace("\u202e", "[U+202E]") in printed


def test_writing_tells_how_far_it_is_and_can_be_stopped(leeds: Workshop):
    seen: list[tuple[int, int]] = []
    publishing.session_summary(leeds, progress=lambda done, total: seen.append((done, total)))
    assert seen[-1][0] == seen[-1][1]

    def stop(done: int, total: int) -> None:
        raise InterruptedError(done, total)

    with pytest.raises(InterruptedError):
        publishing.full_report([leeds], progress=stop)


def test_before_anything_is_keyed_the_papers_say_so(playing: Callable[..., Desk], reading: Callable):
    state = playing(keyed=False, sealed=False).state
    assert "No private marks have been keyed" in reading(publishing.session_summary(state)).words
    assert "Closed, not yet sealed" in reading(publishing.host_copy(state)).words
    assert "What would make each use acceptable" in reading(publishing.area_report([state], "LDS")).words
    assert "Where tables stood" in reading(publishing.full_report([state])).words
