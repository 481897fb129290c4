"""The forms that Korean native verbs and adjectives take, made from their roots.

Regular endings, the contractions of vowels and the irregular classes (ㅂ, ㄷ, ㅅ, 르, ㄹ, ㅡ) as the standard grammar
describes them. Verbs made with 하다 need no list: their endings are taken off (``korean``).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

_BASE: Final = 0xAC00
_VOWELS: Final = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_N, _L, _M, _B, _S = 4, 8, 16, 17, 19
_D: Final = 7
_REGULAR_REU: Final = ("따르", "치르", "들르")
# Endings after the root itself, after the root with its binding vowel, and after the infinitive (-아/-어).
_PLAIN: Final = (
    "고 고자 고도 기 기를 기에 기도 기로 기까지 지 지는 지도 지만 지요 게 도록 거나 던 다 자 네요 고요 죠 습니다 구요 고는 는 는데 는지 느라"
).split()
_BOUND: Final = "면 며 면서 려는 려고 러 니 므로 시는 신 실 시고 시며 십니다 세요 셔 시면 시길 실수록 시도록 시기 시길 시던 시거나 시니 시지".split()
_AFTER_INFINITIVE: Final = (
    " 서 서는 서도 요 도 야 야만 주 주는 주고 주며 주실 주시는 주세요 줍니다 줄 준 줘요 보고 보는 본 볼 보며 보실 보신 봅니다 보세요 드립니다 드려요 "
    "드리는 드리고 드리며 가는 가고 가며 갑니다 가요 갈 나가는 나가고 내는 내고 냅니다 왔습니다 온 오고 오는 져 지는 집니다"
).split(" ")
_AFTER_PAST: Final = "습니다 던 고 으며 어요 으면 는데 다 음 을".split()


def _split(char: str) -> tuple[int, int, int]:
    code = ord(char) - _BASE
    return code // 588, code // 28 % 21, code % 28


def _join(lead: int, vowel: int, tail: int = 0) -> str:
    return chr(_BASE + lead * 588 + vowel * 28 + tail)


def _with_tail(word: str, tail: int) -> str:
    lead, vowel, _ = _split(word[-1])
    return word[:-1] + _join(lead, vowel, tail)


def _is_bright(word: str) -> bool:
    return bool(word) and _VOWELS[_split(word[-1])[1]] in "ㅏㅗㅑ"


def _open_infinitives(root: str) -> list[str]:
    """The infinitives of a root that ends in a vowel, contracted and not."""
    lead, vowel, _ = _split(root[-1])
    before, name = root[:-1], _VOWELS[vowel]
    if root[-1] == "하":
        return [before + "해", before + "하여"]
    if root[-1] == "르" and before and not root.endswith(_REGULAR_REU):
        return [_with_tail(before, _L) + ("라" if _is_bright(before) else "러")]
    if name == "ㅡ":
        return [before + _join(lead, 0 if _is_bright(before) else 4)]
    contracted = {"ㅗ": "ㅘ", "ㅜ": "ㅝ", "ㅣ": "ㅕ", "ㅚ": "ㅙ"}.get(name)
    if contracted is None:
        return [root, root + "어"]
    return [before + _join(lead, _VOWELS.index(contracted)), root + ("아" if name == "ㅗ" else "어")]


def _stems(root: str, irregular: str) -> tuple[str, list[str]]:
    """The stem before a binding vowel (that vowel included where there is one), and the infinitives."""
    tail = _split(root[-1])[2]
    if not tail:
        return root, _open_infinitives(root)
    if irregular == "b":
        bare = _with_tail(root, 0)
        return bare + "우", [bare + ("와" if root == "돕" else "워")]
    changed = {"d": _with_tail(root, _L), "s": _with_tail(root, 0)}.get(irregular, root)
    vowel = "아" if _is_bright(root) else "어"
    return (changed if tail == _L else changed + "으"), [changed + vowel]


def forms(root: str, irregular: str = "") -> Iterator[str]:
    """Every form of ``root`` (its dictionary form without 다); ``irregular``: b, d, s, or nothing."""
    bound, infinitives = _stems(root, irregular)
    tail = _split(root[-1])[2]
    dropped = _with_tail(root, 0) if tail == _L else bound
    yield root
    for ending in _PLAIN:
        yield (dropped if ending.startswith(("는", "느", "네")) and tail == _L else root) + ending
    for ending in _BOUND:
        yield (dropped if ending[0] in "니시신실십세셔" and tail == _L else bound) + ending
    # -ㄴ, -ㄹ, -ㅁ, -ㅂ니다, -ㄴ다
    for mark, ending in ((_N, ""), (_L, ""), (_M, ""), (_B, "니다"), (_N, "다"), (_M, "으로써"), (_M, "을")):
        closed = root if (mark, tail) == (_L, _L) else _with_tail(dropped, mark)
        if mark == _M and tail == _L:
            closed = _with_tail(root, 10)  # ㄻ: 만듦
        yield closed + ending
    yield root + "는다"
    for infinitive in infinitives:
        for ending in _AFTER_INFINITIVE:
            yield infinitive + ending
        if not _split(infinitive[-1])[2]:
            past = _with_tail(infinitive, _S + 1)
            for ending in _AFTER_PAST:
                yield past + ending
