"""A picture as a sheet of a workbook: its numbers, and a native chart beside them."""

from __future__ import annotations

from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.chart import BarChart, LineChart, Reference, ScatterChart
from openpyxl.chart import Series as ChartSeries
from openpyxl.chart.data_source import NumDataSource, NumRef
from openpyxl.chart.error_bar import ErrorBars
from openpyxl.formatting.rule import ColorScaleRule
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.worksheet import Worksheet

from retention.charts.colours import PALE_BAR, heat_colour
from retention.charts.picture import Picture
from retention.export.chart_numbers import ChartNumbers
from retention.export.number_code import label_code
from retention.export.sheet_begin import begin_sheet
from retention.files import neutralise

# Centimetres; about the upper half of a screen.
_WIDTH, _HEIGHT = 24, 12
_EMU_PER_POINT = 12_700


def write_chart(book: Workbook, picture: Picture, *, name: str) -> None:
    """Add a sheet with the numbers of a picture and a native chart of them.

    Parameters
    ----------
    book
        A workbook in write-only mode.
    picture
        Any picture; a heatmap becomes cells on a scale of colours.
    name
        A valid name for the sheet.

    Raises
    ------
    ArgumentError
        The picture is empty or its lengths do not agree.

    Notes
    -----
    The trap: the chart reads its sheet, so who sorts the rows changes the chart.

    Examples
    --------
    >>> from retention.charts.picture import Series
    >>> book = Workbook(write_only=True)
    >>> rates = Series("all", (0.4, 0.3))
    >>> write_chart(book, Picture("bar", "rfm", "Rate", ("a", "b"), (rates,)), name="rate")
    >>> book.sheetnames
    ['rate']
    """
    numbers = ChartNumbers.of(picture)
    sheet = book.create_sheet(name)
    try:
        sheet.column_dimensions["A"].width = 28
        begin_sheet(sheet)
        _fill(sheet, picture, numbers)
        if picture.kind == "heatmap":
            _colour(sheet, numbers)
        else:
            sheet.add_chart(_chart(sheet, picture, numbers), _anchor(numbers))
    finally:
        sheet.close()


def _fill(sheet: Worksheet, picture: Picture, numbers: ChartNumbers) -> None:
    head = [WriteOnlyCell(sheet, value=neutralise(word)) for word in numbers.header]
    for cell in head:
        cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    sheet.append(head)
    for row in numbers.rows:
        cells = [WriteOnlyCell(sheet, value=neutralise(value)) for value in row]
        for cell, code in zip(cells[1:], numbers.codes, strict=False):
            cell.number_format = code
        sheet.append(cells)
    for words in (picture.title, picture.footer, picture.call):
        if words:
            sheet.append([WriteOnlyCell(sheet, value=neutralise(words))])


def _anchor(numbers: ChartNumbers) -> str:
    return f"{get_column_letter(len(numbers.header) + 2)}2"


def _colour(sheet: Worksheet, numbers: ChartNumbers) -> None:
    last = f"{get_column_letter(len(numbers.header))}{len(numbers.rows) + 1}"
    low, high = (heat_colour(share).lstrip("#") for share in (0.0, 0.7))
    scale = ColorScaleRule(start_type="min", start_color=low, end_type="max", end_color=high)
    sheet.conditional_formatting.add(f"B2:{last}", scale)


def _chart(sheet: Worksheet, picture: Picture, numbers: ChartNumbers) -> Any:
    chart = _kind(picture, numbers)
    chart.title, chart.width, chart.height = picture.title, _WIDTH, _HEIGHT
    chart.x_axis.title, chart.y_axis.title = picture.x_label or None, picture.y_label or None
    # Newer versions leave axes out unless they are told to show them.
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.number_format, chart.y_axis.majorGridlines = label_code(picture), None
    last = len(numbers.rows) + 1
    names = Reference(sheet, min_col=1, min_row=2, max_row=last)
    for column in numbers.columns:
        values = Reference(sheet, min_col=column.place, min_row=1, max_row=last)
        if isinstance(chart, ScatterChart):
            series = ChartSeries(values, names, title_from_data=True)
        else:
            series = ChartSeries(values, title_from_data=True)
        _format(series, column.colour, column.width, is_bar=isinstance(chart, BarChart))
        if column.is_hidden:
            series.graphicalProperties.noFill, series.graphicalProperties.solidFill = True, None
        series.graphicalProperties.line.dashStyle = "dash" if column.is_limit else None
        if column.minus:
            series.errBars = _error_bars(sheet, column.minus, last)
        chart.series.append(series)
    if not isinstance(chart, ScatterChart):
        chart.set_categories(names)
    if len(numbers.columns) == 1 or picture.kind == "waterfall":
        chart.legend = None
    return chart


def _kind(picture: Picture, numbers: ChartNumbers) -> Any:
    if picture.kind == "line":
        chart = ScatterChart(scatterStyle="lineMarker") if numbers.is_scale else LineChart()
        if numbers.is_scale:
            first, last = numbers.rows[0][0], numbers.rows[-1][0]
            chart.x_axis.scaling.min, chart.x_axis.scaling.max = first, last
        return chart
    chart = BarChart()
    chart.type = "bar" if picture.is_horizontal else "col"
    chart.gapWidth = 45
    if picture.is_horizontal:
        chart.x_axis.scaling.orientation = "maxMin"
    if picture.kind in ("stacked_bar", "waterfall"):
        chart.grouping, chart.overlap = "stacked", 100
    return chart


def _format(series: Any, colour: str, width: float, *, is_bar: bool) -> None:
    look = series.graphicalProperties
    if is_bar:
        look.solidFill = colour.lstrip("#") or PALE_BAR
        return
    series.smooth, series.marker.symbol = False, "none"
    look.line.solidFill, look.line.width = colour.lstrip("#"), round(width * _EMU_PER_POINT)


def _error_bars(sheet: Worksheet, minus: int, last: int) -> ErrorBars:
    """Intervals from the two columns with the distances to the limits."""
    columns = [get_column_letter(place) for place in (minus, minus + 1)]
    spans = [f"{quote_sheetname(sheet.title)}!${c}$2:${c}${last}" for c in columns]
    down, up = (NumDataSource(numRef=NumRef(f=span)) for span in spans)
    return ErrorBars(errBarType="both", errValType="cust", minus=down, plus=up, noEndCap=False)
