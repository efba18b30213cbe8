"""Named conversions that a recipe may ask for; all listed in table. Pure functions, text in and text out."""
