# The same script, clock and seed give the same bytes twice: every picture, every draw list. Another
# seed gives another code and another token, so it is the seed that decides.
. tests/e2e/play.sh
prefer_release

for run in one two; do
	sample "$work/data-$run" https://buurthuis.example.nl
	play "$work/data-$run" assets/tour/tour.play "$work/$run" >"$work/$run.log" 2>&1 &
done
sample "$work/data-other" https://buurthuis.example.nl
play "$work/data-other" assets/tour/tour.play "$work/other" --seed 2 >"$work/other.log" 2>&1 &
wait
cat "$work"/*.log

pictures=$(ls "$work/one"/*.png | wc -l)
[ "$pictures" = "$(grep -c '^shot ' assets/tour/tour.play)" ] || die "only $pictures pictures"
diff -r "$work/one" "$work/two" || die "twice the same is not the same"
[ -e "$work/one/17-done.png" ] && [ -e "$work/other/17-done.png" ] || die "17-done is missing"
cmp -s "$work/one/17-done.png" "$work/other/17-done.png" && die "another seed gives the same code"
cmp -s "$work/one/02-start.png" "$work/other/02-start.png" || die "the seed changes the start"
echo "$pictures pictures and their draw lists, twice the same"
