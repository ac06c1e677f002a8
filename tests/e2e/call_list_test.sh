#!/bin/sh
# The call list that is taken along, in a real browser without a network: forty people, refused with
# a wrong file and a wrong passphrase, opened, ticked, printed. Pictures and the printed list stay in
# call-list-e2e of the build.
. tests/e2e/play.sh
need python3 pdftotext
need_browser
set -e
CALL_LIST_DIR=$BUILD/call-list-e2e
export CALL_LIST_DIR
rm -rf "$CALL_LIST_DIR"
"$BUILD/tests/kiosk_stick_test"
python3 tests/e2e/call_list.py forty "$CALL_LIST_DIR"

# Paper: everybody, each number, and nothing that is only for the screen.
printed=$work/printed
pdftotext -layout "$CALL_LIST_DIR/list.pdf" "$printed"
for number in $(seq 0 39); do
	case $number in 8 | 17 | 26 | 35) continue ;; esac
	grep -q "06123456$(printf %02d "$number")" "$printed" || die "number $number is not printed"
done
[ "$(grep -c 'Geen nummer' "$printed")" = 4 ] || die "who left no number is not printed"
grep -q 'Gooi dit papier weg' "$printed" || die "the paper does not say to throw it away"
! grep -q 'Print de lijst' "$printed" || die "buttons are printed"
pdfinfo "$CALL_LIST_DIR/list.pdf" | grep '^Pages'
