#!/bin/sh
# Every C file stands as clang-format would put it.
command -v clang-format >/dev/null || exit 77
find app platform tests -name '*.[ch]' | sort | xargs clang-format --dry-run --Werror
