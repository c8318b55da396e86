"""A fit's card says the sentence and the parameters, escaped."""

from __future__ import annotations

import pandas as pd

from retention.models.card import fit_card
from retention.texts import language


# examples
def test_a_card_says_the_sentence_and_the_parameters() -> None:
    card = fit_card("r < 1", pd.DataFrame({"parameter": ["<r>"], "estimate": [0.2425945]}))
    assert "<strong>r &lt; 1</strong>" in card
    assert "&lt;r&gt;" in card
    assert "0.2426" in card


def test_numbers_are_written_for_people() -> None:
    """Amounts of a currency without hundredths in full, all in the signs of the language."""
    with language("vi"):
        card = fit_card("", pd.DataFrame({"estimate": [595961.82, 12320.4, 0.2425945]}))
    assert ">595.962<" in card
    assert ">12.320<" in card
    assert ">0,2426<" in card
