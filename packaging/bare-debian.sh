# Read by the two checks that need a Debian 12 with nothing installed: makes one in $bare and removes it at the end.
#   . packaging/bare-debian.sh; make_bare [FOLDER]
# Mirrors, proxies and certificates are the machine's own, read as this runs.
release=bookworm

make_bare() {
    [ "$(id -u)" = 0 ] || { echo "This needs root." >&2; exit 69; }
    command -v debootstrap >/dev/null || apt-get install -y -qq debootstrap >/dev/null || {
        apt-get update -qq && apt-get install -y -qq debootstrap >/dev/null
    }
    if [ $# -gt 0 ]; then mkdir "$1" && bare=$(cd "$1" && pwd); else bare=$(mktemp -d); fi
    chmod 755 "$bare"
    trap clean_up EXIT
    trap 'exit 130' INT TERM
    mirror=$(apt-get indextargets --format '$(RELEASE) $(COMPONENT) $(REPO_URI)' 'Created-By: Packages' |
        sed -n "s/^$release main //p" | head -n 1)
    echo "== A bare Debian ($release) in $bare"
    began=$(date +%s)
    # With no mirror named, debootstrap takes its own.
    debootstrap --variant=minbase "$release" "$bare" ${mirror:+"$mirror"} >"$bare.log" 2>&1 || {
        cat "$bare.log" >&2
        exit 1
    }
    mount -t proc proc "$bare/proc"
    echo "   made in $(($(date +%s) - began)) s"
    # How this machine reaches the network, and nothing else of it.
    cp -L /etc/resolv.conf "$bare/etc/resolv.conf"
    apt-config dump | grep -i '^Acquire::.*proxy' >"$bare/etc/apt/apt.conf.d/90host" || true
    chroot "$bare" useradd --create-home visitor
}
clean_up() {
    if mountpoint -q "$bare/proc"; then umount "$bare/proc"; fi
    rm -rf --one-file-system "$bare" "$bare.log"
}
