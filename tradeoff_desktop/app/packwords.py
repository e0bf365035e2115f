"""Sentences about faults in packs and plans, for the people who write them: what is wrong, and what to do."""

from collections.abc import Mapping

from tradeoff_desktop.app.content import PackFault

Sentence = tuple[str, str]  # what is wrong, what to do

_SHORTEN = "Use fewer words; the full text stands on the printed card."
_SPELLING = "Check the spelling."

CONTENT: dict[str, Sentence] = {
    "content_no_file": ("This file is missing or cannot be opened.", "Put it in the folder, or check that you may read it."),
    "content_too_big": ("This file is far too large to be part of a pack.", "Check that the right file is in the folder."),
    "content_not_utf8": ("This line has a letter that cannot be read.", "Save the file as plain text in UTF-8."),
    "content_syntax": ("The file cannot be read from this line on.", "Look for a missing quote, bracket or equals sign here or just above."),
    "content_stray_file": ("The pack does not know a file or folder called {name}.", "Take it out of the folder, or check its name."),
    "content_section": ('"{name}" does not belong in this file.', "Move it to {belongs}, or check the spelling."),
    "content_file_name": ("The id is {id}, and the file has another name.", "Name the file {id}.toml."),
    "content_missing_field": ('"{name}" is missing here.', "Add it; another entry of the same kind shows how it looks."),
    "content_unknown_field": ('"{name}" is not known here.', "Check the spelling, or take it out."),
    "content_too_long": ("This text has more than {limit} letters.", "Make it shorter, so that it fits its box on the screen."),
    "content_bad_code": ("This code or day has a form that is not allowed.", "Codes use letters, digits, full stop, hyphen and underscore; days look like 2027-03-02."),
    "content_not_allowed": ('"{value}" is not one of the values allowed here.', _SPELLING),
    "content_out_of_range": ("This number must be {limit}.", "Change the number."),
    "content_wrong_type": ("Expected here: {expected}. Found: {got}.", "Check quotes and brackets: text has quotes, numbers have none, lists have square brackets."),
    "content_wrong_value": ("This value cannot be used here.", "Compare it with another entry of the same kind."),
}

PACKS: dict[str, Sentence] = {
    # names and codes
    "pack_duplicate": ("{value} is used twice.", "Give one of the two another name, or take it out."),
    "pack_unknown_code": ("The program does not know the code {value}.", "Use one of: {known}."),
    "pack_missing_code": ("There is no entry for the code {value}.", "Add one: answers with this code may be stored."),
    "pack_unknown_theme": ("There is no theme {value}.", _SPELLING),
    "pack_unknown_item": ("There is no item {value}.", "Name the code of the item on the balance of risks and benefits."),
    "pack_unknown_feature": ("There is no feature {value}.", "Use the number of one of the features."),
    "pack_question_number": ("This question has the number {value}; by its place it is {expected}.", "Number the questions from 1 without gaps."),
    "pack_unknown_level": ("Axis {axis} has no level {value}.", "Check the spelling, or add the level to the axis."),
    "pack_unknown_axis": ("There is no axis {value}.", "Use D (data), O (organisation) or A (anonymisation)."),
    "pack_axis_missing": ("Axis {axis} is missing.", "A pack needs the axes D, O and A."),
    "pack_key": ("The key {key} already has another meaning, or is not the one people expect.", "Use the key {expected}."),
    "pack_points": ("The balance has {found} steps, and the pack says {points}.", 'Give it the values 1 to {points}, or change "points".'),
    "pack_item_rounds": ("The balance is not asked in {rounds}.", "Ask it in all four rounds: every result rests on it."),
    # orders
    "pack_no_orders": ("There is no order in which to show the changes.", "List at least one order of D, O and A."),
    "pack_bad_order": ('The order "{order}" does not show every axis once.', "Write each of D, O and A once."),
    "pack_orders_unbalanced": ("Some kinds of change come first more often than others.", "List orders in which D, O and A each stand equally often in each place."),
    # cases
    "pack_scenarios_per_theme": ("Theme {theme} has {found} cases; it needs {expected}.", "Add or take out cases."),
    "pack_no_anchor": ("No case is the anchor.", "Write anchor = true in the one case that every room works on."),
    "pack_second_anchor": ("{scenario} is a second anchor.", "Only one case can be the anchor."),
    "pack_no_data": ("The case says nothing about the kind of data.", "List at least one level of axis D."),
    "pack_unbalanced": ("The two benefits have {benefits} letters, the two risks {risks}.", "Make both sides of similar length, so that neither looks weightier."),
    "pack_uneven": ('"{longest}" has {letters} letters, "{shortest}" only {fewest}.', "Make the four sentences of similar length."),
    "pack_card_length": ("The card has {words} words.", "Write between {low} and {high}."),
    # flips
    "pack_flip_two_axes": ("This change is one of axis {axis}, but {value} belongs to axis {other}.", "Change one axis only; make a second change for the other."),
    "pack_flip_levels": ("The new levels of axis {axis} are not right.", "Name one level; on axis D name every kind of data that is then shared, each once."),
    "pack_flip_no_change": ("After {flip} the case is what it was before.", "Name levels that differ from the case."),
    "pack_no_consequence": ("{flip} does not say what will then be possible or impossible.", "Add a consequence, or people will each assume something else."),
    "pack_wrong_sign": ("The sign is {found}; by the ranks of the levels it is {expected}.", "Change the sign, or the ranks of the levels."),
    "pack_no_primary": ("{scenario} has no primary change on axis {axis}.", "Write primary = true in one of its changes."),
    "pack_second_primary": ("{flip} is a second primary change on axis {axis}.", "Keep one primary change for each axis."),
    "pack_primary_no_step": ("{flip} is no step along the axis, so it cannot be the primary change.", "Make another change the primary one."),
    "pack_primary_against": ("{flip} runs against the direction of axis {axis}, and another change runs with it.", "Make the other one the primary change."),
    # agenda
    "pack_no_agenda": ("The agenda is empty.", "Add its steps."),
    "pack_minutes": ("The steps add up to {found} minutes, and the workshop has {expected}.", "Change the minutes of the steps, time in hand included."),
    "pack_before_start": ("{step} is before the start but stands after a step that is not.", "Move it up."),
    "pack_step_minutes": ("{step} has no time.", "Give it at least one minute."),
    "pack_unknown_part": ("There is no part {value}.", _SPELLING),
    "pack_part_order": ("This step belongs to part {value}, which is already over.", "Keep the steps of a part together, in the order of the parts."),
    "pack_empty_part": ("Part {value} has no step.", "Add a step, or take the part out."),
    "pack_sheet_order": ("The sheets come in the order {order}.", "Sheet 1 comes first, then 2, 3 and 4."),
    "pack_sheet_cases": ("Sheet {sheet} is not written about the right case.", "It needs one step for each of: {cases}, in this order."),
    "pack_sheet_collected": ("Sheet {sheet} has to be collected once, at its last step, {step}.", 'Add "sheets" to "capture" there and at no other step of this sheet.'),
    "pack_sheet_round": ('Sheet {sheet} goes with round "{expected}", and the step has "{found}".', "Change the round or the sheet."),
    "pack_table_step": ("{step} runs at the tables, so the screen can only show the task.", 'Write audience = "task".'),
    "pack_pace": ("{step} has a pace that does not go with its case.", "The anchor has pace \"room\", a table's own case has pace \"table\"."),
    "pack_no_task": ("{step} shows a task but has none.", "Add the task, in at most 30 words."),
    "pack_no_scenario": ("{step} shows a case but names none.", 'Write scenario = "anchor".'),
    "pack_no_say": ("{step} has nothing for the facilitator to say.", "Add what to say."),
    # words
    "pack_empty_text": ("This text is empty.", "Write it."),
    "pack_provenance": ("The pack does not say that it is reconstructed.", "Say so: the material of the first workshops was not available."),
    "pack_happened": ('"{text}" does not fit into a sentence.', 'Begin with a small letter and leave out the full stop: "health records were added".'),
    "pack_projector_words": ("The screen shows {words} words; {limit} fit.", _SHORTEN),
    "pack_label_letters": ("This label has {letters} letters; {limit} fit into its box.", "Make it shorter."),
    "pack_label_word": ('"{word}" has {letters} letters and cannot be broken; {limit} fit into its box.', "Use a shorter word."),
    "pack_jargon": ('"{word}" may stop readers, and the glossary does not explain it.', "Use a plainer word, or add it to glossary.toml."),
}

PLANS: dict[str, Sentence] = {
    "plan_other_pack": ("The plan was made for another pack ({planned}, here {found}).", "Choose the right pack, or make the plan anew."),
    "plan_no_sessions": ("No workshop is planned.", "Add at least one."),
    "plan_duplicate": ("{value} is used twice.", "Give one of the two another name, or take it out."),
    "plan_practice_id": ("The name {value} does not tell practice from real.", 'Names of practice workshops begin with "practice-", no others do.'),
    "plan_same_letter": ("Two workshops in {area} have the letter {letter}.", "Give each its own letter."),
    "plan_unknown_area": ("The pack has no area {value}.", "Check the spelling, or add the area to the pack."),
    "plan_area_without_session": ("No workshop is planned for {value}.", "Add one, or take the area out."),
    "plan_area_not_listed": ("{value} is not among the areas of this plan.", 'Add it to "areas", or check the spelling.'),
    "plan_bad_day": ("{value} is not a day.", "Write it like 2027-03-02."),
    "plan_bad_time": ("{value} is not a time.", "Write it like 13:30."),
    "plan_cut_off": ("Withdrawals end on {day}, before the last workshop ({last}) is over.", "Choose a later day and print it on the information sheet."),
    "plan_delete_by": ("Data is to be deleted by {day}, before withdrawals end ({cut_off}).", "Choose a later day."),
    "plan_too_many_scenarios": ("Theme {theme} uses the cases {cases}; at most {limit} are allowed.", "Use fewer: with more, each is seen by too few people."),
    "plan_heads": ("{heads} people are planned; a workshop has {low} to {high}.", "Change the number."),
    "plan_no_tables": ("{session} has no tables.", "Add at least one."),
    "plan_heads_tables": ("{heads} people at {tables} tables is not about five at a table.", "Change the number of tables."),
    "plan_small_room": ("With {heads} people there can be one theme, at one or two tables.", "Take tables out, and give all the same theme."),
    "plan_unknown_group": ("There is no group {value}.", _SPELLING),
    "plan_groups_sum": ("The groups add up to {total} people, and {heads} are planned.", "Change one or the other."),
    "plan_table_number": ("This table has the number {found}; by its place it is {expected}.", "Number the tables from 1 without gaps."),
    "plan_unknown_theme": ("There is no theme {value}.", _SPELLING),
    "plan_unknown_scenario": ("There is no case {value}.", _SPELLING),
    "plan_anchor": ("{value} is the anchor, which the whole room works on anyway.", "Choose another case of this theme."),
    "plan_other_theme": ("{value} is a case of theme {own}; the table has {theme}.", "Change the case or the theme."),
    "plan_laptop_area": ("{principal} is not a laptop of {area}.", "Check its enrolment."),
    "plan_bad_recipient": ("This is not the address a bundle can be locked for.", "Copy it again from the enrolment; it starts with age1."),
    "plan_bad_key": ("This is not a laptop's key.", "Copy the whole line again; it starts with ssh-ed25519."),
    "plan_revoked_laptop": ("The key of {principal} was taken back.", "Leave this laptop out, or enrol its new key."),
    "plan_laptop_days": ("The key of {principal} ends before it begins.", "Check its days."),
    "plan_laptop_expired": ("The key of {principal} does not hold on {day}, the day of {session}.", "Give it days that cover its workshops."),
}

ADVICE: dict[str, Sentence] = {
    "plan_thin": (
        "Some cases are met by few people ({scenarios}: {people} people at {tables} tables for the thinnest).",
        "A table counts only while {counted} people there answer: one absentee and it is left out. Invite one or two more to each table.",
    ),
    "plan_no_intervals": ("With {workshops} workshops no likely ranges will be printed.", "They need {needed} workshops or more; counts are printed in any case."),
    "plan_one_order": ("All {times} tables or rooms that work on {scenario} meet its changes in one order.", "Give it to tables with other numbers, or nobody can tell the change from its place."),
    "plan_spread": ("The workshops are spread over {days} days.", "Within {limit} days the news changes less between the first and the last."),
    "plan_two_a_day": ("{area} has two workshops on {day}.", "Use another session letter and colour, and keep the sheets apart."),
    "plan_no_centre": ("No centre is named.", "Nobody but the writing laptop can open a bundle until a recipient is added."),
    "plan_no_escrow": ("Only the centre can open bundles.", "Name a second recipient in case its key is lost."),
    "plan_no_laptops": ("No laptop is enrolled yet for {areas}.", "Enrol them before the day, or compare words when their bundles come in."),
}

SENTENCES: dict[str, Sentence] = {**CONTENT, **PACKS, **PLANS, **ADVICE}
# The same for an error that has stopped something: it carries its place among its facts.
PLACED: dict[str, Sentence] = {
    code: (f"{{file}}, line {{line}}: {what}", remedy) for code, (what, remedy) in SENTENCES.items()
}


def sentence(code: str, facts: Mapping[str, object]) -> str:
    """What is wrong and what to do, in one line."""
    what, remedy = SENTENCES[code]
    return f"{what} {remedy}".format_map(facts)


def say(fault: PackFault) -> str:
    """A fault as one line: file, line, field and the sentence. Line 0 is none: a signed file has no lines to show."""
    place = f"{fault.file}:{fault.line}" if fault.line else fault.file
    field = f" {fault.field}" if fault.field else ""
    return f"{place}{field}: {sentence(fault.code, fault.facts)}"
