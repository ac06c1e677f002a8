#!/bin/sh
# A kiosk in a window that has its hub's address: what the hub knows is on it within a minute, nobody
# having touched anything, and a change on the kiosk's disk is with the hub. A hub that is away costs
# nothing but its news.
. tests/e2e/play.sh
. tests/e2e/window.sh
unset http_proxy https_proxy HTTP_PROXY HTTPS_PROXY all_proxy ALL_PROXY
ctl=$BUILD/buurtctl
at() { who=$1; shift; "$ctl" --data "$work/$who" "$@"; }

# The hub ends with the script.
hub=
close_all() {
	[ -z "$hub" ] || kill "$hub" 2>/dev/null
	close_display
}
open_hub() { # LISTEN
	"$BUILD/buurthub" --data "$work/hub" --listen "$1" --name Buurtteam >"$work/hub.out" 2>"$work/hub.err" &
	hub=$!
	for _ in $(seq 200); do
		url=$(sed -n 's/^listening //p' "$work/hub.out")
		[ -z "$url" ] || return 0
		sleep 0.1
	done
	die "the hub does not start: $(cat "$work/hub.err")"
}
same() {
	for _ in $(seq 120); do
		[ "$(at kiosk state)" = "$(at hub state)" ] && return
		sleep 0.5
	done
	die "$1"
}

open_display
trap close_all EXIT
open_hub 127.0.0.1:0
home=${url#http://}
at hub import assets/catalogue/buurtlijst.json >/dev/null
mkdir "$work/stick"
at hub enrol invite "$work/stick" --name Kiosk 2>/dev/null
at kiosk enrol accept "$work/stick" >/dev/null || die "the kiosk was not let in"
rm -r "$work/stick"

"$KIOSK" --data "$work/kiosk" --size 1280x800 --window 2>"$work/kiosk.log" &
kiosk=$!
find_window
same "the list did not come: $(cat "$work/kiosk.log")"
rest
picture "$work/news.png"

# Without the hub the kiosk stands, and says what was wrong in its log.
kill "$hub"
wait "$hub" 2>/dev/null
hub=
close_window
"$KIOSK" --data "$work/kiosk" --size 1280x800 --window 2>"$work/kiosk.log" &
kiosk=$!
find_window
for _ in $(seq 60); do
	grep -q "buurtctl" "$work/kiosk.log" && break
	sleep 0.5
done
kill -0 "$kiosk" || die "a kiosk without its hub fell over: $(cat "$work/kiosk.log")"
grep -q "buurtctl" "$work/kiosk.log" || die "it did not say that nobody answered: $(cat "$work/kiosk.log")"

# It comes back, and so does the news, also what was done on the kiosk meanwhile.
close_window
sed 's/"tagline": *"[^"]*"/"tagline": "Kom er gewoon bij"/' assets/catalogue/buurtlijst.json >"$work/changed.json"
at kiosk import "$work/changed.json" >/dev/null
open_hub "$home"
"$KIOSK" --data "$work/kiosk" --size 1280x800 --window 2>"$work/kiosk.log" &
kiosk=$!
find_window
same "the change did not go up: $(cat "$work/kiosk.log")"
at hub export "$work/out.json"
grep -q 'Kom er gewoon bij' "$work/out.json" || die "the hub does not have the change"
close_window
