"""The English words of polarity: what may stand beside a cue, the conditions, and what the two may have between them.

The cues themselves are words of ``data/stance.txt`` (behind what they are about) and ``data/stance_ahead.txt``.
"""

from __future__ import annotations

import re
from typing import Final

# Words that say a stance only so: "a big plus", "CPR, a plus.", "are musts", "is a requirement", "is helpful".
ARTICLE: Final = re.compile(
    r"\b(?:an?|the|some|huge|big|strong|real|definite|added|absolute|hard|nice)\s(?:(?:big|huge|strong|definite|great|real|major|added|distinct|significant|large|absolute|strict|firm|clear|nice|welcome|lovely|decided|additional|slight|massive|useful|hard|basic|minimum)\s)?$"
)
PREDICATE: Final = re.compile(
    r"(?:\b|(?<=n't )|(?<=[a-z]'))(?:is|are|be|isn't|aren't|s|being|considered|would be|especially|very|also|highly|particularly|always|most|but|though)\s(?:(?:very|highly|especially|particularly|also|always|most|not|strictly|an?)\s){0,2}$"
)
ENDS: Final = re.compile(
    r"(?=\s*[.;,)!?\n–]|\s*$|\s-|\s(?:but|and|though|although|yet|while|whereas|too|here|if|for|as well|in this|on (?:mon|tues|wednes|thurs|fri|satur|sun|week))\w*\b)",
    re.MULTILINE,
)
AFTER_SUBJECT: Final = re.compile(r"[a-z0-9+#)] $")
# A word of these says nothing before a noun of its own, or where it begins another phrase.
NO_CUE_EN: Final = re.compile(
    r"preferred (?:partner|vendor|supplier|qualification|skill|name|method|experience|candidate|requirement|provider)|desired (?:skill|qualification|experience|result|outcome)"
    r"|required (?:to\b|by\b|for\b|skill|qualification|experience|document|of\b|from\b|in\b|on\b|at\b|field|license|information|education|course|technical|knowledge)"
    r"|mandatory (?:training|document)|essential (?:function|dut|worker|job|part\b|to\b|oil|skill|role|element|tool)|necessary (?:to\b|for\b|action|step|skill|information|document|tool|change|adjust)"
    r"|needed (?:to\b|for\b|by\b|in\b)|(?:requirements?|prerequisites?) (?:of|to|gathering|analysis|include)|expected (?:to\b|by\b|salary|start|date)|useful (?:to|information|tools?|insights?)|must-see|must-have (?!for\b|skill:)[a-z]|imperative (?:to|that)"
)
BUT_WELCOME: Final = re.compile(
    r",? ?(?:but|although|though|yet|however,?) (?:is |are |it is |it's |would be |they are |will be )?(?:strongly |highly |very |definitely |always |much |considered )?(?:an? (?:big |huge |strong |definite )?(?:plus|asset|advantage|bonus)|preferred|welcomed?|desirable|desired|helpful|nice to have|appreciated|beneficial|useful|advantageous|valued)"
)
LEAD_EN: Final = re.compile(
    r"(?:\b(?:(?:is|are|would|will|was)(?:n't)?(?: not)?(?: be)?|be|being|considered|cannot be|can't be)\s)?(?:(?:not|never|strictly|absolutely|necessarily|currently|strongly|highly|also|always|considered|definitely|generally|usually|very|much"
    r"|especially|particularly|greatly|as|be)\s){0,3}+$"
)
# A cue with a noun of its own behind it ("necessary support") says nothing of what stands before it.
ATTRIBUTIVE_EN: Final = re.compile(r"\s(?!and\b|or\b|but\b|for\b|with\b|in\b|at\b|if\b|as\b|to\b|not\b)[a-z]{3}")
DENIES_EN: Final = re.compile(r"\bnot\b|\bnever\b|n't|cannot")
NO_CUE_BEFORE_EN: Final = re.compile(
    r"\b(?:as|if|when|where|whenever|wherever|than|all|any|other|the|be|information|documents?|documentation|forms?|paperwork|to|reports?|approvals?|actions?|maintenance|support|resources|materials|steps|changes|supplies|tools|and|or|of|by|for)(?: is| are)?\s?$",
    re.IGNORECASE,
)
NONE_EN: Final = re.compile(
    r"\bno (?=[^,.;]{1,50}$)|\bdo(?:es)? not need (?=[^,.;]{1,40}$)|\b(?:neither|nor) (?=[^,.;]{1,50}$)", re.IGNORECASE
)
GAP_EN: Final = re.compile(
    r"(?:[ )|:–—'\"(/&+-]|\d{1,2}\+?(?= |\))|,? etc\.?,?(?=[ )])|, (?=(?:and|or)\b)|\b(?!but\b|not\b|must\b|required\b|preferred\b|ability\b)[A-Za-z-]{1,16}+\b){0,16}+"
)
_CONDITION_EN: Final = (
    r"(?:prior |previous |relevant |related |work |professional |industry |supervisory |management |customer service |sales |retail |teaching |coding |programming )*experience|(?:college |university |bachelor's |bachelors |master's |high school )?(?:degree|diploma)|education|remote work(?:ing)?|working from home|work from home|home[- ]?working|homeworking|working at home|remote"
    r"|weekend (?:work|availability|shifts?)|weekends|night shifts?|overtime|(?:overnight |some |occasional |frequent |international )?travel|relocation(?: assistance)?|(?:visa |h1b )?sponsorship|age|gender|nationality|(?:a )?portfolio|background checks?|drug (?:test|screen)(?:ing)?|vaccination|own (?:car|vehicle|transportation)|reliable transportation"
    r"|security clearance|(?:associate|bachelor|master)(?:'s|s)?|ph\.?d|doctorate|doctoral degree|major|cover letter|resume|cv|references|own van|own tools|uniform|certification|licen[sc]e|shift work|on-call|pets|smoking|citizenship|us citizenship|bilingual|management experience|cold calling"
)
CONDITIONS_EN: Final = re.compile(rf"\b(?:{_CONDITION_EN})\b", re.IGNORECASE)
NAMED_GAP_EN: Final = re.compile(
    r"(?:\s?\([^)]{1,20}\))?(?:\s(?:in|with|of|for|or|and|as|from|at|to|on|within|working|is|are|equivalent|related)\b(?:\s(?!but\b)[A-Za-z/'-]{1,16}){0,5})?\s?[-–,:(|]?\s?"
)
PHRASE_EN: Final = re.compile(
    r"(?:^\s*|[,;:(]\s*|\b(?:and|but)\s)(?:an?\s|the\s|some\s|have\s|with\s|strong\s|whether\s(?:or\snot\s)?you\s|lack\sof\s)*(?P<of>[A-Za-z][A-Za-z0-9'/&+-]{1,20}(?:\s[A-Za-z0-9'/&+-]{1,20}){0,9}?)\s?[-–,(|:]?\s?$",
    re.IGNORECASE,
)
# What makes a free phrase a thing that can be asked for.
QUALITY_EN: Final = re.compile(
    r"\b(?:experienced?|knowledge|skills?|degrees?|backgrounds?|certifi\w{1,7}|licen[sc]es?|abilit\w{1,3}|proficien\w{1,3}|availability|fluen\w{1,2}|clearance|training"
    r"|portfolio|major|diploma|familiarity|understanding|expertise|passion|coursework|interest|references?|work|studies|course|van|tools|car|driving|speaker|speaking|qualifications?|registration|membership|charter|ticket|award|permit|passport|exposure|track record|command|grasp|aptitude|flexibility|willingness|enthusiasm|curiosity|credentials|accreditation|apprenticeship|literacy|numeracy|stamina|punctuality|letter|photo|cv|resume|laptop|check|clearance|attention to detail|communication|teamwork|affiliation|faith|religion|marital status|hometown|university|school|accent|surname|handwriting|hobbies)\b",
    re.IGNORECASE,
)
IS_NOT: Final = re.compile(r"\s(?:is not|are not|isn't|aren't)(?=[.;,)]|\s*$)")
REQUIRED_BEFORE: Final = re.compile(r"\b(?:required|needed|a must|mandatory|essential)\b[^.\n]*$", re.IGNORECASE)
GLUED: Final = re.compile(r"[a-z][A-Z]")
OF_WHAT_EN: Final = re.compile(r"\s(?:with|in|of|as|using|working)\s\S", re.IGNORECASE)
NO_SUBJECT_EN: Final = re.compile(
    r"\b(?:we|they|it|is|are|will|must|they're|we're)\b|\b(?:candidates?|applicants?)$|^(?:applicants?|candidates?|people|those|anyone|yes|our|its|their|his|her|your|everything|nothing|something|anything|everyone|it|this|but|yet|though|while|although|however|such|do|depending|immediately|minimum|attends?|additional|in|on|at|of|for|from|with|that|these|those|which|all|any|other|we|you|they|who|if|when|where|as|there|not|and|or|what|is|are|be|to|also|skills?|qualifications?|requirements?|documents?|\d)\b|\b(?:documents?|is|are|was|be|as|if|when|not|will|we|you|may)$",
    re.IGNORECASE,
)
OPENING_EN: Final = re.compile(
    r"(?:an?\s|the\s|your\s|valid\s|current\s|active\s|strong\s|solid\s|good\s|excellent\s|prior\s|previous\s|clean\s|\d\+?\s|years?\s|of\s|experience\s|in\s|with\s|knowledge\s|proficiency\s|skills\s|working\s|either\s|using\s|hands-on\s|and\s|fluent\s|state\s|professional\s){0,7}",
    re.IGNORECASE,
)
OPENS_WITH_EN: Final = re.compile(
    rf"(?:an?\s|the\s|your\s|valid\s|own\s|any\s|prior\s|at least\s|some\s){{0,3}}(?P<of>(?:{_CONDITION_EN}))\b(?!-)",
    re.IGNORECASE,
)
# People are welcome; that says nothing of what they bring along.
GREETING: Final = re.compile(r"welcome\b", re.IGNORECASE)
# What may stand between a cue and what it is about: "must have", "bonus points if you know", "ideally with".
FILLER_EN: Final = re.compile(
    r"(?:,? (?:(?:if|when) you(?:'ve|'re|'d)? (?:also |can |already )?|(?:if|when) you(?:'ve|'re)(?= )|you(?:'ll| will)? (?:also )?|you've |you're |someone (?:who |with )?|(?:candidates?|applicants?|people|those|anyone) (?:who |with )?|for )?(?:to )?(?:know|knows|have|has|hold|holds|speak|speaks|use|bring|own|be|are|is|can use|can|can speak|come with|understand|enjoy|possess|worked)?(?: (?:able to (?:use|speak)|familiar with|fluent in|proficient in|proficient with|experienced (?:in|with)|skilled in|used|worked with|worked in|good at))?(?: (?:with|in|of|for|about))?)? "
)
PHRASE_AHEAD_EN: Final = re.compile(
    r"(?:an?\s|the\s|your\s|any\s|own\s|some\s|valid\s|current\s|active\s|previous\s|prior\s|full\s|clean\s)*(?P<of>(?:(?!to\b|in\b|of\b|with\b|for\b|the\b|a\b|at\b|or\b|and\b|that\b|is\b|are\b)[A-Za-z][A-Za-z'/&+-]{0,16}\s){0,3}(?:experience|degree|qualifications?|licen[sc]e|certificat(?:e|ion)s?|diploma|background|knowledge|skills|car|vehicle|van|tools|laptop|bike|portfolio|training|cover letter|cv|resume|references|endorsement|permit|clearance|passport))\b",
    re.IGNORECASE,
)
# "no remote work", "no degree": said of how the work is, or of what one brings along.
NO_EN: Final = re.compile(
    r" (?:paid |mandatory |regular |forced )?(?:(?P<not_allowed>remote work(?:ing)?|remote|working from home|work from home|home office|overtime|weekend (?:work|shifts?)|weekends|night (?:work|shifts?)|nights|(?:overnight |business |international )?travel|relocation(?: assistance)?|(?:visa )?sponsorship|shift work|on-call(?: duty)?|pets|smoking|cold calling|agencies|second jobs?|part-time work)"
    r"|(?P<not_needed>(?:prior |previous |relevant |work |sales |retail |teaching |coding )*experience|(?:college |university )?degree|diploma|cover letter|cv|resume|portfolio|licen[sc]e|certification|background check))(?=\s*(?:[.,;)/!?\n–]|$)|\s(?:and|or|but)\b|\s(?:is |are )?(?:allowed|possible|offered|permitted|available)\b)",
    re.MULTILINE,
)
WITHOUT_EN: Final = re.compile(
    r"\s(?:may apply|can apply|(?:is|are) (?:also )?(?:fine|ok|okay|welcome|no problem|possible|accepted|considered|encouraged|not a problem)|(?:is|are)n't a problem|welcome|ok\b|fine\b)",
    re.IGNORECASE,
)
ANY_EN: Final = re.compile(
    r" (?P<of>major|nationality|age|gender|field of study|academic background)(?=\s*(?:[.,;)\n]|$))", re.MULTILINE
)
QUALIFIER_EN: Final = re.compile(
    r"(?:^\s*|[,;:(]\s*|\b(?:and|but|an?|your|some|prior|previous|no|any)\s)(?P<of>(?:(?!is\b|are\b|with\b|have\b|has\b|in\b|of\b|or\b|and\b|the\b|no\b|but\b|an?\b|prior\b|previous\b|some\b|any\b|your\b|years?\b|strong\b|if\b|as\b|to\b|for\b|relevant\b|related\b|good\b|plus\b|where\b|that\b|who\b|only\b|much\b|more\b|such\b|most\b)[A-Za-z][A-Za-z'/&+-]{0,16}\s){1,3})$",
    re.IGNORECASE,
)

COPULA: Final = re.compile(r"(?:is|are|would|will|isn't|aren't|cannot|can't|won't)\b")
COLON: Final = re.compile(r" ?(?:\([^()\n]{1,24}\))?(?: (?:points|skills|experience|qualifications))? ?: ?")
# A label opens its line, its sentence or its brackets; one with a capital may also follow an item ("... SQL Preferred: Go").
OPENS: Final = re.compile(r"(?:[\n.;!?(•*|–—-] ?|^)\Z")
LABELLING: Final = re.compile(r" (?:[A-Z]|we'd love)")
EQUAL_CHANCES: Final = re.compile(
    r"\b(?:race|racial|colou?r|religion|creed|sex|sexual|orientation|veteran|disabilit|national origin|ethnic|marital)",
    re.IGNORECASE,
)
_WISHED: Final = (
    r"(?:an?\s|the\s|your\s|any\s|some\s|previous\s|prior\s|a bit of\s|a little\s|been\s)*(?P<of>[A-Za-z0-9][\w'/&+.#-]*"
    r"(?: (?!(?:and|or|but|so|because|who|which|that|if|when|while|though|although|before|as|is|are|will|would|we|you)\b)[A-Za-z0-9][\w'/&+#-]*){0,7})"
    r"(?=[.,;:!?)\n–]|$| -| (?:and|or|but|so|because|which|who|that|though|although|before|as)\b)"
)
WHATEVER: Final = re.compile(_WISHED, re.MULTILINE)
WHATEVER_MORE: Final = re.compile(
    rf"(?:, | )(?:and|or) (?:you )?(?:also )?(?:have |know |hold |speak |are )?{_WISHED}", re.MULTILINE
)
NO_WISH: Final = re.compile(
    r"(?:to|hear|see|meet|talk|you|your|us|it|this|that|immediately|within|in|at|by|on|from|asap|as|would|start)\b",
    re.IGNORECASE,
)
