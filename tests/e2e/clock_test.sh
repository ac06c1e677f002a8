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

# look_at NAME TIME sure|unsure: starts at that time, wakes the kiosk, goes through the door and leaves
# it, which keeps house, and compares what is told and what is kept.
look_at() {
	walk_at=$2
	walk "$work/data" "$work/nowhere" "shot attract" "tap attract" "wait 500" "shot start" \
		"dump start" "$hold" "text $pin" "tap pin/next" "wait 500" "shot door" "dump door"
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
	looks_like door "De klok is niet zeker" 2>/dev/null || told=sure
	[ $told = "$3" ] || die "$1: the host is told that the time is $told"
	touch_node door bar/restart
	close_window
	[ "$(state)" = "$before" ] || die "$1: the state changed"
	[ "$(sealed)" = "$boxes" ] || die "$1: sealed sign-ups were erased"
	echo "$1: $3, all kept"
}

look_at 1-1970 1970-01-01T00:10:00Z unsure
look_at 2-right "$(date +%Y-%m-%dT%H:%M:%S%:z)" sure
look_at 3-2036 2036-07-10T12:00:00+02:00 unsure
look_at 4-right "$(date +%Y-%m-%dT%H:%M:%S%:z)" sure
