# The clock of a kiosk with real keys begins in 1970, is right, and then says 2036, each time after
# another start on the same data: nothing is erased, nothing is lost, and residents and the host are
# told. The machine's clock is faked beneath the program (libfaketime), for a simulated one takes no
# real sign-ups. Pictures stay in clock-e2e of the build.
. tests/e2e/play.sh
. tests/e2e/window.sh
. tests/e2e/host.sh
need python3 convert sqlite3
prefer_release
! ldd "$KIOSK" | grep -q libasan || skip "sanitizers bring their own clock"
fake_time=$(ls /usr/lib/*/faketime/libfaketime.so.1 2>/dev/null) || skip "there is no libfaketime"
shots=$BUILD/clock-e2e
rm -rf "$shots"

write_list
mkdir "$work/key-stick" "$work/walk-stick"
create_keys "$work/key-stick"
rehearse_sign_up
rehearse_door "$work/walk-stick" "$work/key-stick"
import_list "$work/data"
"$BUURTCTL" --data "$work/data" registrations open "$work/key-stick/org-keys.pub" >/dev/null ||
	die "registrations do not open"

open_display
open_kiosk "$work/data" "$work/stick"
sign_up
hold_corner
enter_pin $pin
enter_pin $pin
close_window

state() { "$BUURTCTL" --data "$work/data" state; }
sealed() { sqlite3 "$work/data/buurtbord.db" "SELECT count(*), sum(length(box)) FROM sealed"; }
before=$(state) boxes=$(sealed)
case $boxes in 1\|*) ;; *) die "not one sealed sign-up: $boxes" ;; esac

# visit NAME TIME sure|unsure: starts at that time, wakes the kiosk, goes through the door and leaves
# it, which keeps house. Compares what residents and the host are told.
visit() {
	walk_at=$2
	walk "$work/data" "$work/nowhere" "shot attract" "tap attract" "wait 500" "shot start" \
		"dump start" "$give_pin" "wait 500" "shot door" "dump door"
	DONT_FAKE_MONOTONIC=1 FAKETIME="@$(date -d "$2" '+%Y-%m-%d %H:%M:%S')" LD_PRELOAD=$fake_time \
		"$KIOSK" --data "$work/data" --stick "$work/stick" --size 1280x800 --window \
		2>"$work/kiosk.log" &
	kiosk=$!
	find_window
	touch_node sign-up-01 attract
	keep "$1-start"
	told=unsure
	looks_like start "Tijd onzeker" 2>/dev/null || told=sure
	[ $told = "$3" ] || die "$1: residents are told that the time is $told"
	hold_corner
	enter_pin $pin
	keep "$1-door"
	told=unsure
	looks_like door door/clock-set 2>/dev/null || told=sure
	[ $told = "$3" ] || die "$1: the host is asked about a time that is $told"
	touch_node door bar/restart
	close_window
}

now=$(date +%Y-%m-%dT%H:%M:%S%:z)
for look in "1-1970 1970-01-01T00:10:00Z unsure" "2-right $now sure" \
	"3-2036 2036-07-10T12:00:00+02:00 unsure" "4-right $now sure"; do
	visit $look
	[ "$(state)" = "$before" ] || die "$look: the state changed"
	[ "$(sealed)" = "$boxes" ] || die "$look: sealed sign-ups were erased"
	echo "$look: all kept"
done

# The same look at a time that can be: what has expired is erased.
visit 5-later "$(date -d '100 days' +%Y-%m-%dT%H:%M:%S%:z)" sure
[ "$(sealed)" = "0|" ] || die "after a hundred days the sign-up is still there: $(sealed)"
