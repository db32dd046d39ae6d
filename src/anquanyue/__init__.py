"""The coordinator's toolkit for campaigns that collect figures by spreadsheet: forms out, forms in, one report."""

__version__ = "0.1.0"
