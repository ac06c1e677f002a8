# --tour: the main job at the four sizes gets to its end by itself, on a sample and in a directory of
# its own, and every draw list holds. invariants_test.sh is the long form.
. tests/e2e/play.sh
prefer_release

shots=$(grep -c '^shot ' assets/tour/tour.play)
for size in 800x480 1280x800 1920x1080 1080x1920; do
	"$KIOSK" --tour "$work/$size" --size $size --stats >"$work/$size.stats" 2>&1 ||
		die "$size: $(tail -3 "$work/$size.stats")"
	grep -qx 'texts_cut 0' "$work/$size.stats" || die "$size: $(grep texts_cut "$work/$size.stats")"
	[ "$(ls "$work/$size"/*.png | wc -l)" = "$shots" ] || die "$size: pictures are missing"
	"$BUILD/tests/check_dumps" "$work/$size"/*.json || die "$size"
	rm -r "${work:?}/$size"
done
