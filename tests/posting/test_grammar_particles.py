"""Particles after any word: Hangul, digits, Latin letters, brackets, and what cannot be read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cache_service.posting.grammar.articles import counted, listed, with_article
from cache_service.posting.grammar.particles import Ending, Particle, attach, ending


@pytest.mark.parametrize(
    ("word", "topic"),
    [
        # Hangul
        ("누리페이", "누리페이는"), ("한빛", "한빛은"), ("서울", "서울은"),
        ("한빛 요양병원", "한빛 요양병원은"),
        # digits, read in Sino-Korean
        ("브랜드0", "브랜드0은"), ("스튜디오1", "스튜디오1은"), ("채널2", "채널2는"), ("웹3", "웹3은"),
        ("포스4", "포스4는"), ("하이5", "하이5는"), ("트리6", "트리6은"), ("럭키7", "럭키7은"),
        ("플랜8", "플랜8은"), ("119", "119는"), ("카페10", "카페10은"), ("비전100", "비전100은"),
        ("만10000", "만10000은"), ("1000000000000", "1000000000000는"), ("버전 2.0", "버전 2.0은"),
        # spelled out by letter names
        ("LG", "LG는"), ("SQL", "SQL은"), ("IBM", "IBM은"), ("CNN", "CNN은"), ("HR", "HR은"),
        ("CJ ENM", "CJ ENM은"), ("카카오T", "카카오T는"), ("coconeM", "coconeM은"), ("NestJS", "NestJS는"),
        ("MySQL", "MySQL은"), ("npm", "npm은"), ("R", "R은"), ("macOS", "macOS는"), ("LSTM", "LSTM은"),
        # read as words
        ("Kafka", "Kafka는"), ("NAVER", "NAVER는"), ("Naver", "Naver는"), ("Google", "Google은"),
        ("Excel", "Excel은"), ("Line", "Line은"), ("Home", "Home은"), ("Spring", "Spring은"),
        ("Amazon", "Amazon은"), ("Team", "Team은"), ("Slack", "Slack은"), ("Market", "Market은"),
        ("Startup", "Startup은"), ("Facebook", "Facebook은"), ("Music", "Music은"), ("Tech", "Tech는"),
        ("Cloud", "Cloud는"), ("Microsoft", "Microsoft는"), ("React", "React는"), ("GitHub", "GitHub는"),
        ("Web", "Web은"), ("Labs", "Labs는"), ("Docker", "Docker는"), ("Software", "Software는"),
        ("Café", "Café는"), ("Nuri Bank", "Nuri Bank는"),
        # what is not said does not count
        ("위메이드(WEMADE)", "위메이드(WEMADE)는"), ("솔라(주)", "솔라(주)는"), ("(주)한빛", "(주)한빛은"),
        ("한빛 [부산]", "한빛 [부산]은"), ("'누리'", "'누리'는"), ("한빛!", "한빛!은"),
        ("누리페이🚀", "누리페이🚀는"), ("(주)", "(주)는"), ("Acme Inc.", "Acme Inc.는"), ("가)", "가)는"),
        # marks that are read
        ("C++", "C++는"), ("C#", "C#은"), ("100%", "100%는"),
        # not known how it is read
        ("株式会社", "株式会社은(는)"), ("🚀", "🚀은(는)"), ("", "은(는)"), ("Bob", "Bob은(는)"),
        ("ㅋ", "ㅋ은(는)"),
    ],
)  # fmt: skip
def test_topic_follows_the_last_sound(word: str, topic: str) -> None:
    """은 after a consonant, 는 after a vowel, both where the reading is not known."""
    assert attach(word, Particle.TOPIC) == topic


@pytest.mark.parametrize(
    ("particle", "forms"),
    [  # after a consonant, after ㄹ, after a vowel, not known
        (Particle.TOPIC, ("팀은", "서울은", "회사는", "東은(는)")),
        (Particle.SUBJECT, ("팀이", "서울이", "회사가", "東이(가)")),
        (Particle.OBJECT, ("팀을", "서울을", "회사를", "東을(를)")),
        (Particle.WITH, ("팀과", "서울과", "회사와", "東과(와)")),
        (Particle.TOWARDS, ("팀으로", "서울로", "회사로", "東(으)로")),
        (Particle.COPULA, ("팀이에요", "서울이에요", "회사예요", "東이에요(예요)")),
        (Particle.QUOTE, ("팀이라", "서울이라", "회사라", "東(이)라")),
    ],
)
def test_every_particle_has_its_forms(particle: Particle, forms: tuple[str, ...]) -> None:
    """Each particle in its four forms; only 으로 tells ㄹ from other consonants."""
    assert tuple(attach(word, particle) for word in ("팀", "서울", "회사", "東")) == forms


@pytest.mark.parametrize("word", ["서울", "채널7", "SQL", "Google", "웹1"])
def test_rieul_is_told_apart(word: str) -> None:
    """ㄹ is known after Hangul, digits and Latin alike."""
    assert ending(word) is Ending.RIEUL


@given(st.text(max_size=60), st.sampled_from(Particle))
def test_any_word_takes_a_particle(word: str, particle: Particle) -> None:
    """No text is refused, and the word stands before its particle unchanged."""
    assert attach(word, particle) == word + particle.after(word)
    assert particle.after(word) in particle.value


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("Nurse", "a Nurse"), ("Engineer", "an Engineer"), ("HR Manager", "an HR Manager"),
        ("UX Writer", "a UX Writer"), ("MRI Technician", "an MRI Technician"),
        ("SQL Developer", "an SQL Developer"), ("User Researcher", "a User Researcher"),
        ("University Lecturer", "a University Lecturer"), ("Umbrella Maker", "an Umbrella Maker"),
        ("Unit Manager", "a Unit Manager"), ("Uninsured Claims Clerk", "an Uninsured Claims Clerk"),
        ("Honorary Consul", "an Honorary Consul"), ("Hourly Cleaner", "an Hourly Cleaner"),
        ("House Keeper", "a House Keeper"), ("European Buyer", "a European Buyer"),
        ("Onesie Designer", "an Onesie Designer"), ("One-on-one Tutor", "a One-on-one Tutor"),
        ("8th Grade Teacher", "an 8th Grade Teacher"), ("3D Artist", "a 3D Artist"),
        ("11th Hour Clerk", "an 11th Hour Clerk"), ("[Urgent] Cook", "an [Urgent] Cook"),
        ("A Class Welder", "an A Class Welder"), ("간호사", "a 간호사"), ("🚀", "a 🚀"),
        ("NASA Engineer", "a NASA Engineer"), ("EMT", "an EMT"), ("Usher", "an Usher"),
        ("Urologist", "a Urologist"),
    ],
)  # fmt: skip
def test_articles_follow_the_first_sound(phrase: str, expected: str) -> None:
    """a or an by sound, not by letter."""
    assert with_article(phrase) == expected


def test_english_lists_and_counts() -> None:
    """One, two and more items; one and many units."""
    assert [listed(items) for items in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b, and c",
    ]
    assert [counted(n, "year") for n in (0, 1, 2, 1000)] == ["0 years", "1 year", "2 years", "1,000 years"]
