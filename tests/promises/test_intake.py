"""F1–F4, F10, F11: what was acknowledged is kept, once and whole, whatever is killed, cut, repeated or raced.

Over real HTTP, against an installation of its own with durable commits; the full sizes are drills.
"""

import random
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from hashlib import sha256

import pytest

from homeward.lib.identifiers import new_id
from homeward.surveys.tests.books import ANSWERS, filled
from tests.promises.bounds import full, none_in
from tests.promises.intake import BOUNDARY, PICTURES, installation, multipart

SEED = 20261122
NAMES = ("صورة ١.jpg", "photo été.jpg", "फोटो.png")
KILLS = ("one of the app", "database", "worker", "app")


@pytest.fixture(scope="module")
def place(scratch):
    with installation(scratch) as made:
        yield made


def form_with(name, instance=None):
    return filled(
        ANSWERS.replace("<photo/>", f"<photo>{name}</photo>"), instance=instance or f"uuid:{new_id()}"
    )


def kept_of(place, instances):
    wanted = set(instances)
    return [one for one in place.kept() if one["instance"] in wanted]


def sent_through_kills(place, count, clients, kills):
    """Forms sent one to three times by many clients while processes are killed: none lost, none twice."""
    chance = random.Random(SEED)
    names = {f"uuid:{new_id()}": chance.choice(NAMES) for _one in range(count)}
    bodies = {instance: form_with(name, instance) for instance, name in names.items()}
    files = {instance: [(name, instance.encode() * 50)] for instance, name in names.items()}

    def send(instance):
        for _time in range(random.Random(instance).randint(1, 3)):
            place.send_until_kept(bodies[instance], files[instance], hash(instance))

    with killing(place, kills) as done, ThreadPoolExecutor(clients) as pool:
        list(pool.map(send, names))
    kept = kept_of(place, names)
    assert len(kept) == count, "lost or doubled"
    for one in kept:
        ((name, content),) = files[one["instance"]]
        assert one["body"] == sha256(bodies[one["instance"]]).hexdigest()
        assert one["files"] == {name: sha256(content).hexdigest()}
        assert one["state"] == "complete"
    none_in(count, f"acknowledged forms were lost, doubled or half kept through {len(done)} kill -9", "F1")


@contextmanager
def killing(place, kills):
    """Meanwhile one process after the other is killed; each kind at least once, however quick the rest is."""
    over, done = threading.Event(), []

    def kill():
        for number in range(kills):
            if over.wait(0.3) and number >= len(KILLS):
                return
            place.kill(KILLS[number % len(KILLS)])
            done.append(number)
            place.wait()

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        yield done
    finally:
        over.set()
        killer.join()
        place.wait()


def sent_at_once(place, rounds, at_once):
    for number in range(rounds):
        body, begin = filled(ANSWERS), threading.Barrier(at_once)

        def send(phone, body=body, begin=begin):
            begin.wait()
            return place.send(body, phone=phone)

        with ThreadPoolExecutor(at_once) as pool:
            assert set(pool.map(send, range(at_once))) == {201}, number
    instances = (
        "SELECT count(*) FROM (SELECT FROM surveys_submission GROUP BY instance_id HAVING count(*) > 1) t"
    )
    assert place.rows(instances) == [(0,)]
    none_in(rounds, f"forms sent {at_once} times at once became two", "F2")


def other_answers(place, rounds):
    for _round in range(rounds):
        instance = f"uuid:{new_id()}"
        first = filled(ANSWERS, instance=instance)
        assert place.send(first) == 201
        assert place.send(filled("<works>no</works>", instance=instance)) == 409
        assert place.send(first) == 201
    refusals = "SELECT count(*) FROM audit_entry WHERE refused AND note = 'sync:different_body'"
    assert place.rows(refusals)[0][0] >= rounds, "each stands on the trail"
    none_in(rounds, "forms were overwritten by another under the same number", "F3")


def files_in_any_order(place, rounds):
    """Three pictures, two of them the same to the byte, in posts of any cut and order, repeated, cut off."""
    chance, whole, waiting = random.Random(SEED), {}, {}
    for number in range(rounds):
        instance = f"uuid:{new_id()}"
        body = form_with_pictures(instance)
        files = [(name, b"another" if name == NAMES[1] else b"one picture" * 40) for name in NAMES]
        posts = [*in_posts(files, chance), *in_posts(files, chance), [], [("unasked.jpg", b"x")]]
        chance.shuffle(posts)
        if number % 3 == 2:  # the last of its pictures never comes
            posts = [[one for one in post if one != files[2]] for post in posts]
            waiting[instance] = [NAMES[2]]
        there = set()
        for post in posts:
            if chance.random() < 0.3:
                cut_off(place, multipart(body, post), chance)
            there |= {name for name, _content in post} & set(NAMES)
            assert place.send(body, post) == (201 if len(there) == len(NAMES) else 202)
        whole[instance] = {name: sha256(content).hexdigest() for name, content in files if name in there}
    kept = kept_of(place, whole)
    assert len(kept) == rounds
    for one in kept:
        assert one["files"] == whole[one["instance"]]
        assert one["waiting"] == waiting.get(one["instance"], [])
        assert one["state"] == ("waiting_for_attachments" if one["waiting"] else "complete")
    what = "forms with files in several posts, in any order, repeated and cut off, came out wrong"
    none_in(rounds, what, "F4")


def form_with_pictures(instance):
    asked = "".join(f"<{name}>{file}</{name}>" for name, file in zip(PICTURES, NAMES, strict=True))
    return filled(asked, instance=instance, form="pictures")


def in_posts(files, chance):
    """The files in one, two or three posts."""
    left, posts = chance.sample(files, len(files)), []
    while left:
        count = chance.randint(1, len(left))
        posts.append(left[:count])
        left = left[count:]
    return posts


def cut_off(place, content, chance):
    """A post of which only the beginning arrives."""
    request = head_of(place, content) + content
    with socket.create_connection(("127.0.0.1", place.port), timeout=10) as line:
        line.sendall(request[: chance.randrange(1, len(request))])


def head_of(place, content):
    return (
        f"POST /phone/{place.told['phones'][0]}/submission HTTP/1.1\r\nHost: localhost\r\n"
        f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\n"
        f"Content-Length: {len(content)}\r\n\r\n"
    ).encode()


def cut_on_the_way(place, count):
    """Each form arrives cut at some byte several times before it arrives whole, at last slowly."""
    chance = random.Random(SEED)
    bodies = {}
    for _one in range(count):
        instance = f"uuid:{new_id()}"
        body = form_with("a.jpg", instance)
        content = multipart(body, [("a.jpg", b"picture" * 200)])
        request = head_of(place, content) + content
        for _time in range(2):
            cut_off(place, content, chance)
        with socket.create_connection(("127.0.0.1", place.port), timeout=30) as line:
            middle = chance.randrange(1, len(request))
            line.sendall(request[:middle])
            time.sleep(0.02)
            line.sendall(request[middle:])
            assert b" 201 " in line.recv(4096).split(b"\r\n")[0]
        bodies[instance] = sha256(body).hexdigest()
    kept = {one["instance"]: one for one in kept_of(place, bodies)}
    assert {instance: one["body"] for instance, one in kept.items()} == bodies
    assert {one["state"] for one in kept.values()} == {"complete"}
    none_in(count, "forms cut on the way, twice each, were finally missing, doubled or half kept", "F10")


def corrected_at_once(place, rounds, at_once=6):
    for _round in range(rounds):
        first = f"uuid:{new_id()}"
        assert place.send(filled(ANSWERS, instance=first)) == 201
        begin = threading.Barrier(at_once)

        def correct(phone, first=first, begin=begin):
            body = filled(ANSWERS, deprecated=first)
            begin.wait()
            return place.send(body, phone=phone)

        with ThreadPoolExecutor(at_once) as pool:
            told = sorted(pool.map(correct, range(at_once)))
        assert told == [201] + [409] * (at_once - 1)
    none_in(rounds * at_once, "corrections of one form silently took the place of another", "F11")


@pytest.mark.slow
def test_what_was_acknowledged_is_kept_once_and_whole_through_kills(place):
    sent_through_kills(place, 40, 6, 4)


def test_the_same_form_many_times_at_once_is_one(place):
    sent_at_once(place, 1, 10)


def test_other_answers_under_the_same_number_never_overwrite(place):
    other_answers(place, 1)


def test_files_may_come_in_any_order_and_number_of_posts(place):
    files_in_any_order(place, 6)


def test_forms_cut_on_the_way_arrive_in_the_end(place):
    cut_on_the_way(place, 6)


def test_of_corrections_at_once_one_stands_and_the_others_are_told(place):
    corrected_at_once(place, 2)


def test_a_post_in_chunks_without_a_length_is_taken(place):
    content = multipart(filled(ANSWERS))
    path = f"/phone/{place.told['phones'][0]}/submission"
    kind = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    pieces = (content[start : start + 100] for start in range(0, len(content), 100))
    assert place.ask("POST", path, pieces, kind)[0] == 201


def test_nothing_is_redirected_and_head_tells_where_to_send(place):
    status, _body, headers = place.ask("HEAD", f"/phone/{place.told['phones'][0]}/submission")
    assert status == 204
    assert headers["x-openrosa-version"] == "1.0"
    assert place.ask("GET", "/phone/formList")[0] == 401


@pytest.mark.drill
def test_ten_thousand_forms_through_two_hundred_kills(place):
    sent_through_kills(place, full(10_000, 40), 50, full(200, 4))


@pytest.mark.drill
def test_a_thousand_forms_twenty_times_at_once(place):
    sent_at_once(place, full(1_000, 3), 20)
    other_answers(place, full(1_000, 3))


@pytest.mark.drill
def test_a_thousand_forms_in_several_posts_and_cut_on_the_way(place):
    files_in_any_order(place, full(1_000, 6))
    cut_on_the_way(place, full(1_000, 6))


@pytest.mark.drill
def test_thousands_of_corrections_at_once(place):
    corrected_at_once(place, full(2_000, 2), at_once=10)
