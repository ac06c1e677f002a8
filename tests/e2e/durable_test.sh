# "Gelukt" is shown when the sign-up is on the disk, and not before. In a trace of the system calls
# of one visit the write of the picture stands for showing the frame: by then all that was written
# to the log of the database has been synced, and so has the directory in which the log was made.
. tests/e2e/play.sh
need strace
export ASAN_OPTIONS=detect_leaks=0 # LeakSanitizer cannot work while traced
strace -f -o "$work/try" true 2>/dev/null || skip "strace may not trace here"

# From the second visit of the tour to its code, with the pictures before and after saving.
awk '/^# Two/ { on = 1 }
	on && (!/^(shot|dump)/ || /^shot (16-summary|17-done)$/) { print }
	/^shot 17-done$/ { exit }' assets/tour/tour.play >"$work/visit.play"
grep -q '^shot 17-done' "$work/visit.play" || die "the tour has no 17-done"

# trace NAME PROGRAM...: system calls with the names of files, in order
trace() {
	name=$1
	shift
	strace -f -y -s 0 -o "$work/$name" \
		-e trace=openat,mkdir,fsync,fdatasync,write,pwrite64,writev,pwritev "$@" >/dev/null ||
		die "$name did not get through"
}

# Fails when something was not yet synced at the moment that matters: in_order TRACE MOMENT
in_order() {
	awk -v moment="$2" '
		/openat\(.*buurtbord\.db(-wal)?".*O_CREAT.* = [0-9]/ {
			name = /db-wal"/ ? "wal" : "db"
			if (!(name in made)) { made[name] = 1; directory = name }
		}
		/^[0-9]* *(fsync|fdatasync)\([0-9]+<[^>]*\/data[^>\/]*>\) *= 0/ { directory = ""; synced_directory++ }
		/p?writev?(64)?\([0-9]+<[^>]*buurtbord\.db-wal>/ { dirty = 1; written++ }
		/(fsync|fdatasync)\([0-9]+<[^>]*buurtbord\.db-wal>\) *= 0/ { dirty = 0; synced++ }
		index($0, "16-summary.png") { written = 0; synced = 0 }
		moment != "" && index($0, moment) && /openat|write/ && !seen {
			seen = 1
			if (dirty) { print "shown before the log was synced"; bad = 1 }
			if (directory != "") { print "shown before the directory was synced"; bad = 1 }
			if (!written || !synced) { print "nothing was saved"; bad = 1 }
			print written " writes to the log, " synced " syncs, then " moment
		}
		END {
			if (moment != "" && !seen) { print "never shown"; bad = 1 }
			if (dirty || directory != "") { print "left unsynced: " directory; bad = 1 }
			if (!synced_directory) { print "the directory was never synced"; bad = 1 }
			exit bad
		}' "$work/$1"
}

trace create "$BUURTCTL" --data "$work/data-new" --clock $clock state
in_order create "" || die "making a store"
grep -q "fsync([0-9]*<$work>) *= 0" "$work/create" || die "the directory above was not synced"

sample "$work/data"
trace visit "$KIOSK" --data "$work/data" --clock $clock --seed 1 --play "$work/visit.play" \
	--out "$work/out"
in_order visit 17-done.png || die "saving a sign-up"
