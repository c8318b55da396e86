"""Words that stand out from their paper."""

from __future__ import annotations

import pytest

from retention.charts.colours import PALETTE, PAPER
from retention.charts.contrast import ENOUGH, contrast, ink_of


# laws
@pytest.mark.parametrize("colour", PALETTE)
def test_the_ink_of_a_colour_can_be_read_on_white(colour: str) -> None:
    assert contrast(ink_of(colour), PAPER) >= ENOUGH
    assert contrast(colour, PAPER) == contrast(PAPER, colour)


# references
def test_grey_777777_just_fails_as_the_rules_for_pages_say() -> None:
    """W3C, Understanding WCAG 2.1, success criterion 1.4.3: #767676 is the lightest grey on white."""
    assert contrast("#777777", PAPER) < ENOUGH <= contrast("#767676", PAPER)
