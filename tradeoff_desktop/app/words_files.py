"""Sentences about files from elsewhere: signatures, bundles, packs, programmes. ``app.words`` says them."""

Sentence = tuple[str, str]  # what happened, what to do next

_AGAIN = "Ask whoever made it for a new copy."
_CENTRE = "Ask the central team for a new copy."
_TELL = "Keep the file, do not use it, and tell the central team."

FILES: dict[str, Sentence] = {
    # what is inside
    "not_canonical": ("This file was changed after it was made.", _AGAIN),
    "bad_content": ("This file holds something that does not belong there.", _AGAIN),
    "line_too_long": ("This file holds a line that is too long to be real.", _AGAIN),
    "too_deep": ("This file is built in a way no real file is.", _TELL),
    "unknown_kind": ("This file holds a kind of record this version does not know ({kind}).", "Install the newest version and try again."),
    "leaf_mismatch": ("Record {seq} of laptop {device} was changed after it was written.", _TELL),
    "chain_device": ("A record of another laptop stands among those of laptop {device}.", _TELL),
    "chain_gap": ("Record {seq} of laptop {device} is missing.", "Ask that laptop to export again."),
    # signatures and signers
    "bad_signature_format": ("The signature of this file cannot be read.", _AGAIN),
    "bad_signature": ("This file was changed after it was signed.", _AGAIN),
    "wrong_namespace": ("This file was signed as something else.", _TELL),
    # All eight words are said nowhere here: whoever saw them could type them without having heard anybody.
    "unknown_signer": ("We cannot tell who made this file: its key is {fingerprint}; of its eight words the first two are {begins}.", "Do not use it until its people have read you all eight from their own screen, and you have typed them as you heard them."),
    "revoked_signer": ("This file was signed with a key that has been withdrawn.", _TELL),
    "signer_not_allowed": ("The laptop that signed this may not sign this kind of file.", _TELL),
    "signer_not_yet_valid": ("This was signed before the laptop's key was valid.", "Check the date of that laptop, then ask it to export again."),
    "signer_expired": ("This was signed after the laptop's key had run out.", "Ask the central team for a new programme file with a valid key."),
    "bad_moment": ("A time in this file is not a time.", _AGAIN),
    "bad_trust_line": ("Line {line} of the list of known laptops is wrong ({field}).", "Ask the central team for a new programme file."),
    "bad_workshop_code": ("This is not a workshop code.", "Type the eight letters and digits from the lead laptop again."),
    "bad_public_key": ("This is not a laptop's key.", "Copy the whole line again; it starts with ssh-ed25519."),
    "bad_key_file": ("This file is not a laptop's key, or is damaged.", "Choose the right file, or take the key from its backup."),
    "locked_key": ("This key is locked with a passphrase.", "On Home press K and type the passphrase, then try again."),
    "bad_identity": ("This file is not a key that opens bundles.", "Choose the file called identity.key."),
    "bad_recipient": ("This is not the address a bundle can be locked for.", "Ask the central team for it again; it starts with age1."),
    # the locked container
    "armoured": ("This file was turned into text on its way.", "Ask for the file itself, not its text form."),
    "too_large": ("This file is larger than any real one.", _TELL),
    "not_for_us": ("This file was locked for somebody else.", "Open it with the laptop or the centre it was made for."),
    "bad_age": ("This file is damaged or was cut off while it was copied.", "Copy it again from the stick, or ask for a new copy."),
    # bundles
    "bad_container": ("This is not a bundle, or it is damaged.", "Copy it again from the stick, or ask for a new copy."),
    "unexpected_file": ("The bundle holds a file that does not belong there, or lacks one.", _TELL),
    "manifest_differs": ("A file in the bundle is not the one that was listed ({file}).", "Copy it again from the stick, or ask for a new copy."),
    "bad_bag_info": ("The label of the bundle cannot be read.", _AGAIN),
    "other_format": ("The bundle has format {found}; this version reads {known}.", "Install the newest version and try again."),
    "bad_records": ("The records in the bundle cannot be read.", _AGAIN),
    "derived_differs": ("{file} does not agree with the records in the bundle.", _TELL),
    "stage_differs": ("The bundle says it is {stage}, and its records say something else.", _TELL),
    "not_as_sealed": ("The bundle is not the one that was sealed.", "Compare the six words with the paper slip, and tell the central team."),
    "head_differs": ("The last record of laptop {device} ({seq}) is not the one on the label.", _TELL),
    "wrong_area": ("{principal} signed for the area {area}, which is not its own.", _TELL),
    "wrong_laptop": ("{principal} signed a bundle of the laptop {laptop}.", _TELL),
    "not_opened": ("The bundle does not begin where a workshop begins.", _TELL),
    "role_not_allowed": ("Record {seq} is of a kind ({kind}) that a laptop in the role of {role} never writes.", _TELL),
    "after_seal": ("Record {seq} was written after the seal.", "Ask the area why; the central team rules on it."),
    "erased_unnamed": ("Record {seq} was erased, and nothing says why.", _TELL),
    # bringing bundles together
    "forked": ("Laptop {device} has two different records with the number {seq}.", "Compare the two; only what came before counts until somebody rules."),
    "not_whole": ("Not every bundle that {file} was made of is still there and whole, so the ruling was not carried out.", "The ruling is kept. Bring the missing bundles back, then rule again."),
    "ruled_out": ("This copy of laptop {device} is the one that was ruled out where the two part (record {seq}).", "It is kept aside. Nothing else is to do."),
    "second_lead": ("{principal} says it leads workshop {workshop}, and so does {lead}.", "Ask the area which of them led. The bundle is kept aside until somebody rules."),
    "unplanned_lead": ("{principal} says it leads workshop {workshop}, and the programme names no such laptop of that area.", "Ask the area who led. The bundle is kept aside until the programme names the laptop, or somebody rules."),
    "practice_and_real": ("Practice and real workshops cannot be put together.", "Keep practice bundles apart, or throw them away."),
    "other_pack": ("This was made with other cards than the ones here.", "Only workshops with the same cards are counted together. Ask the central team."),
    "other_workshop": ("This belongs to workshop {found}, and not to {wanted}.", "Choose the bundle of this workshop."),
    "workshop_differs": ("The laptops of workshop {workshop} do not agree about which workshop it is.", _TELL),
    "other_laptop": ("The bundle of store {device} was signed by another laptop than before ({wanted}).", _TELL),
    # programme, enrolment and table files
    "programme_older": ("This programme file is older than the one this laptop has: issue {found}, and issue {kept} is here.", "Ask the central team for the newest file. Where this is the newest, they set a higher issue in the plan and sign it again."),
    "other_programme_key": ("This file is from another central team than the one known here. Its words are: {words}.", "Use it only if the central team has told you, on paper, that their key changed."),
    "wrong_programme_key": ("This file was not signed by the key it names.", _CENTRE),
    "not_vouched": ("Laptop {principal} has another key already, and that key does not vouch for this one.", "Ask its people to press K on Home and to make the new key there. If the old key is lost, take it back and let the laptop begin with new keys."),
    "wrong_receipt": ("This receipt is not from the central team known here.", _CENTRE),
    "receipt_too_short": ("The central team does not hold all of workshop {workshop} yet.", "Export it once more, and ask for a receipt when they have taken it in."),
    "wrong_receipt_code": ("The code is not the one for this workshop as it stands.", "Have it read out once more. If something was added since, export again first."),
    "wrong_passphrase": ("The passphrase is not the right one.", "Type it again; capitals and spaces count."),
    "bad_enrolment": ("This enrolment was not signed by the laptop it names.", "Ask that laptop to make it again."),
    "bad_table_file": ("This is not a table file, or it was changed.", "Ask the lead laptop for a new one."),
    "wrong_workshop_code": ("The code typed does not belong to this table file, which is of workshop {workshop}.", "Read the eight letters and digits from the lead laptop again. If your workshop is another one, ask for its file."),
    "other_table_file": ("This table file is of workshop {found}; the code is of workshop {wanted}.", "Ask the lead laptop of your own workshop for its table file."),
    "lead_key_changed": ("The key of the lead laptop of workshop {workshop} is not the one it began with.", "Ask whoever holds the lead laptop why. If it was set up anew, join again with its new file and its new code."),
    "older_table_file": ("This table file is older than the one this laptop works from.", "Ask the lead laptop to write it anew."),
}
