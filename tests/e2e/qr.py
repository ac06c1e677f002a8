"""Looks at the QR code of a picture without reading it:

    qr.py DUMP.json NODE PICTURE.pgm LEAST_MM

The picture is grey (P5). Prints "x y w h" of the code with its quiet zone, in pixels. Complains and
exits with 1 when a module is smaller than LEAST_MM, when one of the four sides has fewer than four
quiet modules, or when the code is not black on white."""

import json
import re
import sys

QUIET_MODULES = 4
FINDER_MODULES = 7


def read_pgm(path):
    data = open(path, "rb").read()
    match = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", data)
    width, height = int(match[1]), int(match[2])
    return width, height, data[match.end() :]


def main():
    dump = json.load(open(sys.argv[1]))
    node = next(n for n in dump["nodes"] if n["id"] == sys.argv[2])
    width, _, grey = read_pgm(sys.argv[3])
    px_per_mm = dump["size_px"][0] / dump["size_mm"][0]
    x, y, w, h = node["rect_px"]
    rows = [grey[(y + row) * width + x : (y + row) * width + x + w] for row in range(h)]
    dark = [row for row in range(h) if min(rows[row]) < 128]
    top, bottom = dark[0], dark[-1]
    left = min(next((i for i, v in enumerate(rows[r]) if v < 128), w) for r in dark)
    right = max(w - 1 - next((i for i, v in enumerate(rows[r][::-1]) if v < 128), w) for r in dark)
    # the first row of a code begins with the seven dark modules of a finder
    run = next(i for i, v in enumerate(rows[top][left:]) if v >= 128)
    module = run / FINDER_MODULES
    modules = round((right - left + 1) / module)
    faults = []
    if module / px_per_mm < float(sys.argv[4]) - 0.01:
        faults.append(f"a module is {module / px_per_mm:.2f} mm")
    if (modules - 17) % 4 or abs((bottom - top) - (right - left)) > 1:
        faults.append(f"{modules} modules is no QR code")
    quiet = min(left, top, w - 1 - right, h - 1 - bottom) / module
    if quiet < QUIET_MODULES - 0.01:
        faults.append(f"the quiet zone is {quiet:.1f} modules")
    values = {v for row in rows for v in row}
    if min(values) > 16 or max(values) < 255:
        faults.append("the code is not black on white")
    for fault in faults:
        print(f"{sys.argv[1]}: {fault}", file=sys.stderr)
    print(f"{x} {y} {w} {h}")
    print(
        f"{dump['size_px'][0]}x{dump['size_px'][1]} {sys.argv[2]}: {modules} modules of"
        f" {module / px_per_mm:.2f} mm, quiet zone {quiet:.1f}",
        file=sys.stderr,
    )
    return 1 if faults else 0


sys.exit(main())
