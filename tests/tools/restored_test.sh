#!/bin/sh
# A hub burns down and goes on from a backup that is older than what its kiosks know. By stick alone
# it gets back what it lost, also what its own staff did; nobody loses anything, and no number is
# given twice. Once somebody says that it was put back, and once nobody does.
set -eu
ctl=$BUILD/buurtctl
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
stick=$dir/stick
mkdir "$stick"
fail() { printf '%s\n' "$*" >&2; exit 1; }
at() { who=$1; shift; "$ctl" --data "$dir/$who" "$@"; }
round() {
	for who in "$@"; do
		at "$who" bundle exchange "$stick" >"$dir/out" 2>"$dir/err" || fail "$who: $(cat "$dir/err")"
	done
}
# change WHO TEXT: staff change a line of the list.
change() {
	sed "0,/\"tagline\": *\"[^\"]*\"/s//\"tagline\": \"$2\"/" assets/catalogue/buurtlijst.json >"$dir/changed.json"
	at "$1" import "$dir/changed.json" >/dev/null
}
says() { at "$1" export "$dir/export.json" && grep -q "$2" "$dir/export.json"; }
alike() {
	state=$(at hub state)
	for who in one two; do
		[ "$(at $who state)" = "$state" ] || fail "$who differs from the hub, $1"
		[ "$(at $who rebuild)" = "$state" ] || fail "$who folds to another state, $1"
		at $who devices | grep -q '^pending 0$' || fail "$who still has something to say, $1"
	done
	[ "$(at hub rebuild)" = "$state" ] || fail "the hub folds to another state, $1"
}

at hub hub create --name Buurtteam 2>/dev/null
at hub import assets/catalogue/buurtlijst.json >/dev/null
for kiosk in one two; do
	at hub enrol invite "$stick" --name "Kiosk $kiosk" 2>/dev/null
	at $kiosk enrol accept "$stick" >/dev/null
	round hub $kiosk
done
round one two hub one two
alike "before the fire"
at one hub restored 2>/dev/null && fail "a kiosk was put back as a hub"

for said in yes no; do
	rm -rf "$dir/backup"
	cp -r "$dir/hub" "$dir/backup"
	change hub "Na de kopie ($said)"
	round hub one
	change one "Door een ander ($said)"
	round one hub one
	says one "Door een ander ($said)" || fail "the change is not on the kiosk"
	rm -rf "$dir/hub" "$stick"/*
	cp -r "$dir/backup" "$dir/hub"
	says hub "($said)" && fail "the hub lost nothing: this test looks at nothing"
	if [ $said = yes ]; then
		[ "$(at hub hub restored 2>/dev/null)" = "waits for 2" ] || fail "it waits for nobody"
		change hub "Ondertussen"
	fi
	change two "Van twee"
	change one "Weer een ander ($said)"
	round hub one two hub one two hub
	at hub devices | grep -q 'put back to an earlier day' || fail "staff are not told, said $said"
	round one two hub one two hub one two
	alike "said $said"
	at hub devices | grep -q '^waits' && fail "the hub still waits, said $said"
	says one "Weer een ander ($said)" || fail "the last word was lost, said $said"
done

# One kiosk is gone for ever: the hub waits until somebody says so.
at hub hub restored >/dev/null 2>&1
round hub one hub one hub
at hub devices | grep -q '^waits for 1$' || fail "the hub does not wait for the other one"
at hub hub resume
at hub devices | grep -q '^waits' && fail "the hub waits on"
exit 0
