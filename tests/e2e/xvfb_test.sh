# Real clicks: an X server without a screen, the kiosk in a window on it, and a mouse that goes from
# the attract screen to the code of a sign-up. Where to click comes from the draw lists of a script
# that does the same. Reported: CPU ticks over ten idle seconds, memory (PSS). Asserted: the code
# can be read from a picture of the window, and no OpenGL or LLVM is mapped.
. tests/e2e/play.sh
. tests/e2e/window.sh
need zbarimg python3 sqlite3
prefer_release
export ASAN_OPTIONS=detect_leaks=0 # what SDL and libdbus keep under X

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
open_display
"$KIOSK" --data "$work/data" --clock $clock --seed 1 --size 1280x800 --window \
	>"$work/kiosk.log" 2>&1 &
kiosk=$!
find_window

number=0
for id in $steps; do
	number=$((number + 1))
	at=$(middle "$work/steps/step-$(printf %02d $number).json" "$id") || die "no place for $id"
	touch_at "$id" $at
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
close_window
[ "$(sqlite3 "$work/data/buurtbord.db" "SELECT count(*) FROM registration")" = 1 ] ||
	die "the sign-up was not saved"
