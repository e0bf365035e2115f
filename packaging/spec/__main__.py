"""Write everything under ``resources/spec`` that follows from the code: schemas, test vectors, examples in the text.

::

    python packaging/spec            write what is new
    python packaging/spec --check    write nothing; name what is not as it should be, and fail if anything is
"""

import argparse
import sys

from spec_files import SPEC, stale, write


def main() -> int:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing")
    found = stale(SPEC)
    if not parser.parse_args().check:
        write(SPEC)
        found = []
    for name in found:
        print(name)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
