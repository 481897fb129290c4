"""E-mail addresses, telephone numbers, web addresses and names at a messenger (as ``url``), as worded.

What is spelled to hide it ("hr [at] acme [dot] com") is worded so too; its plain form is the ``canonical``.
"""

from __future__ import annotations

import re
from typing import Final

from cache_service.posting.extract.cues import Cues
from cache_service.posting.extract.numerals import Numeral
from cache_service.posting.extract.reading import Scan

_LOCAL: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+\-]{0,63} ?$")
_DOMAIN: Final = re.compile(r" ?(?:[A-Za-z0-9-]{1,63}\.){1,6}[A-Za-z]{2,24}")
_SPELLED: Final = re.compile(
    r"(?P<at>\s?[\[({<] ?(?:at|@|골뱅이) ?[\])}>]\s?| at (?=[A-Za-z0-9-]{1,63} ?[\[({ ] ?dot)|\s?골뱅이\s?)"
    r"(?P<domain>[A-Za-z0-9-]{1,63}(?:(?:\.|\s?[\[({<] ?(?:dot|\.|점) ?[\])}>]\s?| dot |\s점\s)[A-Za-z0-9-]{1,63}){1,4})",
    re.IGNORECASE,
)
_AT_WORDS: Final = Cues("(at", "[at", "{at", "<at", "( at", "[ at", "(@", "[@", "골뱅이", " dot ", "[dot", "(dot")
_SPELLED_DOT: Final = re.compile(r"\s?[\[({<] ?(?:dot|\.|점) ?[\])}>]\s?| dot |\s점\s", re.IGNORECASE)
_URL: Final = re.compile(r"(?:https?://|www\.)[^\s<>\"'()\[\]{}가-힣ㄱ-ㅎ\x00]{1,2000}", re.IGNORECASE)
# A dot between a letter and one of these makes a web address; those of the second row are words too, so lower case only.
_ANY_CASE: Final = "com|co\\.kr|or\\.kr|go\\.kr|ac\\.kr|re\\.kr|pe\\.kr|co\\.uk|kr|org|edu|gov"
_LOWER: Final = "io|dev|net|ai|example|test|invalid|career|design|studio|works|agency|group|health|world|academy|school|farm|clinic|care|team|app|co|jobs|careers|tech|xyz|info|biz|eu|de|jp|cloud|online|store|site|shop"
_PATH: Final = r"/[A-Za-z0-9\-._~/?#=&%+]"
_TOP: Final = re.compile(
    rf"\.(?:(?:(?i:{_ANY_CASE})|(?P<lower>{_LOWER}))(?![A-Za-z0-9-]|\.[A-Za-z])(?:{_PATH}{{0,500}})?"
    rf"|(?i:me|team|us|page|so|gl|ly|work|kakao|link|gg|tv){_PATH}{{1,500}})"
)
_GOES_ON: Final = re.compile(r"[A-Za-z0-9-]{1,40}")
_LABELS: Final = re.compile(r"(?<![A-Za-z0-9.@/_-])(?:[A-Za-z0-9-]{1,40}\.){0,2}[A-Za-z0-9-]{1,40}$")
# Tools and products named like an address.
_PRODUCTS: Final = frozenset(
    "socket.io asp.net vb.net ado.net ml.net draw.io fast.ai h2o.ai keras.io character.ai scale.ai crisp.io c#.net .net".split()
)
_HANDLE: Final = re.compile(
    r"(?=[diktlwSK라오위인카텔])(?:카카오 ?톡?|카톡|오픈 ?(?:채팅|톡)|kakao ?talk|텔레그램|telegram|위챗|wechat|라인(?= ?(?:아이디|id))|\bline(?= (?:id|@))|whatsapp|인스타(?:그램)?|instagram|discord)"
    r" ?(?:플러스 ?친구|아이디|채널|계정|방|id|at|handle)?(?:은|는)? ?[:\-=]? ?(?P<handle>@?[A-Za-z0-9][A-Za-z0-9._\-]{2,30})",
    re.IGNORECASE,
)
_HANDLE_SURE: Final = re.compile(r"아이디|id\b|계정|handle|[:@=]|오픈 ?(?:채팅|톡)", re.IGNORECASE)
_MESSENGERS: Final = Cues(
    "카카오", "카톡", "오픈채팅", "오픈 채팅", "오픈톡", "kakao", "텔레그램", "telegram", "위챗", "wechat", "라인", "line id",
    "line:", "line @", "whatsapp", "인스타", "instagram", "discord",
)  # fmt: skip
_PHONE: Final = re.compile(
    r"(?<![\d,.\-])(?:\+\d{1,3}[ \-.]?(?:\(0?\d{1,4}\)|\d{1,4})[ \-.]?\d{3,4}[ \-.]?\d{4}"
    r"|\+\d{1,3}(?:[ \-.]\d{2,4}){3,5}"
    r"|\(?0\d{1,2}\)?[ \-.]{0,3}\d{3,4}[ \-.]{1,3}\d{4}|0(?:10|2|[3-6]\d|70)\d{7,8}|01[16789]\d{7,8}|1[568]\d{2}[ \-.]\d{4}"
    r"|1[-. ]\d{3}[-. ]\d{3}[-. ]\d{4}|0\d{4} ?\d{3} ?\d{3}|0\d{3} \d{3} \d{4}|02\d \d{4} \d{4}|1[-. ]\d{3}[-. ]\d{3}[-. ]\d{4}|\(\d{3}\) ?\d{3}[-. ]\d{4}|\d{3}[-.]\d{3}[-.]\d{4}|\d{3} \d{3} \d{4})(?![\d\-])"
)
_SPOKEN: Final = "[공영일이삼사오육칠팔구]"
_SPOKEN_PHONE: Final = re.compile(
    rf"[공영]일[공영](?:[ \-.]{{0,3}}{_SPOKEN}){{7,8}}(?![가-힣])|[공영]일[공영](?:[ \-.]{{0,3}}{_SPOKEN}){{7,8}}"
)
_TRAILING: Final = ".,;:!?*~'\"…"


def find(scan: Scan) -> None:
    """Find them, and blank addresses out of the text so that no other family reads words or digits inside."""
    text, lowered = scan.text, scan.lowered
    spans: list[tuple[int, int]] = []
    if "@" in text:
        for at in re.finditer("@", text):
            spans += _email(scan, at.start())
    if scan.has(_AT_WORDS):
        spans += _spelled(scan)
    if "://" in text or "www." in lowered:
        _state_free(scan, _urls(scan), spans)
    if "." in text:
        _state_free(scan, _bare(scan), spans)
    if scan.has(_MESSENGERS):
        _state_free(scan, _handles(scan), spans)
    if spans:
        scan.blank(spans)
    if "공일" in text or "영일" in text:
        for match in _SPOKEN_PHONE.finditer(text):
            scan.add("phone", match[0], *match.span())
            scan.claim(*match.span())
    _phones(scan)


def _email(scan: Scan, at: int) -> list[tuple[int, int]]:
    local = _LOCAL.search(scan.text[max(0, at - 65) : at])
    if local is None or (domain := _DOMAIN.match(scan.text, at + 1)) is None:
        return []
    goes_on = _GOES_ON.match(scan.text, domain.end())
    span = (at - len(local[0]), goes_on.end() if goes_on else domain.end())
    worded = scan.text[slice(*span)]
    scan.add("email", worded, *span, canonical=worded.replace(" ", "") if " " in worded else None)
    return [span]


def _spelled(scan: Scan) -> list[tuple[int, int]]:
    found = []
    for match in _SPELLED.finditer(scan.text):
        local = _LOCAL.search(scan.text[max(0, match.start() - 64) : match.start()])
        if local is None:
            continue
        start, end = match.start() - len(local[0]), match.end()
        address = f"{local[0].strip()}@{_SPELLED_DOT.sub('.', match['domain'])}"
        scan.add("email", scan.text[start:end], start, end, canonical=address)
        found.append((start, end))
    return found


def _urls(scan: Scan) -> list[tuple[int, int]]:
    return [_trimmed(scan.text, *match.span()) for match in _URL.finditer(scan.text)]


def _bare(scan: Scan) -> list[tuple[int, int]]:
    """Addresses without a scheme: acme.dev, jobs.acme.co.kr/apply."""
    text, found = scan.text, []
    for top in _TOP.finditer(text):
        labels = _LABELS.search(text, max(0, top.start() - 124), top.start())
        if labels is None:
            continue
        start, end = labels.start(), top.end()
        if top["lower"] and (text[start:end].lower() in _PRODUCTS or not _is_address(text, start, top)):
            continue
        found.append(_trimmed(text, start, end))
    return found


def _is_address(text: str, start: int, top: re.Match[str]) -> bool:
    """A top level that is a word or a kind of file too counts in lower case only: Smartly.io is a name."""
    name = text[start : top.start()]
    return len(name) >= 2 and name.islower()


def _handles(scan: Scan) -> list[tuple[int, int]]:
    return [
        match.span("handle")
        for match in _HANDLE.finditer(scan.text)
        if _HANDLE_SURE.search(match[0]) and not match["handle"].lower().startswith(("http", "www."))
    ]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    return start, start + len(text[start:end].rstrip(_TRAILING))


def _state_free(scan: Scan, spans: list[tuple[int, int]], known: list[tuple[int, int]]) -> None:
    """State the addresses that begin in none that is known already, and add them to these."""
    taken = sorted(known)
    at, done = 0, 0
    for start, end in sorted(spans):
        while at < len(taken) and taken[at][1] <= start:
            at += 1
        if start < done or (at < len(taken) and taken[at][0] < end):
            continue
        scan.add("url", scan.text[start:end], start, end)
        known.append((start, end))
        done = end


def _may_begin(text: str, numeral: Numeral) -> bool:
    before = text[numeral.start - 1 : numeral.start]
    return text[numeral.start] in "01" or numeral.end - numeral.start >= 3 or numeral.name or before in {"+", "("}


def _phones(scan: Scan) -> None:
    done = 0
    for numeral in scan.numerals:
        if numeral.start < done:
            numeral.taken = True
            continue
        if not _may_begin(scan.text, numeral):
            continue
        start = numeral.start
        while start > 0 and scan.text[start - 1] in "+(" and numeral.start - start < 2:
            start -= 1
        match = _PHONE.match(scan.text, start) or _PHONE.match(scan.text, numeral.start)
        if match is None:
            continue
        scan.add("phone", match[0], *match.span())
        numeral.taken, done = True, match.end()
