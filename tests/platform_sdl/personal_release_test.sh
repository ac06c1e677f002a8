#!/bin/sh
# The scan of memory for typed text, on a release build: sanitizers keep what they should forget.
test=$BUILD/release/tests/platform_sdl_personal_test
[ -x "$test" ] || { echo "no release build: tests/run makes one"; exit 77; }
BUILD=$BUILD/release exec "$test"
