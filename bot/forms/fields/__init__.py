"""The kinds of question. A field knows how to read an answer, check it, doubt it, and show it back."""

from bot.forms.fields.base import (
    Field,
    Figure,
    Misread,
    Option,
    ReadAnswer,
    Sensitivity,
    Understood,
    Warn,
)
from bot.forms.fields.choices import SelectMultiple, SelectOne, UnitPicker, YesNo
from bot.forms.fields.days import Date, DateTime, Period
from bot.forms.fields.files import Files, Photo
from bot.forms.fields.numbers import Calculated, Integer, Money
from bot.forms.fields.words import TextField

__all__ = [
    "Calculated",
    "Date",
    "DateTime",
    "Field",
    "Figure",
    "Files",
    "Integer",
    "Misread",
    "Money",
    "Option",
    "Period",
    "Photo",
    "ReadAnswer",
    "SelectMultiple",
    "SelectOne",
    "Sensitivity",
    "TextField",
    "Understood",
    "UnitPicker",
    "Warn",
    "YesNo",
]
