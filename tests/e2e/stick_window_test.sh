# A stick comes while somebody types: what is typed stays, the sill tells, and the typing goes on. One
# is pulled while it is being read: one sentence, and the next one is served as if nothing had been.
# In a window with a mouse; where to touch comes from the draw lists of a script that does the same.
. tests/e2e/play.sh
. tests/e2e/window.sh
need python3 sqlite3 mkfifo
prefer_release
export ASAN_OPTIONS=detect_leaks=0 # what SDL and libdbus keep under X
at() { who=$1; shift; "$BUURTCTL" --data "$work/$who" "$@"; }

# A hub, and a kiosk that has its list; then something changes at the hub.
stick=$work/stick
mkdir "$stick"
at hub hub create --name Buurtteam 2>/dev/null || die "no hub"
at hub import assets/catalogue/buurtlijst.json >/dev/null
at hub enrol invite "$stick" --name Kiosk 2>/dev/null
at data enrol accept "$stick" >/dev/null || die "the kiosk was not let in"
at hub bundle exchange "$stick" >/dev/null
at data bundle exchange "$stick" >/dev/null
sed 's/"tagline": *"[^"]*"/"tagline": "Kom er gewoon bij"/' assets/catalogue/buurtlijst.json >"$work/changed.json"
at hub import "$work/changed.json" >/dev/null
at hub bundle exchange "$stick" >/dev/null
mv "$stick" "$work/pocket"
cp -r "$work/data" "$work/rehearsal"

steps="attract start/what-is-on list/card/0 initiative/come signup-date/day/1 signup/next
signup-party/people/1 signup/next key/s key/a key/m"
number=0
for id in $steps key/i; do
	number=$((number + 1))
	printf 'dump step-%02d\ntap %s\n' $number "$id"
done >"$work/rehearsal.play"
play "$work/rehearsal" "$work/rehearsal.play" "$work/steps" --size 1280x800 ||
	die "the rehearsal did not get through"
touch_step() { # NUMBER ID
	at=$(middle "$work/steps/step-$(printf %02d "$1").json" "$2") || die "no place for $2"
	touch_at "$2" $at
}
part() { # FILE GEOMETRY: what of the window is in there
	picture "$work/whole.png"
	convert "$work/whole.png" -crop "$2" +repage "$1"
}
form=1280x660+0+0 sill=1280x130+0+670
differ() { [ "$(compare -metric AE "$1" "$2" null: 2>&1 | cut -d' ' -f1)" -gt "$3" ]; }
await_sill() { # NAME: until the sill is no longer as in NAME.png
	for _ in $(seq 100); do
		part "$work/sill.png" $sill
		differ "$work/$1.png" "$work/sill.png" 200 && return
		sleep 0.1
	done
	die "the sill stays as it is ($1): $(cat "$work/kiosk.log")"
}

open_display
"$KIOSK" --data "$work/data" --clock $clock --seed 1 --size 1280x800 --window --stick "$stick" \
	>"$work/kiosk.log" 2>&1 &
kiosk=$!
find_window
number=0
for id in $steps; do
	number=$((number + 1))
	touch_step $number "$id"
done
sleep 1
part "$work/typed.png" $form
part "$work/quiet.png" $sill

# It comes.
mv "$work/pocket" "$stick"
await_sill quiet
for _ in $(seq 100); do
	[ "$(at data state)" = "$(at hub state)" ] && break
	sleep 0.2
done
[ "$(at data state)" = "$(at hub state)" ] || die "the change did not arrive: $(cat "$work/kiosk.log")"
sleep 1
part "$work/still.png" $form
differ "$work/typed.png" "$work/still.png" 20 && die "the form is not as it was"
touch_step 12 key/i
sleep 1
part "$work/more.png" $form
differ "$work/typed.png" "$work/more.png" 20 || die "typing does not go on"
part "$work/told.png" $sill
[ -z "${KEEP:-}" ] || cp "$work/whole.png" "$KEEP-told.png"

# It goes, and the sill is quiet again.
mv "$stick" "$work/pocket"
await_sill told
for _ in $(seq 50); do
	part "$work/sill.png" $sill
	differ "$work/quiet.png" "$work/sill.png" 200 || break
	sleep 0.1
done
differ "$work/quiet.png" "$work/sill.png" 200 && die "the sill is not quiet again"

# Another one, which is pulled while it is being read: there the reading waits for ever.
mkdir "$work/second"
cp -r "$work/pocket/buurtbord" "$work/second"
folder=$(echo "$work"/second/buurtbord/*)
down=$(echo "$folder"/down-*.bbf | cut -d' ' -f1)
mkfifo "${down%.bbf}-wait.bbf"
mv "$work/second" "$stick"
await_sill quiet
sleep 1
pgrep -P $kiosk >/dev/null || die "nothing reads the stick"
part "$work/busy.png" $sill
mv "$stick" "$work/second"
await_sill busy
[ -z "${KEEP:-}" ] || cp "$work/whole.png" "$KEEP-pulled.png"
sleep 2
! pgrep -P $kiosk >/dev/null || die "something still reads a stick that is gone"
part "$work/after.png" $form
differ "$work/more.png" "$work/after.png" 20 && die "a stick that is pulled changes the form"
part "$work/pulled.png" $sill

# The first one again.
mv "$work/pocket" "$stick"
await_sill pulled
sleep 3
part "$work/again.png" $sill
differ "$work/told.png" "$work/again.png" 200 && die "the stick after a pulled one is not served"
close_window
