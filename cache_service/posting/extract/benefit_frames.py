"""English ways of giving: words around a plain noun that make it a benefit by themselves.

"Lunch", "phone" or "commute" (``data/benefit_shy.txt``) name goods and duties as often as benefits. Where somebody is
said to give them to those who work there ("we pay for your commute", "everyone gets a phone", "lunch is on us",
"flights are paid both ways") nothing else need speak of benefits. A number of days off is a benefit as such.
"""

from __future__ import annotations

import re
from typing import Final

from cache_service.posting.extract.cues import Cues
from cache_service.posting.extract.reading import Scan

_STAFF: Final = (
    r"(?:you|everyone|everybody|every (?:employee|member|colleague)\w{0,10}|each (?:employee|member|of us|colleague)|(?:all |our |full-time |permanent )*(?:staff|employees|team members|team mates|"
    r"teammates|colleagues|crew|drivers|nurses|teachers|interns|apprentices|new (?:starters|joiners|hires)|people))"
)
_US: Final = (
    r"(?:we|(?:the|our|your) (?:company|employer|firm|hospital|clinic|school|hotel|restaurant|studio|council|practice|shop|club|farm|team|"
    r"trust|university|charity|business|agency|bakery|centre|center|plant|office))"
)
_SOFTLY: Final = (
    r"(?:(?:'ll|will|can|also|even|always|gladly|happily|currently|both|fully|partly|further|additionally)\s)*"
)
# Somebody gives, to those who work there.
_GIVEN: Final = re.compile(
    rf"(?:\b{_US}(?:'ll)? {_SOFTLY}(?:cover|covers|pay|pays|pay for|pays for|pick up|picks up|reimburse|reimburses|refund|refunds|fund|funds|subsidi[sz]es?|chip in|chips in|"
    rf"contribute|contributes|throw in|throws in|match|matches|sponsor|sponsors|give (?:you|everyone|{_STAFF})|gives (?:you|everyone|{_STAFF})|offer you|offers you|provide you|provides you|"
    rf"supply you|offer {_STAFF}|give our|lend you|buy you|help (?:you )?with|take care of|look after your)"
    rf"|\b{_STAFF}(?:'ll)? {_SOFTLY}(?:gets?|receives?|(?<=l )enjoy|is given|are given|is entitled to|are entitled to|is eligible for|are eligible for|earns?|(?:may|can) (?:use|claim)|has free|have free|have access|has access|have your own|eats? for|eats? free)"
    r"|\b(?:on top of|besides|beyond|in addition to|over and above|as well as) (?:the|your|a|that|their)(?: \w{1,12}){0,3} (?:pay|salary|wages?|rate|package)\b"
    r"|\b(?:perks|benefits|extras|rewards|(?:the|our|your) (?:full |whole )?package)(?: (?:include|includes|are|is|like|such as)\b|:)|\b(?:the|this) (?:job|post|position|role) (?:also )?comes with|\bin return,? (?:we |you |there )"
    r"|\bso (?:is|are) (?:the|your|all)\b|\bthere(?:'s| is| are|'s also| is also) (?:also )?(?:free|paid|a free|generous|a generous|subsidi[sz]ed))"
    r"(?! to\b| rid| paid (?:weekly|monthly))\b[^.;!?\n]{0,90}$"
)
_NOT_GIVEN: Final = re.compile(
    r"\b(?:manag\w*|sell\w*|sales|experience|knowledge|responsib\w+|clients?|customers?|guests?|patients?|students?|tenants|users?|travell?ers?|businesses|companies|families|teach\w*|"
    r"understand\w*|chance to|opportunity to|no|not|without|never|ready|know|started|excited|involved|questions?|calls?|attention|commission(?:s|ed)? on)\b"
)
# The noun first: it is paid for.
_PAID: Final = re.compile(
    r"(?: (?!is\b|are\b|that\b|who\b|which\b|and\b|or\b)[\w'€£$%,-]{1,14}){0,4}?(?:,? (?:and|or) (?:\w{1,12} ){0,2}\w{1,12}| costs?| fees?| expenses?)?(?:\s(?:is|are|will be|comes?|being|both|all|also|always)){0,3}? "
    r"(?:(?:always|also|fully|partly|all|both) )?(?:on us|on the house|at our expense|at our cost|at no cost|for free|free of charge|free for (?:staff|employees|everyone|you)|"
    r"(?<=is )(?:free\b(?! (?:of|from|to))|provided|included|covered|paid for|reimbursed|subsidi[sz]ed|complimentary|yours|taken care of|part of the (?:deal|package|job)|paid\b)|"
    r"(?<=are )(?:free\b(?! (?:of|from|to))|provided|included|covered|paid for|reimbursed|subsidi[sz]ed|complimentary|yours|taken care of|part of the (?:deal|package|job)|paid\b)|"
    r"(?:included|provided|covered|reimbursed|subsidi[sz]ed)(?=[.,;]|$| and\b)|with the (?:job|role|post|position)|come with the (?:job|role|post|position))\b"
)
_TO_OTHERS: Final = re.compile(
    r"(?:\W+\w+){0,4}?\W+(?:(?:to|for|by|of) (?:our |your |the |its |all |small |local )?(?:clients?|customers?|guests?|patients?|students?|tenants|users?|travell?ers?|businesses|companies|families|brands|public|residents|visitors|members of the public|passengers|children|pupils)"
    r"|services|products|solutions|sector|market)\b"
)
_CUES: Final = Cues(
    "we cover", "we pay", "we pick up", "we reimburse", "we refund", "we fund", "we subsidi", "we chip in", "we contribute", "we throw", "we match", "we sponsor",
    "we give", "we offer", "we provide", "we supply", "we lend", "we buy", "we help", "we take care", "we look after", "we'll", "we also", "we will", "we even", "we fully", "pays", "covers", "gives", "offers you",
    "reimburses", "funds", "you get", "you'll", "you will", "you receive", "you also", "you may", "you can", "you have", "gets", "get ", "receive", "enjoy", "entitled", "eligible",
    "on top of", "besides", "beyond", "in addition", "over and above", "as well as the", "as well as your", "perks", "benefits", "extras", "rewards", "package", "comes with", "in return", "there's", "there is", "there are", "has free", "have free",
    "eat for", "eats for", "eat free",
)  # fmt: skip
_PAID_CUES: Final = Cues(
    " on us", "on the house", "at our", "at no cost", "for free", "free of charge", "is free", "are free", "free for", "provided", "included", "covered",
    "paid", "reimbursed", "subsidis", "subsidiz", "complimentary", "are yours", "is yours", "taken care of", "part of the", "with the job", "with the role", "with the post", "with the position", "so is", "so are",
)  # fmt: skip
_NUMBER: Final = (
    r"(?:\d{1,3}(?:\.\d)?\+?|(?:twenty|thirty|forty)(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"fourteen|fifteen|sixteen|eighteen)"
)
_DAYS_OFF: Final = re.compile(
    rf"(?<![\w.,$€£]){_NUMBER}[ -](?:(?:full|whole|extra|additional|paid|fully-paid|working|business|calendar|personal|annual|statutory|bonus|mental[ -]health|flexible)[ -])*(?:days?|weeks?|months?)(?:'s|'|s')?"
    r" (?:(?:of|as|in|per year of|a year of)(?:\s(?:fully|paid|annual|personal|parental|maternity|paternity|sick|family|study|summer|holiday|extra|flexible|full|statutory)\b)*|(?:(?:fully|paid|annual|personal|parental|maternity|paternity|sick|family|study|summer|extra|flexible|holiday)\s)*)"
    r" ?(?:off\b(?![- ](?:site|the|of|season|shore|and on|work on))|holidays?\b(?! (?:work|cover|season|pay))|leave\b(?! (?:request|cover|the|your|our|management))|vacation\b|pto\b|time off\b|annual leave\b|rest\b(?= (?:a|per|each) year))",
    re.IGNORECASE,
)
_DAYS: Final = Cues("days ", "days'", "weeks ", "weeks'", "day's", "week's", "months ", "months'", "month's")
_NOT_MINE: Final = re.compile(
    r"\b(?:clients?|customers?|guests?|patients?|manage|approve|process|track|notice|after|within|every|missed|cover(?:ing)? for|following|on)\s?(?:\w+\s)?$",
    re.IGNORECASE,
)
_SHARE_OFF: Final = re.compile(r"(?:up to )?\d{1,2} ?(?:%|percent|per cent) off\b(?! (?:the|our) (?:market|road))")
_SHARE: Final = Cues("% off", "percent off", "per cent off")
_STAFF_DEAL: Final = re.compile(
    rf"\b(?:{_STAFF}|perks|benefits|enjoy|staff|employee|discount|package|get|plus|extras|rewards|offer)\b",
    re.IGNORECASE,
)


def is_given(scan: Scan, start: int, end: int) -> bool:
    """Whether the words around the noun at ``[start, end)`` give it to those who work there."""
    near_before, near_after = scan.near(_CUES, start - 100, start), scan.near(_PAID_CUES, end - 1, end + 60)
    if not near_before and not near_after:
        return False
    after = scan.clause_after(end, 70).lower()
    if _TO_OTHERS.match(after) is not None:
        return False
    if near_before:
        before = scan.clause_before(start, 130).lower()
        given = _GIVEN.search(before)
        if given is not None and _NOT_GIVEN.search(before, given.start()) is None:
            return True
    return (
        near_after
        and _PAID.match(after) is not None
        and _NOT_GIVEN.search(scan.clause_before(start, 60).lower()) is None
    )


def find(scan: Scan) -> None:
    """Find days off that are counted, and a share off the prices where staff is spoken of."""
    known = scan.spans_of("benefit", "polarity")
    for match in scan.around(_DAYS_OFF, _DAYS):
        start, end = match.span()
        if not known.touch(start, end) and _NOT_MINE.search(scan.clause_before(start, 30)) is None:
            scan.add("benefit", scan.text[start:end], start, end, canonical="annual leave")
    for match in scan.around(_SHARE_OFF, _SHARE):
        start, end = match.span()
        if not known.touch(start, end) and _STAFF_DEAL.search(scan.clause_before(start, 70)) is not None:
            scan.add("benefit", scan.text[start:end], start, end, canonical="employee discount")
