"""From a summary to documents: workbook and data."""
