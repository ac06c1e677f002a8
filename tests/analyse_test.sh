#!/bin/sh
# clang-tidy and cppcheck over the product's sources.
command -v clang-tidy >/dev/null && command -v cppcheck >/dev/null || exit 77
bad=0
files=$(find app platform -name '*.c' | sort)
# The compile commands are gcc's; clang does not know all of its options.
printf '%s\n' $files | xargs -P "$(nproc)" -n 8 clang-tidy --quiet -p "$BUILD" \
	--extra-arg=-Wno-unknown-warning-option 2>/dev/null || bad=1
cppcheck --quiet --error-exitcode=1 --inline-suppr --std=c11 --enable=warning,portability \
	--suppress=missingIncludeSystem --suppress=normalCheckLevelMaxBranches \
	--suppress=uninitvar -j "$(nproc)" \
	-Iapp -I. $files || bad=1
exit $bad
