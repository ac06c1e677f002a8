"""Drives a Chromium without a window, over the pipe of its DevTools protocol: nothing but Python's
own library is needed, and no port is opened. One browser, one page, no network, and a profile that
goes away with it.

What the page asked for and what went wrong in it is kept in `requests` and `faults`, so that a test
can say that there was none."""
import base64
import json
import os
import select
import shutil
import subprocess
import tempfile
import time

PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser")
ANSWER_S = 60
END = b"\0"
KEYS = {"Space": (" ", 32), "Tab": ("", 9), "Enter": ("\r", 13)}


def program():
    """Where the browser is; None: nowhere."""
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


class Browser:
    def __init__(self, width=1280, height=800):
        self.profile = tempfile.mkdtemp(prefix="buurtbord-browser-")
        self.requests, self.faults, self.loaded = [], [], False
        self.number, self.read_bytes, self.session = 0, b"", None
        to_browser, self.writes = os.pipe()
        self.reads, from_browser = os.pipe()
        self.process = subprocess.Popen(
            ["sh", "-c", 'exec "$@" 3<&%d 4>&%d' % (to_browser, from_browser), "sh", program(),
             "--headless", "--remote-debugging-pipe", "--no-sandbox", "--disable-gpu",
             "--no-first-run", "--disable-dev-shm-usage", "--user-data-dir=" + self.profile],
            pass_fds=(to_browser, from_browser), stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_browser)
        os.close(from_browser)
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target,
                                 flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log", "DOM"):
            self.call(domain + ".enable")
        self.call("Network.emulateNetworkConditions", offline=True, latency=0,
                  downloadThroughput=0, uploadThroughput=0)
        self.size(width, height)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.close(self.writes)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        os.close(self.reads)
        shutil.rmtree(self.profile, ignore_errors=True)

    # --- the protocol ---

    def receive(self, until):
        while END not in self.read_bytes:
            left = until - time.monotonic()
            if left <= 0 or not select.select([self.reads], [], [], left)[0]:
                raise TimeoutError("the browser does not answer")
            some = os.read(self.reads, 1 << 16)
            if not some:
                raise ConnectionError("the browser is gone")
            self.read_bytes += some
        message, self.read_bytes = self.read_bytes.split(END, 1)
        return json.loads(message)

    def note(self, event):
        what, details = event.get("method"), event.get("params", {})
        if what == "Network.requestWillBeSent":
            self.requests.append(details["request"]["url"])
        elif what == "Runtime.exceptionThrown":
            self.faults.append(details["exceptionDetails"].get("text", "an exception"))
        elif what == "Runtime.consoleAPICalled" and details["type"] == "error":
            self.faults.append(str(details["args"]))
        elif what == "Log.entryAdded" and details["entry"]["level"] == "error":
            self.faults.append(details["entry"]["text"])
        elif what == "Page.loadEventFired":
            self.loaded = True

    def call(self, method, **parameters):
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.writes, json.dumps(message).encode() + END)
        until = time.monotonic() + ANSWER_S
        while True:
            answer = self.receive(until)
            if answer.get("id") != self.number:
                self.note(answer)
            elif "error" in answer:
                raise RuntimeError("%s: %s" % (method, answer["error"]["message"]))
            else:
                return answer["result"]

    # --- the page ---

    def open(self, path):
        self.loaded = False
        self.call("Page.navigate", url="file://" + os.path.abspath(path))
        self.wait_for_load()

    def wait_for_load(self):
        """After something that loads a page, before which `loaded` was made False."""
        until = time.monotonic() + ANSWER_S
        while not self.loaded:
            self.note(self.receive(until))

    def evaluate(self, script):
        """The value of an expression; promises are waited for."""
        answer = self.call("Runtime.evaluate", expression=script, returnByValue=True,
                           awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError("%s: %s" % (script, answer["exceptionDetails"]))
        return answer["result"].get("value")

    def wait_for(self, script, seconds=120):
        until = time.monotonic() + seconds
        while not self.evaluate(script):
            if time.monotonic() > until:
                raise TimeoutError("never true: " + script)
            time.sleep(0.1)

    def text(self, selector):
        return self.evaluate("document.querySelector(%s).textContent" % json.dumps(selector))

    def texts(self, selector):
        return self.evaluate("[...document.querySelectorAll(%s)].map(one => one.textContent)"
                             % json.dumps(selector))

    def count(self, selector):
        return len(self.texts(selector))

    def click(self, selector):
        """With a mouse, in the middle, which nothing may cover."""
        x, y, hit = self.evaluate("""(() => {
            const one = document.querySelector(%s);
            one.scrollIntoView({block: "center"});
            const at = one.getBoundingClientRect();
            const x = at.x + at.width / 2, y = at.y + at.height / 2;
            return [x, y, one.contains(document.elementFromPoint(x, y))];
        })()""" % json.dumps(selector))
        if not hit:
            raise RuntimeError("something covers " + selector)
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def press(self, key):
        text, code = KEYS[key]
        self.call("Input.dispatchKeyEvent", type="keyDown", key=text or key, code=key, text=text,
                  windowsVirtualKeyCode=code)
        self.call("Input.dispatchKeyEvent", type="keyUp", key=text or key, code=key,
                  windowsVirtualKeyCode=code)

    def fill(self, selector, text):
        """Instead of what stood there."""
        self.evaluate("""(() => {
            const one = document.querySelector(%s);
            one.focus();
            one.select();
        })()""" % json.dumps(selector))
        self.call("Input.insertText", text=text)

    def choose_file(self, selector, path):
        root = self.call("DOM.getDocument")["root"]["nodeId"]
        node = self.call("DOM.querySelector", nodeId=root, selector=selector)["nodeId"]
        self.call("DOM.setFileInputFiles", nodeId=node, files=[os.path.abspath(path)])

    # --- what it looks like ---

    def size(self, width, height):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height,
                  deviceScaleFactor=1, mobile=False)

    def screenshot(self, path):
        with open(path, "wb") as file:
            file.write(base64.b64decode(self.call("Page.captureScreenshot")["data"]))

    def pdf(self, path):
        """On A4, as a printer gets it."""
        with open(path, "wb") as file:
            file.write(base64.b64decode(self.call(
                "Page.printToPDF", paperWidth=8.27, paperHeight=11.69)["data"]))
