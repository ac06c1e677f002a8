#!/bin/sh
# A program that people run has no switch for bugs; the simulation, which proves that this would be
# seen, has one.
carries() { nm "$BUILD/$1" | grep -q bug_planted; }
carries tests/sim || { echo "sim has no bug_planted: this test looks at nothing"; exit 1; }
for program in buurtbord buurtctl buurthub; do
	[ -e "$BUILD/$program" ] || continue
	if carries "$program"; then
		echo "$program carries the switch for planted bugs"
		exit 1
	fi
done
