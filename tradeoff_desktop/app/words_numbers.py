"""Sentences about numbers that cannot be counted with. ``app.words`` says them; mostly the centre reads them."""

Sentence = tuple[str, str]  # what happened, what to do next

_DATA = "Rebuild the report. If it happens again, tell whoever looks after the data."
_SETTING = "Ask for another value."

NUMBERS: dict[str, Sentence] = {
    "bad_minimum": ("Groups smaller than {minimum} cannot be the limit for showing numbers.", "Use the limit of the programme."),
    "bad_counts": ("Some counts do not add up.", "Look at the sheets keyed for this round again."),
    "length_mismatch": ("{expected} values were expected and {found} came.", _DATA),
    "unknown_audience": ("It is not clear who would see these numbers.", "Choose the screen in the room, or the report."),
    "empty_data": ("There are no answers to count ({name}).", "Key or take in some sheets first."),
    "bad_shape": ("Numbers came in the wrong form ({name}).", _DATA),
    "bad_numbers": ("Something that is not a number stands among the numbers ({name}).", _DATA),
    "bad_scale": ("A scale cannot have {points} points.", "Check the pack."),
    "bad_sign": ("The direction of flip {variant} of {scenario} is not plus or minus one.", "Check the pack."),
    "bad_weights": ("A weight is missing or below zero (row {row}).", _DATA),
    "bad_draws": ("{draws} draws are not enough, or too many.", _SETTING),
    "bad_seed": ("{seed} cannot begin a random draw.", _SETTING),
    "bad_cut": ("A scale cannot be cut at {cut}.", _SETTING),
    "bad_probability": ("{probability} is not a probability.", _SETTING),
    "bad_degrees_of_freedom": ("{df} degrees of freedom make no sense here.", _DATA),
    "ambiguous_level": ("Two answers have the same name ({name}).", _DATA),
    "missing_level": ("An answer has no name in its list ({name}, row {row}).", _DATA),
    "no_variation": ("Everybody answered alike, so agreement has no number.", "Say it in words: all answered alike."),
    "not_separable": ("The effects cannot be told apart ({columns} of them from {rows} rows).", "Wait for more workshops, or ask about fewer effects."),
    "single_level": ("Every answer has the same {feature}.", "There is nothing to compare yet."),
    "too_few_clusters": ("{clusters} workshops are too few; {needed} are needed.", "Show the counts, and wait for more workshops."),
    "several_bases": ("Scenario {scenario} has more than one starting card.", "Check the pack."),
    "undeclared_axis": ("A flip is of axis {axis}, which the pack does not declare.", "Check the pack."),
    "unknown_feature": ("Nothing called {feature} was recorded.", "Check the spelling."),
    "unknown_item": ("There is no question {item}.", "Check the spelling."),
    "unknown_level": ("{level} is no value of {feature}.", "Check the spelling."),
    "unknown_measure": ("There is no measure called {measure}.", "Check the spelling."),
    "unknown_round": ("There is no round {round}.", "Use R0, RB, RV or R1."),
    "unknown_variance": ("There is no way to reckon spread called {variance}.", "Check the spelling."),
    "unknown_variant": ("Scenario {scenario} has no flip {variant}.", "Check the pack."),
    "value_out_of_scale": ("An answer to {item} lies outside its {points} points.", _DATA),
    "duplicate_answer": ("Somebody has two answers to {item} of {scenario}, {variant}.", "Compare the keyings of that sheet and rule on them."),
    "area_differs": ("Workshop {workshop} is said to be in two areas.", _DATA),
    "group_differs": ("Seat {seat} of workshop {workshop} is said to be in two groups.", _DATA),
}
