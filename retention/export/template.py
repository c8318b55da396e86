"""The empty presentation that slides go into: our own 16:9 one, or a company's template."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.exc import PackageNotFoundError
from pptx.oxml.ns import qn

from retention.errors import ArgumentError
from retention.export.house_style import house_presentation
from retention.files import at_home

_MAIN = b"presentationml.presentation.main+xml"
# A template or a slide show differs from a presentation in this one word.
_OTHERS = (b"presentationml.template.main+xml", b"presentationml.slideshow.main+xml")


def open_template(template: str | Path | None) -> Any:
    """A presentation without slides.

    Parameters
    ----------
    template
        A .pptx or .potx file whose master and layouts are used, its slides left out; None for the
        look of this package.

    Returns
    -------
    python-pptx Presentation
        Layouts and master, no slides.

    Raises
    ------
    ArgumentError
        There is no such file, or it is no PowerPoint file without macros.

    Notes
    -----
    The trap: the template's own size stays, so a 4:3 template gives 4:3 slides.

    Examples
    --------
    >>> presentation = open_template(None)
    >>> len(presentation.slides), presentation.slide_width / presentation.slide_height
    (0, 1.7777777777777777)
    """
    if template is None:
        return house_presentation()
    presentation = open_presentation(at_home(template), name="template")
    _remove_slides(presentation)
    return presentation


def open_presentation(path: Path, *, name: str) -> Any:
    """A presentation with its slides.

    Parameters
    ----------
    path
        A .pptx or .potx file.
    name
        The argument's name, for the message.

    Returns
    -------
    python-pptx Presentation
        In memory; the file itself is closed.

    Raises
    ------
    ArgumentError
        There is no such file, or it is no PowerPoint file without macros.

    Notes
    -----
    The trap: a file with macros is refused, because they would be lost or, worse, kept.
    """
    if not path.is_file():
        raise ArgumentError(f"{name}: there is no file {str(path)!r}. Check the path.")
    try:
        return Presentation(_as_presentation(path))
    except (zipfile.BadZipFile, PackageNotFoundError, KeyError, ValueError, SyntaxError) as error:
        raise ArgumentError(
            f"{name}: {path.name!r} cannot be read as a PowerPoint file without macros. "
            "Save it in PowerPoint as .pptx or .potx."
        ) from error
    except OSError as error:
        raise ArgumentError(
            f"{name}: {str(path)!r} cannot be opened ({error.strerror or error}). "
            "Check the permission, or copy it elsewhere."
        ) from error


def _as_presentation(path: Path) -> io.BytesIO:
    """The file in memory, a template or slide show turned into a presentation."""
    turned = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(turned, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename == "[Content_Types].xml":
                for other in _OTHERS:
                    content = content.replace(other, _MAIN)
                if _MAIN not in content:
                    raise ValueError("macros, or no presentation")
            new.writestr(part.filename, content)
    turned.seek(0)
    return turned


def _remove_slides(presentation: Any) -> None:
    identities = presentation.slides._sldIdLst
    for identity in list(identities):
        presentation.part.drop_rel(identity.rId)
        identities.remove(identity)
    # Sections and custom shows name slides that are gone: PowerPoint would offer to repair.
    element = presentation.part._element
    for listed in element.findall(qn("p:custShowLst")):
        element.remove(listed)
    for extension in element.findall(f"{qn('p:extLst')}/{qn('p:ext')}"):
        if any(child.tag.endswith("}sectionLst") for child in extension):
            extension.getparent().remove(extension)
