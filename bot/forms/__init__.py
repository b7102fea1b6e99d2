"""Forms and the talk that fills them in: fields, conditions, and the reader of numbers, money and dates."""
