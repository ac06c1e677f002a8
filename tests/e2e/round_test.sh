#!/bin/sh
# A courier's round: a stick that is put into a kiosk at rest brings the list and takes along what
# was done there, without a touch; the screen says when it may go. The picture can be put away: the
# sill goes on telling. Behind the host's door the same by hand.
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
says() { grep -q "$2" "$work/out/$1.json" || die "$1 does not say: $2"; }

at hub hub create --name Buurtteam 2>/dev/null
at hub import assets/catalogue/buurtlijst.json >/dev/null
at hub enrol invite "$stick" --name Kiosk 2>/dev/null
at kiosk enrol accept "$stick" >/dev/null || die "the kiosk was not let in"
at hub bundle exchange "$stick" >/dev/null

# What the process that exchanges tells, line by line.
cp -r "$work/kiosk" "$work/other"
at other bundle exchange-told "$stick" >"$work/lines"
grep -q '^take 256 0 0$' "$work/lines" || die "it does not tell how far it is: $(cat "$work/lines")"
[ "$(tail -1 "$work/lines")" = "done 814 0 0" ] || die "it does not tell its end: $(cat "$work/lines")"
at other bundle exchange-told "$work/nowhere" >"$work/lines" 2>/dev/null && die "nowhere is no stick"
tail -1 "$work/lines" | grep -q '^failed ' || die "it does not tell that it failed"

# It comes in at rest: no touch, and the news is there.
cat >"$work/rest.play" <<'PLAY'
wait 1350
dump busy
wait 4000
expect round/ok
dump arrived
tap round/ok
wait 3000
dump after
PLAY
play "$work/rest.play"
says busy '"screen": *"round"'
says busy 'Laat de stick zitten'
says arrived 'Je kunt de stick eruit halen'
says arrived '814'
says after '"screen": *"attract"' # the same stick is not served twice
[ "$(at kiosk state)" = "$(at hub state)" ] || die "the list did not arrive"

# Who wants to use the kiosk puts the picture away, and it goes on.
sed 's/"tagline": *"[^"]*"/"tagline": "Kom er gewoon bij"/' assets/catalogue/buurtlijst.json >"$work/changed.json"
at hub import "$work/changed.json" >/dev/null
at hub bundle exchange "$stick" >/dev/null
cat >"$work/visit.play" <<'PLAY'
wait 1150
tap round/on
dump visit
wait 4000
dump done
tap start/what-is-on
dump on
PLAY
play "$work/visit.play"
says visit '"screen": *"start"'
says visit 'Laat de stick zitten'
says visit 'exchange/mark'
says done '"screen": *"start"'
says done 'Je kunt de stick eruit halen'
[ "$(at kiosk state)" = "$(at hub state)" ] || die "the stick was not served during the visit"
at kiosk export "$work/out.json"
grep -q 'Kom er gewoon bij' "$work/out.json" || die "the change did not arrive"

# A stick that refuses is told in a sentence, and left alone until it is out.
folder=$(echo "$stick"/buurtbord/*)
mv "$folder" "$folder.away"
: >"$folder"
cat >"$work/refuses.play" <<'PLAY'
wait 6000
dump refused
wait 20000
dump still
wait 60000
dump over
PLAY
play "$work/refuses.play" 2>/dev/null
rm "$folder"
mv "$folder.away" "$folder"
says refused 'Dat lukte niet'
says still 'Dat lukte niet'
says over '"screen": *"attract"'
