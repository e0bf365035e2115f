"""Does something typed look like personal data? Hints only: they bar nothing and send nothing anywhere.

A hint that cries wolf is soon not read. So only what is very likely meant: given names that are no other word, a
title with a name, common surnames after a capital, phone numbers, e-mail addresses, postcodes of areas that exist, and
ten digits whose last one checks as an NHS number.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.records import Record, Ref
from tradeoff_desktop.model.workshop import Workshop

QUESTION = "Is this personal data? Use a code."
NAMES = {
    "name": "a name", "phone": "a phone number", "email": "an e-mail address", "postcode": "a postcode",
    "nhs": "an NHS number",
}


class Hint(NamedTuple):
    """One place in a text, from ``start`` up to ``end``, and what it looks like: a key of ``NAMES``."""

    start: int
    end: int
    kind: str


class Listed(NamedTuple):
    """A note that looks as if it held personal data. One that was taken back is still in the file."""

    of: Ref
    text: str
    looks_like: tuple[str, ...]
    taken_back: bool


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Given names that are no word, place or month. Any case: people who type while others talk write "sarah said".
_GIVEN_NAMES = _set("""
abdul abdullah abiola adam agnieszka ahmed aisha alan alexander alfie ali alison allan amanda amelia amina amit andrea
andrei andrew angela anil anita anjali ann anna anne annie anthony archie arthur asif ava ayesha barbara barry benjamin
bethany bilal brenda brian callum caroline catherine charlie charlotte chloe christine christopher claire clare clive
colin connor craig daniel darren david deborah deepa denise dennis derek diane doreen dorothy dylan edward eileen elena
elizabeth ella ellen emeka emily emma ethan evie farah fatima fiona freddie freya gareth gary geoffrey george gillian
gordon graham hamza hannah hassan helen henry hussain ian ibrahim imran ioana irene isaac isabella isla jacob
jacqueline jake james jane janet jason jennifer jenny jessica joan joanne jonathan joseph josephine joshua judith julia
julie karen katarzyna kate katherine kathleen katie keith kelly kenneth kevin khadija khalid kofi krzysztof kwame kyle
laura lauren lesley leslie lewis liam linda lisa lorraine louise lucy luke lynn lynne malcolm margaret maria marie
marion marjorie martha mary matthew maureen megan michael michelle mihai mohamed mohammad mohammed monica muhammad
mustafa nadia natalie natasha nathan neil ngozi nicola nigel noah olivia oluwaseun omar oscar owen pamela patricia paul
pauline peter philip piotr priya rachel rajesh rashid rebecca rhys richard robert ronald rosie russell ruth ryan sally
samantha samira samuel sandra sanjay sarah scott sean sharon shaun sheila shirley simon sophia sophie stephanie stephen
steven stuart sunita suresh susan suzanne sylvia tariq teresa theodore theresa thomas timothy tomasz tracey tracy trevor
usman valerie vanessa vijay wayne wendy william yasmin yousef yusuf yvonne zainab zoe john martin
""")
# Given names that are words too: only with a capital inside a sentence, before another capital.
_ALSO_WORDS = _set("""
amber bill carol chase christian daisy dawn dean don drew faith florence frank grace grant guy harry hazel heather hope
ivy jack jean jordan joy june lily mark max may miles nick norman olive pat penny poppy ray rob robin rose sue tony
victor victoria violet will
""")
_FAMILY_NAMES = _set("""
adams ahmed akhtar ali allen anderson begum bennett campbell chowdhury clarke collins cooper davies davis edwards evans
green griffiths harris harrison holmes hughes hussain jackson johnson jones kaur khan kowalski lewis macdonald
malik mitchell morgan morris murphy nguyen novak patel phillips roberts robertson robinson sharma shah simpson singh
smith stewart taylor thompson thomson walker watson williams wilson wright
""")
_PLACES = _set(
    "AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY G "
    "GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW "
    "OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD "
    "WF WN WR WS WV YO ZE"
)
# Known to everybody, and about nobody in the room.
_KNOWN = re.compile(
    r"\b(?:marie curie|anthony nolan|john lewis|sue ryder|st\.? john ambulance|(?:martha|sarah|clare|helen|natasha)['’]s"
    r" (?:law|rule)|mary seacole|john doe|jane doe|joe bloggs|tom,? dick (?:and|or) harry|frank field)\b",
    re.IGNORECASE,
)
# A given name before one of these, or after one of those, is a building, a saint or a king.
_BUILDINGS = _set(
    "hospital street road house centre school trust ward clinic infirmary college primary academy lane square church "
    "avenue court foundation park institute report review"
)
_OLD = _set("st saint king queen prince princess duke lord")
_TITLES = _set("mr mrs ms miss mx dr prof professor cllr councillor rev reverend sir dame")
_PAIRED = _set("and or x y")  # "a Mr and Mrs"
_OWNERS = _set("my his her their")
_SENTENCE_GOES_ON = frozenset("abcdefghijklmnopqrstuvwxyz,;")
_WORDS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_DIGIT = re.compile(r"\d")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w.])(?<!\d )(?:(?:\+44|0044) ?(?:\(0\) ?)?|\(?0)[1-9](?:[ ()-]{0,2}\d){8,9}(?!\w)")
_NHS = re.compile(r"(?<![\w.+-])(?<!\d )\d{3}([ -]?)\d{3}\1\d{4}(?![\w-])")
_POSTCODE = re.compile(r"\b([A-Z]{1,2})\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}\b", re.IGNORECASE)
_ORDINAL = re.compile(r"(?:1st|2nd|3rd|\dth)$")

_BEGINNINGS = _GIVEN_NAMES | _TITLES | _OWNERS


class _Word(NamedTuple):
    """One word with what lies between it and the word before."""

    text: str
    start: int
    end: int
    gap: str
    plain: str  # in lower case, without the s of possession

    @property
    def capital(self) -> bool:
        """Whether it is written like a name: a capital and then small letters."""
        return self.text[0].isupper() and self.text[1:2].islower()


def find(text: str) -> list[Hint]:
    """The places in ``text`` that look like personal data, in their order, none inside another."""
    found: list[Hint] = []
    for hint in sorted(_candidates(text), key=lambda one: (one.start, -one.end)):
        if not found or hint.start >= found[-1].end:
            found.append(hint)
    return found


def is_nhs_number(digits: str) -> bool:
    """Whether ten digits carry the check digit of an NHS number (modulus 11)."""
    check = 11 - sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return len(digits) == 10 and check != 10 and check % 11 == int(digits[-1])


def listed(state: Workshop) -> list[Listed]:
    """The notes of a workshop, and what was added to them, that look as if they held personal data.

    Notes that were mended or taken back are listed too: their words leave the laptop with the records.
    """
    added = state.clarified()
    found = []
    for record in [*state.live["note"].values(), *state.past.values()]:
        if isinstance(record.body, r.Note):
            text = " ".join([record.body.text, *(f"[{words}]" for words in added.get(record.key, []))])
            kinds = tuple(dict.fromkeys(NAMES[hint.kind] for hint in find(text)))
            if kinds and not _said_anew(state, record):
                found.append(Listed(record.ref, text, kinds, record.key in state.past))
    return sorted(found, key=lambda one: (one.of.device, one.of.seq))


def _said_anew(state: Workshop, record: Record) -> bool:
    """Whether an earlier wording says no more than the note that stands for it: one redaction erases both."""
    key = record.key
    while key in state.instead:
        key = state.instead[key]
    body = state.live["note"][key].body if key != record.key and key in state.live["note"] else None
    return isinstance(body, r.Note) and isinstance(record.body, r.Note) and body.text == record.body.text


def _candidates(text: str) -> Iterator[Hint]:
    if "@" in text:
        yield from (Hint(*found.span(), "email") for found in _EMAIL.finditer(text))
    if _DIGIT.search(text):
        yield from _numbers(text)
    names = list(_names(text))
    known = [found.span() for found in _KNOWN.finditer(text)] if names else []
    yield from (Hint(*name, "name") for name in names if not any(one[0] <= name[0] < one[1] for one in known))


def _numbers(text: str) -> Iterator[Hint]:
    for found in _NHS.finditer(text):
        if is_nhs_number(re.sub(r"\D", "", found.group())):
            yield Hint(*found.span(), "nhs")
    for found in _PHONE.finditer(text):
        digits = re.sub(r"\D", "", re.sub(r"^(?:\+44|0044)(?:\s*\(0\))?", "0", found.group()))
        if len(digits) in {10, 11}:
            yield Hint(*found.span(), "phone")
    for found in _POSTCODE.finditer(text):
        if found.group(1).upper() in _PLACES and not _ORDINAL.search(found.group()):
            yield Hint(*found.span(), "postcode")


def _names(text: str) -> Iterator[tuple[int, int]]:
    words, before = [], 0
    for found in _WORDS.finditer(text):
        word, (start, end) = found.group(), found.span()
        plain = word.lower()
        words.append(_Word(word, start, end, text[before:start], plain[:-2] if plain.endswith(("'s", "’s")) else plain))
        before = end
    for place, at in enumerate(words):
        if at.plain in _BEGINNINGS or at.text[0].isupper():
            last = _last_of_name(words, place, at.plain)
            if last is not None:
                yield at.start, words[last].end


def _last_of_name(words: list[_Word], place: int, plain: str) -> int | None:
    """The place of the last word of a name that begins at ``place``, None where none does."""
    after = words[place + 1] if place + 1 < len(words) else None
    capital_next = after is not None and after.capital and after.gap == " "
    if plain in _GIVEN_NAMES:
        return _given(words, place)
    if after is not None and plain in _TITLES:
        said = after.gap in {" ", ". "} and after.plain not in _PAIRED
        any_case = plain in {"mr", "mrs"} or (words[place].capital and after.capital)
        return place + 1 if said and any_case else None
    if plain in _OWNERS and [word.plain for word in words[place + 1 : place + 3]] == ["name", "is"]:
        return place + 3 if len(words) > place + 3 and words[place + 3].capital else None
    if after is None or not capital_next or not words[place].capital:
        return None
    inside = place > 0 and words[place].gap in {" ", ", "} and words[place - 1].text[-1] in _SENTENCE_GOES_ON
    return place + 1 if after.plain in _FAMILY_NAMES or (plain in _ALSO_WORDS and inside) else None


def _given(words: list[_Word], place: int) -> int | None:
    if place > 0 and words[place - 1].plain in _OLD:
        return None
    last = place
    while last + 1 < len(words) and last < place + 2 and words[last + 1].gap == " ":
        if words[last + 1].plain in _BUILDINGS:
            return None
        if not words[last + 1].capital:
            break
        last += 1
    return last
