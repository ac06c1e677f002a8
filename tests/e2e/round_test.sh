#!/bin/sh
# A courier's round: a stick that is put into a kiosk at rest brings the list and takes along what
# was done there, without a touch; the screen says when it may go. Behind the host's door the same by
# hand, and an invitation.
. tests/e2e/play.sh
ctl=$BUILD/buurtctl
stick=$work/stick
mkdir "$stick"
at() { who=$1; shift; "$ctl" --data "$work/$who" "$@"; }
play() { # SCRIPT [OPTION...]
	script=$1
	shift
	"$KIOSK" --data "$work/kiosk" --clock 2026-12-01T09:10:00+01:00 --seed 1 --size 1280x800 \
		--stick "$stick" --play "$script" --out "$work/out" "$@" || die "the walk of $script failed"
}

at hub hub create --name Buurtteam 2>/dev/null
at hub import assets/catalogue/buurtlijst.json >/dev/null
at hub enrol invite "$stick" --name Kiosk 2>/dev/null
at kiosk enrol accept "$stick" >/dev/null || die "the kiosk was not let in"
at hub bundle exchange "$stick" >/dev/null

# It comes in at rest: no touch, and the news is there.
cat >"$work/rest.play" <<'PLAY'
wait 3000
expect stick/ok
dump arrived
tap stick/ok
wait 3000
dump after
PLAY
play "$work/rest.play"
grep -q '"screen": *"round"' "$work/out/arrived.json" || die "nothing was noticed"
grep -q 'wijzigingen zijn nieuw' "$work/out/arrived.json" || die "it does not say what is new"
grep -q '"screen": *"attract"' "$work/out/after.json" || die "the same stick is served twice"
[ "$(at kiosk state)" = "$(at hub state)" ] || die "the list did not arrive"

# Nobody's visit is interrupted; when it is over, the stick has its turn.
sed 's/"tagline": *"[^"]*"/"tagline": "Kom er gewoon bij"/' assets/catalogue/buurtlijst.json >"$work/changed.json"
at hub import "$work/changed.json" >/dev/null
at hub bundle exchange "$stick" >/dev/null
cat >"$work/visit.play" <<'PLAY'
touch 20 20
wait 3000
dump visit
wait 200000
dump arrived
PLAY
play "$work/visit.play"
grep -q '"screen": *"start"' "$work/out/visit.json" || die "a visit was interrupted"
[ "$(at kiosk state)" = "$(at hub state)" ] || die "the stick was not served after the visit"
at kiosk export "$work/out.json"
grep -q 'Kom er gewoon bij' "$work/out.json" || die "the change did not arrive"

# Nothing new is said too.
play "$work/rest.play"
grep -q 'Alles was al gelijk' "$work/out/arrived.json" || die "it does not say that all was the same"
