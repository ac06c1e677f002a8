# Runs display_test on an X server of its own.
command -v xvfb-run >/dev/null || { echo "no xvfb-run"; exit 77; }
# libdbus, which SDL loads under X, never frees a kilobyte of its own; window_test looks for leaks.
export ASAN_OPTIONS=detect_leaks=0
unset SDL_VIDEODRIVER WAYLAND_DISPLAY
exec xvfb-run -a -s "-screen 0 1280x800x24" "$BUILD/tests/platform_sdl_display_test"
