# Walks every screen at every size, in every language (the mirrored one too) and with small and
# large letters, and checks every draw list of it with check_dumps; no text may be cut. A walk is
# three plays on one board: the tour, every_screen.play with the codes that the tour was given, and
# every_screen_stick.play with a stick in. LONG=1 adds the letters between and the whole of it once
# more in the theme with more contrast.
. tests/e2e/play.sh
prefer_release

sizes="800x480 1280x800 1920x1080 1080x1920"
languages="nl en xr"
texts="100 170"
[ -z "${LONG:-}" ] || texts="100 135 170"

sample "$work/sample" https://buurthuis.example.nl
# Between the plays two people more make a group full.
sed 's/"capacity": 18/"capacity": 2/' assets/catalogue/buurtlijst.json >"$work/small.json"
# Pictures cost most of the time, and nobody looks at them here.
for script in assets/tour/tour.play tests/e2e/every_screen.play tests/e2e/every_screen_stick.play; do
	grep -v '^shot ' $script >"$work/$(basename $script)"
done
printf 'a passphrase\n' | "$BUURTCTL" keys create "$work/keys" >/dev/null 2>&1 ||
	die "no keys for the stick"

# The code on a draw list, as touches; in a mirrored text it stands between marks.
spell() {
	sed -n 's/.*"label": "[^"A-Z0-9]*\([2-9A-Z]\{4\}\) \([2-9A-Z]\{4\}\)[^"A-Z0-9]*".*/\1\2/p' \
		"$1" | head -1 | fold -w 1 | sed 's|^|tap key/|'
}

# The same seed gives the same codes at every size.
cp -r "$work/sample" "$work/rehearsal"
play "$work/rehearsal" "$work/tour.play" "$work/codes" --size 1280x800 || die "no rehearsal"
spell "$work/codes/17-done.json" >"$work/sign-up"
spell "$work/codes/28-introduction-done.json" >"$work/question"
spell "$work/codes/38-wish-saved.json" >"$work/wish"
sed -e "/^@SIGN-UP@\$/{r $work/sign-up" -e 'd}' -e "/^@QUESTION@\$/{r $work/question" -e 'd}' \
	-e "/^@WISH@\$/{r $work/wish" -e 'd}' "$work/every_screen.play" >"$work/every.play"

# in_three_plays NAME OPTION...
in_three_plays() {
	name=$1
	shift
	dir=$work/data-$name out=$work/$name
	play "$dir" "$work/tour.play" "$out" "$@" --stats || return
	"$BUURTCTL" --data "$dir" --clock $clock import "$work/small.json" >/dev/null || return
	play "$dir" "$work/every.play" "$out" "$@" --seed 2 --stats || return
	cp -r "$work/keys" "$out/stick"
	play "$dir" "$work/every_screen_stick.play" "$out" "$@" --seed 3 --stick "$out/stick" --stats
}

# walk SIZE LANGUAGE TEXT THEME: a line on stdout for everything that is wrong
walk() {
	name=$1-$2-$3-$4
	cp -r "$work/sample" "$work/data-$name"
	if ! in_three_plays "$name" --size "$1" --language "$2" --text "$3" --theme "$4" \
		>"$work/$name.stats" 2>"$work/$name.messages"; then
		echo "$name: $(tail -3 "$work/$name.messages")"
		return
	fi
	[ "$(grep -cx 'texts_cut 0' "$work/$name.stats")" = 3 ] ||
		echo "$name: $(grep texts_cut "$work/$name.stats" || echo "texts_cut is missing")"
	high=
	[ "$4" = normal ] || high=--contrast
	"$BUILD/tests/check_dumps" $high "$work/$name"/*.json 2>"$work/$name.count" |
		sed "s|^$work/||"
	cat "$work/$name.count" >>"$work/$1.counts"
	rm -rf "$work/$name" "$work/data-$name"
}

# One process a size.
for size in $sizes; do
	{
		for language in $languages; do
			for text in $texts; do
				walk "$size" "$language" "$text" normal
				[ -z "${LONG:-}" ] || walk "$size" "$language" "$text" contrast
			done
		done
		[ -n "${LONG:-}" ] || [ "$size" != 1280x800 ] || walk "$size" nl 100 contrast
	} >"$work/$size.faults" 2>&1 &
done
wait

cat "$work"/*.counts | awk '{ files += $1; nodes += $3 } END { print NR " walks, " files + 0 \
	" screens, " nodes + 0 " nodes" }'
expected=25
[ -z "${LONG:-}" ] || expected=72
[ "$(cat "$work"/*.counts | wc -l)" = $expected ] || echo "not every walk got to its end"
! cat "$work"/*.faults | grep . && [ "$(cat "$work"/*.counts | wc -l)" = $expected ]
