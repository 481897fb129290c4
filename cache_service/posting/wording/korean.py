"""The stems of Korean words, by rules: particles and endings off, compounds taken apart, native verbs to their roots.

A word is looked up as it stands, then without each ending that it may have, the longest first; what is left has to be
a known noun, a compound of known nouns or a native verb. A word that is none of them loses its longest particle, if
two syllables are left. The same word always gives the same stems, so that a wrong guess is wrong on both sides.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from cache_service.posting.wording.conjugation import forms
from cache_service.posting.wording.words import groups, lines, words

NOT: Final = "¬"
_MAX_WORD: Final = 24
_PARTICLES: Final = frozenset(
    """은 는 이 가 을 를 의 에 에서 에게 에게서 께 께서 께만 께는 께도 에게만 에게도 으로 로 으로써 로써 으로서 로서 와 과 와의 과의 도 만 까지 부터 마다 처럼 보다 이나 나 이라도
    라도 으로의 로의 으로는 로는 으로도 로도 에는 에도 에의 에서는 에서도 에서의 에게는 에게도 까지의 부터의 만의 만을 만이 에만 에서만 이란 란 들 들이 들은
    들을 들의 들에게 들과 들도 들이나 님 님들 님의 님과 이랑 랑 과도 와도 과는 와는 조차 든지 이든 든 이든지 라는 이라는 란""".split()
)
_COPULA: Final = frozenset(
    """입니다 이며 이고 이다 이에요 예요 이었던 였던 이신 이면 이라면 인 일 임 이자 이기도 이므로 인데 이어야 여야 이시고 이시며 이신지 이랍니다 이죠 죠
    이었습니다 였습니다 이십니다 인지""".split()
)
_HA_ENDINGS: Final = """고 고도 고자 고는 며 면서 는 는데 는지 기 기도 기를 기에 기로 기까지 기위한 기위해 여 여서 여도 도록 거나 면 지 지는 지도 지만 게 게도 자 시는 시고
    시며 실 신 시면 세요 십니다 던 다 다가 려는 려고 러 니 므로 였고 였던 였습니다 였으며 네요 고요 구요 죠 여야 여주 여주는 여주실 여주시는 여주세요 여드립니다
    여온 여오고 여나가는 기때문에 실수있는 는것 는분 는일""".split()
_HA: Final = frozenset(
    [head + ending for head in ("하", "되", "시키") for ending in ["", *_HA_ENDINGS]]
    + """합니다 한다 한 한다는 할 할수 함 함을 함으로써 함에 함께하는 해 해서 해요 해야 해야하는 했고 했던 했습니다 했으며 했다 해주 해주는 해주고 해주실 해주시는 해주세요
    해줍니다 해줄 해드립니다 해드려요 해드리는 해드리고 해보 해본 해볼 해보고 해보신 해왔습니다 해온 해나가는 해나갑니다 해나갈 해도 했음 히 하게끔 하에
    됩니다 된다 된 될 됨 됨을 돼 돼서 돼요 되어 되어서 되어요 되었고 되었던 되었습니다 됐고 됐던 됐습니다 되어야
    드립니다 드려요 드리며 드리고 드리는 드릴 드렸습니다 시킵니다 시킨다 시킨 시킬 시킴 시켜 시켜서 시켜요 시켰고 시켰던 시켰습니다 받는 받은 받고 적 적인 적으로 적이고 적이며 적이""".split()
)
_TAILS: Final = frozenset(
    "시 후 중 용 별 들 시에 후에 중에 중인 중이며 용의 용으로 별로 간 간의 내 내의 내에서 상 상의 하의 본 던".split()
)
_SUFFIXES: Final = _PARTICLES | _COPULA | _HA | _TAILS
_LONGEST: Final = max(map(len, _SUFFIXES))
_BREAKS: Final = (
    "고",
    "며",
    "면서",
    "여",
    "해",
    "와",
    "과",
    "해서",
    "여서",
    "이나",
    "거나",
    "나",
    "랑",
    "및",
    "후",
    "어",
    "아",
    "도록",
)
_JOINING: Final = frozenset("와 과 이나 랑 이랑 나".split()) | frozenset(
    ending
    for ending in _HA | _COPULA
    if ending.endswith(("고", "며", "면서", "여", "해", "해서", "여서", "거나", "되어", "돼"))
)
_NEGATIVE_ROOTS: Final = frozenset("없 않 아니 못하 말".split())
_NEGATIVE: Final = frozenset(
    "안 못 불가 불가능 제외 금지 미포함 없이 없음 않음 아님 말고 아닌 아니라 아니고 없습니다 없는 없이도 마세요 말아 않고 불가합니다".split()
)
_NEGATIVE_HEADS: Final = ("미", "비", "불", "무", "노")
_FEE: Final = "비"
_DO: Final = "하다"
# Nouns of one syllable that take particles; a longer word that begins so is looked up as a whole.
_SHORT_NOUNS: Final = frozenset(
    """일 분 앱 웹 개 명 회 주 월 년 팀 점 것 책 차 약 꽃 옷 빵 물 밥 몸 손 발 글 말 길 집 땅 법 돈 힘 꿈 빛 색 병 술 배 소 닭 톤 층 호 건 권 인 원 곳
    속 중 후 전 시 때 날 달 해 눈 귀 입 코 목 피 뼈 살 문 방 벽 흙 돌 산 강 숲 밭 논 쌀 콩 차 국 면 떡 회 컵 병 통 줄 끈 실 천 선 막 틀 판 봉 못 톱
    칼 솥 불 열 빔 관 망 표 답 뜻 맛 멋 값 몫 짐 곡 춤 극 시 신 왕 반 조 부 실 장 급 호 대 매 편 쪽 자 번 살 잔 벌 쌍 켤 폭 양 질 격 홀 룸 키 팩 캔 펜 탑 숍 샵 바 폰 펌 딸""".split()
)
_COUNTED: Final = tuple(
    "개월 시간 학년 학기 단계 종류 가지 차 명 개 회 년 월 일 주 시 분 층 호 대 톤 점 건 권 인 원 곳 번 종 위 등 세 배 평".split()
)


def _verbs() -> dict[str, str]:
    found: dict[str, str] = {}
    for line in lines("verbs_ko"):
        roots = line.split()
        irregular = roots.pop(0) if roots[0] in {"b", "d", "s"} else ""
        for root in roots:
            for form in forms(root, irregular):
                if len(form) > 1 or form not in {
                    "가",
                    "나",
                    "자",
                    "이",
                    "대",
                    "내",
                    "세",
                    "개",
                    "매",
                    "재",
                    "적",
                    "감",
                    "보",
                    "본",
                    "볼",
                    "봄",
                    "봐",
                    "들",
                    "든",
                    "편",
                    "짬",
                    "짜",
                    "간",
                    "갈",
                }:
                    found.setdefault(form, root + "다")
    for root in _NEGATIVE_ROOTS:
        found.update((form, NOT) for form in forms(root) if form != "말")
    return found


def _nouns() -> frozenset[str]:
    """Known nouns that are not compounds of other known nouns."""
    nouns = {word for word in words("common_nouns_ko") if len(word) > 1 and word not in _SUFFIXES}
    listed: set[str] = set()
    for name in ("synonyms_ko", "synonyms_cross", "antonyms"):
        for group in groups(name):
            listed.update(word for wording in group for word in wording.split() if len(word) > 1 and _is_hangul(word))
    listed = nouns | {word for word in listed if word not in _VERBS and word not in _SUFFIXES}
    simple: set[str] = set()
    for word in sorted(listed, key=lambda one: (len(one), one)):
        if len(word) < 4 or not split_compound(word, simple):
            simple.add(word)
    return frozenset(simple)


def _is_hangul(word: str) -> bool:
    return all("가" <= char <= "힣" for char in word)


def split_compound(word: str, known: frozenset[str] | set[str]) -> tuple[str, ...]:
    """The fewest words of ``known`` (of two letters or more) that make ``word``; none if they do not."""
    size = len(word)
    if size > _MAX_WORD:
        return ()
    best: list[tuple[str, ...] | None] = [()] + [None] * size
    for end in range(2, size + 1):
        for start in range(end - 1):
            head = best[start]
            here = best[end]
            if head is not None and word[start:end] in known and (here is None or len(here) > len(head) + 1):
                best[end] = (*head, word[start:end])
    return best[size] or ()


_VERBS: Final = _verbs()
_NOUNS: Final = _nouns()


def _known(word: str) -> tuple[str, ...]:
    """The stems of a word that is known as it stands, or none."""
    if word in _NOUNS:
        return (word,)
    if word in _NEGATIVE:
        return (NOT,)
    if (verb := _VERBS.get(word)) is not None:
        return (verb,)
    if len(word) >= 4 and (parts := split_compound(word, _NOUNS)):
        return parts
    if len(word) >= 3:
        return _derived(word)
    return ()


def _derived(word: str) -> tuple[str, ...]:
    head, rest = word[0], word[1:]
    if head in _NEGATIVE_HEADS and rest in _NOUNS:
        return (rest, NOT)
    if word.endswith(_FEE) and (parts := _noun(word[:-1])):
        return (*parts, "비용")
    return ()


def _noun(word: str) -> tuple[str, ...]:
    return (word,) if word in _NOUNS else split_compound(word, _NOUNS)


def is_ending(word: str) -> bool:
    """Whether a run of Hangul is nothing but a particle or an ending."""
    return word in _PARTICLES or word in _COPULA or word in _HA


def joins(ending: str) -> bool:
    """Whether an ending joins what is before it to what follows."""
    return ending in _JOINING


@lru_cache(maxsize=65536)
def stems(word: str) -> tuple[tuple[str, ...], bool]:
    """The stems of a run of Hangul, and whether it joins what is before it to what follows (and, which, -ing)."""
    if word in _NEGATIVE:
        return (NOT,), False
    if word in _HA:
        return (_DO,), word in _JOINING
    if found := _known(word):
        return found, found[-1].endswith("다") and word.endswith(_BREAKS)
    for size in range(min(_LONGEST, len(word) - 1), 0, -1):
        suffix = word[-size:]
        if suffix in _SUFFIXES and (found := _without(word[:-size])):
            return found, suffix in _JOINING
    if word[0] in _SHORT_NOUNS and (word[1:] in _PARTICLES or word[1:] in _COPULA):
        return (word[0],), word[1:] in _JOINING
    for size in range(min(_LONGEST, len(word) - 2), 0, -1):
        suffix = word[-size:]
        if suffix in _SUFFIXES and suffix not in _TAILS and suffix not in {"히", "적"}:
            return (word[:-size],), suffix in _JOINING
    return (word,), False


@lru_cache(maxsize=16384)
def counted(word: str) -> tuple[tuple[str, ...], bool]:
    """As ``stems``, of a run of Hangul right after a number: "3개를", "1차면접"."""
    for counter in _COUNTED:
        rest = word.removeprefix(counter)
        if rest == word:
            continue
        if not rest or rest in _SUFFIXES:
            return (counter,), rest in _JOINING
        found, joins = stems(rest)
        if len(rest) > 1 and found[0] in _NOUNS:
            return (counter, *found), joins
    return stems(word)


def _without(rest: str) -> tuple[str, ...]:
    """The stems of what an ending left: known, or known once one more ending is off it."""
    if found := _known(rest):
        return found
    for size in (3, 2, 1):
        if len(rest) - size >= 2 and rest[-size:] in _SUFFIXES and (found := _noun(rest[:-size])):
            return found
    return ()
