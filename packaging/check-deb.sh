#!/bin/sh
# Prove the Debian package on a Debian 12 that has no Python: installed, started, driven, removed. Needs root.
#   sh packaging/check-deb.sh PACKAGE.deb [FOLDER]     a new folder for the system, removed at the end; about 1 GB
set -eu
package=$(cd "$(dirname -- "$1")" && pwd)/$(basename -- "$1")
shift
cd -- "$(dirname -- "$0")/.."
. packaging/bare-debian.sh
make_bare "$@"
cp "$package" "$bare/srv/tradeoff.deb"

failures=0
inside() { chroot "$bare" su - "$1" -c "$2"; }
# attempt WHO WHAT COMMAND: run a command inside, tell what it was for, how it went and how long it took.
attempt() {
    began=$(date +%s)
    if inside "$1" "$3" >"$bare/srv/output" 2>&1; then verdict=passed; else verdict=FAILED failures=$((failures + 1)); fi
    echo "== $2: $verdict after $(($(date +%s) - began)) s"
    tail -n 4 "$bare/srv/output" | sed 's/^/   | /'
}

attempt root "no Python is there" '! command -v python3'
attempt root "the package installs" \
    'apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends /srv/tradeoff.deb'
attempt root "still no Python" '! command -v python3'
attempt visitor "it tells its version" 'tradeoff --version'
attempt visitor "no file of it could reach a network" \
    '! find /usr/lib/tradeoff-desktop | grep -E "QtNetwork|Qt6Network|libssl|libcrypto|_ssl\."'
attempt visitor "a rehearsal of six areas is played" 'tradeoff rehearse --out rehearsal'
attempt visitor "its bundles are verified" \
    'cd rehearsal && tradeoff verify bundles/*.tradeoff --trust centre/allowed_signers --identity centre/identity.key'
attempt visitor "the window opens and stays" \
    'QT_QPA_PLATFORM=offscreen timeout 10 tradeoff-desktop; test $? = 124'
attempt root "a display" 'DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends xvfb x11-utils xauth'
attempt visitor "the window opens on a display" \
    'xvfb-run sh -c "timeout 20 tradeoff-desktop & sleep 8; xwininfo -root -tree | grep Tradeoff"'
attempt root "the package is removed" 'DEBIAN_FRONTEND=noninteractive apt-get purge -y -qq tradeoff-desktop'
attempt root "nothing of it is left" \
    '! find / -xdev \( -path /proc -o -path /home -o -path /srv \) -prune -o -name "*tradeoff*" -print | grep .'
attempt visitor "what people made with it is still there" 'test -d rehearsal && test -d .local/share/tradeoff-desktop'
if [ "$failures" = 0 ]; then echo "== All passed"; else echo "== $failures failed" && exit 1; fi
