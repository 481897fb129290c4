"""The labelled texts are well-formed, the scorer tells right from wrong, and extraction does not fall behind."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from benchmarks.extraction.labelled import LANGUAGES, SCORED, SPLIT_SEED, TEXTS, Label, LabelledText, load, unmark
from benchmarks.extraction.matching import same_fact
from benchmarks.extraction.scoring import Tally, compare, score, total
from cache_service.posting.canonical import fold
from cache_service.posting.facts import FactType, StatedFact

# What extraction reaches on the dev part; raise them when it gets better, never lower them.
PRECISION_FLOOR = 0.975
RECALL_FLOOR = 0.96

LEAST_OF_A_TYPE = 12
LEAST_OF_A_TYPE_IN_FRESH = 10


@pytest.fixture(scope="module")
def texts() -> tuple[LabelledText, ...]:
    return load()


@pytest.fixture(scope="module")
def halves(texts: tuple[LabelledText, ...]) -> tuple[LabelledText, ...]:
    """The texts of dev and test."""
    return tuple(one for one in texts if one.split != "fresh")


@pytest.fixture(scope="module")
def fresh(texts: tuple[LabelledText, ...]) -> tuple[LabelledText, ...]:
    """The texts of the part written after the misses on dev and test were known."""
    return tuple(one for one in texts if one.split == "fresh")


def test_there_are_two_hundred_texts_a_language_and_none_twice(halves: tuple[LabelledText, ...]) -> None:
    """400 texts, half of them in each language, of different wording and different names."""
    assert Counter(one.language for one in halves) == dict.fromkeys(LANGUAGES, 200)
    assert len({fold(one.text) for one in halves}) == len({one.id for one in halves}) == 400


def test_the_fresh_part_has_sixty_texts_a_language_and_none_twice(
    texts: tuple[LabelledText, ...], fresh: tuple[LabelledText, ...]
) -> None:
    """120 further texts, none of them in dev or test under this or another id."""
    assert Counter(one.language for one in fresh) == dict.fromkeys(LANGUAGES, 60)
    assert len({fold(one.text) for one in texts}) == len({one.id for one in texts}) == 520


def test_the_split_is_the_one_drawn_by_the_seed(halves: tuple[LabelledText, ...]) -> None:
    """No text moves between dev and test by hand."""
    for language in LANGUAGES:
        own = [one for one in halves if one.language == language]
        dev = set(random.Random(SPLIT_SEED).sample(range(len(own)), 100))
        assert [one.split for one in own] == ["dev" if at in dev else "test" for at in range(len(own))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_type_is_labelled_often_enough(
    halves: tuple[LabelledText, ...], fresh: tuple[LabelledText, ...], language: str
) -> None:
    """Each type of the contract so many times in each language, optional labels not counted."""
    for part, least in ((halves, LEAST_OF_A_TYPE), (fresh, LEAST_OF_A_TYPE_IN_FRESH)):
        counts = Counter(
            label.type for one in part if one.language == language for label in one.labels if not label.optional
        )
        assert {kind: counts[kind] for kind in SCORED if counts[kind] < least} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_third_of_the_texts_hold_what_is_no_fact_of_the_job(
    halves: tuple[LabelledText, ...], fresh: tuple[LabelledText, ...], language: str
) -> None:
    """Distractors are in at least one text of three."""
    for part in (halves, fresh):
        own = [one for one in part if one.language == language]
        assert sum(one.distractors for one in own) * 3 >= len(own)


def test_labels_lie_on_the_words_that_they_are_about(texts: tuple[LabelledText, ...]) -> None:
    """Spans hold words without spaces around them; a text's value and a polarity's subject stand in the text."""
    for one in texts:
        for label in one.labels:
            words = one.text[label.start : label.end]
            assert words
            assert words == words.strip(), (one.id, label)
            if label.type in TEXTS and label.value != "무관":
                assert label.value == words, (one.id, label)
            if label.of is not None:
                assert fold(label.of) in fold(one.text), (one.id, label)


def test_no_label_is_given_twice_and_amounts_are_in_order(texts: tuple[LabelledText, ...]) -> None:
    """A mark names a fact once, and no minimum lies above the maximum on the same words."""
    for one in texts:
        assert len(set(one.labels)) == len(one.labels), one.id
        by_span = {(label.type, label.start, label.end): label.value for label in one.labels}
        for kind in ("salary", "years"):
            for (of_kind, start, end), low in by_span.items():
                high = by_span.get((f"{kind}_max", start, end))
                if of_kind == f"{kind}_min" and high is not None:
                    assert int(low) <= int(high), one.id


def test_marks_nest_and_share_words() -> None:
    """Spans are those of the text without marks, from the outermost in."""
    text, labels = unmark("· {{polarity=Java:required|{{skill|Java}} 필수}}, {{salary_min=1,salary_max=1|월 1원}}")
    assert text == "· Java 필수, 월 1원"
    assert labels == (
        Label("skill", "Java", 2, 6),
        Label("polarity", "required", 2, 9, of="Java"),
        Label("salary_max", 1, 11, 15),
        Label("salary_min", 1, 11, 15),
    )


@pytest.mark.parametrize(
    "marked",
    ["{{skill|Java", "Java}}", "{{skil|Java}}", "{{years_min|3년}}", "{{skill| Java}}", "{{polarity=required|필수}}"],
)
def test_a_mark_that_cannot_be_read_is_refused(marked: str) -> None:
    """A slip of the pen is an error, not a label less."""
    with pytest.raises(ValueError, match=r"\S"):
        unmark(marked)


@pytest.mark.parametrize(
    ("kind", "labelled", "found", "same"),
    [
        ("skill", "React Native", "React", False),
        ("skill", "JavaScript", "Java", False),
        ("skill", "C++", "C", False),
        ("skill", "NoSQL", "SQL", False),
        ("skill", "간호사 면허", "간호사면허", True),
        ("skill", "1종 보통 운전면허", "운전면허", True),
        ("company", "누리페이먼츠", "누리페이", False),
        ("company", "㈜두레상사", "두레상사", True),
        ("phone", "(02) 555-3141", "02-555-3141", True),
        ("phone", "02-555-3141", "02-555-3142", False),
        ("url", "https://a.example/jobs/", "a.example/jobs", True),
        ("url", "a.example/jobs", "a.example", False),
        ("location", "서울 강남구", "강남구", True),
        ("education", "대졸 이상", "고졸 이상", False),
    ],
)
def test_which_wordings_are_the_same_fact(kind: FactType, labelled: str, found: str, same: bool) -> None:
    """Spellings and parts of a text are the same; other skills, companies and numbers are not."""
    label = Label(kind, labelled, 0, len(labelled))
    assert same_fact(label, StatedFact(kind, found, 0, len(found))) is same


def test_a_polarity_is_compared_by_stance_and_subject() -> None:
    """The same stance of something with a word in common, at the same place."""
    label = Label("polarity", "preferred", 0, 12, of="관련 자격증")
    assert same_fact(label, StatedFact("polarity", "preferred", 3, 12, of="자격증 소지자"))
    assert not same_fact(label, StatedFact("polarity", "required", 3, 12, of="자격증 소지자"))
    assert not same_fact(label, StatedFact("polarity", "preferred", 3, 12, of="영어"))
    assert not same_fact(label, StatedFact("polarity", "preferred", 12, 20, of="자격증 소지자"))


def test_what_is_invented_or_missed_counts_and_what_is_optional_does_not() -> None:
    """One right, one invented, one missed, and an optional label found: precision and recall are a half."""
    text, labels = unmark("{{headcount=2|2명}} {{skill?|영어}} {{headcount=3|3명}} 5명")
    one = LabelledText("x", "ko", "dev", "headline", "any", distractors=False, text=text, labels=labels)
    found = [StatedFact("headcount", 2, 0, 2), StatedFact("skill", "영어", 3, 5), StatedFact("headcount", 5, 9, 11)]
    tallies, misses = compare(one, found)
    assert tallies == {"headcount": Tally(right=1, found=2, recalled=1, stated=2)}
    assert misses.wrong == (found[2],)
    assert [label.value for label in misses.missed] == [3]


def test_extraction_stays_above_the_floor_on_dev(texts: tuple[LabelledText, ...]) -> None:
    """Micro-averaged over every type and both languages."""
    tallies, _ = score(one for one in texts if one.split == "dev")
    reached = total(tallies)
    assert reached.precision is not None
    assert reached.recall is not None
    assert reached.precision >= PRECISION_FLOOR
    assert reached.recall >= RECALL_FLOOR
