#!/bin/sh
# A hub that goes on from a backup while its kiosks reach it by HTTP: one of them syncs twice, and the
# hub has again what it lost; also when nobody said that it was put back.
set -eu
unset http_proxy https_proxy HTTP_PROXY HTTPS_PROXY all_proxy ALL_PROXY
ctl=$BUILD/buurtctl
dir=$(mktemp -d)
hub=
end() {
	[ -z "$hub" ] || kill "$hub" 2>/dev/null || true
	wait
	rm -rf "$dir"
}
trap end EXIT
fail() { printf '%s\n' "$*" >&2; exit 1; }
at() { who=$1; shift; "$ctl" --data "$dir/$who" "$@"; }
start() { # LISTEN
	: >"$dir/hub.out"
	"$BUILD/buurthub" --data "$dir/hub" --listen "$1" --name Buurtteam >"$dir/hub.out" 2>>"$dir/hub.err" &
	hub=$!
	for _ in $(seq 300); do
		url=$(sed -n 's/^listening //p' "$dir/hub.out")
		[ -z "$url" ] || return 0
		kill -0 "$hub" 2>/dev/null || fail "the hub ended: $(cat "$dir/hub.err")"
		sleep 0.1
	done
	fail "the hub does not start"
}
stop() {
	kill "$hub"
	wait "$hub" 2>/dev/null || true
	hub=
}
line() {
	for who in "$@"; do
		at "$who" bundle sync >"$dir/out" 2>"$dir/err" || fail "$who: $(cat "$dir/err")"
	done
}
change() {
	sed "0,/\"tagline\": *\"[^\"]*\"/s//\"tagline\": \"$2\"/" assets/catalogue/buurtlijst.json >"$dir/changed.json"
	at "$1" import "$dir/changed.json" >/dev/null
}
alike() {
	for who in one two; do
		[ "$(at $who state)" = "$(at hub state)" ] || fail "$who differs from the hub, $1"
		at $who devices | grep -q '^pending 0$' || fail "$who still has something to say, $1"
	done
	[ "$(at hub rebuild)" = "$(at hub state)" ] || fail "the hub folds to another state, $1"
}

start 127.0.0.1:0
home=${url#http://}
home=${home%/}
at hub import assets/catalogue/buurtlijst.json >/dev/null
mkdir "$dir/stick"
for kiosk in one two; do
	at hub enrol invite "$dir/stick" --name "Kiosk $kiosk" 2>/dev/null
	at $kiosk enrol accept "$dir/stick" >/dev/null
	rm -r "$dir/stick"/*
	line $kiosk
done
line one two
alike "before the fire"

for said in yes no; do
	stop
	rm -rf "$dir/backup"
	cp -r "$dir/hub" "$dir/backup"
	start "$home"
	change hub "Na de kopie ($said)"
	change one "Door een ander ($said)"
	line one one
	stop
	rm -rf "$dir/hub"
	cp -r "$dir/backup" "$dir/hub"
	[ $said = no ] || at hub hub restored >/dev/null 2>&1
	start "$home"
	change one "Weer een ander ($said)"
	line one two one two one two
	alike "said $said"
	at hub devices | grep -q '^waits' && fail "the hub still waits, said $said"
	at two export "$dir/export.json"
	grep -q "Weer een ander ($said)" "$dir/export.json" || fail "the last word was lost, said $said"
done

# When all is said again, a sync is one question.
line one two one
grep -q '^requests 1 ' "$dir/out" || fail "a sync with nothing to say takes more: $(cat "$dir/out")"
