"""Days, moments and months as people type them: "hôm qua", "15/11", "thứ 6 tuần trước", "10/3 âm", "8h30 tối qua".

The message is walked from left to right. Each recogniser knows one way of saying a time and gives a mention: the
piece of text with all the days it can mean. Only then does the side that the question asks for (done or planned)
choose among those days, and only mentions that agree make an answer.
"""

from bot.forms.dates.one_day import read_date
from bot.forms.dates.one_moment import read_datetime
from bot.forms.dates.one_month import read_month
from bot.forms.dates.when import When

__all__ = ["When", "read_date", "read_datetime", "read_month"]
