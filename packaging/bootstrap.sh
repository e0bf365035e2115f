#!/bin/sh
# From nothing to running: system packages where there is apt, a Python with venv, then bootstrap.py does the rest.
#   sh packaging/bootstrap.sh run  [--wheelhouse DIR] [arguments of the app]
#   sh packaging/bootstrap.sh test [--wheelhouse DIR] [--all] [arguments of pytest]
#   sh packaging/bootstrap.sh ship [--wheelhouse DIR] [OUT]    what people are given, made into OUT (dist)
set -eu
libraries="libegl1 libgl1 libdbus-1-3 libfontconfig1 libglib2.0-0 libxkbcommon0 libxkbcommon-x11-0 libxcb-cursor0
    libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libwayland-cursor0"
oracles="openssh-client age unzip qpdf poppler-utils xvfb xauth at-spi2-core dbus python3-gi gir1.2-atspi-2.0"

absent() { # those of the named packages that are not installed; from Debian 13 on some carry the suffix t64
    installed=" $(dpkg-query -W -f='${db:Status-Status}:${Package}\n' | sed -n 's/^installed://p' | tr '\n' ' ')"
    for package; do
        case $installed in *" $package "* | *" ${package}t64 "*) ;; *) printf ' %s' "$package" ;; esac
    done
}
find_python() { # sets $python to the first that is new enough and can make a virtual environment
    for python in python3 python3.13 python3.12 python3.11; do
        "$python" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && return
    done
    return 1
}
install() { DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null; }

if command -v apt-get >/dev/null; then
    needed=$(absent $libraries; find_python || absent python3 python3-venv)
    wished=$(if [ "${1-}" = test ]; then absent $oracles; fi)
    if [ "${1-}" = ship ]; then needed="$needed$(absent binutils)"; fi
    if [ "$(id -u)" = 0 ] && [ -n "$needed$wished" ]; then
        echo "Installing system packages:$needed$wished"
        # The first attempt fails where apt has no lists, or stale ones.
        install $needed $wished 2>/dev/null || { apt-get update -qq && install $needed $wished; } || exit 69
    elif [ -n "$needed" ]; then
        echo "Missing system packages. Please run: sudo apt-get install$needed$wished" >&2
        exit 69
    elif [ -n "$wished" ]; then
        echo "Some tests will be skipped. To have them run: sudo apt-get install$wished" >&2
    fi
fi
find_python || { echo "Python 3.11 or later with venv is needed." >&2; exit 69; }
exec "$python" "$(dirname -- "$0")/bootstrap.py" "$@"
