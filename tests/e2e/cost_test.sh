# Nothing is drawn without a reason, counted: once a touch has come to rest, nothing is drawn, shaped
# or copied until the idle warning; on the screen that nobody stands at only the cards that change
# draw. The counters of two visits are compared that differ in nothing but how long nobody touches.
. tests/e2e/play.sh

sample "$work/data"

# counters NAME LINE...: plays the lines, keeps what --stats says
counters() {
	name=$1
	shift
	printf '%s\n' "$@" >"$work/$name.play"
	play "$work/data" "$work/$name.play" "$work" --stats >"$work/$name.stats" ||
		die "$name did not get through"
}
counter() { sed -n "s/^$2 //p" "$work/$1.stats"; }

# resting NAME LINE...: no difference between one second after the last line and 50 seconds later
resting() {
	visit=$1
	shift
	counters "$visit-short" "$@" "wait 1000"
	counters "$visit-long" "$@" "wait 50000"
	for what in frames pixels_drawn bytes_copied text_runs_shaped statements_run; do
		short=$(counter "$visit-short" $what)
		long=$(counter "$visit-long" $what)
		[ -n "$short" ] || die "--stats does not say $what"
		[ "$short" = "$long" ] ||
			die "$visit: $what goes from $short to $long while nobody touches anything"
	done
}

# The first start on a database notes the time, which is written down once an hour at most.
counters first "wait 1000"

start="tap attract"
resting start "$start"
resting list "$start" "tap start/what-is-on"
resting list-moved "$start" "tap start/what-is-on" "tap list/week/down"
resting dragged "$start" "tap start/what-is-on" "drag 800 500 800 200 150"
resting initiative "$start" "tap start/what-is-on" "tap list/card/0"
resting name "$start" "tap start/what-is-on" "tap list/card/0" "tap initiative/come" \
	"tap signup-date/day/1" "tap signup/next" "tap signup-party/people/1" "tap signup/next" \
	"tap key/a"
resting help "$start" "tap start/help"

# The warning is a reason: it counts the seconds.
counters warned "$start" "wait 65000"
counters unwarned "$start" "wait 50000"
[ "$(counter warned frames)" -gt "$(counter unwarned frames)" ] || die "the warning was not drawn"

# Nobody there: a card now and then, and each change costs some frames and not a stream of them.
counters empty-minute "wait 60000"
counters empty-hour "wait 3600000"
minute=$(counter empty-minute frames)
hour=$(counter empty-hour frames)
echo "attract: $minute frames in a minute, $hour in an hour;" \
	"wake-ups $(counter empty-minute wake_ups), $(counter empty-hour wake_ups)"
[ "$hour" -gt "$minute" ] || die "the card never changes"
[ "$hour" -lt 36000 ] || die "attract draws more than ten frames a second"
echo "resting screens draw nothing"
