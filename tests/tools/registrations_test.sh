#!/bin/sh
# keys create, registrations open: the database gets the keys, and the directory their public half.
set -e
buurtctl=$BUILD/buurtctl
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
fail() {
	echo "$1" >&2
	exit 1
}

printf 'correct horse\n' | "$buurtctl" keys create "$dir/stick" >/dev/null 2>&1
[ "$("$buurtctl" --data "$dir/data" keys show)" = practice ] || fail "a new kiosk does not practise"
"$buurtctl" --data "$dir/data" registrations open "$dir/stick/org-keys.pub" >/dev/null
cmp "$dir/stick/org-keys.pub" "$dir/data/org-keys.pub" || fail "the public keys were not kept"
"$buurtctl" --data "$dir/data" keys show | grep -q '^keys ' || fail "registrations are not open"
if grep -rq buurtbord-secret-keys "$dir/data"; then fail "the secret half is on the kiosk"; fi

# again, with the copy itself: nothing changes
"$buurtctl" --data "$dir/data" registrations open "$dir/data/org-keys.pub" >/dev/null
cmp "$dir/stick/org-keys.pub" "$dir/data/org-keys.pub"

# what cannot be a set of keys opens nothing
printf 'buurtbord-public-keys 1\n' >"$dir/broken"
if "$buurtctl" --data "$dir/other" registrations open "$dir/broken" 2>/dev/null; then
	fail "a broken key file was taken"
fi
[ ! -e "$dir/other/org-keys.pub" ] || fail "a broken key file was kept"
if "$buurtctl" --data "$dir/other" --clock 2026-12-01T09:00:00+01:00 \
	registrations open "$dir/stick/org-keys.pub" 2>/dev/null; then
	fail "real registrations on a simulated clock"
fi
[ ! -e "$dir/other/org-keys.pub" ] || fail "keys were kept that do not count"

# a passphrase that does not fit whole is not taken at all
if head -c 300 /dev/zero | tr '\0' x | "$buurtctl" keys create "$dir/long" >/dev/null 2>&1; then
	fail "a passphrase was cut off"
fi
[ ! -e "$dir/long" ] || fail "keys were made with half a passphrase"
