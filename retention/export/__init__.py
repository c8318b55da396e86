"""Files for others: deck, workbook, report."""
