#!/bin/sh
# Prove the two commands on a Debian 12 with nothing installed. Needs root, for the change of root; the committed
# state (HEAD) is what is tried. Mirrors, proxies and certificates are the machine's own, read as this runs.
#   sh packaging/check-bare-debian.sh [FOLDER]     a new folder for the system, removed at the end; about 1.5 GB
set -eu
cd -- "$(dirname -- "$0")/.."
. packaging/bare-debian.sh
make_bare "$@"

# How pip reaches its packages here, and nothing else of this machine.
settings="CI=true"
for name in index-url cert proxy trusted-host timeout; do
    variable=PIP_$(echo "$name" | tr 'a-z-' 'A-Z_')
    value=$(printenv "$variable" || python3 -m pip config get "global.$name" 2>/dev/null || true)
    # Under a name of its own: Debian's ca-certificates, which comes with python3-venv, writes its bundle anew.
    if [ "$name" = cert ] && [ -f "$value" ]; then cp -L "$value" "$bare/etc/pip.crt" && value=/etc/pip.crt; fi
    if [ -n "$value" ]; then settings="$settings $variable='$value'"; fi
done
for variable in http_proxy https_proxy no_proxy; do
    if value=$(printenv "$variable"); then settings="$settings $variable='$value'"; fi
done

for owner in root visitor; do
    place=$bare$(chroot "$bare" su - "$owner" -c pwd)/tradeoff
    mkdir "$place"
    git archive HEAD | tar -x -C "$place"
    chroot "$bare" chown -R "$owner" "${place#"$bare"}"
done

failures=0
# attempt WHO COMMAND EXPECTED-CODE EXPECTED-WORDS: run one of the two commands, tell how it went and how long it took.
attempt() {
    echo "== $1: sh packaging/bootstrap.sh $2"
    began=$(date +%s)
    code=0
    chroot "$bare" su - "$1" -c "cd tradeoff && env $settings sh packaging/bootstrap.sh $2" >"$bare/srv/output" 2>&1 || code=$?
    sed 's/^/   | /' "$bare/srv/output"
    verdict=passed
    if [ "$code" != "$3" ] || ! grep -q "$4" "$bare/srv/output"; then verdict=FAILED failures=$((failures + 1)); fi
    echo "   $verdict: exit $code (expected $3) after $(($(date +%s) - began)) s"
}

attempt visitor run 69 'sudo apt-get install'
attempt root test 0 ' passed'
attempt root run 0 'The rehearsal is done'
attempt visitor run 0 'The rehearsal is done'
if [ "$failures" = 0 ]; then echo "== All passed"; else echo "== $failures failed" && exit 1; fi
