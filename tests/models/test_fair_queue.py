from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from cache_service.models.fair_queue import PRIORITIES, FairQueue, Priority, Ticket

_WHO = st.tuples(st.sampled_from(PRIORITIES), st.sampled_from("abc"))


def serve(queue: FairQueue[int]) -> Ticket[int]:
    ticket = next(iter(queue))
    queue.serve(ticket)
    return ticket


@given(st.lists(st.one_of(_WHO, st.just("serve"), st.just("leave")), max_size=80))
def test_everyone_is_served_once_or_leaves(acts: list[object]) -> None:
    """Whatever comes in which order: nobody is lost, nobody is served twice, and the numbers are right."""
    queue: FairQueue[int] = FairQueue()
    inside: dict[int, Ticket[int]] = {}
    for now, act in enumerate(acts):
        match act:
            case (priority, tenant):
                ticket = Ticket(priority, tenant, float(now), now)
                queue.push(ticket)
                inside[now] = ticket
            case "serve" if inside:
                assert inside.pop(serve(queue).item)
            case "leave" if inside:
                assert queue.remove(inside.pop(min(inside)))
        assert len(queue) == len(inside) == len({one.item for one in queue})
        for number, priority in enumerate(PRIORITIES):
            above = [one for one in inside.values() if PRIORITIES.index(one.priority) <= number]
            assert queue.ahead(priority) == len(above)


@given(st.integers(1, 60), st.integers(1, 60), st.integers(0, 20))
def test_two_tenants_take_turns(many: int, few: int, head_start: int) -> None:
    """However many requests one has queued, the other gets every second slot from when it comes."""
    queue: FairQueue[int] = FairQueue()
    for number in range(many):
        queue.push(Ticket("interactive", "greedy", 0.0, number))
    for _ in range(min(head_start, many)):
        serve(queue)
    for number in range(few):
        queue.push(Ticket("interactive", "modest", 1.0, number))
    both = 2 * min(few, max(0, many - head_start))
    served = Counter(serve(queue).tenant for _ in range(both))
    assert abs(served["greedy"] - served["modest"]) <= 1


def test_a_tenant_s_own_requests_keep_their_order() -> None:
    """First come, first served."""
    queue: FairQueue[int] = FairQueue()
    for number in range(5):
        queue.push(Ticket("interactive", "a", float(number), number))
    assert [serve(queue).item for _ in range(5)] == list(range(5))


def test_urgent_before_interactive_before_batch() -> None:
    """Of those that came at about the same time."""
    queue: FairQueue[int] = FairQueue()
    order: list[Priority] = ["batch", "interactive", "urgent"]
    for number, priority in enumerate(order):
        queue.push(Ticket(priority, "a", float(number), number))
    assert [serve(queue).priority for _ in range(3)] == ["urgent", "interactive", "batch"]


def test_nobody_starves() -> None:
    """Beside a stream of urgent requests that takes all there is, batch is served after half a minute."""
    queue: FairQueue[int] = FairQueue()
    queue.push(Ticket("batch", "b", 0.0, -1))
    queue.push(Ticket("urgent", "a", 0.0, 0))
    now = 0.0
    while serve(queue).priority != "batch":
        now += 1
        queue.push(Ticket("urgent", "a", now, int(now)))
    assert 29 <= now <= 32


def test_who_left_pays_nothing() -> None:
    """A tenant whose requests were cancelled in the queue is not made to wait for them later."""
    queue: FairQueue[int] = FairQueue()
    left = [Ticket("interactive", "a", 0.0, number) for number in range(50)]
    for ticket in left:
        queue.push(ticket)
    for ticket in left:
        queue.remove(ticket)
    for number in range(4):
        queue.push(Ticket("interactive", "b", 1.0, number))
    queue.push(Ticket("interactive", "a", 2.0, 99))
    assert 99 in {serve(queue).item, serve(queue).item}


def test_the_youngest_is_who_came_last() -> None:
    """Of all tenants."""
    queue: FairQueue[int] = FairQueue()
    assert queue.youngest("batch") is None
    for number, tenant in enumerate("abba"):
        queue.push(Ticket("batch", tenant, float(number), number))
    youngest = queue.youngest("batch")
    assert youngest is not None
    assert youngest.item == 3
