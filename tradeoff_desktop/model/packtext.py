"""Whether the words of a pack serve the people who read them: present, short enough, balanced, plain."""

import re
from collections.abc import Iterator

from tradeoff_desktop.model.fault import Fault, fault
from tradeoff_desktop.model.pack import Flip, Pack, Scenario

PROJECTOR_WORDS = 30  # measured: 34 words overflow a 4:3 screen at the size the farthest seat can read
LABEL_LETTERS = 20
# A label wraps into two lines within its box; a single longer word would run out of it.
LABEL_WORD_LETTERS = 13
CARD_WORDS = (80, 140)  # the printed card: about 90 to 130 words, with a little room
# Longest to shortest of the four statements, and both benefits to both risks, by letters.
SINGLE_RATIO = 1.6
SIDE_RATIO = 1.25

# Words that stop people who do not work with data, law or these services. A pack may use them if its glossary
# explains them. Forms are listed, because a stem would catch ordinary words as well.
JARGON = (
    "A&E", "aggregate", "aggregated", "algorithm", "algorithms", "analytics", "anonymisation", "anonymised",
    "anonymous", "API", "arrears", "audit", "cohort", "commissioner", "commissioners", "commissioning", "consent",
    "contractor", "contractors", "control room", "data controller", "data processor", "data subject", "data subjects",
    "dataset", "datasets", "de-identified", "demographic", "deprivation", "diagnosis", "DPIA", "encrypted",
    "encryption", "enforcement", "evicted", "eviction", "evictions", "flag", "flagged", "GDPR", "governance", "GP",
    "GPs", "granular", "hotspot", "hotspots", "housing association", "intervention", "interventions", "lawful basis",
    "legitimate interest", "linkage", "linked", "metadata", "mitigate", "mitigation", "multi-agency",
    "onward sharing", "opt out", "opt-out", "personal data", "probation", "profiling", "proportionate", "prosecute",
    "pseudonymisation", "pseudonymised", "psychosis", "public bodies", "public body", "public health team",
    "public sector", "redress", "safeguarding", "safety partnership", "sanction", "sanctions", "secure room",
    "secure setting", "social care", "social landlord", "social landlords", "stakeholder", "stakeholders",
    "temporary housing", "triage", "trust",
)
_JARGON = re.compile(
    r"(?<![\w&-])(" + "|".join(re.escape(word) for word in sorted(JARGON, key=len, reverse=True)) + r")(?![\w&-])",
    re.IGNORECASE,
)


def words(text: str) -> int:
    """How many words a text has, as a person counts them on the page."""
    return len(text.split())


def check(pack: Pack) -> list[Fault]:
    """Every fault of the words of ``pack``."""
    faults = list(_wording(pack))
    for place, scenario in enumerate(pack.scenarios):
        faults += _scenario(f"scenarios[{place}]", scenario)
    return [*faults, *_projector(pack), *_labels(pack), *_jargon(pack)]


def _wording(pack: Pack) -> Iterator[Fault]:
    for name in ("provenance", "scope", "privacy_risk", "security_risk", "public_safety", "consent", "withdrawal"):
        if not getattr(pack.wording, name).strip():
            yield fault(f"wording.{name}", "pack_empty_text")
    # The workshops of 2017 are known in outline only: no pack of ours may pass for their material.
    if "reconstructed" not in pack.wording.provenance.lower():
        yield fault("wording.provenance", "pack_provenance")


def _scenario(at: str, scenario: Scenario) -> Iterator[Fault]:
    for name in (
        "title", "label", "purpose", "holder", "holder_label", "data_label", "receiver_label", "receiver_text",
        "privacy_label", "projector", "individual_benefit", "public_benefit", "privacy_risk", "security_risk",
    ):
        if not getattr(scenario, name).strip():
            yield fault(f"{at}.{name}", "pack_empty_text")
    count = words(scenario.text)
    if not CARD_WORDS[0] <= count <= CARD_WORDS[1]:
        yield fault(f"{at}.text", "pack_card_length", words=count, low=CARD_WORDS[0], high=CARD_WORDS[1])
    yield from _balance(at, scenario)
    for place, flip in enumerate(scenario.flips):
        yield from _flip(f"{at}.flips[{place}]", flip)


def _balance(at: str, scenario: Scenario) -> Iterator[Fault]:
    """A side that is told at greater length looks weightier: two benefits and two risks of similar length."""
    lengths = {
        name: max(1, len(getattr(scenario, name)))
        for name in ("individual_benefit", "public_benefit", "privacy_risk", "security_risk")
    }
    benefits = lengths["individual_benefit"] + lengths["public_benefit"]
    risks = lengths["privacy_risk"] + lengths["security_risk"]
    longest, shortest = max(lengths, key=lengths.__getitem__), min(lengths, key=lengths.__getitem__)
    if max(benefits, risks) > SIDE_RATIO * min(benefits, risks):
        side = "individual_benefit" if benefits > risks else "privacy_risk"
        yield fault(f"{at}.{side}", "pack_unbalanced", benefits=benefits, risks=risks)
    elif lengths[longest] > SINGLE_RATIO * lengths[shortest]:
        yield fault(
            f"{at}.{longest}", "pack_uneven", longest=longest, letters=lengths[longest], shortest=shortest,
            fewest=lengths[shortest],
        )


def _flip(at: str, flip: Flip) -> Iterator[Fault]:
    if not flip.consequence.strip():
        # Without it people silently assume different things about what is still possible.
        yield fault(f"{at}.consequence", "pack_no_consequence", flip=flip.id)
    for name in ("label", "card", "projector", "happened"):
        if not getattr(flip, name).strip():
            yield fault(f"{at}.{name}", "pack_empty_text")
    if flip.happened and (flip.happened[-1] in ".!?" or flip.happened[0].isupper()):
        yield fault(f"{at}.happened", "pack_happened", text=flip.happened)


def _projector(pack: Pack) -> Iterator[Fault]:
    shown = [(f"items[{n}].projector", item.projector) for n, item in enumerate(pack.items)]
    shown += [(f"agenda[{n}].task", step.task) for n, step in enumerate(pack.agenda)]
    for n, scenario in enumerate(pack.scenarios):
        shown.append((f"scenarios[{n}].projector", scenario.projector))
        shown += [(f"scenarios[{n}].flips[{k}].projector", flip.projector) for k, flip in enumerate(scenario.flips)]
    for field, text in shown:
        if words(text) > PROJECTOR_WORDS:
            yield fault(field, "pack_projector_words", words=words(text), limit=PROJECTOR_WORDS)


def _labels(pack: Pack) -> Iterator[Fault]:
    for field, label in _all_labels(pack):
        if len(label) > LABEL_LETTERS:
            yield fault(field, "pack_label_letters", letters=len(label), limit=LABEL_LETTERS)
        longest = max(label.split(), key=len, default="")
        if len(longest) > LABEL_WORD_LETTERS:
            yield fault(field, "pack_label_word", word=longest, letters=len(longest), limit=LABEL_WORD_LETTERS)


def _all_labels(pack: Pack) -> Iterator[tuple[str, str]]:
    """Every text that stands in a box on the projector."""
    for n, item in enumerate(pack.items):
        for k, option in enumerate(item.options):
            yield f"items[{n}].options[{k}].projector", option.projector
    for n, axis in enumerate(pack.axes):
        for k, level in enumerate(axis.levels):
            yield f"axes[{n}].levels[{k}].label", level.label
    for n, scenario in enumerate(pack.scenarios):
        for name in ("label", "holder_label", "data_label", "receiver_label", "privacy_label"):
            yield f"scenarios[{n}].{name}", getattr(scenario, name)
        for k, flip in enumerate(scenario.flips):
            yield f"scenarios[{n}].flips[{k}].label", flip.label


def _jargon(pack: Pack) -> Iterator[Fault]:
    explained = {form.lower() for term in pack.glossary for form in (term.term, *term.also)}
    reported: set[str] = set()
    for field, text in spoken(pack):
        for found in _JARGON.finditer(text):
            word = found.group(1).lower()
            # "GPs" and "sanctions" are explained by their singular.
            if word in explained or word.removesuffix("s") in explained or word in reported:
                continue
            reported.add(word)  # once is enough: one glossary entry mends them all
            yield fault(field, "pack_jargon", word=found.group(1))


def spoken(pack: Pack) -> Iterator[tuple[str, str]]:
    """Every text that participants read or hear, with its field."""
    for name in ("consent", "withdrawal", "privacy_risk", "security_risk", "public_safety"):
        yield f"wording.{name}", getattr(pack.wording, name)
    for n, axis in enumerate(pack.axes):
        for k, level in enumerate(axis.levels):
            yield f"axes[{n}].levels[{k}].plain", level.plain
    for n, item in enumerate(pack.items):
        yield f"items[{n}].question", item.question
    for n, condition in enumerate(pack.conditions):
        yield f"conditions[{n}].text", condition.text
    for n, scenario in enumerate(pack.scenarios):
        yield from _spoken_scenario(f"scenarios[{n}]", scenario)
    for n, question in enumerate(pack.questions):
        yield f"questions[{n}].text", question.text
    for n, step in enumerate(pack.agenda):
        yield f"agenda[{n}].say", step.say
        yield f"agenda[{n}].task", step.task


def _spoken_scenario(at: str, scenario: Scenario) -> Iterator[tuple[str, str]]:
    for name in (
        "title", "purpose", "text", "projector", "individual_benefit", "public_benefit", "privacy_risk",
        "security_risk",
    ):
        yield f"{at}.{name}", getattr(scenario, name)
    for k, flip in enumerate(scenario.flips):
        for name in ("card", "projector", "consequence"):
            yield f"{at}.flips[{k}].{name}", getattr(flip, name)
