"""A past posting as an entry of the cache: ``derive(record)``. Pure.

record     which kind of record it is; ``{request, posting}`` is validated as the interface does
plain      a plain posting: its request (facts read off it, the rest unknown) and its sections
fields     the fields of the record: texts, null, lists of texts
blocks     a text cut into headed blocks;  topics: what a heading announces;  job_lines: what one line is about
route      which section each block belongs to
company_text  what of a text about the company is about the company and not about one job;  sentences
items, steps  lists: one item a line, hiring steps
values, facts, stated  typed values: employment type, seniority, years, education, founding year ...
"""

from cache_service.jobs.derive.errors import RecordError
from cache_service.jobs.derive.record import derive

__all__ = ["RecordError", "derive"]
