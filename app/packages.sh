#!/bin/sh
# Installs the Debian packages that the project needs and that are missing. "build" for the programs,
# "tests" for everything. One list, so that README, CI and the image cannot differ.
set -eu
build="cmake ninja-build gcc libc6-dev pkg-config gettext libsdl2-dev libsdl2-ttf-dev libsdl2-image-dev
libsqlite3-dev libqrencode-dev libsodium-dev libfribidi-dev libunibreak-dev libutf8proc-dev
libjansson-dev libzstd-dev libcurl4-openssl-dev libmicrohttpd-dev tzdata"
tests="libcmocka-dev clang-format clang-tidy cppcheck zbar-tools imagemagick xvfb xauth xdotool strace
sqlite3 python3 openssl poppler-utils libfaketime chromium-headless-shell"

wanted=$build
[ "${1:-build}" = tests ] && wanted="$build $tests"
missing=
for package in $wanted; do
	dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' ||
		missing="$missing $package"
done
[ -z "$missing" ] && exit 0

sudo=
if [ "$(id -u)" != 0 ]; then
	command -v sudo >/dev/null || {
		echo "Missing packages. Run as root: apt-get install$missing" >&2
		exit 1
	}
	sudo=sudo
fi
echo "Installing (one to five minutes):$missing"
$sudo apt-get update -qq >/dev/null 2>&1 || {
	echo "apt-get update failed: is there a network?" >&2
	exit 1
}
export DEBIAN_FRONTEND=noninteractive
if [ -t 1 ]; then # somebody watches: apt shows how far it is
	$sudo apt-get install -y -q --no-install-recommends $missing && exit 0
else
	$sudo apt-get install -y -qq --no-install-recommends $missing >/dev/null 2>&1 && exit 0
fi
echo "Installing failed. Try: apt-get install$missing" >&2
exit 1
