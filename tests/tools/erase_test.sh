#!/bin/sh
# Two people sign up at two boards, one reached by stick and one by line, and ask to be forgotten. The
# name is then in no byte that anybody wrote, before or after; the sealed box is in no byte of any
# disk, of the stick, or of what goes over the line from then on; and neither an old stick nor a
# database of last week brings it back.
set -eu
unset http_proxy https_proxy HTTP_PROXY HTTPS_PROXY all_proxy ALL_PROXY
command -v python3 >/dev/null || exit 77
ctl=$BUILD/buurtctl
dir=$(mktemp -d)
hub=
wire=
end() {
	[ -z "$hub" ] || kill "$hub" 2>/dev/null || true
	[ -z "$wire" ] || kill "$wire" 2>/dev/null || true
	wait
	rm -rf "$dir"
}
trap end EXIT
fail() { printf '%s\n' "$*" >&2; exit 1; }
at() {
	at=$1
	shift
	"$ctl" --data "$dir/$at" "$@"
}
stick=$dir/stick
wires=$dir/wire
mkdir "$stick" "$wires"

# has HEX FOLDER...: whether those bytes stand in a file there.
has() {
	python3 - "$@" <<'PY'
import os, sys
wanted = bytes.fromhex(sys.argv[1])
for top in sys.argv[2:]:
	for folder, _, names in os.walk(top):
		for name in names:
			path = os.path.join(folder, name)
			if wanted in open(path, "rb").read():
				print(path)
				sys.exit(0)
sys.exit(1)
PY
}
forgotten() { # HEX WHEN
	! has "$1" "$dir/hub" "$dir/one" "$dir/two" "$stick" "$wires/now" || fail "$2: the box is still there"
}

start_hub() {
	"$BUILD/buurthub" --data "$dir/hub" --listen 127.0.0.1:0 --name Buurtteam >"$dir/hub.out" 2>>"$dir/hub.log" &
	hub=$!
	for _ in $(seq 300); do
		url=$(sed -n 's/^listening //p' "$dir/hub.out")
		[ -z "$url" ] || return 0
		sleep 0.1
	done
	fail "the hub does not start: $(cat "$dir/hub.log")"
}
stop_hub() {
	kill "$hub"
	wait "$hub" 2>/dev/null || true
	hub=
}

# Everything that goes over the line is written down, into the folder `now`.
record() {
	python3 - "${url##*:}" "$wires" >"$dir/wire.port" 2>/dev/null <<'PY' &
import http.server, itertools, sys, urllib.request, urllib.error
hub, folder = "http://127.0.0.1:" + sys.argv[1], sys.argv[2]
number = itertools.count()
class Wire(http.server.BaseHTTPRequestHandler):
	protocol_version = "HTTP/1.1"
	def log_message(self, *arguments):
		pass
	def keep(self, what):
		open("%s/now/%06d" % (folder, next(number)), "wb").write(what)
	def do(self):
		body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
		self.keep(self.path.encode() + b"\n" + str(self.headers).encode() + body)
		headers = {k: v for k, v in self.headers.items() if k.lower() in ("content-type", "if-none-match")}
		ask = urllib.request.Request(hub + self.path, body or None, headers, method=self.command)
		try:
			answer = urllib.request.urlopen(ask)
		except urllib.error.HTTPError as e:
			answer = e
		text = answer.read()
		self.keep(str(answer.headers).encode() + text)
		self.send_response(answer.status)
		for name in ("Content-Type", "ETag"):
			if answer.headers.get(name):
				self.send_header(name, answer.headers[name])
		self.send_header("Content-Length", str(len(text)))
		self.end_headers()
		self.wfile.write(text)
	do_GET = do_POST = do
server = http.server.HTTPServer(("127.0.0.1", 0), Wire)
print(server.server_port, flush=True)
server.serve_forever()
PY
	wire=$!
	for _ in $(seq 100); do
		[ ! -s "$dir/wire.port" ] || return 0
		sleep 0.1
	done
	fail "nothing listens in between"
}
by_line() { at two bundle sync --address "http://127.0.0.1:$(cat "$dir/wire.port")" >"$dir/out"; }
by_stick() {
	for by; do
		at "$by" bundle exchange "$stick" >"$dir/out" 2>&1 || fail "$by: $(cat "$dir/out")"
	done
}

printf 'correct horse\n' | "$ctl" keys create "$dir/keys" >/dev/null 2>&1
start_hub
for who in hub one two; do at $who registrations open "$dir/keys/org-keys.pub" >/dev/null; done
for who in one two; do
	at hub enrol invite "$stick" --name "$who" 2>/dev/null
	at $who enrol accept "$stick" >/dev/null
	by_stick hub $who
done
mkdir "$wires/now"
record
stop_hub

set -- $("$BUILD/tests/sign_up" "$dir/one" Kanariemarker 0611122233)
id_one=$1 code_one=$2 box_one=$3
set -- $("$BUILD/tests/sign_up" "$dir/two" Kanariemarker 0611122244)
id_two=$1 code_two=$2 box_two=$3
[ ${#box_one} = 64 ] || fail "there is no box to look for"
start_hub
kill "$wire"
wait "$wire" 2>/dev/null || true
record
by_stick one
cp -r "$stick" "$dir/old_stick"
by_stick hub
by_line
# It has travelled: the looking below can find something.
has "$box_one" "$dir/one" >/dev/null || fail "not on its own disk"
has "$box_one" "$dir/hub" >/dev/null || fail "not at the hub by stick"
has "$box_one" "$stick" >/dev/null || fail "not on the stick"
has "$box_two" "$dir/hub" >/dev/null || fail "not at the hub by line"
has "$box_two" "$wires/now" >/dev/null || fail "not on the line"
stop_hub
cp -r "$dir/hub" "$dir/old_hub"
cp -r "$dir/one" "$dir/old_one"
mv "$wires/now" "$wires/before"
mkdir "$wires/now"

# One asks at the board, with the code; the other telephones the office, which has the id.
at one erase "$code_one" >"$dir/said" || fail "no erasing by code"
grep -q 'are destroyed here, and at the next exchange everywhere else' "$dir/said" || fail "$(cat "$dir/said")"
at hub erase "$id_two" >"$dir/said" || fail "no erasing by id"
[ "$(wc -l <"$dir/said")" = 1 ] || fail "more than one sentence back"
! at hub erase "$code_two" 2>"$dir/said" || fail "the hub knows a code that a board gave"
grep -q 'a code is known to the board that gave it' "$dir/said" || fail "$(cat "$dir/said")"
! has "$box_one" "$dir/one" || fail "the box is still at its board"
start_hub
kill "$wire"
wait "$wire" 2>/dev/null || true
record
by_stick one hub one
by_line
by_line
forgotten "$box_one" "erased by code, by stick"
forgotten "$box_two" "erased by id, by line"
grep -q 'refused 0' "$dir/out" || fail "$(cat "$dir/out")"
[ "$(at two bundle sync --address "$url" | grep -c '^requests 1 ')" = 1 ] || fail "a list that both have is sent again"

# What comes back.
by_stick one hub
rm -r "$stick"
mv "$dir/old_stick" "$stick"
by_stick hub one
forgotten "$box_one" "an old stick came"
stop_hub
for who in hub one; do
	rm -f "$dir/$who"/buurtbord.db*
	cp "$dir/old_$who"/buurtbord.db* "$dir/$who"
	has "$box_one" "$dir/$who" >/dev/null || fail "the old database of $who has no box"
	at $who state >/dev/null
done
forgotten "$box_one" "databases of last week"
forgotten "$box_two" "databases of last week"
# A kiosk whose whole disk is of last week hears it from its hub.
rm -r "$dir/one"
mv "$dir/old_one" "$dir/one"
at one state >/dev/null
has "$box_one" "$dir/one" >/dev/null || fail "how does it know?"
by_stick hub one hub
forgotten "$box_one" "a disk of last week"

# The name, of all that was ever written: in clear nowhere.
marker=$(printf Kanariemarker | od -An -tx1 | tr -d ' \n')
! has "$marker" "$dir" || fail "the name stands in clear"

# The key of the month: what it sealed opens nowhere.
month=$(date +%Y-%m)
cp "$dir/keys/buurtbord-keys.secret" "$dir/secret"
! printf 'wrong horse\n' | "$ctl" keys destroy "$month" "$dir/secret" 2>/dev/null || fail "a wrong passphrase destroyed a key"
cmp -s "$dir/keys/buurtbord-keys.secret" "$dir/secret" || fail "a refusal changed the file"
! printf 'correct horse\n' | "$ctl" keys destroy 1999-01 "$dir/secret" 2>/dev/null || fail "a month that it does not have"
printf 'correct horse\n' | "$ctl" keys destroy "$month" "$dir/secret" >/dev/null || fail "the key is not destroyed"
! cmp -s "$dir/keys/buurtbord-keys.secret" "$dir/secret" || fail "nothing was destroyed"
[ ! -e "$dir/secret.new" ] || fail "a file is left"
