"""The sentences people read when something does not go as meant, keyed by the code of the error.

A message has three parts: what happened, whether the data is safe, and what to do next. The braces are filled
from the error's facts. A test asserts that every code raised anywhere in the product stands in one of the tables.
"""

from typing import NamedTuple

from tradeoff_desktop.app.packwords import PLACED
from tradeoff_desktop.app.words_files import FILES, Sentence
from tradeoff_desktop.app.words_numbers import NUMBERS
from tradeoff_desktop.errors import ContentError, MachineError, RuleError, TradeoffError, TrustError


class Message(NamedTuple):
    """What happened, that the data is safe, and what to do next."""

    what: str
    safe: str
    remedy: str

    @property
    def text(self) -> str:
        """What happened: the one line beside a control."""
        return self.what

    @property
    def rest(self) -> str:
        """The second line of a banner: the data, and what to do."""
        return f"{self.safe} {self.remedy}"

    def __str__(self) -> str:
        """The whole message on one line."""
        return f"{self.what} {self.rest}"


# What the workshop does not allow now.
RULES: dict[str, Sentence] = {
    "already_opened": ("This workshop has been started already.", "Open it from Home."),
    "never_opened": ("This workshop file was made but the workshop was never started.", "Start it again from Home with the programme file."),
    "sealed": ("This workshop is sealed.", "Reopen it with a reason, if something must still change."),
    "not_sealed": ("This workshop is not sealed.", "There is nothing to reopen."),
    "closed": ("This workshop is closed: nothing new is taken from participants.", "You can still key sheets from paper and type notes from paper."),
    "not_closed": ("This workshop is still running.", "Close it in the room first, then seal it."),
    "incomplete": ("{sheets} sheets are not wholly keyed.", "Key them, or accept each gap with a reason."),
    "not_storable": ("This entry ({kind}) cannot be kept as it is.", "Make it shorter, or leave odd characters out."),
    "makes_no_sense": ("This entry ({kind}) names something the programme's cards do not have.", "Choose from the lists."),
    "table_in_use": ("People still sit at table {table}.", "Combine it with another table, or move them first."),
    "stopped": ("Writing was stopped.", "What is half written has been removed. Write again when you are ready."),
    "no_receipt": ("There is no receipt of the central team in that folder.", "Choose the stick they sent; the file ends in .receipt. Or type the code they read out."),
    "not_unlocked": ("This workshop may not be deleted yet.", "Make sure first that it is safe elsewhere, as it says beside the button."),
    "delete_word": ("The word typed is not {word}.", "Type it exactly, to show that you mean this workshop."),
    "join_again": ("The lead's set-up is no longer on this laptop.", "On Home, choose Join, with the table file and the code; what is written here stays."),
    "not_joined": ("This laptop did not join a workshop; it leads its own.", "Nothing is needed here."),
    "only_lead": ("Only the lead laptop can do this.", "Go to the lead laptop."),
    "only_lead_or_desk": ("Only the lead laptop or the data desk can do this.", "Ask there."),
    "reason_needed": ("A reason is needed.", "Write one line saying why. It is printed in the report's annex."),
    "nothing_to_undo": ("There is nothing to take back.", "Earlier entries can be corrected where they stand."),
    "headcount_range": ("You entered {count} people.", "Enter a number from {low} to {high}."),
    "unknown_group": ("This group is not in the programme.", "Choose one of the groups listed."),
    "unknown_theme": ("This theme is not in the programme.", "Choose one of the themes listed."),
    "unknown_table": ("Table {table} is not open.", "Choose one of the open tables."),
    "unknown_scenario": ("This scenario or flip is not in the programme's cards.", "Choose one from the list."),
    "nothing_to_spread": ("You are not late.", "There is nothing to spread over later steps."),
    "no_room_to_spread": ("No later step can give a minute.", "Skip a step, or end later and say so now."),
    "unknown_step": ("This step is not in the agenda.", "Choose a step from the agenda."),
    "step_keeps_time": ("“{title}” cannot have that length.", "Give it 1 to {minutes} minutes, and leave the time for sheets as it is."),
    "unknown_session": ("There is no session {letter}.", "Choose session A, B or C."),
    "unknown_statement": ("This statement is no longer there.", "Read the list again; it may have been taken back."),
    "unknown_note": ("This note is no longer there.", "Read the list again; it may have been taken back."),
    "code_needs_words": ("A code needs a name and what it means.", "Type both; the second coder goes by them."),
    "code_reserved": ("The code {name} is taken: it says that no code fits.", "Choose another code."),
    "code_retired": ("The code {name} is no longer used.", "Choose one of the codes listed."),
    "code_into_itself": ("A code cannot be merged into itself.", "Choose another code."),
    "unknown_code": ("There is no code {name}.", "Choose one of the codes listed, or make it first."),
    "not_coded_so": ("This note does not have the code {name}.", "Nothing was changed."),
    "unknown_condition": ("This condition is not on the cards.", "Choose one of the list, or other."),
    "unknown_question": ("This question is not on the sheet.", "Choose one of the questions listed."),
    "tables_fixed": ("The first sheet has begun, so tables stay as they are.", "Every answer keeps its case. One person may still change table."),
    "last_table": ("That table has nowhere to go.", "Choose another open table."),
    "theme_scenario": ("Scenario {scenario} does not belong to this table's theme.", "Choose a scenario of the theme."),
    "rated_already": ("Table {table} has answers for its scenario.", "Keep the scenario; tables change before the first sheet only."),
    "too_many_seats": ("A session has seat codes for {limit} people, and you asked for {count}.", "Plan a second session."),
    "bad_seat_code": ("{seat} is not a seat code.", "Look at the sheet again: three digits, and the last one checks the others."),
    "unknown_seat": ("Code {seat} is not on the list.", "Check the sheet. Somebody who came without a code is added under People."),
    "other_session": ("Code {seat} belongs to session {letter}, and this is session {here}.", "Put the sheet with the others of session {letter}, and key it there."),
    "seat_withdrawn": ("The person with code {seat} has left the study.", "Put the sheet aside unread, as agreed with them."),
    "no_consent": ("No signed consent is recorded for code {seat}.", "Record the consent first, or put the sheet aside."),
    "answered_already": ("Sheet {sheet} of {seat} is answered already.", "Earlier answers are not shown again."),
    "not_on_sheet": ("This answer is not on sheet {sheet} of that person.", "Check which table they sat at, and the sheet number."),
    "bad_key": ("{key} is not an answer to this question.", "Type one of the numbers printed beside the question."),
    "too_many_hands": ("You counted {counted} but {here} people are here.", "Recount, or press H to change the headcount."),
    "too_many_dissent": ("{counted} people disagreed, but {here} sit at this table.", "Ask the table again."),
    "nothing_differs": ("The keyings of sheet {sheet} of {seat} agree.", "There is nothing to decide."),
    "not_waiting": ("{file} does not wait for a ruling.", "Choose one of the bundles that are kept aside."),
    "take_lock_off": ("This key has a passphrase, and a new key cannot be put in its place.", "Take the passphrase away first (on Home press K), and lock the new key afterwards."),
    "not_a_centre_store": ("{file} is the workshop of a laptop, and not the central team's store.", "Name another file; it is made if it does not exist."),
    "renew_key": ("The key of {principal} is enrolled already, and held until {day}.", "Have that laptop make a new key (tradeoff keys renew) and enrol the file it writes, with its eight words. What came in before that day stays good."),
    "close_word": ("That is not the name of a programme here ({word}).", "Type the programme's id exactly, to show that you mean it. Nothing is removed before."),
    "close_locked": ("Not everything of this programme may be deleted yet: {workshops}.", "Wait for the central team's receipt for these workshops (tradeoff receipt accept), or write two copies."),
    "close_begun": ("{file} is from closing the programme {word}, which was stopped. Nothing was removed now.", "Finish that one first: the same name for the certificate, and {word} typed to confirm it. Or choose another name for this certificate."),
    "close_altered": ("{file} is no closing that was begun here, or what it lists has changed since. Nothing was removed.", "Choose another name for the certificate and close the programme anew."),
    "words_differ": ("The words you were read are not those of this file.", "Have them read once more. If they differ again, somebody else made this file."),
    "escrow_untried": ("The backup of the central team's keys was not opened yet, or these are not its six words.", "Have the words read once more. If they differ again, write the backup anew (Keys, The team's own keys; or tradeoff centre backup) and let its keeper open that one."),
    "nothing_merged": ("No bundle was put together yet.", "Merge the bundles first."),
    "folder_not_empty": ("The folder {folder} is not empty.", "Choose an empty folder, so that nothing is mixed up."),
    "another_programme": ("This is the file of another programme ({found}); here stands {known}.", "Choose a file of this programme. Another programme needs a folder of its own."),
    "unknown_area": ("There is no area {area} in this programme.", "Use one of the area codes listed."),
    "unknown_workshop": ("There is no workshop {workshop} here.", "Check its name, or take its bundle in first."),
    "same_words": ("These are the words the note has already.", "Nothing was erased. Change what must go, or leave the note as it is."),
    "empty_note": ("There are no words yet.", "Type something, then press Enter."),
}

# What this laptop cannot do.
MACHINE: dict[str, Sentence] = {
    "disk_full": ("There is no room left on this disk ({file}).", "Free some space or put in a USB stick, then do it again."),
    "disk_low": ("Only {free_mb} MB are free on this disk, and a new workshop needs 500.", "Free some space. Workshops that have begun can go on."),
    "stick_removed": ("The stick was removed at {percent} %.", "Put it back, or choose another one, and write again."),
    "stick_full": ("There is not enough room on the stick: {needed_mb} MB needed, {free_mb} MB free.", "Make room on it, or use another one."),
    "cards_missing": ("This laptop does not have the cards of workshop {workshop}.", "On Home, choose New workshop and open the file your central team sent; then do this again."),
    "disk_error": ("The disk answered with an error ({file}).", "Do it once more. If it fails again, export to a stick now and use another laptop."),
    "folder_read_only": ("Nothing can be written to that folder ({file}).", "Choose another folder, or take the write protection off the stick."),
    "not_private": ("Other people who use this laptop can look into that folder ({file}), and it cannot be closed to them.", "Choose a folder on the laptop's own disk: a stick keeps nothing for one person alone."),
    "key_lost": ("The signing key of {folder} is not where it was ({file}); it was used before, so no new keys are made over what is left of the old.", "Every workshop is still there. Bring the file back from a copy or a backup (the central team's: tradeoff centre restore, into a new folder). Where there is none, tell the central team; a laptop can have new keys for an area once that area's workshops are deleted from it and the old key folder is moved away."),
    "in_the_way": ("Something else stands where {file} should be.", "Move it away or give it another name, then do this again."),
    "pin_damaged": ("The note of your central team's key on this laptop is damaged ({file}).", "Move that file away, choose New workshop and open the programme file again: you will compare the eight words with the printed letter."),
    "folder_missing": ("That folder is not there any more ({file}).", "Put the stick back in, or choose another folder."),
    "file_exists": ("A file called {file} is already there.", "Choose another folder. Nothing is ever written over."),
    "file_missing": ("The file {file} is not there.", "Choose it again; it may have been moved or the stick taken out."),
    "file_differs": ("Another file called {file} is already there, with something else in it.", "Choose another folder. Nothing is ever written over."),
    "copy_differs": ("The copy of {file} does not match what was written.", "This stick may be failing. Use another one."),
    "file_too_large": ("The file {file} is larger than any file of this kind can be.", "It is probably another kind of file. Choose again."),
    "font_missing": ("A part of the program is missing ({file}).", "Install Tradeoff Desktop again."),
    "form_missing": ("A part of the program is missing ({file}).", "Install Tradeoff Desktop again."),
    "icon_missing": ("A part of the program is missing ({file}).", "Install Tradeoff Desktop again."),
    "out_of_order": ("A record did not follow the one before it.", "Close the program and open the workshop again; tell the central team."),
    "nothing_to_rebuild": ("Beside this store, in {folder}, no bundle is kept.", "Name the store whose folder holds “originals”."),
    "edition_missing": ("This store no longer holds what edition {number} published. Nothing was written.", "Take a copy of the store that still has it. Without it nobody can tell what a new edition would give away."),
    "edition_damaged": ("What edition {number} published was damaged or changed in this store. Nothing was written.", "Take a sound copy of the store. Without it nobody can tell what a new edition would give away."),
    "register_broken": ("The register of bundles taken in was changed outside the program (line {number}).", "Stop here and tell the central team."),
    "store_missing": ("The workshop file {file} is not there any more.", "Look for it in the recycle bin, or bring the workshop back from its bundle."),
    "store_exists": ("A workshop file {file} is already on this laptop.", "Open it from Home."),
    "already_running": ("Tradeoff Desktop is already open on this laptop.", "Go to its window: hold Alt and press Tab until you see it."),
    "store_locked": ("Tradeoff Desktop is already open in another window ({file}).", "Go to that window, or close it and try again."),
    "store_empty": ("The workshop file {file} holds nothing yet.", "Begin the workshop again from its programme file."),
    "store_damaged": ("The workshop file {file} is damaged or is something else.", "On Home, restore the workshop from its checkpoint. The damaged file is kept."),
    "nothing_to_restore": ("There is no checkpoint of workshop {workshop} on this laptop, and its file cannot be read.", "Look for the stick it was written to last, and bring it back from the bundle there: tradeoff restore FILE."),
    "store_newer": ("The workshop file {file} was made by a newer version (it has format {found}, this one reads {known}).", "Install the newer version and open it again."),
    "store_settings": ("This laptop cannot keep {file} safely ({setting}).", "Use another laptop, or move the program's folder to the laptop's own disk."),
    "store_altered": ("Record {seq} of laptop {device} in {file} was changed outside the program.", "Do not use this file. Put it together again from the bundles, which are signed, and tell the central team."),
    "store_unreadable": ("The workshop file {file} cannot be read.", "Check that you may read it and the folder it is in."),
    "file_unreadable": ("The file {file} cannot be read.", "Check that you may read it and the folder it is in, or choose another copy."),
    "store_unwritable": ("The workshop file {file} cannot be written.", "Check that you may write to its folder and that the disk is not full."),
}

TABLES: dict[type[TradeoffError], tuple[dict[str, Sentence], str]] = {
    RuleError: (RULES | NUMBERS, "Nothing was changed."),
    MachineError: (MACHINE, "Everything saved before is still there."),
    TrustError: (FILES, "Nothing on this laptop changed."),
    ContentError: (FILES | PLACED, "Nothing on this laptop changed."),
}


def say(error: TradeoffError) -> Message:
    """The message for an error."""
    for kind, (table, safe) in TABLES.items():
        if isinstance(error, kind) and error.code in table:
            what, remedy = table[error.code]
            facts = _Facts(error.facts)
            return Message(what.format_map(facts), safe, remedy.format_map(facts))
    return Message(
        f"Something did not work ({error.code}).", "Everything saved before is still there.",
        "Do it once more. If it happens again, tell the central team that word.",
    )


class _Facts(dict[str, object]):
    """The facts of an error; a fact that is not given leaves a dash, never an exception over an error."""

    def __missing__(self, _name: str) -> str:
        return "-"
