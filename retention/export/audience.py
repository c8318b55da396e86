"""An audience as a file: a list for those who call or write, or hashed contacts for a platform."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pandas as pd
from openpyxl import Workbook

from retention.errors import ArgumentError, ExportError, examples, shown
from retention.export.customer_match import PLATFORMS, match_rows
from retention.export.manifest import manifest_of
from retention.export.sheet import sheet_names, write_sheet
from retention.export.workbook import MAX_ROWS
from retention.files import atomic_path, neutralise
from retention.hidden_ids import example_cells
from retention.kinds import as_path
from retention.orders.identity.spelling import as_text
from retention.texts import text

PEOPLE = "people"
SUFFIXES = (".csv", ".xlsx")
CONTACTS = ("email", "phone")
REPEATED, NO_CONTACT, SAME_CONTACT = (
    "repeated row",
    "no usable contact",
    "contact of another customer",
)


def write_audience(
    audience: pd.DataFrame,
    path: str | Path,
    *,
    platform: Literal["people", "google", "meta", "tiktok", "zalo"] = "people",
    people: pd.DataFrame | None = None,
) -> Path:
    """Write an audience as a list for people, or as hashed contacts for an advertising platform.

    Beside the file lies `path` + ".manifest.json": rule, as-of day, rows, who was left out and why,
    and the file's SHA-256; nothing about anybody.

    Parameters
    ----------
    audience : DataFrame, one row per customer
        customer_id, and whatever else the list shall show; `attrs` hold where, as_of and left_out.
    path : str or Path
        The .csv or .xlsx file to write; an older one is replaced. Hashed contacts are .csv only.
        Who opens a list in Excel wants .xlsx: of a .csv it drops the zeros in front of phones and ids.
    platform : "people" (default), "google", "meta", "tiktok" or "zalo"
        For whom. "people": the columns as they are, in their order, no cell a formula. The others:
        e-mails and phones in the spelling of the platform, as SHA-256 in hexadecimal digits, one row per
        customer, sorted by them, nothing else; Zalo takes phones only.
    people : DataFrame
        What `read_people` returns; email and phone come from here where `audience` has no such column.

    Returns
    -------
    pathlib.Path
        The file written.

    Raises
    ------
    ArgumentError
        If the audience is no table, empty, without ids, has several different rows of one customer or
        no contacts where they are needed; the platform is unknown; the suffix does not fit.
    ExportError
        If the file cannot be written, or has more rows than a sheet holds. Nothing is left
        half-written.

    Notes
    -----
    The trap: a hash is no secret to someone who can guess the number; treat the file as personal data,
    upload it only for customers who agreed, and delete it then.

    References
    ----------
    The platforms' pages on customer lists: support.google.com/google-ads/answer/7659867;
    facebook.com/business/help/2082575038703844;
    ads.tiktok.com/help/article/list-of-supported-ids-and-formats-for-a-customer-file.
    For Zalo no public template was found: compare the header `phone` with what its upload page shows.

    Examples
    --------
    >>> import hashlib
    >>> from tempfile import TemporaryDirectory
    >>> customers = pd.DataFrame({"customer_id": ["1", "2"], "phone": ["0912 345 678", "n/a"]})
    >>> with TemporaryDirectory() as folder:
    ...     path = write_audience(customers, Path(folder) / "zalo.csv", platform="zalo")
    ...     lines = path.read_text().split()
    >>> lines == ["phone", hashlib.sha256(b"84912345678").hexdigest()]
    True
    """
    target = as_path("path", path)
    _check(audience, target, platform)
    _check_ids(audience)
    table = _with_contacts(audience.reset_index(drop=True), people)
    table.attrs = dict(audience.attrs)
    rows, left_out = _listed(table) if platform == PEOPLE else _hashed(table, platform)
    if len(rows) >= MAX_ROWS and target.suffix.lower() == ".xlsx":
        raise ExportError(
            f"audience: {len(rows):,} rows; an Excel sheet holds {MAX_ROWS - 1:,} under a header. "
            "Nothing was written. Give a path that ends in .csv."
        )
    counts: dict[str, Any] = {"customers": len(audience), "rows": len(rows), "left_out": left_out}
    # The file is moved first: where it cannot be, because somebody has it open, both stay as they were.
    with atomic_path(f"{target}.manifest.json") as beside, atomic_path(target) as temporary:
        _write(rows, temporary, is_for_people=platform == PEOPLE)
        told = manifest_of(
            table,
            temporary,
            platform=platform,
            columns=[str(n) for n in rows.columns],
            counts=counts,
        )
        beside.write_text(told, encoding="utf-8")
    return target


def _check(audience: object, path: Path, platform: str) -> None:
    problems = [*_wrong_target(path, platform), *_wrong_table(audience)]
    if problems:
        raise ArgumentError(" ".join(problems))


def _wrong_target(path: Path, platform: str) -> Iterator[str]:
    known = (PEOPLE, *PLATFORMS)
    suffix = path.suffix.lower()
    is_known = isinstance(platform, str) and platform in known
    if not is_known:
        yield f"platform: {shown(platform)} is not one of {', '.join(map(repr, known))}."
    if suffix not in SUFFIXES:
        yield f"path: {str(path)!r} ends in neither .csv nor .xlsx. Give such a name."
    elif suffix != ".csv" and is_known and platform != PEOPLE:
        yield f"path: {str(path)!r} is no .csv; {platform} takes hashed contacts as .csv only."


def _wrong_table(audience: object) -> Iterator[str]:
    if not isinstance(audience, pd.DataFrame):
        yield f"audience: a {type(audience).__name__} is no table. Pass a DataFrame."
        return
    names = audience.columns
    if isinstance(names, pd.MultiIndex):
        yield (
            f"audience: columns of {names.nlevels} levels ({examples(names)}). Make them one: "
            'audience.columns = ["_".join(map(str, name)) for name in audience.columns].'
        )
        return
    twice = names[names.duplicated()].unique()
    if "customer_id" not in names:
        yield f"audience: no column customer_id among {examples(names)}. One row per customer."
    if len(twice):
        yield f"audience: {len(twice)} columns have a name twice ({examples(twice)}). Rename them."
    if audience.empty:
        yield (
            'audience: 0 rows, nobody to contact. See audience.attrs.get("left_out") for who was left '
            "out, and widen the rule."
        )


def _check_ids(table: pd.DataFrame) -> None:
    absent = int(table["customer_id"].isna().sum())
    if absent:
        raise ArgumentError(
            f"audience: {absent:,} of {len(table):,} rows have no customer_id. See "
            'audience[audience["customer_id"].isna()]; leave them out with '
            'audience.dropna(subset="customer_id").'
        )


def _with_contacts(audience: pd.DataFrame, people: pd.DataFrame | None) -> pd.DataFrame:
    """The audience with the contacts that only `people` has, at the end."""
    if people is None:
        return audience
    wanted = [name for name in CONTACTS if name not in audience.columns]
    if not isinstance(people, pd.DataFrame) or "customer_id" not in people.columns:
        raise ArgumentError(
            "people: no table with a column customer_id. Pass what read_people() returns."
        )
    lacked = [name for name in wanted if name in people.columns]
    known = people[["customer_id", *lacked]].dropna(subset="customer_id")
    known = _once(known.assign(customer_id=as_text(known["customer_id"])), "people", "contacts")
    found = known.set_index("customer_id").reindex(as_text(audience["customer_id"]))
    return audience.assign(**{name: found[name].array for name in lacked})


def _listed(table: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, int]]:
    rows = _once(table, "audience", "cells")
    return rows.reset_index(drop=True), {REPEATED: len(table) - len(rows)}


def _hashed(table: pd.DataFrame, platform: str) -> tuple[pd.DataFrame, dict[str, int]]:
    _refuse_without_contacts(table, platform)
    hashes = match_rows(table, platform)
    headers = list(hashes.columns)
    rows = _once(hashes.assign(customer_id=table["customer_id"]), "audience", "contacts")
    reached = rows[rows[headers].notna().any(axis=1)]
    if reached.empty:
        raise ArgumentError(
            f"audience: 0 of {len(rows):,} customers have a contact that {platform} takes "
            f"({' or '.join(PLATFORMS[platform])}). Phones need a country code unless they are "
            "Vietnamese. See the cells of these columns, or pass people=read_people(...)."
        )
    once = reached[headers].drop_duplicates().sort_values(headers, ignore_index=True)
    left_out = {
        REPEATED: len(table) - len(rows),
        NO_CONTACT: len(rows) - len(reached),
        SAME_CONTACT: len(reached) - len(once),
    }
    return once, left_out


def _refuse_without_contacts(table: pd.DataFrame, platform: str) -> None:
    kinds = list(PLATFORMS[platform])
    if not any(kind in table.columns for kind in kinds):
        raise ArgumentError(
            f"audience: no column of contacts ({' or '.join(kinds)}) for {platform} among "
            f"{examples(table.columns)}. Pass people=read_people(...), or add such a column."
        )


def _once(table: pd.DataFrame, name: str, what: str) -> pd.DataFrame:
    """The table with each row once; a customer with two different ones is refused."""
    if as_text(table["customer_id"]).is_unique:
        return table
    rows = table[
        ~table.assign(customer_id=as_text(table["customer_id"])).astype("str").duplicated()
    ]
    ids = as_text(rows["customer_id"])
    twice = ids[ids.duplicated()].unique()
    if len(twice):
        raise ArgumentError(
            f"{name}: {len(twice):,} of {ids.nunique():,} customers have several rows with different "
            f"{what} ({example_cells(twice)}). See {name}[{name}.customer_id.duplicated(keep=False)]; keep "
            f'one row each, as {name}.drop_duplicates("customer_id") does.'
        )
    return rows


def _write(rows: pd.DataFrame, path: Path, *, is_for_people: bool) -> None:
    if not is_for_people:
        rows.to_csv(path, index=False, lineterminator="\n")
    elif path.suffix.lower() == ".csv":
        # With a mark at the beginning, without which Excel garbles Vietnamese.
        neutralise(rows).to_csv(path, index=False, lineterminator="\n", encoding="utf-8-sig")
    else:
        book = Workbook(write_only=True)
        write_sheet(book, rows, name=sheet_names([text("audience")])[0])
        book.save(path)
