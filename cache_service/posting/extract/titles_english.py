"""English titles: where the words of one begin, and whether it stands where a posting names the job on offer.

A headline ("Senior Data Scientist - Austin, TX"), a label's value, what is looked for ("we are hiring a ..."), what one
joins or works as ("As a ..., you will"), and the role itself ("The Data Analyst will ..."). "Experience as a nurse",
colleagues and superiors are none of it.
"""

from __future__ import annotations

import re
from typing import Final

from cache_service.posting.extract.reading import Scan
from cache_service.posting.extract.terms import Hit

_LONGEST_TOKEN: Final = 24
_TOKEN_BEFORE: Final = re.compile(r"[A-Za-z0-9+#/&.'\-]{1,24}$")
# Words that no title begins with: articles, verbs, praise, levels and types of employment.
_NO_PART: Final = frozenset(
    """a an the our your their its his her this that these those we you i us to for of in on at as with by from and or but be is are
    was were will can may looking seeking hiring need needs needed want wants find finding recruit recruiting join joining adding hire
    seek seeks search searching currently now also immediately experienced talented passionate motivated self-motivated skilled highly
    creative dynamic outstanding driven dedicated enthusiastic energetic reliable friendly full-time part-time fulltime temporary
    permanent contract freelance remote hybrid onsite on-site new next first great good strong exceptional qualified ambitious proactive
    hardworking hard-working results-driven results-oriented detail-oriented organized compassionate caring innovative senior junior sr
    jr lead principal staff intern mid mid-level entry-level entry level mid-senior senior-level junior-level one two three several
    multiple additional more another any every other some all both local successful seasoned versatile smart bright curious
    collaborative accomplished world-class top very extremely urgently bilingual only exciting opportunity position role title job
    welcome apply career four five six seven eight nine ten eleven twelve dozen couple more single extra further committed trusted organised hands-on open opening immediate who whose such like former previous wanted vacancy""".split()
)
_NURSE_LEVELS: Final = re.compile(r"(?:staff|charge|principal|lead) $", re.IGNORECASE)
_STAFFED: Final = frozenset({"nurse", "accou", "attor", "pharm"})
_HEADLINE_AFTER: Final = re.compile(
    r"(?: (?:I{1,3}|IV|[1-4]))?\s?(?:$|[|(\[/,!:–]|- | (?:at|in|for|wanted|needed|hiring|job|position|opening|role|required|vacancy|opportunity)\b| @|\n)",
    re.IGNORECASE,
)
_SENTENCE: Final = re.compile(
    r"\b(?:is|are|was|we|We|you|You|will|have|has|must|who|our|Our|with|to|and (?:a|the|our|other))\b|[.:] *$"
)
_BULLET: Final = re.compile(r"\s*(?:[-•·*ㆍ■▶◦●○∙✓✔+]|\d{1,2}[.)])")
_LABEL: Final = re.compile(
    r"\b(?:position|role|job(?: title)?|title|vacancy|opening|we need|now hiring|wanted)(?: is| title)?\s?[:–-]\s?[^\n:.]{0,12}$",
)
_TRIGGER: Final = re.compile(
    r"(?:\b(?i:look(?:ing)? for|seek(?:s|ing)|search(?:ing)? for|in search of|hir(?:e|es|ing)|recruit(?:s|ing)?|in need of|needs?|welcom(?:e|ing)|on the hunt for"
    r"|appoint(?:ing)?|engage|tak(?:e|ing) on|room for|applications (?:for|from)(?: the (?:post|position|role) of)?|appointment of|(?:to|fill) the (?:post|position|role) of|(?:we're|we are) after|[Bb](?:e|ecome) (?=our|an? )(?:our|an?)|[Cc]alling all|on the lookout for|love to (?:hire|meet)|positions? for|vacanc(?:y|ies) for|an? opening for|openings? for|wants?|hiring:|[Aa]re you(?= an? )|with us as|opportunity for|vacanc(?:y|ies) for|hiring (?:\d{1,3}|two|three|four|five|six|seven|eight|ten)|(?:role|position|job|title|post) (?:of|as|for)|(?:position|role|job) is|(?:our|your) (?:next|new))\s"
    r"|\bjoin(?:ing)?\s(?:[\w'&]+\s){1,5}as\s|\b[Yy]ou(?:'ll| will) (?:be|work as|serve as|act as)\s|(?:^|(?<=[.!?]))[ \"]?[Aa]s\s|\bAs\s(?=an?\s)|\b[Ww]ork(?:ing)? as\s)"
    r"(?P<praise>(?:[\w'’\-/]+,?\s){0,7})$"
)
# What a trigger begins with, in lower case.
_TRIGGER_WORDS: Final = re.compile(
    r"look|seek|search|in search|hir|recruit|in need|need|welcom|on the hunt|appoint|engage|tak|room for|applications|to the|fill the|on the lookout|love to|we're after|we are after|be our|become|calling all|vacanc|an opening|opening|want|position|are you|with us as"
    r"|opportunity|role|job|title|post|our ne|your ne|join|you|as\s| as\s|\"as\s|work"
)
_OTHERWISE: Final = re.compile(
    r"\s(?:who|that|which|with|to|will|can|from|has|have|is|are|where|under|alongside|supports?|helps?|manag(?:e|ing)|at|in|for|by)\s[^.]*$"
)
_NOT_OFFERED: Final = re.compile(
    r"\b(?:experience[sd]?|years?|previous|prior|worked|formerly|similar|equivalent|background|report(?:s|ing)?|alongside|assist(?:s|ing)?|support(?:s|ing)?"
    r"|manag(?:e|es|ing)|partner(?:ing)?|collaborat\w+|team of|(?<=\w )our)\b[^.]{0,30}$",
)
_ROLE: Final = re.compile(
    r"\s(?:will|is responsible|reports? to|role\b|position\b|opening\b|job\b|vacancy\b|works? (?:closely|with|under)|is an? )"
)
_THE_ROLE: Final = re.compile(
    r"(?:^|[.!?:\"] ?)(?:The|This)\s(?:successful |ideal |new )?$|\b(?:for|to|in) (?:the|this|our|an?)\s(?:open |new |exciting )?$"
)
_WANTED: Final = re.compile(r"\s(?:wanted|needed|required|sought)\b", re.IGNORECASE)
_MORE: Final = re.compile(r" (?!of\b|for\b|at\b|in\b)[A-Z]")
_OF: Final = re.compile(r" of [A-Z][\w&]+(?:(?: and| &|,)? [A-Z][\w&]+){0,3}")
_OF_HEADS: Final = frozenset({"director", "head", "vice president", "vp", "manager", "chief"})
# Levels and people in general: titles only with a word of a trade beside them.
_ANYBODY: Final = frozenset(
    """head owner model host server captain principal fellow guard steward officer worker workers director executive agent agents
    associate associates intern apprentice lead supervisor aide crew team member members staff specialist specialists assistant
    assistants generalist trainee leader partner representative representatives manager managers""".split()
)


def headline_of(text: str) -> tuple[int, int]:
    """The span of the first line if it can be a headline (short, no list item, no sentence), else an empty one."""
    start = len(text) - len(text.lstrip())
    end = text.find("\n", start)
    end = len(text) if end < 0 else end
    line = text[start:end]
    if len(line) > 90 or _BULLET.match(line) or _SENTENCE.search(line):
        return 0, 0
    return start, end


def title_span(scan: Scan, hit: Hit, headline: tuple[int, int]) -> tuple[int, int] | None:
    """The span of the title that ends in the role ``hit``; None where it is not that of the job on offer."""
    text, end = scan.text, hit.end
    head = text[hit.start : end].lower()
    if head in {"head", "lead", "chief"} and (text[hit.start].islower() or _MORE.match(text, end)):
        return None
    if head in _OF_HEADS and (more := _OF.match(text, end)) is not None:
        end = more.end()
    if text[end : end + 3] == " & " or text[end : end + 2] == "'s" or text[end : end + 1] == "-":
        return None
    start = _begin(scan, hit.start)
    if start == hit.start and end == hit.end and head in _ANYBODY:
        return None
    return (start, end) if _is_offered(scan, start, end, hit, headline) else None


def _is_offered(scan: Scan, start: int, end: int, hit: Hit, headline: tuple[int, int]) -> bool:
    text = scan.text
    if headline[0] <= hit.start < headline[1] and text[hit.start].isupper() and _HEADLINE_AFTER.match(text, end):
        return True
    before = scan.clause_before(start, 90)
    lowered = before.lower()
    if _LABEL.search(lowered):
        return True
    if text[start].isupper() and _WANTED.match(text, end):
        return True
    trigger = _trigger(before)
    if trigger is not None and not _OTHERWISE.search(" " + trigger["praise"]):
        return _NOT_OFFERED.search(before[: trigger.start()][-40:].lower()) is None
    return (
        _ROLE.match(text, end) is not None
        and _THE_ROLE.search(before) is not None
        and _NOT_OFFERED.search(lowered) is None
    )


def _trigger(before: str) -> re.Match[str] | None:
    lowered = before.lower()
    if len(lowered) != len(before):
        return _TRIGGER.search(before)
    word = _TRIGGER_WORDS.search(lowered)
    while word is not None:
        if (trigger := _TRIGGER.match(before, word.start())) is not None:
            return trigger
        word = _TRIGGER_WORDS.search(lowered, word.start() + 1)
    return None


def _begin(scan: Scan, start: int) -> int:
    """Where the title begins whose role begins at ``start``: up to five words back, capitalised if the role is."""
    text = scan.text
    line = max(text.rfind("\n", 0, start) + 1, start - 70)
    capital, begin = text[start].isupper(), start
    for _ in range(5):
        gap = begin - 1
        if gap < line or text[gap] != " ":
            break
        token = _TOKEN_BEFORE.search(text, max(line, gap - _LONGEST_TOKEN), gap)
        if token is None or not _is_part(token[0], capital=capital) or _is_known(scan, *token.span()):
            break
        begin = token.start()
    if text[start : start + 5].lower() in _STAFFED and (level := _NURSE_LEVELS.search(text, line, begin)) is not None:
        begin = level.start()
    while begin < start and text[begin] in "&/-.":
        begin = text.index(" ", begin) + 1
    return begin


def _is_part(word: str, *, capital: bool) -> bool:
    if word == "&":
        return True
    if word.isdigit():
        return False  # a number of jobs
    plain = word.lower()
    if plain in _NO_PART or plain.rstrip(".,") in _NO_PART:
        return False
    if word.endswith(".") or (word[0].islower() and word.endswith(("ed", "ly"))):
        return False
    return word[0].isupper() or word[0].isdigit() or not capital


def _is_known(scan: Scan, start: int, end: int) -> bool:
    """Whether another fact is stated there: a place, a company."""
    return any(one.fact.start < end and start < one.fact.end for one in scan.findings)
