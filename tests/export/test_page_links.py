"""Links of a page lead to pages that are there."""

from __future__ import annotations

from retention.export.page_links import link_pages

PAGE = (
    '<p><a href="03_lifecycle.ipynb">03_lifecycle</a>: where? Back to\n'
    '<a href="01_cohorts.ipynb">01_cohorts</a>.</p>'
)


# examples


def test_a_notebook_with_a_page_is_linked_and_another_is_named() -> None:
    assert link_pages(PAGE, ["01_cohorts"]) == (
        '<p>03_lifecycle: where? Back to\n<a href="01_cohorts.html">01_cohorts</a>.</p>'
    )


# laws


def test_other_links_stay() -> None:
    page = (
        '<h2>Next<a class="anchor-link" href="#Next">¶</a></h2>'
        '<a href="https://example.org/a.ipynb">elsewhere</a>'
    )
    assert link_pages(page, []) == page


def test_linked_twice_is_linked_once() -> None:
    once = link_pages(PAGE, ["03_lifecycle"])
    assert link_pages(once, ["03_lifecycle"]) == once
