"""Forms → workbooks: blank, prefilled or returned, all by the same writer."""
