"""A fit's card says the sentence and the parameters, escaped."""

from __future__ import annotations

import pandas as pd

from retention.models.card import fit_card


# examples
def test_a_card_says_the_sentence_and_the_parameters() -> None:
    card = fit_card("r < 1", pd.DataFrame({"parameter": ["<r>"], "estimate": [0.2425945]}))
    assert "<strong>r &lt; 1</strong>" in card
    assert "&lt;r&gt;" in card
    assert "0.2426" in card
