"""What a workshop is: records, packs, rules. Pure: no files, clock, randomness or windows."""
