# For the scripts that are a host in front of a window, read after window.sh: a list with one meeting
# every day, keys on a stick, a PIN, and where everything stands.
pin=485719 passphrase='zjqvkx wqpbzg xkjvq'
name=bqxwzkvjpg number=0687341952

# Parts of what a host does, for walk.
hold="drag 20 20 20 20 3300"
give_pin="$hold
text $pin
tap pin/next"
choose_pin="$hold
text $pin
dump pin
tap pin/next
wait 200
text $pin
tap pin/next
dump door"
to_stick="find door/stick
dump door-stick
shot door-stick
tap door/stick"

# One meeting every day, for ever: the sample without its label, which would bring its own clock.
write_list() {
	python3 - assets/catalogue/buurtlijst.json >"$work/list.json" <<'PYTHON'
import json, sys
board = json.load(open(sys.argv[1]))
board["sample"] = False
board["initiatives"] = [i for i in board["initiatives"] if i["name"] == "Vrouwengroep"]
schedule = board["initiatives"][0]["schedules"][0]
schedule.update(rrule="FREQ=DAILY", exdate=[], exceptions=[])
json.dump(board, sys.stdout)
PYTHON
}

import_list() { # DATA
	"$BUURTCTL" --data "$1" import "$work/list.json" >/dev/null || die "no list"
}

create_keys() { # DIR
	printf '%s\n' "$passphrase" | "$BUURTCTL" keys create "$1" >/dev/null 2>&1 || die "no keys"
}

# walk DATA STICK LINE...: plays on a copy of DATA, as it is now, and leaves draw lists and pictures
# in $work/walk. The clock stands at $walk_at, or at this moment.
walk_at=
walk() {
	rm -rf "$work/walked"
	cp -r "$1" "$work/walked"
	rm -f "$work/walked/starts" # the other kiosk did not crash
	stick=$2
	shift 2
	printf '%s\n' "$@" >"$work/walk.play"
	"$KIOSK" --data "$work/walked" --stick "$stick" --seed 1 \
		--clock "${walk_at:-$(date +%Y-%m-%dT%H:%M:%S%:z)}" --play "$work/walk.play" \
		--out "$work/walk" --size 1280x800 || die "the rehearsal did not get through"
}

# A sign-up, typed by keys: from attract to attract. Its places come from one walk.
sign_up_steps="attract start/what-is-on list/card/0 initiative/come signup-date/day/1 signup/next
signup-party/people/1 signup/next TYPE-NAME signup/next TYPE-NUMBER signup/next signup-companion/no
signup/next summary/yes done/finish"

rehearse_sign_up() {
	rm -rf "$work/practice"
	mkdir "$work/practice"
	import_list "$work/practice"
	count=0
	for id in $sign_up_steps; do
		count=$((count + 1))
		case $id in
		TYPE-NAME) echo "text $name" ;;
		TYPE-NUMBER) echo "text $number" ;;
		*) printf 'dump sign-up-%02d\ntap %s\n' $count "$id" ;;
		esac
	done >"$work/sign-up.play"
	walk "$work/practice" "$work/nowhere" "$(cat "$work/sign-up.play")"
	rm -rf "$work/practice"
	cp -r "$work/walked" "$work/practice"
}

touch_node() { # DUMP ID
	at=$(middle "$work/walk/$1.json" "$2") || die "no place for $2"
	touch_at "$2" $at
}

type_text() {
	xdotool type --delay 60 "$1"
	sleep 0.3
}

sign_up() {
	count=0
	for id in $sign_up_steps; do
		count=$((count + 1))
		case $id in
		TYPE-NAME) type_text "$name" ;;
		TYPE-NUMBER) type_text "$number" ;;
		*) touch_node "sign-up-$(printf %02d $count)" "$id" ;;
		esac
	done
}

# Where a host goes, with what is in $work/practice: pin, door, restart, stick, keys.
rehearse_door() { # STICK KEY_STICK
	walk "$work/practice" "$1" "$choose_pin" "$to_stick" "dump stick" "tap stick/take-along" \
		"wait 2000" "dump took" "shot took" "tap stick/ok" "tap bar/back" \
		"find door/restart" "dump door-restart" "shot door-restart"
	walk "$work/practice" "$2" "$choose_pin" "$to_stick" "dump keys" "tap stick/read" \
		"dump call-key"
}

# Turns the pages behind the door until the entry is there, and touches it: stick, restart.
choose_entry() {
	for _ in $(seq 8); do
		looks_like "door-$1" "door/$1" && break
		touch_node door door/list/down
	done
	touch_node "door-$1" "door/$1"
}

hold_corner() {
	xdotool mousemove 20 20 mousedown 1
	sleep 3.4
	xdotool mouseup 1
	rest
}

enter_pin() { # DIGITS
	type_text "$1"
	touch_node pin pin/next
}

open_kiosk() { # DATA STICK [OPTION...]
	data=$1 stick=$2
	shift 2
	"$KIOSK" --data "$data" --stick "$stick" --size 1280x800 --window "$@" 2>"$work/kiosk.log" &
	kiosk=$!
	find_window
}

# After a restart: the same process, and a window that it did not have before.
find_window_again() {
	for _ in $(seq 100); do
		[ "$(grep -c '^panel' "$work/kiosk.log")" = 2 ] && break
		sleep 0.2
	done
	kill -0 "$kiosk" || die "the kiosk did not come back: $(cat "$work/kiosk.log")"
	[ "$(grep -c '^panel' "$work/kiosk.log")" = 2 ] || die "the kiosk did not start again"
	find_window
}

# Touches nothing, after what took long: a kiosk that asks whether somebody is there stops asking.
stay() {
	touch_at nothing 700 560
}

keep() { # NAME: the window as it looks now, for who wants to see it
	mkdir -p "$shots"
	picture "$shots/$1.png"
}

# looks_like NAME WORDS: whether the window shows the node with those words, or that id, exactly as
# the picture of a walk does.
looks_like() {
	picture "$work/now.ppm"
	convert "$work/now.ppm" -depth 8 "$work/shown.ppm"
	convert "$work/walk/$1.png" -depth 8 "$work/wanted.ppm"
	python3 - "$work/shown.ppm" "$work/wanted.ppm" "$work/walk/$1.json" "$2" <<'PYTHON'
import json, sys

def pixels(path):
    data = open(path, "rb").read()
    width, height, most = map(int, data.split(None, 4)[1:4])
    assert most == 255
    return width, data[-width * height * 3:]

(width, now), (_, wanted) = pixels(sys.argv[1]), pixels(sys.argv[2])
assert len(now) == len(wanted)
nodes = [n for n in json.load(open(sys.argv[3]))["nodes"]
         if n["id"] == sys.argv[4] or sys.argv[4] in n["label"]]
assert nodes, "the walk does not show " + sys.argv[4]
for x, y, w, h in (node["rect_px"] for node in nodes):
    rows = [slice(((y + i) * width + x) * 3, ((y + i) * width + x + w) * 3) for i in range(h)]
    assert len({wanted[row][i:i + 3] for row in rows for i in range(0, w * 3, 3)}) > 2, "no ink"
    if any(now[row] != wanted[row] for row in rows):
        sys.exit(1)
PYTHON
}

wait_for() { # NAME WORDS: until the window looks like that
	for _ in $(seq 40); do
		looks_like "$1" "$2" && return
		sleep 0.5
	done
	die "the window does not show $2: $(cat "$work/kiosk.log")"
}
