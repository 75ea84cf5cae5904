"""Taking in what was answered on one screen, and which screen comes next."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from homeward.surveys.webform.checking import Fault, fault_of, tidy
from homeward.surveys.webform.filling import Filling
from homeward.surveys.webform.form import Asked, Control
from homeward.surveys.webform.nodes import Node
from homeward.surveys.webform.screens import Screen, Time, asked_now, screens_of

MissingCodes = Mapping[str, Collection[str]]
NOWHERE = ""  # after the last screen: everything is asked


class Go(StrEnum):
    """What the reader does when a screen is saved."""

    ON = "on"
    BACK = "back"
    LATER = "later"
    ADD = "add"
    REMOVE = "remove"


class Overtaken(Exception):
    """Somebody saved other answers on this screen since it was read."""


class NoSuchScreen(Exception):
    """The form has no such screen, or has it no longer."""


@dataclass(frozen=True)
class Given:
    """What a reader sends of one screen: what was typed, by the place of its question in the form."""

    screen: str
    seal: str
    typed: Mapping[int, str] = field(repr=False)
    go: Go = Go.ON


@dataclass(frozen=True)
class Turn:
    """What came of it: what is wrong, and the screen to show; none when all is asked."""

    faults: Mapping[int, Fault]
    screen: str
    stays: bool = False


def screen_of(filling: Filling, key: str) -> Screen:
    """The screen of a key, or NoSuchScreen."""
    found = next((one for one in screens_of(filling) if one.key == key), None)
    if found is None:
        raise NoSuchScreen
    return found


def take(filling: Filling, given: Given, missing: MissingCodes) -> Turn:
    """Write the answers of one screen; what was saved by another meanwhile is never written over."""
    screen = screen_of(filling, given.screen)
    answers = [
        (asked, node, _tidied(filling, asked, node, given.typed[asked.index]))
        for asked, node in screen.questions
        if asked.index in given.typed and asked.control != Control.NOTE
    ]
    is_as_read = screen.seal() == given.seal
    if not is_as_read and any(node.text != text for _asked, node, text in answers):
        raise Overtaken
    for asked, node, text in answers:
        filling.answer(asked, node, text)
    filling.settle()
    if given.go in (Go.ADD, Go.REMOVE) and screen.time and not screen.time.is_fixed:
        return _change_times(filling, screen, screen.time, given, missing, is_as_read=is_as_read)
    return _turn(filling, given, missing)


def faults_on(filling: Filling, screen: Screen, missing: MissingCodes) -> dict[int, Fault]:
    """What is wrong on one screen, by the place of the question in the form."""
    found = {
        asked.index: fault_of(filling, asked, node, missing.get(asked.path, ()))
        for asked, node in screen.questions
    }
    return {index: fault for index, fault in found.items() if fault}


def all_faults(filling: Filling, missing: MissingCodes) -> dict[str, dict[int, Fault]]:
    """What is wrong anywhere, by screen."""
    found = {one.key: faults_on(filling, one, missing) for one in asked_now(screens_of(filling))}
    return {key: faults for key, faults in found.items() if faults}


def after(filling: Filling, key: str) -> str:
    """The next screen on which something is asked."""
    screens = screens_of(filling)
    keys = [one.key for one in screens]
    at = keys.index(key) if key in keys else -1
    return next((one.key for one in asked_now(screens[at + 1 :])), NOWHERE)


def before(filling: Filling, key: str) -> str:
    """The screen before, or nothing at the first."""
    screens = screens_of(filling)
    keys = [one.key for one in screens]
    at = keys.index(key) if key in keys else len(keys)
    return next((one.key for one in reversed(asked_now(screens[:at]))), NOWHERE)


def _turn(filling: Filling, given: Given, missing: MissingCodes) -> Turn:
    if given.go == Go.BACK:
        return Turn({}, before(filling, given.screen) or given.screen)
    if given.go == Go.LATER:
        return Turn({}, given.screen)
    screen = screen_of(filling, given.screen)
    faults = faults_on(filling, screen, missing)
    newly = {
        asked.index for asked, node in screen.questions if node.applies and asked.control != Control.NOTE
    } - set(given.typed)
    if newly:  # what was just answered asks for more here: only what was seen can be wrong
        return Turn({at: one for at, one in faults.items() if at in given.typed}, given.screen, stays=True)
    return Turn(faults, given.screen, stays=True) if faults else Turn({}, after(filling, given.screen))


def _change_times(
    filling: Filling, screen: Screen, time: Time, given: Given, missing: MissingCodes, *, is_as_read: bool
) -> Turn:
    """One time more or less; sent again by a bad line, it is not done again."""
    if given.go == Go.REMOVE:
        if is_as_read and time.node is not None:
            filling.remove_time(time.node)
            filling.settle()
        screens = screens_of(filling)
        keys = [one.key for one in asked_now(screens)]
        return Turn({}, given.screen if given.screen in keys else _nearest(filling, time))
    faults = faults_on(filling, screen, missing)
    if faults:
        return Turn(faults, given.screen, stays=True)
    if is_as_read:
        filling.add_time(time.mark)
        filling.settle()
    return Turn({}, after(filling, given.screen) if screen.lines else _nearest(filling, time))


def _nearest(filling: Filling, time: Time) -> str:
    """The last screen of a repeat, or the one that asks whether there are any."""
    own = [one for one in asked_now(screens_of(filling)) if one.time and one.time.mark is time.mark]
    return own[-1].key if own else NOWHERE


def _tidied(filling: Filling, asked: Asked, node: Node, typed: str) -> str:
    if asked.control == Control.SEVERAL:
        chosen = typed.split()
        offered = [one.code for one in filling.offered(asked, node)]
        return " ".join(
            [one for one in offered if one in chosen] + [one for one in chosen if one not in offered]
        )
    return tidy(asked, typed, filling.now)
