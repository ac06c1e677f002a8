#!/bin/sh
# A kiosk is stolen: staff strike it off, with what `buurtctl devices` shows. What it had said by then
# counts, what it says later is put aside and named, the other kiosk and the hub go on as one; and
# when it is found again it is believed again.
set -eu
ctl=$BUILD/buurtctl
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
stick=$dir/stick
mkdir "$stick"
fail() { printf '%s\n' "$*" >&2; exit 1; }
at() {
	at=$1
	shift
	"$ctl" --data "$dir/$at" "$@"
}
by_stick() {
	for by; do at "$by" bundle exchange "$stick" >"$dir/out" 2>"$dir/err" || fail "$by: $(cat "$dir/err")"; done
}
tagline() { # KIOSK TEXT
	sed "s/\"tagline\": *\"[^\"]*\"/\"tagline\": \"$2\"/" assets/catalogue/buurtlijst.json >"$dir/changed.json"
	at "$1" import "$dir/changed.json" >/dev/null
}
has() { # WHO TEXT
	at "$1" export "$dir/list.json"
	grep -q "$2" "$dir/list.json"
}

at hub hub create --name Buurtteam 2>/dev/null
at hub import assets/catalogue/buurtlijst.json >/dev/null
for kiosk in one two; do
	at hub enrol invite "$stick" --name "Kiosk $kiosk" 2>/dev/null
	at $kiosk enrol accept "$stick" >/dev/null
	by_stick hub $kiosk
done
tagline one 'Voor de diefstal'
by_stick one hub two
has two 'Voor de diefstal' || fail "the change did not travel"
line=$(at hub devices | grep 'Kiosk one')
device=$(echo "$line" | cut -d' ' -f2)
after=$(echo "$line" | cut -d' ' -f3)

! at hub devices revoke 0123456789abcdef 2>"$dir/err" || fail "struck off who is not there"
grep -q 'no device of that name' "$dir/err" || fail "$(cat "$dir/err")"
! at two devices revoke "$device" 2>/dev/null || fail "a kiosk struck off another"
rc=0; at hub devices revoke "$device" --after gisteren 2>/dev/null || rc=$?
[ "$rc" = 2 ] || fail "--after took a word"
at hub devices revoke "$device" --after "$after" >"$dir/said" || fail "not struck off"
grep -q "the seats it gave out are the hub's" "$dir/said" || fail "$(cat "$dir/said")"
at hub devices | grep -q '(struck off)' || fail "the list does not say so"

tagline one 'Van de dief'
by_stick one hub two
grep -q Refused "$dir/err" && fail "the other kiosk was refused: $(cat "$dir/err")"
has hub 'Voor de diefstal' || fail "what it had said before is gone"
for board in hub two; do ! has $board 'Van de dief' || fail "$board believes a thief"; done
at hub devices | grep -q "^aside $device [1-9][0-9]* changes" || fail "nobody hears of it: $(at hub devices)"
at hub devices | grep -q "^notice $device it came although it was struck off" || fail "no notice"
[ "$(at hub state)" = "$(at two state)" ] || fail "hub and kiosk differ"
by_stick one
at one devices | grep -q 'this one was struck off' || fail "it does not know itself"

at hub devices trust "$device" >/dev/null || fail "not believed again"
by_stick hub one hub two one
has two 'Van de dief' || fail "what it kept did not come"
! at hub devices | grep -q '^aside' || fail "something is aside still"
[ "$(at hub state)" = "$(at one state)" ] || fail "they did not come together"
