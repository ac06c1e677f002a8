#!/bin/sh
# A hub and two kiosks that are let in by stick and from then on meet by HTTP alone, as processes:
# one list and one state everywhere, also when the hub is killed in between. Ports are the machine's
# choice, and what is ended was started here.
set -eu
unset http_proxy https_proxy HTTP_PROXY HTTPS_PROXY all_proxy ALL_PROXY
ctl=$BUILD/buurtctl
dir=$(mktemp -d)
hub=
login=
end() {
	[ -z "$hub" ] || kill "$hub" 2>/dev/null || true
	[ -z "$login" ] || kill "$login" 2>/dev/null || true
	wait
	rm -rf "$dir"
}
trap end EXIT
fail() { printf '%s\n' "$*" >&2; exit 1; }
at() { who=$1; shift; "$ctl" --data "$dir/$who" "$@"; }

# start LISTEN: a hub that runs, its address in $url.
start() {
	: >"$dir/hub.out"
	"$BUILD/buurthub" --data "$dir/hub" --listen "$1" --name Buurtteam >"$dir/hub.out" 2>>"$dir/hub.err" &
	hub=$!
	for _ in $(seq 300); do
		url=$(sed -n 's/^listening //p' "$dir/hub.out")
		[ -z "$url" ] || return 0
		kill -0 "$hub" 2>/dev/null || fail "the hub ended: $(cat "$dir/hub.err")"
		sleep 0.1
	done
	fail "the hub does not start"
}
stop() { # SIGNAL
	kill -"$1" "$hub"
	wait "$hub" 2>/dev/null && status=0 || status=$?
	hub=
}

# An empty folder becomes an organisation, and an invitation says where its hub is.
start 127.0.0.1:0
home=$url
at hub import assets/catalogue/buurtlijst.json >/dev/null
mkdir "$dir/stick"
for kiosk in one two; do
	at hub enrol invite "$dir/stick" --name "Kiosk $kiosk" 2>/dev/null
	[ "$(at $kiosk enrol accept "$dir/stick")" = "organisation Buurtteam" ] || fail "$kiosk not in"
	rm -r "$dir/stick"/* # from here on there is no stick
	at $kiosk bundle sync >"$dir/out" 2>"$dir/err" || fail "$kiosk: $(cat "$dir/err")"
	[ ! -s "$dir/err" ] || fail "$kiosk complained: $(cat "$dir/err")"
	[ "$(at $kiosk state)" = "$(at hub state)" ] || fail "$kiosk differs from the hub"
done

# A change on one kiosk reaches the other.
sed 's/"tagline": *"[^"]*"/"tagline": "Kom er gewoon bij"/' assets/catalogue/buurtlijst.json >"$dir/changed.json"
at one import "$dir/changed.json" >/dev/null
[ "$(at one state)" != "$(at two state)" ] || fail "the change changed nothing"
for who in one two one; do at $who bundle sync >/dev/null; done
state=$(at hub state)
for who in one two; do
	[ "$(at $who state)" = "$state" ] || fail "$who differs from the hub"
	at $who devices | grep -q '^pending 0$' || fail "$who still has something to say"
done
at two export "$dir/out.json"
grep -q 'Kom er gewoon bij' "$dir/out.json" || fail "the change did not arrive"

# Nothing new: one request, and no body either way.
[ "$(at two bundle sync | tail -1)" = "requests 1 bytes_up 0 bytes_down 0" ] ||
	fail "a sync without news: $(at two bundle sync)"

# Killed, and started again where it was: what a kiosk had not brought, it still has.
stop KILL
at two import assets/catalogue/buurtlijst.json >/dev/null
at two bundle sync >/dev/null 2>"$dir/err" && fail "synced with a dead hub"
grep -q "${home#http://}" "$dir/err" || fail "does not say who did not answer: $(cat "$dir/err")"
at two devices | grep -q '^pending 0$' && fail "two forgot what it had to bring"
start "${home#http://}"
[ "$url" = "$home" ] || fail "the hub came back elsewhere: $url"
for who in two one; do at $who bundle sync >/dev/null; done
[ "$(at one state)" = "$(at hub state)" ] && [ "$(at two state)" = "$(at hub state)" ] ||
	fail "after a kill the states differ"
stop TERM
[ $status = 0 ] || fail "the hub ends with $status when it is asked to"

# A network that answers everything with a page of its own.
python3 - >"$dir/login.port" <<'PY' &
import http.server
class Login(http.server.BaseHTTPRequestHandler):
	def do_GET(self):
		body = b"<html><body>Welkom op onze wifi. Log in.</body></html>"
		self.send_response(200)
		self.send_header("Content-Type", "text/html")
		self.send_header("Content-Length", str(len(body)))
		self.end_headers()
		self.wfile.write(body)
	def do_POST(self):
		self.rfile.read(int(self.headers["Content-Length"]))
		self.do_GET()
	def log_message(self, *arguments):
		pass
server = http.server.HTTPServer(("127.0.0.1", 0), Login)
print(server.server_port, flush=True)
server.serve_forever()
PY
login=$!
for _ in $(seq 100); do [ -s "$dir/login.port" ] && break; sleep 0.1; done
at one import "$dir/changed.json" >/dev/null
for who in one two; do # one has something to bring, two has not
	before=$(at $who state)
	at $who bundle sync --address "http://127.0.0.1:$(cat "$dir/login.port")" >/dev/null 2>"$dir/err" &&
		fail "$who took a login page for its hub"
	grep -q 'is no hub' "$dir/err" || fail "does not say that it is no hub: $(cat "$dir/err")"
	[ "$(at $who state)" = "$before" ] || fail "a login page changed $who"
done
at one devices | grep -q '^pending 0$' && fail "one thinks that the login page has its changes"

# Wrong usage, and what is refused before anything is asked.
status=0; "$BUILD/buurthub" --listen nowhere --data "$dir/new" 2>/dev/null || status=$?
[ $status = 2 ] || fail "an address that is none: $status"
status=0; "$BUILD/buurthub" --data "$dir/one" --listen 127.0.0.1:0 2>/dev/null || status=$?
[ $status = 1 ] || fail "a kiosk served as a hub: $status"
status=0; "$BUILD/buurthub" --data "$dir/new" --listen 127.0.0.1:0 --seed 1 2>/dev/null || status=$?
[ $status = 1 ] || fail "keys were made from a seed: $status"
[ "$("$BUILD/buurthub" --version | cut -d' ' -f1)" = buurthub ] || fail "no version"
for address in ftp://a http:// https://a@b 'http://a#sha256//x' 'http://a/?b'; do
	at one bundle sync --address "$address" >/dev/null 2>"$dir/err" && fail "synced with $address"
	grep -q 'address' "$dir/err" || fail "$address: $(cat "$dir/err")"
done
grep -qi 'sanitizer\|runtime error' "$dir/hub.err" && fail "$(cat "$dir/hub.err")"
exit 0
