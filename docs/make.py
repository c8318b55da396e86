"""Build the site into build/docs: `python3 dev.py docs [--fast]`.

Pages are run with the sample, charts drawn, the reference made from docstrings. A warning, a broken link
or an example that fails stops the build, and the site made before stays.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WORK, SITE = ROOT / "build" / "docs-work", ROOT / "build" / "docs"
# Bars of progress, and what Material tells about plans of MkDocs at each start.
QUIET = {"TQDM_DISABLE": "1", "NO_MKDOCS_2_WARNING": "true"}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fast", action="store_true", help="no example is run, no chart drawn")
    parser.add_argument("--pictures", action="store_true", help="renew those of the README, too")
    options = parser.parse_args()
    os.environ.update(QUIET)
    install()
    shutil.rmtree(WORK, ignore_errors=True)
    # Only now: what it imports may just have been installed.
    pages = importlib.import_module("pages")
    config = pages.write_pages(WORK, is_fast=options.fast)
    made, site = WORK / "site", SITE.with_name("docs-fast") if options.fast else SITE
    words = ["-m", "mkdocs", "build", "--strict", "-q", "-f", str(config), "-d", str(made)]
    status = subprocess.run([sys.executable, *words]).returncode
    if status == 0:
        deliver(made, site)
        print(f"{site / 'index.html'} (the search works with: python3 -m http.server -d {site})")
    if status == 0 and options.pictures:
        renew_pictures(site)
    return status


def deliver(made: Path, site: Path) -> None:
    """Put the new site in the place of the old one."""
    shutil.rmtree(site, ignore_errors=True)
    made.replace(site)
    shutil.rmtree(WORK)


def renew_pictures(site: Path) -> None:
    for name, shot in importlib.import_module("gallery").README.items():
        shutil.copy(site / "gallery" / f"{shot}.png", ROOT / "docs" / "pictures" / f"{name}.png")


def install() -> None:
    """The libraries of the group `docs` as pinned, unless they are there."""
    if all(installed(name) == version for name, version in wanted().items()):
        return
    print("installing the libraries of the documentation", flush=True)
    words = ["install", "-q", "--disable-pip-version-check", "-c", "constraints.txt"]
    subprocess.run([sys.executable, "-m", "pip", *words, "--group", "docs"], cwd=ROOT, check=True)


def wanted() -> dict[str, str]:
    """Library of the group `docs` -> its pinned version."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    names = [re.split(r"[\[<>=]", each)[0] for each in project["dependency-groups"]["docs"]]
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = dict(line.split("==") for line in lines if "==" in line)
    return {name: pins[name] for name in names}


def installed(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


if __name__ == "__main__":
    sys.exit(main())
