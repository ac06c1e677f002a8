# What a resident typed is gone when the visit ends: a release build with real keys, in a window on
# an X server, by real keys and by keys on the glass. Then all writable memory of the program, and
# all files that it could write, are searched for six characters in a row of name, number, code and
# link. The same search has to find them during the visit, and after it in a kiosk whose wiping is
# switched off (keep_typed.c). The same goes for what was searched for, for the PIN of the host, and
# for the call list and its passphrase once the stick is pulled.
. tests/e2e/play.sh
. tests/e2e/window.sh
need zbarimg python3
prefer_release
[ -x "$KIOSK" ] || skip "no kiosk was built"
! ldd "$KIOSK" | grep -q libasan || skip "sanitizers keep what was freed: tests/run makes a release"
[ -r /proc/self/mem ] || skip "memory cannot be read"
scan="$BUILD/tests/scan_typed -f assets/fonts/Andika-Regular.ttf -f assets/fonts/Andika-Bold.ttf"
export HOME="$work/home" TMPDIR="$work/tmp" XDG_DATA_HOME="$work/home" XDG_CACHE_HOME="$work/home"
mkdir "$HOME" "$TMPDIR" "$work/cwd"

# Keys on the glass make the first letter large, hence ten letters. The number is drawn in pairs.
by_keys=bqxwzkvjpg on_glass=vzjkqxwbgp number=0687341952
query=wjqvzkxbgd pin=48571936 passphrase=zqvjxwkbgpdz
words="$by_keys $on_glass zjkqxwbgp $number 06_87_34_19_52 +31687341952 $query $pin $passphrase"
words() { # with the blanks of the drawn number, and more words
	for word in $words "$@"; do printf '%s\n' "$word" | tr _ ' '; done
}
look() { # TARGET [WORD...]: says what it finds
	target=$1
	shift
	words "$@" | tr '\n' '\0' | xargs -0 $scan "$target" 2>>"$work/looked"
}

# One meeting every day, for ever: the sample without its label, which would bring its own clock.
python3 - assets/catalogue/buurtlijst.json >"$work/list.json" <<'PYTHON'
import json, sys
board = json.load(open(sys.argv[1]))
board["sample"] = False
board["initiatives"] = [i for i in board["initiatives"] if i["name"] == "Vrouwengroep"]
schedule = board["initiatives"][0]["schedules"][0]
schedule.update(rrule="FREQ=DAILY", exdate=[], exceptions=[])
json.dump(board, sys.stdout)
PYTHON
for data in data rehearsal; do
	"$BUURTCTL" --data "$work/$data" import "$work/list.json" >/dev/null || die "no list"
	echo "link_base = https://buurthuis.example" >"$work/$data/buurtbord.conf"
done
echo $passphrase | "$BUURTCTL" keys create "$work/stick" >/dev/null 2>&1 || die "no keys"
"$BUURTCTL" --data "$work/data" registrations open "$work/stick/org-keys.pub" >/dev/null ||
	die "registrations do not open"

# Where everything stands: a rehearsal by script. $by_keys is typed in the first half.
letters() { echo "$1" | sed 's/./key\/& /g'; }
steps="attract start/what-is-on list/card/0 initiative/come signup-date/day/1 signup/next
signup-party/people/1 signup/next $(letters $on_glass) signup/next $(letters $number) signup/next
signup-companion/no signup/next summary/yes done/finish"
count=0
for id in $steps; do
	count=$((count + 1))
	printf 'dump step-%02d\ntap %s\n' $count "$id"
done >"$work/rehearsal.play"
# Then somebody searches, and the host comes in with the stick.
search="attract start/what-is-on list/search bar/restart"
host="door/list/down door/stick stick/read"
for id in $search; do
	count=$((count + 1))
	printf 'dump step-%02d\ntap %s\n' $count "$id"
done >>"$work/rehearsal.play"
printf 'drag 5 5 5 5 3300\ntext %s\nkey Enter\ntext %s\nkey Enter\n' $pin $pin >>"$work/rehearsal.play"
for id in $host; do
	count=$((count + 1))
	printf 'wait 1200\ndump step-%02d\ntap %s\n' $count "$id"
done >>"$work/rehearsal.play"
mkdir "$work/usb"
cp "$work/stick/buurtbord-keys.secret" "$work/usb"
"$KIOSK" --data "$work/rehearsal" --stick "$work/usb" --seed 1 --play "$work/rehearsal.play" --out "$work/steps" \
	--size 1280x800 || die "the rehearsal did not get through"
python3 - "$work/steps" $steps $search $host >"$work/places" <<'PYTHON'
import json, sys
for number, id in enumerate(sys.argv[2:], 1):
    nodes = json.load(open("%s/step-%02d.json" % (sys.argv[1], number)))["nodes"]
    x, y, w, h = next(n for n in nodes if n["id"] == id)["rect_px"]
    print(id, x + w // 2, y + h // 2)
PYTHON

open_display

start() { # [PRELOAD]
	(cd "$work/cwd" && LD_PRELOAD=${1:-} exec "$KIOSK" --data "$work/data" --stick "$work/usb" \
		--size 1280x800 --window 2>"$work/kiosk.log") &
	kiosk=$!
	find_window
	dd if="/proc/$kiosk/mem" count=0 2>/dev/null || skip "only root may look into a kiosk"
}

# From attract to the code. The name is typed by keys or on the glass; the number the other way.
sign_up() { # keys|glass
	part=before
	while read -r id x y; do
		case $part$id in
		beforekey/*) part=name ;;
		namesignup/next) part=between ;;
		betweenkey/*) part=number ;;
		numbersignup/next) part=after ;;
		afterdone/finish) return ;;
		esac
		case $1-$part-$id in
		keys-name-key/b) xdotool type --delay 60 "$by_keys" && sleep 0.3 ;;
		keys-name-key/*) ;;
		glass-number-key/0) xdotool type --delay 60 "$number" && sleep 0.3 ;;
		glass-number-key/*) ;;
		*) touch_at "$id" "$x" "$y" ;;
		esac
	done <"$work/places"
}

end_visit() {
	touch_at $(grep '^done/finish ' "$work/places")
	xdotool mousemove 640 10
	sleep 1
}

touch_id() {
	touch_at $(grep "^$1 " "$work/places" | tail -1)
}

type_keys() {
	xdotool type --delay 60 "$1"
	sleep 0.3
}

seek() {
	for id in attract start/what-is-on list/search; do
		touch_id $id
	done
	type_keys $query
}

# Three seconds in the corner, and the PIN as it is asked for.
come_in() { # [TIMES]
	xdotool mousemove 5 5 mousedown 1
	sleep 3.4
	xdotool mouseup 1
	rest
	for _ in $(seq ${1:-1}); do
		type_keys $pin
		[ -z "${during-}" ] || found $pin "while it is typed"
		xdotool key Return
		sleep 3
		rest
	done
}

open_calls() {
	touch_id door/list/down
	touch_id door/stick
	sleep 1
	touch_id stick/read
	type_keys $passphrase
	[ -z "${during-}" ] || found $passphrase "while it is typed"
	xdotool key Return
	sleep 3
	rest
}

pull() {
	mv "$work/usb" "$work/pulled"
	sleep 2
	rest
}

found() { # WORD WHEN
	! $scan "$kiosk" "$1" >/dev/null 2>&1 || die "$1 is not found $2"
}

# The code and the token of the link: from the picture, and from the locked page of the visit.
secrets() {
	picture "$work/done.png"
	token=$(zbarimg -q --raw "$work/done.png" 2>/dev/null | sed 's/.*#//')
	[ ${#token} = 26 ] || die "no link can be read"
	code=$(python3 - "$kiosk" <<'PYTHON'
import re, sys
pid, found = sys.argv[1], set()
with open("/proc/%s/mem" % pid, "rb") as memory:
    at = None
    for line in open("/proc/%s/smaps" % pid):
        span = re.match(r"([0-9a-f]+)-([0-9a-f]+) ", line)
        if span:
            at, end = (int(x, 16) for x in span.groups())
        if line.startswith("VmFlags:") and " lo" in line and " dd" in line:
            memory.seek(at)
            found |= set(re.findall(rb"\0([23456789CDFHJKMNPRTVWXY]{8})\0", memory.read(end - at)))
print(*(code.decode() for code in found))
PYTHON
)
	[ ${#code} = 8 ] || die "no code in locked memory that no core file holds: '$code'"
}

start
grep -q '^VmLck:.* [1-9][0-9]* kB' "/proc/$kiosk/status" || die "no memory is locked"
for way in keys glass; do
	sign_up $way
	secrets
	case $way in keys) name=$by_keys ;; glass) name=${on_glass#?} ;; esac
	for word in $name $number $code $token; do
		! $scan "$kiosk" "$word" >/dev/null 2>&1 || die "$word is not found during the visit"
	done
	end_visit
	words="$words $code $token"
	look "$kiosk" || die "by $way: remembered after the visit"
done
seek
found $query "during the search"
touch_id bar/restart
sleep 1
look "$kiosk" || die "what was searched for is remembered"

during=yes
come_in 2
during=
look "$kiosk" || die "the PIN is remembered behind the door"
during=yes
open_calls
during=
for word in $number ${on_glass#?}; do
	found $word "in the open call list"
done
! look "$kiosk" >/dev/null || die "nothing is found in the open call list"
pull
look "$kiosk" || die "the call list, its passphrase or the PIN is remembered without the stick"
awk '/^Max core file size/ { exit $5 + $6 > 0 }' "/proc/$kiosk/limits" || die "a core may be left"
[ -z "$(ls "$work/cwd")" ] || die "files were left: $(ls "$work/cwd")"
for place in "$work/data" "$HOME" "$TMPDIR" "$work/kiosk.log"; do
	[ -d "$place" ] && [ -z "$(find "$place" -type f)" ] || look "$place" || die "in a file: $place"
done
kill -SEGV "$kiosk"
wait "$kiosk" 2>/dev/null
kiosk=
[ -z "$(ls "$work/cwd")" ] || die "a crash left $(ls "$work/cwd")"
[ "$(find "$work/data" -name '*.db*' | wc -l)" -gt 0 ] || die "nothing was saved"

mv "$work/pulled" "$work/usb"
keep=$(realpath "$BUILD/tests/libkeep_typed.so")
start "$keep"
sign_up keys
end_visit
! look "$kiosk" >"$work/kept" || die "with wiping switched off the scan finds nothing"
seek
touch_id bar/restart
sleep 1
found $query "with wiping switched off"
close_window

# Small things too, but for what a kiosk needs to come in and to open the list.
export KEEP_MORE=1
start "$keep"
come_in
found $pin "with wiping switched off"
open_calls
pull
for word in $passphrase $number ${on_glass#?}; do
	found $word "with wiping switched off, without the stick"
done
close_window
echo "wiping switched off: $(wc -l <"$work/kept") places after a sign-up, and each of the others; on: none"
