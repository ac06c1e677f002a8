# Walks the whole tour at every size, in every language (the mirrored one too) and with small and
# large letters, and checks every draw list of it with check_dumps; no text may be cut. LONG=1 adds
# the letters between and the whole of it once more in the theme with more contrast.
. tests/e2e/play.sh
prefer_release

sizes="800x480 1280x800 1920x1080 1080x1920"
languages="nl en xr"
texts="100 170"
[ -z "${LONG:-}" ] || texts="100 135 170"

sample "$work/sample" https://buurthuis.example.nl
# Pictures cost most of the time, and nobody looks at them here.
grep -v '^shot ' assets/tour/tour.play >"$work/tour.play"

# walk SIZE LANGUAGE TEXT THEME: a line on stdout for everything that is wrong
walk() {
	name=$1-$2-$3-$4
	cp -r "$work/sample" "$work/data-$name"
	if ! play "$work/data-$name" "$work/tour.play" "$work/$name" --size "$1" --language "$2" \
		--text "$3" --theme "$4" --stats >"$work/$name.stats" 2>"$work/$name.messages"; then
		echo "$name: $(tail -3 "$work/$name.messages")"
		return
	fi
	grep -qx 'texts_cut 0' "$work/$name.stats" ||
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
[ "$(cat "$work"/*.counts | wc -l)" = $expected ] && ! cat "$work"/*.faults | grep . 
