"""English words that begin with a capital in postings without naming a tool."""

from __future__ import annotations

from typing import Final

COMMON_WORDS: Final = frozenset(
    """
    a about academic account accounting ad admin administration adoption advertising agency agent agile analysis analyst
    analytic apartment api app application architecture art asset assistant audit auto automation b2b b2c b2g back backend
    background banking bank basic benefit best big bio board book brand branding bs ba budget building business buying
    call campaign capital care career case center channel chief client clinical cloud code coding collaboration commerce
    commercial communication community company compliance computer concept construction consulting consumer content
    contract control cost course creative credit crm culture customer cx cs data database day dealer delivery demand
    department design designer developer development device digital director distribution document domain e-commerce
    ecommerce education electronic email emergency employee energy engineer engineering english enterprise equipment
    event excellence executive experience facility family fashion feature federal field finance financial food framework
    frontend full-stack fullstack function game general global good google government graphic group growth guide hardware
    health healthcare high home hospital hotel hospitality hr human identity industry industrial information
    infrastructure insight insurance integration intelligence interface interior internal international internet
    inventory investment issue it item job key knowledge kpi lab language launch law lead leader leadership learning legal
    level library license life line live local logistic machine maintenance management manager manufacturing map market
    marketing material math mathematic md mechanical media medical meeting member merchandise merchandising message
    method microsoft mission ml ai mobile model money motion multi music mvp national native nature network new office
    online open operation operating optimization or order organization other outbound inbound package part partner
    partnership payment people performance person personal phone physical pipeline plan planning platform pm po policy
    portfolio power practice presentation president prevention price print process product production program
    programming project promotion proposal prototype public publishing purchase purchasing qa quality raw real record
    recruiting recruitment reference regulation regulatory relation release reliability report reporting research
    resource restaurant retail revenue review risk robot robotic role saas safety sale sales sample school science script
    search security senior service setup shop site skill smart sns social software solution source sourcing space spec
    special sport staff startup start statistic store story strategy strong structure studio style sub supply support
    survey system target tax teaching team tech technical technology test testing text time tool trade trading training
    transformation travel trend ui ux university us usa uk user utility value vendor version vertical video vision visual
    voc warehouse water web website wellness word work workflow workshop world writing written verbal excellent
    interpersonal microsoft's state america american europe european asia asian korea korean japan china chinese india
    africa london york francisco texas california monday friday january windows's ceo cto cfo coo vp bsc msc mba phd gpa
    stem saturday sunday python-based fortune oem odm gtm ip pr ir m&a ipo roi p&l kol mou nda fmcg sku bm rfp rfi poc
    o2o d2c ott etc ms master bachelor degree diploma excel-based windows-based must ability please note required
    preferred responsibilities requirements qualifications benefits minimum desired familiarity proficiency demonstrated
    working understanding self proven previous prior additional advanced basic plus bonus detail details able solid
    one party server repo dive back-office composer renderer gui creator outsourcing navigation affiliate offline branch
    powerpointbachel facebook mockup layout rendering backoffice set-up setup up-selling html-based offer ownership
    """.split()
)
