"""The language of a whole session: of a notebook, a script, or a run of the command."""

from __future__ import annotations

from retention import texts
from retention.errors import ArgumentError, choose


def set_language(language: str | None) -> None:
    """Say and draw everything in a language from here on, outside of `use_style` blocks.

    Parameters
    ----------
    language : str or None
        "en" or "vi"; None changes nothing, so that `set_language(orders.choices.language)` does what
        the `retention.toml` says, if anything.

    Returns
    -------
    None

    Raises
    ------
    ArgumentError
        For a language without a catalogue.

    Notes
    -----
    The trap: pictures are described in the language of their moment; set it before the first one.

    Examples
    --------
    >>> from retention.texts import text
    >>> set_language("vi")
    >>> text("Cancelled")
    'Đã hủy'
    >>> set_language("en")
    """
    if language is None:
        return
    choose("language", language, texts.languages())
    texts.speak(language)


def translated(sentence: str) -> str:
    """Say a sentence of this package's slides in the language of the session or block.

    Parameters
    ----------
    sentence : str
        In English; what the catalogue does not know comes back as it is.

    Returns
    -------
    str

    Raises
    ------
    ArgumentError
        If it is no text.

    Notes
    -----
    The trap: only sentences of the package are known, to the letter.

    Examples
    --------
    >>> translated("Later ages rest on fewer cohorts.")
    'Later ages rest on fewer cohorts.'
    """
    if not isinstance(sentence, str):
        raise ArgumentError(f"sentence: a {type(sentence).__name__} is no text.")
    return texts.text(sentence)
