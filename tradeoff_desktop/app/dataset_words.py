"""What the README of each export of data says."""

OPEN = """# Tables behind the figures

Answers of people who run public services and of civil society groups, given in {workshops} workshops on sharing
personal data. **People were invited for their roles. These results describe these workshops, not the public.**

Every number has passed disclosure control ({policy}): adjacent answers are merged until each block holds at least
{block} people, a workshop with fewer than {counts} answers shows no counts, and means are given only over three
workshops or more, to one decimal. {hidden} counts are not shown by themselves.

- `levels.csv`: one row a printed block of answers. `lowest` and `highest` say which answers the block holds.
- `moves.csv`: the same for who moved. Category 1 is towards risk, 2 did not move, 3 towards benefit.
- `levels_across.csv`, `moves_across.csv`: all workshops together.
- `means.csv`: *level*, the mean answer; *share*, of answers on the upper side of the scale; *shift*, flip less base (by
  axis, towards its declared contrast) or end less start (by scenario); *net*, the share that moved towards benefit less
  the share that moved towards risk; *risk* and *benefit*, the map; *spread* and *away*, how tables drew together or
  apart; *difference*, a stakeholder group less everybody else. Every workshop counts the same.
- `results.json`: the same as one file.

A row with state `hidden` is there on purpose: it says that something was asked and cannot be shown.

Made by engine {engine} from the input with digest `{digest}`.

## Codes

{codebook}
"""

SAFEGUARDED = """# Safeguarded data: not for publication

**For the named statisticians it was handed to, and for nobody else.** One row an answer, {people} people in {workshops}
workshops. No disclosure control covers it: what you publish from it must pass your own.

Left out on purpose: times, the order in which flips were shown, stakeholder groups, seat codes, written words. People
are numbered by chance within their workshop; no list leads back from the number to a seat. So the printed results about
order and about stakeholder groups cannot be made again from this; every printed level, shift and number of the map can:

- *Level*: per workshop the mean of `answer` over the people who gave one, for a scenario, variant, round and item; a
  workshop enters with five such people; the mean over workshops, each counting the same. *Share*: of answers of 4 or
  more on the five-point items. No means are made of DEC.
- *Shift of an axis*: item BAL. Per person the answer to the flip (round RV) less the answer to the base (round RB,
  variant base), times `sign`, for flips with `primary` 1 on that axis. Mean over people within a flip, over the flips of
  a scenario, over scenarios, each step counting the same; a workshop enters with five people who gave both; mean and
  t interval over workshops; published intervals are wider where the workshops are so much alike that the standard
  error would tell the result of each. *Net*: the same with the sign of each person's difference in its place.
- *Start to end*: item BAL, round R1 less round R0, per scenario.
- *Map*: per person and round (R0, R1) the mean of PR and SR (risk), and of IB and PB (benefit); a workshop enters with
  five people who answered both of each pair; the mean over workshops, from three workshops.

`answer` holds a level from 1, `cant_say`, or the reason why there is none; only levels enter.
The workshops used the pack with digest `{pack}`.

## Codes

{codebook}
"""

SQLITE = """## The same as SQLite

`data.sqlite` holds the same tables for people who ask in SQL, and the codes above as tables named `code_...`; it holds
nothing that the CSV files lack. It is a copy: what is changed in it changes nothing elsewhere. Open it so that nothing
is changed by mistake: `sqlite3 'file:data.sqlite?mode=ro'`.

"""
VIEWS = {
    "answers": """
SELECT r.workshop, w.name AS workshop_name, r."table", r.person, s.title AS scenario, f."what happened" AS change, r.round,
       r.item, CASE WHEN r.answer GLOB '[1-9]' THEN CAST(r.answer AS INTEGER) END AS level, i."what it says" AS says, r.answer
FROM ratings r LEFT JOIN code_workshops w USING (workshop) LEFT JOIN code_scenarios s ON s.scenario = r.scenario
LEFT JOIN code_flips f ON f.scenario = r.scenario AND f.variant = r.variant
LEFT JOIN code_items i ON i.item = r.item AND i.level = r.answer""",
    "levels": """
SELECT workshop, scenario, variant, round, item, COUNT(*) AS people, AVG(CAST(answer AS INTEGER)) AS mean
FROM ratings WHERE answer GLOB '[1-9]' GROUP BY workshop, scenario, variant, round, item""",
    "shifts": """
SELECT v.workshop, v.person, v.scenario, v.variant, f.axis, f."primary",
       (CAST(v.answer AS INTEGER) - CAST(b.answer AS INTEGER)) * f.sign AS shift
FROM ratings v JOIN ratings b ON b.workshop = v.workshop AND b.person = v.person AND b.scenario = v.scenario AND b.item = v.item
JOIN flips f ON f.scenario = v.scenario AND f.variant = v.variant
WHERE v.item = 'BAL' AND v.round = 'RV' AND b.round = 'RB' AND b.variant = 'base' AND v.answer GLOB '[1-9]' AND b.answer GLOB '[1-9]'""",
}
VIEW_WORDS = {
    "answers": "a view, one row an answer, with the names of workshop, scenario, change and answer written out",
    "levels": "a view, people and mean of each item in each workshop; not for publication, as everything here",
    "shifts": "a view, per person and flip the answer to the flip less the answer to the base, times its sign",
}
