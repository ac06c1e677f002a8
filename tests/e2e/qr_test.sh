# What a telephone sees. The codes of the tour (the link of a walk-in, of a sign-up and of an
# introduction, and the host's number) are read from the pictures at every size and in both themes,
# and compared field by field; at 1280x800 also out of focus, from aside, and with a lamp in the
# glass.
. tests/e2e/play.sh
need zbarimg python3 convert
convert -version 2>/dev/null | grep -q ImageMagick || skip "convert is not ImageMagick's"
prefer_release

# The longest hosts that stay readable: 19 letters, and 13 on a 7" panel (version 3 instead of 4).
sample "$work/with-link" https://in-de-buurt.example
sample "$work/with-link-800x480" https://buurt.example
sample "$work/without"

# Four base-32 characters of the initiative's last 20 bits, three of the days since 2020.
base32() { # VALUE LENGTH
	value=$1 length=$2 text=
	while [ "$length" -gt 0 ]; do
		text=$(printf %s ABCDEFGHIJKLMNOPQRSTUVWXYZ234567 | cut -c$((value % 32 + 1)))$text
		value=$((value / 32)) length=$((length - 1))
	done
	printf %s "$text"
}
initiative() { # NAME
	id=$(python3 -c 'import json, sys
for i in json.load(open("assets/catalogue/buurtlijst.json"))["initiatives"]:
    if i["name"] == sys.argv[1]: print(i["id"][-5:])' "$1")
	base32 $((0x$id)) 4
}
day() { base32 $((($(date -u -d "$1" +%s) - $(date -u -d 2020-01-01 +%s)) / 86400)) 3; }
vcard() { printf 'BEGIN:VCARD\nVERSION:3.0\nN:%s\nTEL:%s\nEND:VCARD' "$1" "$2"; }

walk_in=$(initiative 'Wat kan onze buurt? (ABCD)')$(day 2026-12-02)
sign_up=$(initiative Vrouwengroep)$(day 2026-12-08)#TOKEN
introduction=$(initiative Home-Start)#TOKEN

payload() { zbarimg -q --raw "$1" 2>/dev/null; }

# expect PICTURE PAYLOAD: exactly that, where #TOKEN stands for a fresh token
expect() {
	read_back=$(payload "$1" | sed 's/#[A-Z2-7]\{26\}$/#TOKEN/')
	[ "$read_back" = "$2" ] || die "$1: expected '$2', read '$read_back'"
}

# code FOLDER NAME NODE PAYLOAD: reads it, and measures it. Modules are 2 mm at least; the card of a
# host is version 4, and 41 modules of 2 mm do not fit above the bar of a 7" panel.
code() {
	least=2
	case $1/$3 in */800x480-*/*card) least=1.9 ;; esac
	expect "$1/$2.png" "$4"
	convert "$1/$2.png" -colorspace Gray -depth 8 "pgm:$1/$2.pgm"
	python3 tests/e2e/qr.py "$1/$2.json" "$3" "$1/$2.pgm" $least >"$1/$2.place" \
		2>>"$work/measured" ||
		die "$(cat "$work/measured")"
	rm "$1/$2.pgm"
}

# Only the screens with a code on them are kept.
awk '/^(shot|dump)/ && !/done|contact/ { next } { print }' assets/tour/tour.play >"$work/codes.play"

for size in 800x480 1280x800 1920x1080 1080x1920; do
	themes=normal
	[ $size != 1280x800 ] || themes="normal contrast"
	for theme in $themes; do
		out=$work/$size-$theme
		host=HTTPS://IN-DE-BUURT.EXAMPLE
		[ $size != 800x480 ] || host=HTTPS://BUURT.EXAMPLE
		link=$work/with-link-$size
		[ -e "$link" ] || link=$work/with-link
		cp -r "$link" "$work/data"
		play "$work/data" "$work/codes.play" "$out" --size $size --theme $theme 2>&1 ||
			die "$size: the tour did not get through"
		rm -r "$work/data"
		code "$out" 05-walk-in-done done/link "$host/$walk_in"
		code "$out" 17-done done/link "$host/$sign_up"
		code "$out" 18-contact done-contact/card "$(vcard Fatma 0550000003)"
		code "$out" 28-introduction-done done/link "$host/$introduction"
	done
	# Without a base for links the host's number stands in.
	out=$work/$size-plain
	cp -r "$work/without" "$work/data"
	awk '/keep-number|18-contact/ { next } { sub("done-contact/finish", "done/finish"); print }' \
		"$work/codes.play" >"$work/plain.play"
	play "$work/data" "$work/plain.play" "$out" --size $size 2>&1 ||
		die "$size: the tour without links did not get through"
	rm -r "$work/data"
	code "$out" 17-done done/card "$(vcard Fatma 0550000003)"
done

[ "$(vcard Fatma 0550000003 | wc -c)" -le 80 ] || die "the card is larger than 80 bytes"
tokens=$(for i in "$work"/*-normal/17-done.png "$work"/*-normal/28-*-done.png; do payload "$i"; done |
	sed 's/.*#//' | sort -u | wc -l)
[ "$tokens" = 2 ] || die "the seed gives $tokens tokens for two sign-ups"

# seen PICTURE PLACE PAYLOAD HOW CONVERT-OPTION...
seen() {
	picture=$1 wanted=$2 how=$3
	shift 3
	convert "$picture" "$@" "$work/seen.png"
	expect "$work/seen.png" "$wanted"
	echo "read $how: $(basename "$picture")"
}
for name in 17-done 18-contact; do
	picture=$work/1280x800-normal/$name.png
	wanted=HTTPS://IN-DE-BUURT.EXAMPLE/$sign_up
	[ $name = 17-done ] || wanted=$(vcard Fatma 0550000003)
	read -r x y w h <"$work/1280x800-normal/$name.place"
	seen "$picture" "$wanted" "out of focus" -blur 0x4
	seen "$picture" "$wanted" "from aside" -virtual-pixel gray -distort Perspective \
		"0,0 0,0 1280,0 1000,110 1280,800 1000,690 0,800 0,800"
	# a tenth of the 33 by 33 modules, in the middle
	side=$(awk "BEGIN { print int($w * 33 / 41 * sqrt(0.10)) }")
	left=$((x + (w - side) / 2)) top=$((y + (h - side) / 2))
	seen "$picture" "$wanted" "with a lamp in the glass" -fill white -draw \
		"rectangle $left,$top $((left + side)),$((top + side))"
done
sort -u "$work/measured"
