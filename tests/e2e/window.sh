# For the scripts that use the kiosk in a window, read after play.sh: an X server without a screen, a
# mouse and keys. Both programs end with the script.
need Xvfb xdotool import
import -version 2>/dev/null | grep -q ImageMagick || skip "import is not ImageMagick's"
unset WAYLAND_DISPLAY SDL_VIDEODRIVER

server= kiosk=
close_display() {
	[ -z "$kiosk" ] || kill "$kiosk" 2>/dev/null
	[ -z "$server" ] || kill "$server" 2>/dev/null
	wait 2>/dev/null
	rm -rf "$work"
}

# The server takes a free display and says which. It must not begin anew when its last client goes: a
# kiosk that restarts comes back in the middle of that, and waits for ever.
open_display() {
	trap close_display EXIT
	Xvfb -noreset -displayfd 3 -screen 0 1280x800x24 3>"$work/display" >/dev/null 2>&1 &
	server=$!
	for _ in $(seq 100); do
		[ -s "$work/display" ] && break
		sleep 0.1
	done
	[ -s "$work/display" ] || skip "the X server does not start"
	DISPLAY=:$(cat "$work/display")
	export DISPLAY
}

# Waits for the window of the kiosk that was started as $kiosk.
find_window() {
	window=$(timeout 60 xdotool search --sync --onlyvisible --name '^Buurtbord$' | head -1)
	[ -n "$window" ] || die "no window: $(cat "$work/kiosk.log")"
	xdotool windowmove "$window" 0 0 windowfocus "$window"
	for _ in $(seq 100); do # a window is black until something is drawn
		sleep 0.2
		picture "$work/now.ppm"
		[ "$(identify -format %k "$work/now.ppm")" = 1 ] || break
	done
	sleep 1
}

close_window() {
	kill "$kiosk"
	wait "$kiosk" 2>/dev/null
	kiosk=
}

window_stands() { xdotool getwindowgeometry "$window" >/dev/null 2>&1; }

picture() { # FILE: import waits for a click where the window is gone
	window_stands && timeout 20 import -silent -window "$window" "$1"
}

# Until two pictures after each other are the same, or the window is gone because the kiosk restarts.
rest() {
	for _ in $(seq 60); do
		sleep 0.15
		kill -0 "$kiosk" || die "the kiosk is gone: $(cat "$work/kiosk.log")"
		window_stands || return 0
		picture "$work/now.ppm" 2>/dev/null
		cmp -s "$work/now.ppm" "$work/before.ppm" && return
		cp "$work/now.ppm" "$work/before.ppm"
	done
}

# touch_at ID X Y: a key of the keyboard changes nothing that has to be waited for.
touch_at() {
	xdotool mousemove "$2" "$3" mousedown 1
	sleep 0.06
	xdotool mouseup 1
	case $1 in key/*) sleep 0.1 ;; *) rest ;; esac
}

# middle DUMP ID: where to touch, as "X Y", from the draw list of a rehearsal.
middle() {
	python3 -c 'import json, sys
node = next((n for n in json.load(open(sys.argv[1]))["nodes"] if n["id"] == sys.argv[2]), None)
if not node:
    sys.exit(sys.argv[1] + " has no " + sys.argv[2])
x, y, w, h = node["rect_px"]
print(x + w // 2, y + h // 2)' "$1" "$2"
}
