# The draw lists of the tour at 1280x800 in Dutch as text, one line a node:
#
#	role id "label" x y w h
#
# kept in tests/golden. A difference is either a fault or wanted; when it is wanted,
# UPDATE=1 BUILD=build/tests sh tests/golden/golden_test.sh writes them anew, and the change is
# reviewed as a diff.
. tests/e2e/play.sh
need python3
prefer_release

sample "$work/data" https://buurthuis.example
grep -v '^shot ' assets/tour/tour.play >"$work/tour.play"
play "$work/data" "$work/tour.play" "$work/out" --size 1280x800 --language nl ||
	die "the tour did not get through"

mkdir "$work/text"
python3 - "$work/out" "$work/text" <<'END'
import json, pathlib, sys
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.json")):
    dump = json.loads(path.read_text())
    lines = [f'screen {dump["screen"]}']
    for node in dump["nodes"]:
        label = json.dumps(node["label"], ensure_ascii=False)
        lines.append(" ".join([node["role"], node["id"], label, *map(str, node["rect_px"])]))
    (pathlib.Path(sys.argv[2]) / (path.stem + ".txt")).write_text("\n".join(lines) + "\n")
END

if [ -n "${UPDATE:-}" ]; then
	rm -f tests/golden/*.txt
	cp "$work/text"/*.txt tests/golden
	echo "$(ls tests/golden/*.txt | wc -l) draw lists written anew"
	exit 0
fi
mkdir "$work/kept"
cp tests/golden/*.txt "$work/kept" || die "there are no golden draw lists"
diff -ru "$work/kept" "$work/text" || die "screens changed. Wanted? See the head of this script."
