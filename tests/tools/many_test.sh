# Two thousand initiatives and five hundred sign-ups, made on the glass one by one in five runs of
# the kiosk: nothing is lost, and folding the whole log again gives the living state.
. tests/e2e/play.sh
need python3 sqlite3
prefer_release

"$BUURTCTL" --clock $clock --seed 3 sample --initiatives 2000 "$work/sample.json" || die "no sample"
# Every initiative takes sign-ups, and asks for a first name.
python3 - "$work/sample.json" "$work/open.json" <<'END'
import json, sys
catalogue = json.load(open(sys.argv[1]))
for initiative in catalogue["initiatives"]:
    initiative["registration"] = {"mode": "sign_up", "capacity": 1000, "waiting_list": True,
        "max_party": 1, "fields": ["first_name"], "retention_days": 30}
    initiative["sensitive"] = False
json.dump(catalogue, open(sys.argv[2], "w"))
END
"$BUURTCTL" --data "$work/data" --clock $clock import "$work/open.json" >/dev/null || die "no import"
before=$("$BUURTCTL" --data "$work/data" state)

for run in 1 2 3 4 5; do
	for visit in $(seq 100); do
		cat <<-END
		tap attract
		tap start/what-is-on
		tap list/card/0
		find initiative/come
		tap initiative/come
		find signup-date/day/$((visit % 4))
		tap signup-date/day/$((visit % 4))
		tap signup/next
		tap key/a
		tap key/n
		tap signup/next
		find signup-companion/no
		tap signup-companion/no
		tap signup/next
		tap summary/yes
		tap done/finish
		END
	done >"$work/run.play"
	"$KIOSK" --data "$work/data" --clock 2026-12-01T0$run:10:00+01:00 --seed $run \
		--play "$work/run.play" --out "$work" --size 800x480 || die "run $run did not get through"
done

registrations=$(sqlite3 "$work/data/buurtbord.db" "SELECT count(*) FROM registration")
[ "$registrations" = 500 ] || die "$registrations registrations of 500"
codes=$(sqlite3 "$work/data/buurtbord.db" "SELECT count(DISTINCT code_hash) FROM registration")
[ "$codes" = 500 ] || die "$codes different codes of 500"
living=$("$BUURTCTL" --data "$work/data" state)
[ "$living" != "$before" ] || echo "the sign-ups are no part of the state"
[ "$("$BUURTCTL" --data "$work/data" rebuild)" = "$living" ] || die "folding again gives another state"
[ "$(sqlite3 "$work/data/buurtbord.db" 'SELECT count(*) FROM registration')" = 500 ] ||
	die "folding again loses registrations"
[ "$(sqlite3 "$work/data/buurtbord.db" 'PRAGMA integrity_check')" = ok ] || die "damaged"
echo "500 sign-ups in a catalogue of 2000: $living"
