"""A JupyterLab on loopback, and what a user does in it, by a browser without a window."""

from __future__ import annotations

import json
import os
import re
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

CHROMIUM = Path("/usr/bin/chromium")
# No sandbox for root, no GPU, and no word to anybody beyond this machine.
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-default-apps",
)  # fmt: skip
# Cells that are out of sight must be in the page, too; nobody is asked whether to read the news.
SETTINGS: dict[str, dict[str, Any]] = {
    "notebook-extension/tracker": {"windowingMode": "none"},
    "apputils-extension/notification": {
        "fetchNews": "false", "checkForUpdates": False, "doNotDisturbMode": True,
    },
}  # fmt: skip
THEMES = {"light": "JupyterLab Light", "dark": "JupyterLab Dark"}
PANEL = ".jp-NotebookPanel:not(.lm-mod-hidden)"
# JupyterLab shows an error as it shows what is written to stderr.
ERROR = f'{PANEL} [data-mime-type="application/vnd.jupyter.stderr"]'
IS_DONE = """wanted => {
    const panel = document.querySelector('.jp-NotebookPanel:not(.lm-mod-hidden)');
    const prompts = [...panel.querySelectorAll('.jp-CodeCell .jp-InputPrompt')].map(e => e.textContent);
    const error = panel.querySelector('[data-mime-type="application/vnd.jupyter.stderr"]');
    const isIdle = panel.querySelector('.jp-Notebook-ExecutionIndicator')?.dataset.status === 'idle';
    const done = prompts.filter(text => /\\[\\d+\\]/.test(text)).length;
    return isIdle && !prompts.some(text => text.includes('*')) && (done >= wanted || error);
}"""
DRAWN = "all => all.filter(i => i.complete && i.naturalWidth > 100 && i.clientWidth > 50).length"


class Lab:
    """The server, and one page of one browser in it."""

    def __init__(
        self, url: str, token: str, root: Path, page: Any, pictures: Path | None = None
    ) -> None:
        self.url, self.token, self.root, self.page = url, token, root, page
        self.pictures = pictures

    def open(self, path: str, *, theme: str = "light") -> None:
        """Open a notebook and wait for its kernel: Run All before that asks to choose one."""
        self.use_theme(theme)
        self.page.goto(f"{self.url}/lab/tree/{quote(path)}?reset&token={self.token}")
        self.page.wait_for_selector(f"{PANEL} .jp-Cell", timeout=90_000)
        self.wait_for_session(path)
        status = self.page.locator("#jp-main-statusbar")
        status.get_by_text("| Idle").wait_for(timeout=60_000)

    def use_theme(self, theme: str) -> None:
        settings = {"raw": json.dumps({"theme": THEMES[theme]})}
        self._ask("lab/api/settings/@jupyterlab/apputils-extension:themes", settings)

    def wait_for_session(self, path: str, seconds: float = 90) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for session in self._ask("api/sessions"):
                kernel = session["kernel"]
                if session["path"] == path and kernel["execution_state"] == "idle":
                    return
            self.page.wait_for_timeout(200)
        raise TimeoutError(f"{path}: no kernel after {seconds} s")

    def fill_in(self, **values: str) -> None:
        """Set names in the parameters cell, as somebody does who types into it."""
        cell = self.page.locator(f"{PANEL} .jp-CodeCell").first
        source = cell.locator(".cm-content").inner_text()
        for name, value in values.items():
            source = re.sub(rf"(?m)^{name} = .*$", lambda _, n=name, v=value: f"{n} = {v}", source)
        cell.locator(".cm-content").click()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(re.sub(r"\n+", "\n", source.replace("\xa0", " ")).strip())

    def run_all(self, path: str, *, seconds: float = 600) -> None:
        """Run all cells from the menu and wait until the kernel rests."""
        self.choose("Run", "Run All Cells")
        self.page.wait_for_function(
            IS_DONE, arg=self.code_cells(path), timeout=seconds * 1000, polling=500
        )

    def choose(self, menu: str, item: str) -> None:
        self.page.get_by_role("menuitem", name=menu, exact=True).click()
        self.page.get_by_role("menuitem", name=item, exact=True).click()
        self.page.wait_for_timeout(200)

    def code_cells(self, path: str) -> int:
        cells = json.loads((self.root / path).read_text(encoding="utf-8"))["cells"]
        return sum(cell["cell_type"] == "code" and bool(cell["source"]) for cell in cells)

    def charts(self) -> int:
        return int(self.page.locator(f"{PANEL} .jp-OutputArea-output img").evaluate_all(DRAWN))

    def errors(self) -> list[str]:
        """Errors, and whatever else was written to stderr."""
        return list(self.page.locator(ERROR).all_inner_texts())

    def picture_of_page(self, name: str) -> None:
        if self.pictures:
            self.page.screenshot(path=self.pictures / f"{name}.png")

    def picture(self, name: str) -> None:
        """The whole notebook from top to bottom, in pages that can be looked at."""
        if not self.pictures:
            return
        host = self.page.locator(f"{PANEL} .jp-WindowedPanel-outer").first
        height, seen = host.evaluate("e => [e.scrollHeight, e.clientHeight]")
        for number, top in enumerate(range(0, height, seen)):
            host.evaluate("(e, top) => { e.scrollTop = top }", top)
            self.page.wait_for_timeout(60)
            host.screenshot(path=self.pictures / f"{name}_{number:02}.png")

    def close(self) -> None:
        """End all kernels, so that the next notebook has the machine for itself."""
        for session in self._ask("api/sessions"):
            self._ask(f"api/sessions/{session['id']}", method="DELETE")
        self.page.goto("about:blank")

    def _ask(self, path: str, body: Any = None, method: str | None = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.url}/{path}", data=data)
        request.method = method or ("PUT" if data else "GET")
        request.add_header("Authorization", f"token {self.token}")
        with urllib.request.urlopen(request, timeout=30) as answer:
            said = answer.read()
        return json.loads(said) if said else None


@contextmanager
def served(root: Path, state: Path) -> Iterator[tuple[str, str]]:
    """A JupyterLab of our own: address and token. Its settings and its log lie in `state`."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token, url = secrets.token_hex(16), f"http://127.0.0.1:{port}"
    words = ["--no-browser", "--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}",
             "--ServerApp.port_retries=0", f"--IdentityProvider.token={token}",
             f"--ServerApp.root_dir={root}"]  # fmt: skip
    words += ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with (state / "lab.log").open("w") as log:
        started = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *words], env=os.environ | places(state),
            stdout=log, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            wait_until_served(url, token, started, state / "lab.log")
            yield url, token
        finally:
            end(started)


def end(process: Any) -> None:
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def places(state: Path) -> dict[str, str]:
    """Folders of its own, so that nobody's JupyterLab is touched; and our settings in them.

    Charts go into the page even where MPLBACKEND, set for tests without a screen, would swallow them.
    """
    for name, values in SETTINGS.items():
        file = state / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(values), encoding="utf-8")
    names = {"JUPYTER_CONFIG_DIR": "config", "JUPYTERLAB_SETTINGS_DIR": "settings",
             "JUPYTERLAB_WORKSPACES_DIR": "workspaces", "JUPYTER_RUNTIME_DIR": "runtime",
             "IPYTHONDIR": "ipython"}  # fmt: skip
    folders = {name: str(state / folder) for name, folder in names.items()}
    return folders | {"MPLBACKEND": "module://matplotlib_inline.backend_inline"}


def wait_until_served(url: str, token: str, process: Any, log: Path, seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        try:
            urllib.request.urlopen(f"{url}/api?token={token}", timeout=2).close()
        except OSError:
            time.sleep(0.3)
        else:
            return
    raise RuntimeError(f"JupyterLab does not answer: {log.read_text()[-2000:]}")
