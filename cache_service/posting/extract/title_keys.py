"""Words that qualify a job, in one form for both languages; what titles are compared by. Not looked up in texts."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from cache_service.posting.canonical import fold
from cache_service.posting.extract.seniority_words import LEVEL_WORD
from cache_service.posting.extract.terms import LEXICON, Hit, Lexicon, read_list

_QUALIFIERS: Final = Lexicon(
    read_list(
        "qualifier",
        """
frontend | front-end | front end | ~프론트엔드 | ~프런트엔드 | ~프론트 엔드 | ~프런트 엔드
backend | back-end | back end | ~백엔드 | ~백 엔드
fullstack | full-stack | full stack | ~풀스택 | ~풀 스택
software | ~소프트웨어 | SW | S/W
hardware | ~하드웨어 | HW | H/W
web | ~웹
app | ~앱
mobile | ~모바일
android | ~안드로이드
ios | ~아이오에스
server | ~서버
data | ~데이터
machine learning | ~머신러닝 | ML
deep learning | ~딥러닝
ai | ~인공지능 | ~에이아이
embedded | ~임베디드
firmware | ~펌웨어
cloud | ~클라우드
infrastructure | ~인프라 | infra
devops | ~데브옵스
sre
security | ~보안 | ~정보보안
network | ~네트워크
system | ~시스템 | systems
database | ~데이터베이스 | DB
game | ~게임
client | ~클라이언트
platform | ~플랫폼
blockchain | ~블록체인
robotics | ~로봇 | ~로보틱스
autonomous driving | ~자율주행
vision | ~비전
qa
test | ~테스트
product | ~프로덕트 | ~제품
service | ~서비스
ux
ui
ux/ui | ui/ux | uxui | uiux
graphic | ~그래픽
brand | ~브랜드
visual | ~비주얼 | ~시각
motion | ~모션
video | ~영상
content | ~콘텐츠 | ~컨텐츠 | contents
web design | ~웹디자인
fashion | ~패션
interior | ~인테리어
industrial | ~산업
package | ~패키지
editorial | ~편집
3d
2d
performance | ~퍼포먼스
growth | ~그로스
digital | ~디지털
online | ~온라인
crm
social media | ~소셜미디어 | sns
marketing | ~마케팅
sales | ~영업 | ~세일즈
overseas | ~해외
technical | ~기술 | ~테크니컬
business | ~비즈니스 | ~사업
business development | ~사업개발
strategy | ~전략
planning | ~기획
operations | ~운영 | ~오퍼레이션
project | ~프로젝트
program | ~프로그램
customer | ~고객
customer success | ~고객 성공
customer support | ~고객 지원 | ~고객지원
customer service | ~고객 서비스 | ~고객상담 | ~고객 상담
call center | ~콜센터
hr | ~인사
recruiting | ~채용
accounting | ~회계
finance | ~재무 | ~금융 | financial
tax | ~세무
legal | ~법무
purchasing | ~구매
logistics | ~물류
supply chain | scm
trade | ~무역
production | ~생산
manufacturing | ~제조
quality | ~품질
process | ~공정
equipment | ~설비 | ~장비
mechanical | ~기계
electrical | ~전기
electronic | ~전자 | electronics
civil | ~토목
architectural | ~건축
construction | ~건설 | ~시공
chemical | ~화학
semiconductor | ~반도체
automotive | ~자동차
battery | ~배터리
safety | ~안전
research | ~연구
clinical | ~임상
bio | ~바이오
pharmaceutical | ~제약
medical | ~의료
icu | ~중환자실
emergency room | ~응급실 | er
ward | ~병동
operating room | ~수술실
dental | ~치과
pediatric | ~소아과
english | ~영어
math | ~수학
korean | ~국어 | ~한국어
science | ~과학
elementary | ~초등
kindergarten | ~유치원
hall | ~홀
kitchen | ~주방
cafe | ~카페
restaurant | ~레스토랑 | ~식당
hotel | ~호텔
store | ~매장
warehouse | ~물류센터 | ~창고
delivery | ~배송 | ~배달
truck | ~화물 | ~트럭
bus | ~버스
forklift | ~지게차
security guard | ~경비
office | ~사무
administrative | ~행정
java
python
react
spring
node.js
php
c++
.net
kotlin
swift
unity | ~유니티
unreal | ~언리얼
sap
erp
solution | ~솔루션
solutions
ecommerce | e-commerce | ~이커머스 | ~커머스
retail | ~리테일
beauty | ~뷰티 | ~화장품
food | ~식품
f&b
""",
    )
)
# Where engineer, developer and programmer mean the same: only beside one of these.
_SOFTWARE: Final = frozenset(
    "frontend backend fullstack software web app mobile android ios server machine learning|deep learning|ai|embedded|firmware|cloud"
    "|devops|platform|blockchain|database|game|client|java|python|react|spring|node.js|php|c++|.net|kotlin|swift|unity|unreal"
    "|data".replace(" ", "|").replace("machine|learning", "machine learning").replace("deep|learning", "deep learning").split("|")
)
_MAKERS: Final = frozenset({"engineer", "programmer", "developer"})


@lru_cache(maxsize=8192)
def title_key(title: str) -> str:
    """What two titles are compared by: qualifiers sorted, then the head, in one form for both languages.

    Seniority is left out. 프런트엔드 개발자, Front-end Engineer and 프론트엔드 엔지니어 have one key; 전기 엔지니어 and 전기
    개발자 have two.
    """
    plain = LEVEL_WORD.sub(" ", title)
    heads = LEXICON.find(plain).get("title_head", [])
    head = heads[-1] if heads else None
    rest = plain if head is None else f"{plain[: head.start]} {plain[head.end :]}"
    qualifiers = _QUALIFIERS.find(rest).get("qualifier", [])
    words = {hit.canonical for hit in qualifiers} | _leftover(rest, qualifiers)
    last = "" if head is None else head.canonical
    if last in _MAKERS and not words.isdisjoint(_SOFTWARE):
        last, words = "developer", words - {"software"} or words
    return " ".join((*sorted(words), last)).strip()


def qualified(title: str) -> bool:
    """Whether anything beside the head says which trade it is."""
    heads = LEXICON.find(title).get("title_head", [])
    rest = LEVEL_WORD.sub(" ", f"{title[: heads[-1].start]} {title[heads[-1].end :]}" if heads else title)
    return _TRADE.search(rest.replace("초기", "")) is not None


_TRADE: Final = re.compile(r"[가-힣A-Za-z]{2}")


def _leftover(text: str, known: list[Hit]) -> set[str]:
    parts, at = [], 0
    for hit in known:
        parts.append(text[at : hit.start])
        at = hit.end
    parts.append(text[at:])
    words = (fold(word).strip("·/,.-–()[]&|") for part in parts for word in part.split())
    return {word for word in words if word and word not in {"및", "and", "of", "the"}}
