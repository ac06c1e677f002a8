#!/bin/sh
# A kiosk between itself and its hub: answers that are cut, endless, empty, noise, old, somebody
# else's or sent on elsewhere change nothing and are named; a pinned key lets in the one hub that has
# it; and a real sync after all of it brings what was waiting.
set -eu
unset http_proxy https_proxy HTTP_PROXY HTTPS_PROXY all_proxy ALL_PROXY
command -v openssl >/dev/null || exit 77
ctl=$BUILD/buurtctl
dir=$(mktemp -d)
hub=
liar=
end() {
	[ -z "$hub" ] || kill "$hub" 2>/dev/null || true
	[ -z "$liar" ] || kill "$liar" 2>/dev/null || true
	wait
	rm -rf "$dir"
}
trap end EXIT
fail() { printf '%s\n' "$*" >&2; exit 1; }
at() { who=$1; shift; "$ctl" --data "$dir/$who" "$@"; }

"$BUILD/buurthub" --data "$dir/hub" --listen 127.0.0.1:0 >"$dir/hub.out" 2>"$dir/hub.err" &
hub=$!
for _ in $(seq 300); do
	url=$(sed -n 's/^listening //p' "$dir/hub.out")
	[ -z "$url" ] || break
	sleep 0.1
done
[ -n "$url" ] || fail "the hub does not start: $(cat "$dir/hub.err")"
at hub import assets/catalogue/buurtlijst.json >/dev/null
mkdir "$dir/stick"
for kiosk in one two; do
	at hub enrol invite "$dir/stick" --name "$kiosk" 2>/dev/null
	at $kiosk enrol accept "$dir/stick" >/dev/null
	rm -r "$dir/stick"/*
	at $kiosk bundle sync >/dev/null
done
sed 's/"tagline": *"[^"]*"/"tagline": "Kom er gewoon bij"/' assets/catalogue/buurtlijst.json >"$dir/changed.json"
at one import "$dir/changed.json" >/dev/null # one has something to bring, two has not

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=hub \
	-keyout "$dir/key.pem" -out "$dir/cert.pem" 2>/dev/null
pin=$(openssl x509 -in "$dir/cert.pem" -noout -pubkey | openssl pkey -pubin -outform der |
	openssl dgst -sha256 -binary | base64)

# The first part of the path says how to lie; the second port is an honest TLS proxy of the hub.
python3 - "${url##*:}" "$dir" >"$dir/ports" <<'PY' &
import http.server, os, ssl, sys, threading, urllib.request
hub, folder = "http://127.0.0.1:" + sys.argv[1], sys.argv[2]
FRAMES = "application/vnd.buurtbord.frames"
old = urllib.request.urlopen(hub + "/v1/down?after=0").read()

class Base(http.server.BaseHTTPRequestHandler):
	protocol_version = "HTTP/1.1"
	def log_message(self, *arguments):
		pass
	def body(self):
		return self.rfile.read(int(self.headers.get("Content-Length", 0)))
	def give(self, status, kind, body, length=None, **headers):
		self.send_response(status)
		for name, value in headers.items():
			self.send_header(name, value)
		if kind:
			self.send_header("Content-Type", kind)
		self.send_header("Content-Length", str(len(body) if length is None else length))
		self.end_headers()
		self.wfile.write(body)

class Liar(Base):
	def do_POST(self):
		self.body()
		self.lie("application/json", b'{"ops":1,"refused":0}')
	def do_GET(self):
		self.lie(FRAMES, old)
	def lie(self, kind, right):
		how = self.path.split("/")[1]
		self.close_connection = True
		if how == "cut":
			self.give(200, kind, right[:10], length=1000)
		elif how == "endless":
			self.send_response(200)
			self.send_header("Content-Type", kind)
			self.send_header("Transfer-Encoding", "chunked")
			self.end_headers()
			try:
				while True:
					self.wfile.write(b"10000\r\n" + b"a" * 65536 + b"\r\n")
			except OSError:
				pass
		elif how == "elsewhere":
			self.give(302, "text/html", b"", Location=hub + self.path[len("/elsewhere"):])
		elif how == "busy":
			self.give(503, "text/plain", b"later")
		elif how == "ill":
			self.give(500, "text/plain", b"oh")
		elif how == "noise":
			self.give(200, kind, b"BBF1" + os.urandom(3000))
		elif how == "empty":
			self.give(200, kind, b"")
		elif how == "nameless":
			self.give(200, None, right)
		elif how == "turned":
			wrong = bytearray(old)
			wrong[len(old) // 2] ^= 1
			self.give(200, kind, bytes(wrong) if kind == FRAMES else right)
		elif how == "old":
			self.give(200, kind, right)

class Proxy(Base):
	def pass_on(self, body=None):
		headers = {n: self.headers[n] for n in ("Content-Type", "If-None-Match") if n in self.headers}
		ask = urllib.request.Request(hub + self.path, data=body, headers=headers)
		try:
			answer = urllib.request.urlopen(ask)
		except urllib.error.HTTPError as other:
			answer = other
		self.give(answer.status, answer.headers["Content-Type"], answer.read())
	def do_GET(self):
		self.pass_on()
	def do_POST(self):
		self.pass_on(self.body())

liar = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Liar)
proxy = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(folder + "/cert.pem", folder + "/key.pem")
proxy.socket = context.wrap_socket(proxy.socket, server_side=True)
print(liar.server_port, proxy.server_port, flush=True)
threading.Thread(target=liar.serve_forever, daemon=True).start()
proxy.serve_forever()
PY
liar=$!
for _ in $(seq 300); do [ -s "$dir/ports" ] && break; sleep 0.1; done
read -r liar_port tls_port <"$dir/ports"

refused() { # KIOSK ADDRESS WORDS
	before=$(at "$1" state; at "$1" devices)
	at "$1" bundle sync --address "$2" >/dev/null 2>"$dir/err" && fail "$1 believed $2"
	grep -qi "$3" "$dir/err" || fail "$1 of $2, not '$3': $(cat "$dir/err")"
	grep -qi 'sanitizer\|runtime error' "$dir/err" && fail "$(cat "$dir/err")"
	[ "$(at "$1" state; at "$1" devices)" = "$before" ] || fail "$2 changed $1"
}
lies=http://127.0.0.1:$liar_port
for kiosk in one two; do
	refused $kiosk $lies/cut "$lies"
	refused $kiosk $lies/endless 'more than'
	refused $kiosk $lies/elsewhere 'is no hub'
	refused $kiosk $lies/busy 'is busy'
	refused $kiosk $lies/ill 'is not well'
	refused $kiosk $lies/nameless 'is no hub'
	refused $kiosk $lies/hangs-up "$lies"
done
refused one $lies/noise 'does not speak as a hub'
refused one $lies/empty 'does not speak as a hub'
refused two $lies/noise 'byte 0'
refused two $lies/empty 'empty answer'
refused two $lies/turned 'byte'

# Yesterday's answer is true, and brings nobody back to yesterday.
state=$(at two state)
at two bundle sync --address $lies/old >/dev/null || fail "an old answer is no lie"
[ "$(at two state)" = "$state" ] || fail "an old answer changed two"
at one bundle sync --address $lies/old >/dev/null || fail "an old answer is no lie"
at one devices | grep -q '^pending 0$' && fail "one believed a receipt instead of the log"

# Whose key is pinned is the hub, and nobody else is.
tls=https://127.0.0.1:$tls_port
refused one "$tls" 'cannot prove'
refused one "$tls#sha256//$(printf 'another key' | openssl dgst -sha256 -binary | base64)" 'cannot prove'
refused one "$tls#sha256//" "$tls"
at one bundle sync --address "$tls#sha256//$pin" >/dev/null || fail "not in by the right key"
at two bundle sync --address "$tls#sha256//$pin" >/dev/null || fail "not in by the right key"
for kiosk in one two; do
	[ "$(at $kiosk state)" = "$(at hub state)" ] || fail "$kiosk differs from the hub"
done
at one devices | grep -q '^pending 0$' || fail "one still has something to say"
