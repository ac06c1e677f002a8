# Three kills in five minutes, and the next start is plain: no picture but the leaf pattern, no motion,
# and a line for the host that says why. A good end makes up for it. The program waits for its script
# from a pipe that nobody writes, and is killed there.
. tests/e2e/play.sh
prefer_release
sample "$work/data"
mkfifo "$work/pipe"
printf 'tap attract\ntap start/what-is-on\ntap list/card/0\ndump page\n' >"$work/page.play"

lines() { { cat "$work/data/starts" 2>/dev/null || true; } | wc -l; }

# killed N SIGNAL: a start that dies, and is seen as the N-th
killed() {
	"$KIOSK" --data "$work/data" --clock $clock --seed 1 --play "$work/pipe" 2>/dev/null &
	program=$!
	tries=0
	while [ "$(lines)" -lt "$1" ]; do
		tries=$((tries + 1))
		[ $tries -lt 600 ] || die "start $1 was not noted"
		sleep 0.1
	done
	grep -q '^Max core file size  *0  *0 ' "/proc/$program/limits" ||
		die "a crash could leave a core file"
	kill -"$2" $program
	wait $program 2>/dev/null || true
}

# pictures: how many of them the page of an initiative shows
pictures() {
	play "$work/data" "$work/page.play" "$work/out" 2>"$work/said" || die "the page did not come"
	grep -c '"id": "initiative/picture/' "$work/out/page.json" || true
}

[ "$(pictures)" -gt 0 ] || die "a good start shows no pictures"
killed 1 KILL
killed 2 ABRT
[ "$(pictures)" -gt 0 ] || die "two crashes are not three"
[ ! -e "$work/data/starts" ] || die "a good end was not noted"
killed 1 KILL
killed 2 ABRT
killed 3 SEGV
[ "$(pictures)" -eq 0 ] || die "three crashes and still pictures"
grep -q 'started plain' "$work/said" || die "nobody was told why"
grep -q 'started plain' "$work/data/troubles" || die "the host cannot read why"
[ "$(pictures)" -gt 0 ] || die "a good end does not make up for crashes"
