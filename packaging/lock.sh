#!/bin/sh
# Write the hash-pinned locks anew. Needs uv; versions already locked stay unless `--upgrade` is given.
#   sh packaging/lock.sh [--upgrade | --upgrade-package NAME]
set -eu
cd -- "$(dirname -- "$0")/requirements"
PATH=../../.venv/bin:$PATH

# No address and no header: a lock holds names, versions and hashes, nothing of the machine that wrote it.
# Wheels only, because that is all the bootstrap installs.
compile() {
    output=$1
    shift
    uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header \
        --python-version 3.11 --only-binary :all: --output-file "$output" "$@"
}

compile app.txt "$@" app.in ../../pyproject.toml
compile dev.txt "$@" dev.in
compile build.txt "$@" build.in
compile freeze.txt "$@" freeze.in
