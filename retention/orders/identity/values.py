"""E-mail addresses and phone numbers in one spelling each, so that equal ones meet.

What cannot be one person's own (masked, too short, typed to get past a form) is missing.
"""

from __future__ import annotations

from typing import Any

import ibis
from ibis import _

from retention.engine.connection import store
from retention.orders.rules.placeholders import is_placeholder

_LOCAL = r"[^\s<>()\[\]\"',;:@]+"
_ADDRESS = rf"{_LOCAL}@(?:[^\s<>()\[\]\"',;:@.]+\.)+[^\s<>()\[\]\"',;:@.]+"
# The first run of digits and of the signs that people put between them.
_NUMBER = r"\+?[(\s]*\+?\d[\d\s\x{00a0}\x{202f}().\x{2010}-\x{2013}-]*"
# Vietnamese mobile numbers had eleven digits before 2018; each of their prefixes became a shorter one.
_SHORTENED = {
    "0120": "070", "0121": "079", "0122": "077", "0126": "076", "0128": "078",
    "0123": "083", "0124": "084", "0125": "085", "0127": "081", "0129": "082",
    "0162": "032", "0163": "033", "0164": "034", "0165": "035",
    "0166": "036", "0167": "037", "0168": "038", "0169": "039",
    "0186": "056", "0188": "058", "0199": "059",
}  # fmt: skip
_VIETNAMESE_MOBILE = r"^[35789]\d{8}$"
_OLD_MOBILE = rf"^({'|'.join(old[1:] for old in _SHORTENED)})\d{{7}}$"


def _declared(value: str) -> str:
    """DuckDB's own: composed letters, so that one accent is one spelling."""
    raise NotImplementedError(value)


_composed = ibis.udf.scalar.builtin(_declared, name="nfc_normalize")


def email_values(column: Any, *, is_by_inbox: bool = True) -> Any:
    """Distinct texts of a column (`text`) with the first address in each (`value`, null if none).

    In small, composed letters. Gmail delivers `an.le+shop@googlemail.com` to `anle@gmail.com`, so they
    are one; elsewhere dots and tags are part of the name and stay. Without `is_by_inbox` they stay
    everywhere. A masked address (`a***@x.vn`) is nobody's.
    """
    address = _composed(_.text.cast("string")).lower().re_extract(rf"({_ADDRESS})", 1)
    # Stored stage by stage: Ibis would repeat each step wherever a later one uses it.
    found = store(_texts(column).mutate(address=address))
    found = found.mutate(name=_.address.split("@")[0], domain=_.address.split("@")[1])
    inbox = _.name.re_replace(r"\+.*$", "").replace(".", "").concat("@gmail.com")
    is_folded = _.domain.isin(["gmail.com", "googlemail.com"]) & is_by_inbox
    found = store(found.mutate(value=ibis.ifelse(is_folded, inbox, _.address)))
    is_known = (found.address != "") & ~found.address.contains("*")
    return store(_known(found, is_known))


def phone_values(column: Any) -> Any:
    """Distinct texts of a column (`text`) with the first number in each (`value`, null if none).

    Vietnamese numbers as 0xxxxxxxxx, others as they are, with + if given: +84, 0084, 84 and a lost
    zero are one number, and so are the mobile prefixes before and after 2018.
    """
    found = store(
        _texts(column).mutate(clean=_.text.cast("string").strip().re_replace(r"\.0$", ""))
    )
    found = store(found.mutate(written=_.clean.re_extract(rf"({_NUMBER})", 1)))
    # Two home numbers in one cell: the first.
    figures = _.written.re_replace(r"\D", "").re_replace(r"^(0\d{9})0\d{9}$", r"\1")
    found = store(found.mutate(figures=figures))
    is_abroad = _.written.contains("+") | _.figures.startswith("00")
    bare = _.figures.re_replace("^00", "")
    found = store(found.mutate(bare=bare, is_abroad=is_abroad))
    found = store(_at_home(found))
    found = store(found.mutate(value=ibis.coalesce(_vietnamese(found), _other(found))))
    is_masked = found.clean.re_search(r"[*xX•]{2}") | found.clean.re_search(r"\d[eE][+]?\d")
    return store(_known(found, ~is_masked))


def _texts(column: Any) -> Any:
    return column.name("text").as_table().filter(_.text.notnull()).distinct()


def _known(found: Any, is_known: Any) -> Any:
    is_own = is_known & found.value.notnull() & ~is_placeholder(found.value).fill_null(False)
    return found.select("text", value=ibis.ifelse(is_own, found.value, ibis.null("string")))


def _at_home(found: Any) -> Any:
    """`home`: the number without country code and leading zero; `is_coded`: it says Vietnam."""
    is_coded = found.bare.re_search(r"^840?[1-9]\d{8,9}$")
    home = ibis.ifelse(
        is_coded, found.bare.re_replace("^840?", ""), found.bare.re_replace("^0", "")
    )
    return found.mutate(is_coded=is_coded, home=home)


def _vietnamese(found: Any) -> Any:
    """The number at home, if it is a Vietnamese mobile, or one that says that it is Vietnamese."""
    old = ibis.literal("0").concat(found.home)
    shortened = old.substr(0, 4).substitute(_SHORTENED).concat(old.substr(4))
    at_home = found.is_coded | ~found.is_abroad
    is_landline = found.home.re_search(r"^2\d{8,9}$")
    return ibis.cases(
        (at_home & found.home.re_search(_VIETNAMESE_MOBILE), old),
        (at_home & found.home.re_search(_OLD_MOBILE), shortened),
        (found.is_coded & (found.is_abroad | is_landline), old),
        else_=ibis.null("string"),
    )


def _other(found: Any) -> Any:
    number = ibis.ifelse(found.is_abroad, ibis.literal("+").concat(found.bare), found.bare)
    return ibis.ifelse(found.bare.length().between(8, 15), number, ibis.null("string"))
