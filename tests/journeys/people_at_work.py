"""What colleagues do at the browser in these journeys, in the words that they read on the screen."""

from django.urls import reverse


def button(page, name):
    return page.get_by_role("button", name=name, exact=True)


def press(page, name):
    """Press a button and wait for the page that answers."""
    with page.expect_navigation():
        button(page, name).click()
    assert not page.locator(".errors").count(), page.locator(".errors").inner_text()


def follow(page, name):
    """Follow the first link of that name, unfolding what hides it."""
    link = page.get_by_role("main").get_by_role("link", name=name, exact=True).first
    if not link.count():
        folded = page.locator("main details:not([open])", has=page.get_by_text(name, exact=True))
        folded.locator("> summary").first.click()
    with page.expect_navigation():
        link.click()


def fill_day(page, field, day):
    """Type a day into its three boxes."""
    for box in ("day", "month", "year"):
        page.locator(f"#id_{field}_{box}").fill(str(getattr(day, box)))


def stage_of(page):
    """The stage that the open case shows, in words."""
    return page.locator(".stage-now strong").inner_text()


def open_case(visitor, case_id):
    return visitor.open(reverse("case", args=[case_id]))
