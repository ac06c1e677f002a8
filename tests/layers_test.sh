#!/bin/sh
# Fails when a file includes a folder or a library that tests/layers.txt does not grant it, when a
# folder is missing from the table, when a banned call is used, or when the table has a cycle.
bad=0
find app platform -name '*.[ch]' | sort | xargs grep -Hn '^ *# *include ' | awk '
	FILENAME != "-" {
		if (/^#/ || NF == 0) next
		folder = $1; sub(/:$/, "", folder)
		known[folder] = 1
		for (i = 2; i <= NF; i++) {
			granted[folder, $i] = 1
			if ($i ~ /^</) fenced[$i] = 1
		}
		next
	}
	{
		split($0, at, ":")
		if (at[1] ~ /\/main\.c$/) next
		from = at[1]; sub("/[^/]*$", "", from)
		to = $0; sub(/.*include */, "", to)
		if (to ~ /^"/) {
			sub(/^"/, "", to); sub(/".*/, "", to)
			if (to !~ "/") next
			sub("/[^/]*$", "", to)
			if (to !~ /^platform/) to = "app/" to
		} else {
			sub(/>.*/, ">", to)
			if (!(to in fenced)) next
		}
		if (!(from in known)) why = from " is missing from tests/layers.txt"
		else if (from != to && !((from, to) in granted)) why = from " may not include " to
		else next
		print at[1] ":" at[2] ": " why
		bad = 1
	}
	END { exit bad }' tests/layers.txt - || bad=1

awk '!/^#/ && NF { f = $1; sub(/:$/, "", f); for (i = 2; i <= NF; i++) if ($i !~ /^</) print $i, f }' \
	tests/layers.txt | tsort >/dev/null || { echo "tests/layers.txt has a cycle"; bad=1; }

if find app platform -name '*.[ch]' | xargs grep -nE '\b(strcpy|strcat|sprintf|vsprintf|strtok|atoi|gets)\('; then
	echo "banned calls: use app/base/str.h"
	bad=1
fi
exit $bad
