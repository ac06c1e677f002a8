"""Opens the call list of a folder in a real browser without a network.

call_list.py forty FOLDER: the page of tests/kiosk/stick_test. Refused without a file, with a wrong
file, a wrong passphrase and other keys; opened, ticked, printed; forgotten when closed; shut
whoever writes into it.
call_list.py open PAGE KEYS PASSPHRASE PICTURE: opens a page and prints a line for everybody on it:
the day, the meeting, the name, the number.

Pictures and the printed list stay beside the page."""
import glob
import json
import sys

from browser import Browser

PEOPLE = 40
NEIGHBOURS = 2  # who left a number with a wish
WITHOUT_NUMBER = 4
ARABIC = "\u0633\u0627\u0631\u0629 4"
LONG = "Wilhelmina-Maximiliana Adriana Petronella van Oosterhout-Schimmelpenninck 9"


def try_to_open(page, keys, passphrase):
    """What the page says is wrong; empty: the list is open."""
    if keys:
        page.choose_file("#key", keys)
    page.fill("#passphrase", passphrase)
    page.click("#go")
    page.wait_for("""!document.getElementById("go").disabled &&
        (document.getElementById("wrong").textContent !== "" ||
            !document.getElementById("list").hidden)""")
    return page.text("#wrong")


def refuses(page, folder, passphrase):
    with open(folder + "/holiday.txt", "w") as letter:
        letter.write("Dit is een brief.\n")
    assert "Kies eerst het sleutelbestand" in try_to_open(page, None, passphrase)
    assert "geen sleutelbestand" in try_to_open(page, folder + "/holiday.txt", passphrase)
    keys = folder + "/buurtbord-keys.secret"
    assert "wachtzin past niet" in try_to_open(page, keys, "een andere zin")
    page.screenshot(folder + "/refused.png")
    wrong = try_to_open(page, folder + "/other.secret", passphrase)
    assert "sleutel past niet bij deze lijst" in wrong
    assert page.count("#days li") == 0


def shows_everybody(page):
    names = page.texts("#days .name")
    assert page.count("#days li") == len(names) == PEOPLE + NEIGHBOURS
    for number in range(PEOPLE):
        assert any(name.endswith(" %d" % number) for name in names), number
    assert "<b>Henk</b> 5" in names and ARABIC in names and LONG in names
    links = page.count('#days a[href^="tel:0612345"]')
    assert links == PEOPLE - WITHOUT_NUMBER, links
    assert "december 2026" in page.text("#days h2")
    assert "0 van de 42 gebeld" in page.text("#count")
    assert page.text("#unopened") == ""


def shows_wishes(page):
    """They come last: what for, a number, the day on which it was asked, and no name."""
    assert "Ik zoek" in page.texts("#days h2")[-1]
    assert page.texts("#days h3")[-2:] == ["Ik zoek: samen eten", "Ik zoek: wandelen"]
    assert page.texts("#days .name")[-1] == "Een buur"
    assert page.texts("#days a")[-1] == "0698765401"
    assert page.texts("#days .about")[-1] == "Gevraagd op dinsdag 1 december 2026."


def stands_well(page):
    """Nothing sticks out to the side, where paper would cut it off, and a long name leaves the box
    beside it as large as any."""
    assert page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    widths = page.evaluate("""[...document.querySelectorAll("#days input")].map(
        box => box.getBoundingClientRect().width)""")
    assert len(set(widths)) == 1, set(widths)


def ticks(page):
    page.evaluate('document.querySelector("#days input").focus()')
    page.press("Space")
    page.click("#days li:nth-of-type(2) label")
    assert "2 van de 42 gebeld" in page.text("#count")
    assert page.count("li.done") == 2


def forgets(page):
    page.loaded = False
    page.click("#close")
    page.wait_for_load()
    assert page.count("#days li") == 0
    assert page.evaluate('document.getElementById("passphrase").value') == ""
    assert page.evaluate("document.cookie") == ""


def is_shut(page):
    """The policy must hold whoever writes into the page."""
    before = len(page.faults)
    ran = page.evaluate("""(async () => {
        const script = document.createElement("script");
        script.textContent = "window.broken = true";
        document.body.appendChild(script);
        const sent = await fetch("https://buurt.example/").then(() => true, () => false);
        return window.broken === true || sent;
    })()""")
    assert ran is False
    assert any("Content Security Policy" in fault for fault in page.faults[before:]), page.faults


def stayed_inside(page):
    outside = [url for url in page.requests if url.split(":")[0] not in ("file", "data", "blob")]
    assert outside == [], outside


def forty(folder):
    with open(folder + "/passphrase") as file:
        passphrase = file.read()
    (path,) = glob.glob(folder + "/stick/*.html")
    with Browser() as page:
        page.open(path)
        page.screenshot(folder + "/locked.png")
        refuses(page, folder, passphrase)
        assert try_to_open(page, folder + "/buurtbord-keys.secret", passphrase) == ""
        shows_everybody(page)
        shows_wishes(page)
        ticks(page)
        page.screenshot(folder + "/list.png")
        stands_well(page)
        page.size(390, 800)
        stands_well(page)
        page.screenshot(folder + "/list-narrow.png")
        page.pdf(folder + "/list.pdf")
        assert page.faults == [], page.faults
        forgets(page)
        stayed_inside(page)
        is_shut(page)


def open_one(path, keys, passphrase, picture):
    with Browser() as page:
        page.open(path)
        wrong = try_to_open(page, keys, passphrase)
        assert wrong == "", wrong
        page.screenshot(picture)
        for line in page.evaluate("""(() => {
            const lines = [];
            let day = "", meeting = "";
            for (const one of document.querySelectorAll("#days h2, #days h3, #days li")) {
                if (one.tagName === "H2") day = one.textContent;
                else if (one.tagName === "H3") meeting = one.textContent;
                else lines.push([day, meeting, one.querySelector(".name").textContent,
                    one.querySelector(".phone, .phone-none").textContent].join(" | "));
            }
            return lines;
        })()"""):
            print(line)
        assert page.faults == [], page.faults
        stayed_inside(page)


{"forty": forty, "open": open_one}[sys.argv[1]](*sys.argv[2:])
