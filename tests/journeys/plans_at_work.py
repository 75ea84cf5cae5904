"""Drawing up a plan at the browser, and signing it with a finger on the screen."""

from tests.journeys.people_at_work import fill_day, follow, press


def begin_the_plan(page):
    follow(page, "Begin the plan")
    press(page, "Begin the plan")


def add_the_first_goal(page, words, part_of_life):
    follow(page, "Add the first goal")
    say_a_goal(page, words, part_of_life)


def add_a_goal(page, words, part_of_life):
    follow(page, "Add a goal")
    say_a_goal(page, words, part_of_life)


def say_a_goal(page, words, part_of_life):
    page.get_by_label("What they want, in their own words").fill(words)
    page.get_by_label(part_of_life).check()
    press(page, "Save the goal")


def add_an_activity(page, what, *, goal, day=None, form=None, package=None, cost=None):
    """Say what is done for a goal; an activity without a package costs the programme nothing."""
    page.get_by_role("region", name=f"Goal {goal}").get_by_role("link", name="Add an activity").click()
    page.get_by_label("What is done").fill(what)
    if form:
        page.get_by_role("group", name="How it is given").get_by_label(form).check()
    if package:
        page.get_by_label("Paid from").select_option(package)
        page.get_by_label("Cost").fill(cost)
    if day:
        fill_day(page, "planned_on", day)
    press(page, "Save the activity")


def propose_the_plan(page):
    follow(page, "Propose the plan")
    press(page, "Propose the plan")


def let_the_person_sign(page, *, language):
    """The plan is read aloud, then the person signs on the screen."""
    follow(page, "The person agrees")
    page.get_by_label("Language in which the plan was shown or read aloud").select_option(language)
    page.get_by_label("The plan was read aloud to the person").check()
    sign_on_the_screen(page)
    press(page, "Record the agreement")


def sign_on_the_screen(page):
    pad = page.locator("canvas.pad-to-sign")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 120, box["y"] + 20)
    page.mouse.move(box["x"] + 160, box["y"] + 60)
    page.mouse.up()
