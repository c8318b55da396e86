"""One JupyterLab and one browser for all of these tests, closed when they are done."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser.lab import CHROMIUM, QUIET, Lab, served

from retention.export.starter import copy_starter
from retention.orders.cdnow import write_cdnow

PICTURES = "RETENTION_PICTURES"  # a folder in which to keep what the pages looked like
NOT_HERE = "{} is missing: run `python3 dev.py test --all`"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `retention init` gives, and the orders of another shop beside it."""
    folder = tmp_path_factory.mktemp("lab")
    copy_starter(folder)
    write_cdnow(folder / "cdnow.csv")
    return folder


@pytest.fixture(scope="module")
def pictures() -> Path | None:
    """Where somebody looks at them; otherwise none are taken, as they take their time."""
    given = os.environ.get(PICTURES)
    if not given:
        return None
    Path(given).mkdir(parents=True, exist_ok=True)
    return Path(given)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    if not importlib.util.find_spec("playwright"):
        pytest.skip(NOT_HERE.format("the package playwright"))
    if not CHROMIUM.exists():
        pytest.skip(NOT_HERE.format(CHROMIUM))
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        context = driver.chromium.launch_persistent_context(
            tmp_path_factory.mktemp("browser"),
            executable_path=CHROMIUM,
            args=list(QUIET),
            viewport={"width": 1300, "height": 1600},
        )
        yield context
        context.close()


@pytest.fixture(scope="module")
def started(
    browser: Any, root: Path, pictures: Path | None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Lab]:
    with served(root, tmp_path_factory.mktemp("state")) as (url, token):
        yield Lab(url, token, root, browser.pages[0], pictures)


@pytest.fixture
def lab(started: Lab, request: pytest.FixtureRequest) -> Iterator[Lab]:
    broken: list[str] = []
    started.page.on("pageerror", lambda error: broken.append(str(error)))
    yield started
    # What was seen last says most where a test fails.
    started.picture_of_page(f"last_{request.node.name}")
    started.close()
    assert broken == []
