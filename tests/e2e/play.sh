# For the scripts of this folder, read with `. tests/e2e/play.sh`: a working directory that goes away
# with the script, a kiosk with the sample in it, and playing a file of touches on it. The clock
# stands at the day of the mock-ups.
clock=2026-12-01T09:10:00+01:00
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM

die() {
	echo "$*"
	exit 1
}

# skip WHY: ctest then says that nothing was tested.
skip() {
	echo "skipped: $*"
	exit 77
}

need() {
	for program; do
		command -v "$program" >/dev/null || skip "there is no $program"
	done
}

need_browser() {
	need python3
	export PYTHONDONTWRITEBYTECODE=1
	PYTHONPATH=tests/e2e python3 -c 'import browser, sys; sys.exit(browser.program() is None)' ||
		skip "there is no Chromium"
}

# The sample in a data directory of its own: sample DIR [LINK_BASE]
sample() {
	"$BUURTCTL" --data "$1" --clock $clock import assets/catalogue/buurtlijst.json >/dev/null ||
		die "the sample cannot be read"
	[ -z "${2:-}" ] || echo "link_base = $2" >"$1/buurtbord.conf"
}

# play DATA SCRIPT OUT [OPTION...]
play() {
	data=$1 script=$2 out=$3
	shift 3
	"$KIOSK" --data "$data" --clock $clock --seed 1 --play "$script" --out "$out" "$@"
}

BUILD=${BUILD:-build}
KIOSK=$BUILD/buurtbord BUURTCTL=$BUILD/buurtctl

# What is the same in every build may run on the fast one, where tests/run made it.
prefer_release() {
	if [ -x "$BUILD/release/buurtbord" ] && [ -x "$BUILD/release/buurtctl" ]; then
		KIOSK=$BUILD/release/buurtbord BUURTCTL=$BUILD/release/buurtctl
	fi
}
