"""Bytes in, records out: keys, signatures, bundles, programme files and the merge plan."""
