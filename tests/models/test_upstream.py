from __future__ import annotations

import pytest

from cache_service.models.upstream import retry_after_s

DATE = "Tue, 24 Nov 2026 02:00:00 GMT"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after": "-3"}, 0.0),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "Tue, 24 Nov 2026 02:00:20 GMT", "date": DATE}, 20.0),
        ({"retry-after": "Tue, 24 Nov 2026 01:00:00 GMT", "date": DATE}, 0.0),
        ({"retry-after": "Tue, 24 Nov 2026 02:00:20 GMT"}, None),
        ({"retry-after": "Tue, 24 Nov 2026 02:00:20 GMT", "date": "Tue, 24 Nov 2026 02:00:00 -0000"}, None),
    ],
)
def test_retry_after_is_seconds_or_a_date(headers: dict[str, str], seconds: float | None) -> None:
    """A date is held against the answer's own clock; what cannot be read is as if it were not there."""
    assert retry_after_s(headers) == seconds
