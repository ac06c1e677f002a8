#!/bin/sh
# The call list that is taken along, in a real browser without a network: refused with a wrong file
# and a wrong passphrase, opened, ticked, printed. Needs Chromium, and playwright-core where node
# finds it: npm install --prefix DIR playwright-core, and NODE_PATH=DIR/node_modules.
chromium=$(command -v chromium || command -v chromium-browser) || {
	echo "no Chromium: skipped"
	exit 77
}
node -e 'require("playwright-core")' 2>/dev/null || {
	echo "no playwright-core: skipped"
	exit 77
}
set -e
CALL_LIST_DIR=$BUILD/call-list-e2e
export CALL_LIST_DIR
rm -rf "$CALL_LIST_DIR"
"$BUILD/tests/kiosk_stick_test"
CHROMIUM=$chromium node tests/e2e/call_list.js "$CALL_LIST_DIR"
