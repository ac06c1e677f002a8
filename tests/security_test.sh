#!/bin/sh
# Every proof that SECURITY.md names is there.
bad=0
for file in $(grep -o '`tests/[a-z0-9_/.]*`' SECURITY.md | tr -d '`' | sort -u); do
	[ -e "$file" ] || { echo "SECURITY.md names $file, which is not there" && bad=1; }
done
exit $bad
