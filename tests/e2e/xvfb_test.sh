# Real clicks: an X server without a screen, the kiosk in a window on it, and a mouse that goes from
# the attract screen to the code of a sign-up. Where to click comes from the draw lists of a script
# that does the same. Reported: CPU ticks over ten idle seconds, memory (PSS). Asserted: the code
# can be read from a picture of the window, and no OpenGL or LLVM is mapped.
. tests/e2e/play.sh
need Xvfb xdotool import zbarimg python3 sqlite3
import -version 2>/dev/null | grep -q ImageMagick || skip "import is not ImageMagick's"
prefer_release
export ASAN_OPTIONS=detect_leaks=0 # what SDL and libdbus keep under X
unset WAYLAND_DISPLAY SDL_VIDEODRIVER

sample "$work/data" https://buurthuis.example
cp -r "$work/data" "$work/rehearsal"

# The steps, and where each stands on the screen: rehearsed by a script.
steps="attract start/what-is-on list/card/0 initiative/come signup-date/day/1 signup/next
signup-party/people/1 signup/next key/s key/a key/m signup/next key/0 key/6 key/1 key/2 key/3 key/4
key/5 key/6 key/7 key/8 signup/next signup-companion/no signup/next summary/yes"
number=0
for id in $steps; do
	number=$((number + 1))
	printf 'dump step-%02d\ntap %s\n' $number "$id"
done >"$work/rehearsal.play"
play "$work/rehearsal" "$work/rehearsal.play" "$work/steps" --size 1280x800 ||
	die "the rehearsal did not get through"
middle() { # STEP ID
	python3 -c 'import json, sys
node = next(n for n in json.load(open(sys.argv[1]))["nodes"] if n["id"] == sys.argv[2])
x, y, w, h = node["rect_px"]
print(x + w // 2, y + h // 2)' "$work/steps/step-$1.json" "$2"
}

server= kiosk=
finish() {
	[ -z "$kiosk" ] || kill "$kiosk" 2>/dev/null
	[ -z "$server" ] || kill "$server" 2>/dev/null
	wait 2>/dev/null
	rm -rf "$work"
}
trap finish EXIT

# The server takes a free display and says which.
Xvfb -displayfd 3 -screen 0 1280x800x24 3>"$work/display" >/dev/null 2>&1 &
server=$!
for _ in $(seq 100); do
	[ -s "$work/display" ] && break
	sleep 0.1
done
[ -s "$work/display" ] || skip "the X server does not start"
DISPLAY=:$(cat "$work/display")
export DISPLAY

"$KIOSK" --data "$work/data" --clock $clock --seed 1 --size 1280x800 --window \
	>"$work/kiosk.log" 2>&1 &
kiosk=$!
window=$(timeout 60 xdotool search --sync --onlyvisible --name '^Buurtbord$' | head -1)
[ -n "$window" ] || die "no window: $(cat "$work/kiosk.log")"
xdotool windowmove "$window" 0 0
sleep 1

picture() { import -silent -window "$window" "$1"; }

# A screen that has come to rest: two pictures after each other are the same.
rest() {
	for _ in $(seq 60); do
		sleep 0.25
		picture "$work/now.ppm"
		cmp -s "$work/now.ppm" "$work/before.ppm" && return
		cp "$work/now.ppm" "$work/before.ppm"
	done
}

number=0
for id in $steps; do
	number=$((number + 1))
	at=$(middle "$(printf %02d $number)" "$id") || die "no place for $id"
	xdotool mousemove ${at} mousedown 1
	sleep 0.06
	xdotool mouseup 1
	case $id in key/*) sleep 0.1 ;; *) rest ;; esac
done
picture "$work/done.png"
code=$(zbarimg -q --raw "$work/done.png" 2>/dev/null)
case $code in
HTTPS://BUURTHUIS.EXAMPLE/???????'#'??????????????????????????) echo "read from the window: $code" ;;
*)
	[ -z "${KEEP:-}" ] || cp "$work/done.png" "$KEEP"
	die "the window shows no code: '$code' $(cat "$work/kiosk.log")"
	;;
esac

! grep -iE 'libGL(X|ES|dispatch)?[.v-]|LLVM|libEGL|gallium|_dri\.so' "/proc/$kiosk/maps" ||
	die "OpenGL or LLVM is mapped"

ticks() { awk '{ sub(/^.*\) /, ""); print $12 + $13 }' "/proc/$kiosk/stat"; }
before=$(ticks)
sleep 10
after=$(ticks)
echo "ten idle seconds: $((after - before)) ticks of $(getconf CLK_TCK) a second"
awk '/^Pss:/ { pss = $2 } /^Pss_Anon/ { anon = $2 } END { print "memory: " pss " KB PSS, " anon \
	" KB of its own" }' "/proc/$kiosk/smaps_rollup"
kill "$kiosk"
wait "$kiosk" 2>/dev/null
kiosk=
[ "$(sqlite3 "$work/data/buurtbord.db" "SELECT count(*) FROM registration")" = 1 ] ||
	die "the sign-up was not saved"
