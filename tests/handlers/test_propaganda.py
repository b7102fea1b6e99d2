"""The propaganda report: what is asked when, and what is doubted."""

from __future__ import annotations

import pytest

from handlers.propaganda import PROPAGANDA
from tests.forms.visit import report
from tests.handlers.filling import answered, counted, sent, submission, visiting


def test_attendances_are_asked_only_of_meetings() -> None:
    """With no meeting the attendances are not asked; with one they are, and zero is no answer."""
    assert answered(visiting(PROPAGANDA), "hôm nay", "6", "1", "0").step == "+more"
    visit = answered(visiting(PROPAGANDA), "hôm nay", "1", "1", "1")
    assert visit.step == "attendees"
    visit.types("0")
    assert visit.step == "attendees"
    assert answered(visit, "45").step == "+more"


def test_attendances_of_meetings_that_were_not_are_not_filed() -> None:
    """Attendances typed first and hidden by "no meeting" later are not filed."""
    visit = answered(visiting(PROPAGANDA), "hôm nay", "1", "1", "1", "45", "0")
    visit.presses("e:draft00001:sessions")
    filed = sent(answered(visit, "0"))
    assert "attendees" not in submission(filed).answers
    assert ("attendees", "") not in counted(filed)


def test_a_crowd_larger_than_the_unit_is_asked_about() -> None:
    """More attendances than workers times meetings are asked about."""
    assert answered(visiting(PROPAGANDA), "hôm nay", "1", "1", "1", "60").step == "+more"
    assert answered(visiting(PROPAGANDA), "hôm nay", "1", "1", "1", "61").step == "attendees!crowd"
    assert answered(visiting(PROPAGANDA), "hôm nay", "1", "1", "2", "61").step == "+more"


@pytest.mark.parametrize(("attendees", "asked"), [("50", True), ("49", False), ("2", False)])
def test_an_unusual_number_is_asked_about(attendees: str, asked: bool) -> None:
    """Five times the last figure is asked about; small differences are not."""
    history = [report(PROPAGANDA, days=30, forms=["hoi_nghi"], topics=["nq_43"], sessions=1, attendees=10)]
    visit = answered(visiting(PROPAGANDA, history=history), "hôm nay", "1", "1", "1", attendees)
    assert (visit.step == "attendees!unusual") is asked


@pytest.mark.parametrize(
    "typed", ["facebook.com/congdoan/posts/1", "https://a.vn/1\nhttps://b.vn/2", "xem https://a.vn/1 nhé"]
)
def test_links_are_kept(typed: str) -> None:
    """Web addresses are taken out of what was pasted."""
    visit = answered(visiting(PROPAGANDA), "hôm nay", "6", "1", "0")
    visit.presses("e:draft00001:links")
    answered(visit, typed)
    assert all("/" in line for line in visit.answers["links"].split("\n"))


def test_words_are_no_link() -> None:
    """A text without an address is refused with an example."""
    visit = answered(visiting(PROPAGANDA), "hôm nay", "6", "1", "0")
    visit.presses("e:draft00001:links")
    visit.types("đã đăng trên fanpage")
    assert visit.step == "links"


def test_campaigns_are_those_of_the_day() -> None:
    """The campaigns offered are those around the day of the activity; another day offers others."""
    visit = answered(visiting(PROPAGANDA), "hôm nay", "6", "1", "0")
    visit.presses("e:draft00001:campaign_code")
    answered(visit, "ngay phap luat nuoc chxhcn viet nam")
    code = visit.answers["campaign_code"]
    visit.presses("e:draft00001:event_date")
    visit.types("1/7")
    if visit.step == "event_date!period":
        visit.types("1")
    assert visit.step == "campaign_code"
    visit.types("boqua")
    assert visit.answers["campaign_code"] is None
    assert code
