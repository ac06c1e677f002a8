# The command line as others hold it to its contract: what goes to stdout and what to stderr, 0 for
# done, 1 when the world refused, 2 for wrong usage; a catalogue comes out as it went in; the state
# after folding the whole log again is the living one.
. tests/e2e/play.sh
need python3

# run STATUS COMMAND...: that exit status; leaves out and err
run() {
	wanted=$1
	shift
	"$BUURTCTL" --clock $clock "$@" >"$work/out" 2>"$work/err" </dev/null
	status=$?
	[ $status = "$wanted" ] || die "buurtctl $*: status $status, not $wanted: $(cat "$work/err")"
	case $wanted in
	0) [ ! -s "$work/err" ] || die "buurtctl $* complains: $(cat "$work/err")" ;;
	2) [ -s "$work/err" ] && [ ! -s "$work/out" ] || die "buurtctl $*: complaints go to stderr" ;;
	*) [ -s "$work/err" ] || [ "$2" = check ] || [ "$1" = check ] ||
		die "buurtctl $* refuses without a word" ;;
	esac
}
out() { cat "$work/out"; }

# Equal as JSON values and key order, 1 and 1.0 apart.
same_json() {
	python3 - "$1" "$2" <<-'END' || die "$2 is not $1"
	import json, sys
	def read(path):
	    def number(text): return ("real", float(text))
	    return json.load(open(path), object_pairs_hook=lambda pairs: ("object", pairs),
	                     parse_float=number)
	def compare(a, b, path):
	    if type(a) is not type(b):
	        sys.exit(f"{path}: {a!r} became {b!r}")
	    if isinstance(a, (list, tuple)):
	        if len(a) != len(b):
	            sys.exit(f"{path}: {len(a)} became {len(b)}")
	        for i, (x, y) in enumerate(zip(a, b)):
	            compare(x, y, f"{path}/{i}")
	    elif a != b:
	        sys.exit(f"{path}: {a!r} became {b!r}")
	compare(read(sys.argv[1]), read(sys.argv[2]), "")
	END
}

# --- usage

run 0 --help
out | grep -q occurrences || die "--help lacks a command"
run 0 --version
out | grep -q '^buurtctl [0-9]' || die "--version says $(out)"
for wrong in "" "dance" "import" "export" "check" "sample FILE" "sample --initiatives many $work/x" \
	"occurrences" "occurrences --from 2026-01-01" "occurrences --from now --to 2026-01-01" \
	"keys" "registrations close" "import --format tarot $work/x" "--clock yesterday state" \
	"state --loud"; do
	run 2 $wrong
done
run 1 --data "$work/none" import "$work/no-such-file"
grep -q no-such-file "$work/err" || die "the complaint does not name the file"

# --- the sample in and out

catalogue=assets/catalogue/buurtlijst.json
run 0 --data "$work/sample" import $catalogue
out | grep -qx 'new 37' && out | grep -qx 'changed 0' || die "import says: $(out)"
run 0 --data "$work/sample" import $catalogue
out | grep -qx 'new 0' && out | grep -qx 'ops 0' || die "again: $(out)"
run 0 --data "$work/sample" export "$work/back.json"
same_json $catalogue "$work/back.json"
run 0 check $catalogue
! out | grep -q '^error' || die "the sample has faults: $(out)"
echo '{"format": "buurtlijst"' >"$work/broken.json"
run 1 check "$work/broken.json"
cat "$work/out" "$work/err" | grep -q 'line 2, column' || die "check does not say where: $(out)"
run 1 --data "$work/sample" import "$work/broken.json"

# --- what it does not know, and what is hard to keep

python3 - $catalogue "$work/hard.json" <<'END'
import json, sys
c = json.load(open(sys.argv[1]))
for number, i in enumerate(c["initiatives"]):
    i["unknown"] = {"deep": [{"z": 1, "a": [0.1, 1e300, 5e-324, -0.0, 1.0, 1, 123456789.123456789,
        2**53 + 1, -(2**63)]}, None, True, {"": "", "é": {"ü": []}}], "number": number}
    i["name"] = "مجموعة النساء " + "ن" * 286 if number % 2 else "Ĳ" + "a" * 298 + "é"
    i["tagline"] = "نلتقي كل يوم ثلاثاء 10:30"
    i["schedules"][0]["x-note"] = {"keep": [1.5, "ا\u200f"]}
c["contacts"][0]["role"] = "مضيفة"
c["venue"]["unknown"] = {"b": 1, "a": 2.50}
c["zzz"] = [{"first": 1}, 0.30000000000000004]
json.dump(c, open(sys.argv[2], "w"), ensure_ascii=False)
END
run 0 check "$work/hard.json"
run 0 --data "$work/hard" import "$work/hard.json"
run 0 --data "$work/hard" export "$work/hard-back.json"
same_json "$work/hard.json" "$work/hard-back.json"
run 0 --data "$work/hard" export "$work/hard-again.json"
cmp -s "$work/hard-back.json" "$work/hard-again.json" || die "export is not always the same"

# --- dates

run 0 --data "$work/sample" occurrences --from 2026-01-01 --to 2027-12-31
[ "$(out | wc -l)" = 313 ] || die "$(out | wc -l) occurrences"
[ "$(out | grep -c ' cancelled .')" = 1 ] || die "no reason with the cancelled day"
shape='^[0-9a-f-]{36} [0-9a-f-]{36} 20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[+]0[12]:00( cancelled .+)?$'
! out | grep -vE "$shape" || die "an occurrence has another shape"
run 0 --data "$work/sample" occurrences --from 2026-12-01 --to 2026-12-01
[ "$(out | wc -l)" = 1 ] || die "on one day: $(out)"

# --- state

living=$("$BUURTCTL" --data "$work/sample" state)
echo "$living" | grep -qE '^state [0-9a-f]{64}$' || die "state says '$living'"
run 0 --data "$work/sample" rebuild
[ "$(out)" = "$living" ] || die "folding again gives another state: $(out)"
run 0 --data "$work/other" import "$work/back.json"
[ "$("$BUURTCTL" --data "$work/other" state)" = "$living" ] ||
	die "the same catalogue in another store is another state"
[ "$("$BUURTCTL" --data "$work/hard" state)" != "$living" ] || die "every state is the same"

# --- made-up catalogues

run 0 --seed 7 sample --initiatives 200 "$work/one.json"
run 0 --seed 7 sample --initiatives 200 "$work/two.json"
cmp "$work/one.json" "$work/two.json" || die "the same seed gives another catalogue"
run 0 --seed 8 sample --initiatives 200 "$work/three.json"
! cmp -s "$work/one.json" "$work/three.json" || die "another seed gives the same catalogue"
run 0 check "$work/one.json"
! out | grep -q '^error' || die "the made-up catalogue has faults: $(out | head -3)"

# --- keys

run 1 keys show "$work/no-keys"
printf 'een lange zin\n' | "$BUURTCTL" keys create "$work/keys" >"$work/out" 2>&1 ||
	die "keys create: $(cat "$work/out")"
public=$(find "$work/keys" -type f ! -name '*.secret' | head -1)
[ -n "$public" ] || die "there is no public key file"
run 0 keys show "$public"
months() { out | sed -n "s/^$1 \(20[0-9]*\)-0*\([0-9]*\)$/\1 * 12 + \2/p"; }
[ $(($(months until) - ($(months from)))) = 23 ] || die "not 24 months: $(out)"
run 1 --data "$work/sample" registrations open $catalogue
run 1 --data "$work/sample" registrations open "$public" # not on a clock that is made up
"$BUURTCTL" --data "$work/sample" registrations open "$public" >"$work/out" 2>&1 ||
	die "registrations open: $(cat "$work/out")"
echo "usage, round trips, dates, states, samples and keys hold"
