"""What is said in a rehearsal: notes, reasons, conditions, statements. Written for practice, said by nobody."""

from typing import NamedTuple

from tradeoff_desktop.model.records import Decision, Necessity, NoteKind


class Said(NamedTuple):
    """One note: its kind, the words, the group that spoke, and whether they are verbatim."""

    kind: NoteKind
    text: str
    group: str
    verbatim: bool = False


ANCHOR: tuple[Said, ...] = (
    Said("point", "Help that comes before the court letter is worth far more than help after it.", "civil"),
    Said("point", "I would want somebody to ring me. I would not want to be on a list.", "civil", verbatim=True),
    Said("question", "Who decides how high the risk must be before a household is rung?", "civil"),
    Said("point", "We pay for temporary housing every night. A call costs a few pounds.", "government"),
    Said("condition", "Only if the list is deleted once the offer has been made.", "partner"),
    Said("point", "The benefits team already knows most of this. It is the joining up that feels new.", "government"),
    Said("point", "People who fear the council will stop asking for help at all.", "civil"),
    Said("red_line", "If the list is ever used to chase the debt, I am out.", "civil", verbatim=True),
    Said("condition", "A person must look at the case before anyone rings, not only a computer.", "partner"),
    Said("point", "Once health is on the list it stops being about rent.", "partner", verbatim=True),
    Said("point", "A charity would be trusted more, but it cannot hold back the bill.", "government"),
    Said("point", "Street figures are safe, but nobody can ring a street.", "government", verbatim=True),
    Said("question", "How would somebody find out that they are on the list?", "civil"),
    Said("condition", "Tell people in the council tax letter, in plain words.", "civil"),
)
# Three days' worth of words for each theme: areas take them in turn, so that their reports do not repeat each other.
THEMES: dict[str, tuple[tuple[Said, ...], ...]] = {
    "HSC": (
        (
            Said("point", "The people who gain most are the ones who would never ring for help.", "partner"),
            Said("point", "Carers see a great deal already; the question is what is written down.", "civil"),
            Said("condition", "Staff must be trained and every look at a record logged.", "partner"),
            Said("question", "What happens when somebody moves and the record does not?", "government"),
            Said("point", "My mother would say yes to the visit and no to the list.", "civil", verbatim=True),
        ),
        (
            Said("point", "Telling the same story to four services is itself a harm.", "civil"),
            Said("point", "A nurse who knows about the stairs can plan the visit.", "partner"),
            Said("condition", "The person sees what was shared at the next visit.", "civil"),
            Said("question", "Can somebody say yes to the nurse and no to the council?", "partner"),
            Said("red_line", "Nobody may lose a service because of what a carer wrote down.", "civil"),
        ),
        (
            Said("point", "After discharge the first three days decide whether somebody comes back.", "government"),
            Said("point", "Small details travel far once they are on a screen.", "civil", verbatim=True),
            Said("condition", "Only what the next visit needs, and nothing from years ago.", "partner"),
            Said("question", "Who corrects a mistake once five services have copied it?", "civil"),
            Said("red_line", "Health notes must never reach an employer.", "partner"),
        ),
    ),
    "WEL": (
        (
            Said("point", "Forms keep out the people the discount is meant for.", "civil"),
            Said("point", "A list of people without money is worth money to the wrong people.", "government", verbatim=True),
            Said("condition", "No selling on, and no adverts to the people on it.", "civil"),
            Said("point", "One plan for all debts would save us five letters a month.", "government"),
            Said("red_line", "Sanctions must never come out of this data.", "civil"),
        ),
        (
            Said("point", "Half of those who are owed help never claim it.", "partner"),
            Said("point", "I do not want the water company to know I am short.", "civil", verbatim=True),
            Said("condition", "Say on the first letter where the name came from.", "civil"),
            Said("question", "What if somebody's money changes between two lists?", "government"),
            Said("red_line", "A discount list must not become a fraud list.", "civil"),
        ),
        (
            Said("point", "An automatic discount spares people the shame of asking.", "civil"),
            Said("point", "The saving is small for each home and large for the city.", "government"),
            Said("condition", "People can leave the scheme with one call.", "partner"),
            Said("question", "Who pays when the match is wrong?", "civil"),
            Said("red_line", "No debt collector may ever be given this list.", "partner"),
        ),
    ),
    "CJ": (
        (
            Said("point", "Times and places are enough to find where fights happen.", "government"),
            Said("point", "If victims think the hospital tells the police they will not come.", "civil"),
            Said("condition", "An independent group should look at the use every year.", "other"),
            Said("question", "How long does a flag stay on somebody's name?", "civil"),
            Said("point", "A label sticks long after the crisis has gone.", "civil", verbatim=True),
        ),
        (
            Said("point", "Knowing the street and the hour, we could light the street.", "government"),
            Said("point", "Some families here are stopped often enough already.", "civil"),
            Said("condition", "Check every year who is flagged, by age and by background.", "civil"),
            Said("question", "Does a witness count as somebody known to the police?", "partner"),
            Said("red_line", "Nobody may be charged on what they told a nurse.", "civil"),
        ),
        (
            Said("point", "A crisis team that knows what helped last time does less harm.", "partner"),
            Said("point", "Once it is in a police system I will never see it again.", "civil", verbatim=True),
            Said("condition", "The flag ends by itself after a year.", "partner"),
            Said("question", "Who tells the person that there is a flag?", "government"),
            Said("red_line", "No flag may be used in a job check.", "civil"),
        ),
    ),
    "HOU": (
        (
            Said("point", "A landlord who knows early can wait; one who finds out late sends a notice.", "partner"),
            Said("point", "Staff live on the same estates. They will know the names.", "civil"),
            Said("condition", "Only the change of date, not the reason for it.", "partner"),
            Said("point", "Nobody told me it is the damp. They told me to open a window.", "civil", verbatim=True),
            Said("question", "Could the tenant send the letter herself instead?", "civil"),
        ),
        (
            Said("point", "Late rent is often a late payment from somebody else.", "civil"),
            Said("point", "Repairs come sooner when the landlord hears it from a doctor.", "partner"),
            Said("condition", "The tenant agrees each time, not once for ever.", "civil"),
            Said("question", "What does a private landlord get to see?", "government"),
            Said("red_line", "It must never be a reason to end a tenancy.", "civil"),
        ),
        (
            Said("point", "We write off more in empty flats than this would ever cost.", "government"),
            Said("point", "Being known as a problem home follows the children to school.", "civil", verbatim=True),
            Said("condition", "One named person at the landlord, and nobody else.", "partner"),
            Said("question", "Is the data gone when the tenant moves out?", "civil"),
            Said("red_line", "No landlord may choose tenants with it.", "civil"),
        ),
    ),
}
# The case for everybody: what only some areas say, on top of what is said everywhere.
ANCHOR_MORE: tuple[tuple[Said, ...], ...] = (
    (
        Said("point", "Two weeks' warning would have kept my sister in her flat.", "civil", verbatim=True),
        Said("red_line", "No household may be rung about anything but the offer.", "partner"),
    ),
    (
        Said("point", "We find out at the court door, and then it costs everybody more.", "government"),
        Said("red_line", "The list must not be bought, sold or lent.", "civil"),
    ),
    (
        Said("point", "Help that people did not ask for can feel like being watched.", "civil"),
        Said("red_line", "It must never count against a family with a social worker.", "partner"),
    ),
)
_GO, _WITH, _NO, _RED, _OPEN = "1", "2", "3", "4", "no_agreement"
REASONS_FOR: dict[str, tuple[str, ...]] = {
    _GO: (
        "The help comes early and is easy to refuse.",
        "Nothing is shared that is not known already, and people gain.",
        "The gain is plain and the data stays where it is trusted.",
    ),
    _WITH: (
        "The gain is real, but people must be told first.",
        "We trust the people, not the computer system.",
        "It is right for this purpose and for no other.",
        "Worth it if somebody outside looks at it every year.",
    ),
    _NO: (
        "Too much is joined up for what it achieves.",
        "The same could be done with less data.",
        "People would stop asking for help.",
    ),
    _RED: (
        "No condition would keep it from being used against people.",
        "Once it exists it cannot be taken back.",
        "Nobody here would dare to ask for help again.",
    ),
    _OPEN: (
        "We could not settle who should hold the list.",
        "Half the table wanted consent first, the other half wanted speed.",
        "We agreed on the gain and not on the risk.",
    ),
}
# In the order of the decisions that a sample's tables take: 2, 1, 2, no agreement, and round again.
REASONS: tuple[str, ...] = (
    REASONS_FOR[_WITH][0], REASONS_FOR[_GO][0], REASONS_FOR[_WITH][1], REASONS_FOR[_OPEN][0], REASONS_FOR[_WITH][2],
    REASONS_FOR[_GO][1],
)
CONDITIONS: tuple[tuple[str, Necessity], ...] = (
    ("tell", "must"), ("fixed_purpose", "must"), ("no_enforcement", "must"), ("delete_by", "should"),
    ("human_decision", "must"), ("access_log", "should"), ("less_data", "should"), ("opt_out", "must"),
    ("independent_oversight", "should"), ("no_onward", "must"), ("trained_staff", "should"),
    ("no_commercial", "not_enough"),
)
STATEMENTS_OF: dict[str, tuple[str, ...]] = {
    "HSC": (
        "Share what is needed for the next visit, tell the person at that visit, and log who looked.",
        "Let care staff see what keeps somebody safe at home, and let the person see it too.",
        "Share for three days after a discharge, then stop unless the person says otherwise.",
    ),
    "WEL": (
        "Give people what they are owed without a form, and never sell or reuse the list.",
        "Use the list to lower bills and for nothing else, and say so on the first letter.",
        "Match by machine, check by hand, and let people leave with one call.",
    ),
    "CJ": (
        "Use places and times before names, and let an independent group check the use every year.",
        "Count injuries by street and hour, and keep patients' names out of it.",
        "A flag may help in a crisis if it ends after a year and the person knows of it.",
    ),
    "HOU": (
        "Offer help early with the least data that does the job, and keep debt collection out of it.",
        "Tell the landlord the new date and nothing else, and only with the tenant's yes.",
        "Use health facts to get repairs done, never to choose or to move tenants.",
    ),
}
STATEMENTS: dict[str, str] = {theme: texts[0] for theme, texts in STATEMENTS_OF.items()}
DISSENT: tuple[str, ...] = (
    "One person wanted consent first, every time.",
    "Two people thought this was still too much.",
    "",
)
WRITTEN: tuple[str, ...] = (
    "Hearing how a tenant found out moved me more than the figures.",
    "I came to defend sharing and left wanting a delete date.",
    "It depends who holds it. I had not thought about that before.",
    "Nothing much. I still think early help is worth it.",
    "That the same data felt different with another name on the door.",
)


def anchor(area: int) -> tuple[Said, ...]:
    """What is said about the case for everybody in the area with this number: mostly the same, and some words of its own."""
    own = ANCHOR_MORE[area % len(ANCHOR_MORE)]
    return (*own, *ANCHOR)


def theme(code: str, area: int) -> tuple[Said, ...]:
    """What is said about a theme's own case in the area with this number."""
    return THEMES[code][area % len(THEMES[code])]


def statement(code: str, area: int) -> str:
    """What a theme's table puts to the room in the area with this number."""
    return STATEMENTS_OF[code][area % len(STATEMENTS_OF[code])]


def reason(decision: Decision, turn: int) -> str:
    """A reason that fits the decision; tables take them in turn."""
    fitting = REASONS_FOR.get(decision, REASONS_FOR[_OPEN])
    return fitting[(turn + turn // 6) % len(fitting)]  # a table of every sixth turn decides alike
