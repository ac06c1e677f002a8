#!/bin/sh
# Two kiosks and a hub that only a stick connects, with the program that staff use: one list and one
# state everywhere, and a second invitation lets in a second device only.
set -eu
ctl=$BUILD/buurtctl
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
stick=$dir/stick
mkdir "$stick"
fail() { printf '%s\n' "$*" >&2; exit 1; }
at() { who=$1; shift; "$ctl" --data "$dir/$who" "$@"; }

at hub hub create --name Buurtteam 2>/dev/null
at hub import assets/catalogue/buurtlijst.json >/dev/null
at one bundle exchange "$stick" 2>/dev/null && fail "a stranger exchanged"
at one enrol accept "$stick" 2>/dev/null && fail "an empty stick let a kiosk in"
for kiosk in one two; do
	at hub enrol invite "$stick" --name "Kiosk $kiosk" 2>/dev/null
	[ "$(at $kiosk enrol accept "$stick")" = "organisation Buurtteam" ] || fail "$kiosk not in"
	at hub bundle exchange "$stick" >"$dir/out"
	grep -q 'devices 1 ' "$dir/out" || fail "the hub let nobody in: $(cat "$dir/out")"
	at $kiosk bundle exchange "$stick" >/dev/null
done

# A change on one kiosk reaches the other in one round.
sed 's/"tagline": *"[^"]*"/"tagline": "Kom er gewoon bij"/' assets/catalogue/buurtlijst.json >"$dir/changed.json"
at one import "$dir/changed.json" >/dev/null
[ "$(at one state)" != "$(at two state)" ] || fail "the change changed nothing"
for who in one hub two hub one; do
	at $who bundle exchange "$stick" >"$dir/out" 2>"$dir/err" || fail "$who: $(cat "$dir/err")"
	[ ! -s "$dir/err" ] || fail "$who complained: $(cat "$dir/err")"
done
state=$(at hub state)
for who in one two; do
	[ "$(at $who state)" = "$state" ] || fail "$who differs from the hub"
	[ "$(at $who rebuild)" = "$state" ] || fail "$who folds to another state"
	at $who devices | grep -q '^pending 0$' || fail "$who still has something to say"
done
at two export "$dir/out.json"
grep -q 'Kom er gewoon bij' "$dir/out.json" || fail "the change did not arrive"

# What is left on the stick after the last round: nothing of a kiosk's, for the hub has it all.
[ -z "$(find "$stick" -name 'up-*')" ] || fail "sent files stay on the stick"
[ "$(find "$stick" -name 'down-*' | wc -l)" -le 2 ] || fail "old bundles pile up"
[ -z "$(find "$stick" -name '*.part')" ] || fail "unfinished files stay on the stick"

# Another organisation's stick, a torn file and noise are left alone.
at other hub create --name Anderen 2>/dev/null
at other enrol invite "$stick" --name Vreemd 2>/dev/null
for file in $(find "$stick" -name 'down-*'); do head -c 1000 /dev/urandom >"$file"; done
: >"$(dirname "$file")/down-0000000000000000-000000000001.bbf"
at one bundle exchange "$stick" >/dev/null 2>"$dir/err" || fail "noise stopped a kiosk: $(cat "$dir/err")"
[ "$(at one state)" = "$state" ] || fail "noise changed something"
