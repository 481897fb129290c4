"""Facts that are words of the request: the company's name in its forms, title, place, degree, industry, contact."""

from __future__ import annotations

import re
from typing import Final

from cache_service.cache.adapt.degrees import substitute_degree
from cache_service.cache.adapt.draft import Draft
from cache_service.cache.adapt.grammar import cased_like, plural
from cache_service.cache.adapt.nominal import is_nominal
from cache_service.cache.adapt.outcome import Change, Span, Terms
from cache_service.cache.adapt.removal import remove, stands_alone, stands_for_all, unit_around
from cache_service.cache.guard.names import name_forms
from cache_service.posting.canonical import fold
from cache_service.posting.facts import FactType
from cache_service.posting.sections import FactPath

NAME: Final = "company.name"
# What is found by its wording, with the family of the extractor that knows its other wordings.
WORDED: Final[dict[FactPath, FactType | None]] = {
    "requirements.title": "title",
    "requirements.location": "location",
    "company.location": "location",
    "requirements.education": "education",
    "company.industry": None,
    "company.size": None,
    "requirements.contact": None,
}
_FORM_BEFORE: Final = re.compile(r"(?:㈜|\(\s?[주유재사]\s?\)|주식회사|유한회사)\s?$")
_FORM_AFTER: Final = re.compile(
    r"\s?(?:㈜|\(\s?[주유재사]\s?\)|주식회사|유한회사)|,?\s(?:Inc\b\.?|Incorporated\b|LLC\b|Ltd\b\.?|Limited\b|GmbH\b|Corp\b\.?"
    r"|Corporation\b|PLC\b|plc\b|Co\.,?\s?Ltd\b\.?)"
)
_LOCATIONS: Final = frozenset({"requirements.location", "company.location"})
_MAIL_LABEL: Final = re.compile(r"메일|e-?mail", re.IGNORECASE)
_PHONE_LABEL: Final = re.compile(r"전화|연락처|phone|\btel\b|call", re.IGNORECASE)
_SHORT_HANGUL: Final = 2
_AS_A_NAME: Final = re.compile(r"(?:은|는|이|가|에서|에|와|과|입니다|이에요|예요)(?![가-힣A-Za-z])|[)\]'\"”’」〉]|팀|$")
_SPELLING: Final = re.compile(r"\s?[(\[（](?P<inner>[^)\]）]{1,40})[)\]）]")
_ABOUT_THE_NAME: Final = re.compile(
    r"합성어|라는\s(?:뜻|의미|이름)|의\s약자|사명|회사\s이름|stands for|named after|short for|\b(?:our|the) name\b",
    re.IGNORECASE,
)
_CLAUSE: Final = 80
_NEAR: Final = re.compile(
    r"도보|인근|가까[운이]|근처|바로 앞|\d\s?(?:분|호선|층)|역세권|번 ?출구|[가-힣]{2,}(?:대로|빌딩|타워)"
    r"|\b(?:near|close to|next to|walk|minutes?|heart of|downtown|street|road|avenue|floor|campus|tower)\b|\bst\.",
    re.IGNORECASE,
)
_LARGER_PLACE: Final = re.compile(r"(?:특별시|광역시|[가-힣]도|[가-힣]시|서울|부산|대구|인천|광주|대전|울산|세종)\s?$")
_BEHIND_PLACE: Final = re.compile(
    r"\s*(?:$|[,.;:|·/)(\]!?~-])|(?:은|는|이|가|을|를|에서|에|의|로|으로|와|과|이며|이고|입니다|이에요|예요|까지|점|지점|지사|본사)+(?![가-힣])"
    r"|\s(?:소재|근무|사무실|본사|오피스|지역|지점|매장|현장|채용|위치|및)|\s(?!st\b|street|road|avenue|campus|tower)[a-z]|['’]s\b"
)
TITLE: Final = "requirements.title"
_PHRASES: Final = frozenset({TITLE, "company.industry"})
# What may follow any title: particles, and words that are about the job as such.
_BEHIND_TITLE: Final = {
    "ko": re.compile(
        r"\s?(?:$|\n|[.,!?·/|(\[)\]:~'\"’”-])|(?:은|는|이|가|을|를|의|로|으로|와|과|로서|으로서|이며|이고|입니다|예요|이에요|께|에게|라면|이라면|도|만|님|분|들)+(?![가-힣])"
        r"|\s(?:채용|모집|포지션|공고|직무|구인|담당|역할|업무|경력|경험|신입|시니어|주니어|실무|부문|합류|지원|분|\d)"
    ),
    "en": re.compile(
        r"\s*(?:$|\n|[.,!?·|()\[\]:;–—’'\"-])|\s(?:is|are|to|who|with|at|in|for|and|or|will|you|on|role|position|job|opening|vacancy"
        r"|welcome|team|wanted|needed|based|from|has|have|must|should|we|as|roles|positions|experience)\b",
        re.IGNORECASE,
    ),
}
_ANY: Final = frozenset({"무관", "학력무관", "any", "none", "notrequired"})


def adapt_company(draft: Draft, terms: Terms) -> bool:
    """Plan the company's name wherever it stands as one. Returns whether the text names it."""
    stored, wanted = terms.stored.text(NAME), terms.wanted.text(NAME)
    if stored is None or wanted is None or fold(stored) == fold(wanted):
        return False
    change = Change(NAME, stored, wanted)
    bare = (name_forms(wanted) or (wanted,))[0]
    has_form = fold(bare) != fold(wanted)
    own = (name_forms(stored) or (stored,))[0]
    found = [
        (*_with_form(draft.text, start, end), end - start)
        for form in {stored, *name_forms(stored)}
        for start, end in draft.wording.find(form)
    ]
    done = 0
    for start, end, length in sorted(found, key=lambda one: (one[0], -one[1])):
        if start < done:
            continue
        done = end
        if (end - start == length and _is_common(draft, start, end)) or _is_explained(draft, end, wanted):
            draft.give_up(start, change.fact)
        else:
            formal = end - start > max(length, len(own))
            draft.replace(start, end, wanted if formal and has_form else bare, change)
    return done > 0


def _is_explained(draft: Draft, end: int, wanted: str) -> bool:
    """Whether what follows a name is about the name itself: its spelling in brackets, what it stands for."""
    line = draft.layout.line_at(end)
    brackets = _SPELLING.match(draft.text, end, line.end)
    if brackets is not None and fold(brackets["inner"]) not in fold(wanted):
        return True
    return _ABOUT_THE_NAME.search(draft.text, end, min(line.end, end + _CLAUSE)) is not None


def _is_common(draft: Draft, start: int, end: int) -> bool:
    """Whether a short name may be the common word here: 배움의 즐거움 of a company 배움."""
    word = draft.text[start:end]
    if len(word) > (3 if word.isascii() else _SHORT_HANGUL):
        return False
    if word.isascii():
        return not word[:1].isupper()
    return _AS_A_NAME.match(draft.text, end) is None and draft.text[start - 1 : start] not in {
        "'",
        '"',
        "“",
        "‘",
        "[",
        "「",
        "〈",
    }


def _with_form(text: str, start: int, end: int) -> Span:
    before = _FORM_BEFORE.search(text, max(0, start - 8), start)
    after = _FORM_AFTER.match(text, end)
    return before.start() if before else start, after.end() if after else end


def is_worded(draft: Draft, terms: Terms, path: FactPath) -> bool:
    """Whether ``adapt_worded`` may find the stored words at ``path``, in a draft of which nothing is planned yet."""
    stored = terms.stored.text(path)
    return stored is not None and (path in _LOCATIONS or bool(_places(draft, stored, WORDED[path])))


def adapt_worded(draft: Draft, terms: Terms, path: FactPath) -> bool:
    """Plan the words at ``path``. Returns whether the text says the stored ones."""
    stored, wanted = terms.stored.text(path), terms.wanted.text(path)
    if stored is None:
        return False
    spans = _places(draft, stored, WORDED[path])
    if not spans and path in _LOCATIONS:
        return _part_of_place(draft, stored, wanted, path)
    if not spans or (wanted is not None and fold(stored) == fold(wanted)):
        return bool(spans)
    for span in spans:
        _substitute(draft, span, Change(path, stored, wanted), stored, wanted)
    return True


def _substitute(draft: Draft, span: Span, change: Change, stored: str, wanted: str | None) -> None:
    path = change.path
    if wanted is None:
        remove(draft, span, (change,))
    elif path != "requirements.contact" and (fold(stored) in _ANY or fold(wanted) in _ANY):
        _any(draft, span, change)
    elif path == "requirements.education":
        substitute_degree(draft, span, change, wanted)
    elif _fits(draft, span, wanted, path):
        draft.replace(*span, _like(draft.text[slice(*span)], stored, wanted, path), change)
    else:
        draft.give_up(span[0], change.fact)


def _fits(draft: Draft, span: Span, wanted: str, path: FactPath) -> bool:
    """Whether the words around ``span`` go with ``wanted``."""
    if path == "requirements.contact":
        return _fits_contact(draft, span, wanted)
    if path in _LOCATIONS:
        return _fits_place(draft, span, wanted)
    return path not in _PHRASES or _fits_phrase(draft, span, wanted, path)


def _part_of_place(draft: Draft, stored: str, wanted: str | None, path: FactPath) -> bool:
    """A place may be named by less than the request does: "Leeds" of "Leeds, UK", "분당구" of "경기 성남시 분당구"."""
    parts = [part.strip() for part in stored.split(",") if part.strip()]
    head = len(parts) > 1
    if not head:
        words = stored.split()
        parts = [" ".join(words[index:]) for index in range(1, len(words))]
    for part in parts[:1] if head else parts:
        spans = [span for span in draft.wording.find(part) if not draft.is_protected(span[0])]
        if not spans:
            continue
        for start, end in spans if wanted is None or fold(stored) != fold(wanted) else ():
            change = Change(path, stored, wanted)
            if wanted is None:
                remove(draft, (start, end), (change,))
            elif _fits_place(draft, (start, end), new := wanted.split(",")[0].strip() if head else wanted):
                draft.replace(start, end, new, change)
            else:
                draft.give_up(start, change.fact)
        return True
    return False


def _fits_contact(draft: Draft, span: Span, wanted: str) -> bool:
    """Whether the words around a contact ("이메일(...)로", 전화:) go with the new one: an address for an address."""
    if _sort_of_contact(draft.text[slice(*span)]) != _sort_of_contact(wanted) and not stands_alone(draft, span):
        return False
    line, start = draft.layout.line_at(span[0]), span[0]
    label = draft.text[max(line.start, start - 24) : start]
    if _MAIL_LABEL.search(label) and "@" not in wanted:
        return False
    return not (_PHONE_LABEL.search(label) and re.search(r"[@/]|[A-Za-z]{3}", wanted))


def _fits_place(draft: Draft, span: Span, wanted: str) -> bool:
    """Whether what is said around a place goes with another one: no street or station of the old one, nothing near it;
    a comma within the new one only where the phrase ends."""
    line = draft.layout.line_at(span[0])
    before, after = draft.text[line.start : span[0]], draft.text[span[1] : line.end]
    if _NEAR.search(before) or _NEAR.search(after) or _LARGER_PLACE.search(before):
        return False
    if "," in wanted and re.match(r"\s*(?:$|[,.;)|·])|[은는이가을를에의로]", after) is None:
        return False
    return _BEHIND_PLACE.match(after) is not None


def _sort_of_contact(contact: str) -> str:
    if "@" in contact:
        return "mail"
    return "phone" if re.fullmatch(r"[\d\s()+.-]+", contact) else "other"


def _fits_phrase(draft: Draft, span: Span, wanted: str, path: FactPath) -> bool:
    """Whether a title or an industry in a sentence is not the first part of another name (간호사 면허, "nurse
    practitioner"), and the new one is a phrase to which a particle can be put."""
    if stands_alone(draft, span):
        return True
    if not is_nominal(wanted.replace("(", "").replace(")", "").replace("/", "")):
        return False
    return path != TITLE or _BEHIND_TITLE[draft.language].match(draft.text, span[1]) is not None


def _places(draft: Draft, stored: str, kind: FactType | None) -> list[Span]:
    spans = [span for span in draft.wording.find(stored) if not draft.is_protected(span[0])]
    if stored.isascii() and stored[-1:].isalpha():
        spans += [span for span in draft.wording.find(plural(stored)) if not draft.is_protected(span[0])]
    if kind is None:
        return spans
    covered = [
        (one.fact.start, one.fact.end)
        for one in draft.of_type(kind)
        if one.fact.canonical is not None and fold(str(one.fact.value)) == fold(stored)
    ]
    return sorted({*spans, *covered})


def _like(old: str, stored: str, wanted: str, path: FactPath) -> str:
    if path == "requirements.title" and fold(old) == fold(plural(stored)) != fold(stored):
        wanted = plural(wanted)
    if path == "requirements.title" and old.islower() and not stored.islower():
        return wanted.lower()
    return cased_like(wanted, old) if path == "requirements.title" else wanted


def _any(draft: Draft, span: Span, change: Change) -> None:
    """무관 comes and goes with its label, and only where nothing else is said beside it."""
    if change.path != "requirements.education" or not stands_for_all(draft, span):
        draft.give_up(span[0], change.fact)
        return
    line = draft.layout.line_at(span[0])
    start, end = unit_around(draft, span)
    wanted = str(change.wanted)
    if not (line.labelled and start == line.value):
        label = "학력" if draft.language == "ko" else "Education"
        wanted = f"{label} {wanted}" if wanted == "무관" else f"{label}: {wanted}"
    draft.edit(start, end, wanted, change)
