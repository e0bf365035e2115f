"""Does something typed look like personal data? Hints only: they bar nothing and send nothing anywhere.

A hint that cries wolf is soon not read. So only what is very likely meant is marked. The rule for names:

- A given name that is no other word counts in any case: people who type while others talk write "sarah said".
- A short or rare one that is a word or an abbreviation in small letters (Li, Jo, Kai) counts with a capital.
- A given name that is an everyday word (Will, Grace, May), or a family name on its own, counts with a capital in the
  middle of a sentence, unless "the", "a" or "my" comes before it; anywhere before "said", "thinks" and the like; and
  after "my son", "her neighbour" and the like. Months only in the last two places.
- A capital before a common family name, an initial with a full stop before one, and whatever stands with a capital
  after a title, after "my name is", after "a man called" or after "my son" are names.
- Streets, hospitals, saints and people whom everybody knows are not.

Beside names: phone numbers, e-mail addresses, postcodes of areas that exist, and ten digits whose last one checks as
an NHS number.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from tradeoff_desktop.app import names
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
    """Words on record that look as if they held personal data. What was taken back is still in the file."""

    of: Ref
    where: str  # what they were written as, for a person to read: "note", "written answer"
    text: str
    looks_like: tuple[str, ...]
    taken_back: bool = False


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_PLACES = _set(
    "AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY G "
    "GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW "
    "OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD "
    "WF WN WR WS WV YO ZE"
)
# Known to everybody, and about nobody in the room.
_KNOWN = re.compile(
    r"\b(?:marie (?:curie|stopes)|anthony nolan|john lewis|sue ryder|st\.? john ambulance|(?:martha|sarah|clare|helen|"
    r"natasha|oliver)['’]s (?:law|rule|campaign)|mary seacole|john doe|jane doe|(?:average )?joe (?:bloggs|public)|tom,? dick"
    r" (?:and|or) harry|frank field|big ben|uncle sam|bob['’]s your uncle|(?:rob|robbing) peter to pay paul|adam and eve|"
    r"murphy['’]s law|alan turing|ada lovelace|oliver mcgowan|stephen lawrence|harold shipman|edward snowden|nye bevan|"
    r"fiona caldicott|nicola byrne|simon says|jack the lad)\b",
    re.IGNORECASE,
)
# A given name before one of these, or after one of those, is a building, a saint or a king.
_BUILDINGS = _set(
    "hospital street road house centre school trust ward clinic infirmary college primary academy lane square church "
    "avenue court foundation park institute report review palace hall theatre library station bridge gardens close drive "
    "inquiry principles"
)
_OLD = _set("st saint king queen prince princess duke lord")
_TITLES = _set("mr mrs ms miss mx dr prof professor cllr councillor rev reverend sir dame")
_PAIRED = _set("and or x y")  # "a Mr and Mrs"
_OWNERS = _set("my his her their our your")
_KIN = _set(
    "son daughter brother sister mother mum mam dad father husband wife partner friend neighbour neighbor cousin uncle aunt "
    "auntie nan gran grandma grandad grandfather grandmother grandson granddaughter nephew niece colleague boss carer landlord"
)
_SOMEBODY = _set("man woman lady boy girl bloke lad chap person someone somebody baby")
_CALLED = _set("called named")
_SPEAK = _set(
    "said says asked asks told tells thinks thought agreed agrees disagreed disagrees mentioned explained reckons reckoned "
    "replied wondered worries worried"
)
_NOT_BEFORE_NAMES = _set("the a an this that these those my his her its our your their no every each any some") | _OLD
_MONTHS = _set("april may june jan august")
_SENTENCE_GOES_ON = frozenset("abcdefghijklmnopqrstuvwxyz,;")
_WORDS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_DIGIT = re.compile(r"\d")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w.])(?<!\d )(?:(?:\+44|0044) ?(?:\(0\) ?)?|\(?0)[1-9](?:[ ()-]{0,2}\d){8,9}(?!\w)")
_NHS = re.compile(r"(?<![\w.+-])(?<!\d )\d{3}([ -]?)\d{3}\1\d{4}(?![\w-])")
_POSTCODE = re.compile(r"\b([A-Z]{1,2})\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}\b", re.IGNORECASE)
_ORDINAL = re.compile(r"(?:1st|2nd|3rd|\dth)$")

_BEGINNINGS = names.GIVEN | _TITLES | _OWNERS | _SOMEBODY


class _Word(NamedTuple):
    """One word with what lies between it and the word before."""

    text: str
    start: int
    end: int
    gap: str
    plain: str  # in small letters, without accents and the s of possession

    @property
    def capital(self) -> bool:
        """Whether it is written like a name: a capital and then small letters."""
        return self.text[0].isupper() and (self.text[1:2].islower() or self.text[1:2] in {"'", "’"})


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


# Every field that people type words into, by kind of record, and what they are called on screen.
_FIELDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "answer": ("written answer", ("text",)), "statement": ("statement", ("text", "dissent")),
    "position": ("position", ("reason",)), "condition": ("condition", ("text",)), "framework": ("framework reason", ("reason",)),
    "incident": ("incident", ("text",)), "debrief": ("debrief", ("text",)), "ruling": ("ruling", ("reason",)),
    "sealed": ("reason for a gap", ("accepted",)), "reopened": ("reason for reopening", ("reason",)),
}
_seen: dict[str, tuple[str, ...]] = {}  # by leaf: a record never changes, so it is read once
_MOST_SEEN = 200_000


def looks_like(record: Record, *fields: str) -> tuple[str, ...]:
    """What the words in these fields of a record look like, read once for each record."""
    leaf = record.header.leaf
    if leaf not in _seen:
        if len(_seen) >= _MOST_SEEN:
            _seen.clear()
        _seen[leaf] = tuple(dict.fromkeys(NAMES[hint.kind] for hint in find(_words(record, fields))))
    return _seen[leaf]


def _words(record: Record, fields: tuple[str, ...]) -> str:
    held = [getattr(record.body, field) for field in fields]
    return " · ".join(" · ".join(one) if isinstance(one, list) else one for one in held if one)


def listed(state: Workshop) -> list[Listed]:
    """Everything people typed into a workshop that looks as if it held personal data, notes first.

    Notes stand with what was added to them. Those that were mended or taken back are listed too: their words leave the
    laptop with the records. Questions for later and conditions that people called out are notes.
    """
    found = sorted(_notes(state), key=lambda one: (one.of.device, one.of.seq))
    for kind, (where, fields) in _FIELDS.items():
        for record in state.live[kind].values():
            if kinds := looks_like(record, *fields):
                found.append(Listed(record.ref, where, _words(record, fields), kinds))
    return found


def _notes(state: Workshop) -> Iterator[Listed]:
    added: dict[tuple[str, int], list[Record]] = {}
    for record in state.live["clarification"].values():
        if isinstance(record.body, r.Clarification):
            added.setdefault(state.counting((record.body.of.device, record.body.of.seq)), []).append(record)
    for record in [*state.live["note"].values(), *state.past.values()]:
        more = added.get(record.key, [])
        held = [looks_like(one, "text") for one in (record, *more)]
        kinds = tuple(dict.fromkeys(one for each in held for one in each))
        if kinds and not _said_anew(state, record):
            text = " ".join([_words(record, ("text",)), *(f"[{_words(one, ('text',))}]" for one in more)])
            yield Listed(record.ref, "note", text, kinds, taken_back=record.key in state.past)


def _said_anew(state: Workshop, record: Record) -> bool:
    """Whether an earlier wording says no more than the note that stands for it: one redaction erases both."""
    key = state.counting(record.key)
    body = state.live["note"][key].body if key != record.key and key in state.live["note"] else None
    return isinstance(body, r.Note) and isinstance(record.body, r.Note) and body.text == record.body.text


def _candidates(text: str) -> Iterator[Hint]:
    if "@" in text:
        yield from (Hint(*found.span(), "email") for found in _EMAIL.finditer(text))
    if _DIGIT.search(text):
        yield from _numbers(text)
    people = list(_names(text))
    known = [found.span() for found in _KNOWN.finditer(text)] if people else []
    yield from (Hint(*one, "name") for one in people if not any(start <= one[0] < end for start, end in known))


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
        words.append(_Word(word, start, end, text[before:start], _plain(word)))
        before = end
    for place, at in enumerate(words):
        if at.plain in _BEGINNINGS or at.text[0].isupper():
            last = _last_of_name(words, place)
            if last is not None:
                yield at.start, words[last].end


def _plain(word: str) -> str:
    """A word as the lists have it; of a double name its first part."""
    plain = word.lower()
    if not plain.isascii():
        apart = unicodedata.normalize("NFKD", plain.replace("ł", "l").replace("’", "'"))
        plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return plain.removesuffix("'s").partition("-")[0]


def _last_of_name(words: list[_Word], place: int) -> int | None:
    """The place of the last word of a name that begins at ``place``, None where none does."""
    at, after = words[place], words[place + 1] if place + 1 < len(words) else None
    if at.plain in names.GIVEN or (at.capital and at.plain in names.SHORT):
        return _given(words, place)
    if after is None:
        return _given(words, place) if _alone(words, place) else None
    if at.plain in _TITLES:
        said = after.gap in {" ", ". "} and after.plain not in _PAIRED
        any_case = at.plain in {"mr", "mrs"} or (at.capital and after.capital)
        return place + 1 if said and any_case else None
    if at.plain in _OWNERS or at.plain in _SOMEBODY:
        return _introduced(words, place)
    if at.text[0].isupper() and after.capital and after.plain in names.FAMILY and _leads(at, after.gap):
        return place + 1
    return _given(words, place) if _alone(words, place) else None


def _leads(at: _Word, gap: str) -> bool:
    """Whether a word may stand before a family name: a capital, or an initial; "A" and "I" need their full stop."""
    initial = len(at.text) == 1
    if gap != " ":
        return gap == ". " and initial
    return (at.capital and at.plain not in _NOT_BEFORE_NAMES) or (initial and at.text not in {"A", "I"})


def _introduced(words: list[_Word], place: int) -> int | None:
    """A capital after "my name is", "her neighbour" or "a man called"."""
    next_words = [word.plain for word in words[place + 1 : place + 3]]
    if words[place].plain in _SOMEBODY:
        last = place + 2 if next_words and next_words[0] in _CALLED else None
    elif next_words == ["name", "is"]:
        last = place + 3
    else:
        last = place + 2 if next_words and next_words[0] in _KIN else None
    if last is None or last >= len(words) or not words[last].capital or words[last].gap not in {" ", ", "}:
        return None
    return last


def _alone(words: list[_Word], place: int) -> bool:
    """Whether a capital word that may be a name or something else is meant as a name, by where it stands."""
    at, after = words[place], words[place + 1] if place + 1 < len(words) else None
    if not at.capital or not (at.plain in names.ALSO_WORDS or at.plain in names.FAMILY):
        return False
    if after is not None and after.gap == " " and (after.plain in _SPEAK or after.plain in _BUILDINGS):
        return after.plain in _SPEAK
    before = words[place - 1] if place else None
    if before is None or at.plain in _MONTHS or before.plain in _NOT_BEFORE_NAMES:
        return False
    return at.gap in {" ", ", "} and before.text[-1] in _SENTENCE_GOES_ON


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
