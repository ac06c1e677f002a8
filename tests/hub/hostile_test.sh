#!/bin/sh
# Whoever comes to the hub with nonsense gets an answer or loses his connection, and the hub serves
# the next one: wrong requests, headers and bodies beyond every limit, bodies that stop, more
# connections than there are places, and noise.
set -eu
dir=$(mktemp -d)
hub=
end() {
	[ -z "$hub" ] || kill "$hub" 2>/dev/null || true
	wait
	rm -rf "$dir"
}
trap end EXIT
fail() { printf '%s\n' "$*" >&2; exit 1; }
"$BUILD/buurthub" --data "$dir/hub" --listen 127.0.0.1:0 >"$dir/out" 2>"$dir/err" &
hub=$!
for _ in $(seq 300); do
	url=$(sed -n 's/^listening //p' "$dir/out")
	[ -z "$url" ] || break
	sleep 0.1
done
[ -n "$url" ] || fail "the hub does not start: $(cat "$dir/err")"

python3 - "${url##*:}" <<'PY' || fail "see above"
import os, random, socket, sys
port = int(sys.argv[1])
bad = []

def connect():
	return socket.create_connection(("127.0.0.1", port), timeout=30)

def read_all(s):
	data = b""
	try:
		while True:
			piece = s.recv(65536)
			if not piece:
				return data
			data += piece
	except (ConnectionError, TimeoutError) as trouble:
		return data or repr(trouble).encode()

def leave(request):
	"""Says it and goes, before there can be an answer."""
	with connect() as s:
		s.sendall(request)

def talk(request):
	with connect() as s:
		try:
			s.sendall(request)
			s.shutdown(socket.SHUT_WR)
		except OSError: # it has been shut already; what it said may still be read
			pass
		return read_all(s)

def status(answer):
	return int(answer[9:12]) if answer.startswith(b"HTTP/1.1 ") else 0

def want(name, request, *expected):
	got = status(talk(request))
	if got not in expected:
		bad.append(f"{name}: {got}, not {expected}")

def request(line, *headers, body=b""):
	return "\r\n".join([line, "Host: hub", "Connection: close", *headers, "", ""]).encode() + body

def post(length, body=b"", *more):
	return request("POST /v1/frames HTTP/1.1", f"Content-Length: {length}", *more, body=body)

def alive(after):
	if status(talk(request("GET /v1/health HTTP/1.1"))) != 200:
		bad.append(f"not well after {after}")

# 0 is a connection that was closed without a word.
want("well", request("GET /v1/health HTTP/1.1"), 200)
want("elsewhere", request("GET /etc/passwd HTTP/1.1"), 404)
want("above", request("GET /../../etc/passwd HTTP/1.1"), 404)
want("encoded", request("GET /%2e%2e/%00x HTTP/1.1"), 400, 404, 0)
want("method", request("BREW / HTTP/1.1"), 405)
want("method of a body", request("PUT /v1/frames HTTP/1.1", "Content-Length: 0"), 405)
want("no length", request("POST /v1/frames HTTP/1.1"), 411)
want("chunks", request("POST /v1/frames HTTP/1.1", "Transfer-Encoding: chunked", body=b"3\r\nabc\r\n0\r\n\r\n"), 411)
want("no number", post("many"), 400, 0)
want("below nothing", post(-1), 400, 0)
want("beyond all numbers", post(10**30), 400, 413, 0)
want("too large", post((4 << 20) + 1), 413)
want("a body where none is", request("GET / HTTP/1.1", "Content-Length: 5", body=b"abcde"), 413)
want("noise", post(1000, os.urandom(1000)), 400)
want("a place that is none", request("GET /v1/down?after=zes HTTP/1.1"), 400)
want("a huge header", request("GET / HTTP/1.1", "X: " + "a" * 200000), 400, 413, 431, 0)
want("many headers", request("GET / HTTP/1.1", *[f"X{i}: {i}" for i in range(20000)]), 400, 413, 431, 0)
want("a huge line", request("GET /" + "a" * 200000 + " HTTP/1.1"), 400, 404, 414, 0)
leave(post(100000, b"BBF1"))
leave(b"\x16\x03\x01" + os.urandom(300))
want("another version", request("GET / HTTP/9.9"), 400, 505, 0)
alive("wrong requests")

# Bodies that are promised and do not come claim their room, and give it back.
held = []
for i in range(12):
	s = connect()
	s.sendall(post(4 << 20))
	held.append(s)
refused = 0
for s in held:
	s.settimeout(0.3)
	try:
		refused += status(s.recv(64)) == 503
	except TimeoutError:
		pass
if refused != 4:
	bad.append(f"of 12 bodies of 4 MiB, {refused} found no room")
alive("promised bodies")
for s in held:
	s.close()
want("room again", post(4, b"BBF1"), 400)

# All places taken by people who say nothing: one leaves, and the next is served.
held = [connect() for _ in range(100)]
for s in held:
	s.sendall(b"GET / HT")
late = connect()
late.sendall(request("GET /v1/health HTTP/1.1"))
for s in held:
	s.close()
if status(read_all(late)) not in (200, 0):
	bad.append("the one behind a hundred is not served")
late.close()
alive("a hundred connections")

# Noise, by a seed.
dice = random.Random(4)
good = request("POST /v1/frames HTTP/1.1", "Content-Length: 40", body=b"BBF1" + bytes(36))
for _ in range(300):
	noise = bytearray(good)
	for _ in range(dice.randint(1, 6)):
		noise[dice.randrange(len(noise))] = dice.randrange(256)
	leave(bytes(noise[:dice.randint(1, len(noise))]))
alive("noise")
print("\n".join(bad), file=sys.stderr)
sys.exit(bool(bad))
PY
kill "$hub"
wait "$hub" && status=0 || status=$?
hub=
[ $status = 0 ] || fail "the hub ends with $status: $(cat "$dir/err")"
grep -qi 'sanitizer\|runtime error' "$dir/err" && fail "$(cat "$dir/err")"
exit 0
