"""What an office decides by itself: its book of settings, a workbook of a few sheets, each with rows of text cells."""
