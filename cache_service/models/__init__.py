"""Writing what is new: language models over OpenAI-compatible endpoints, and the rules that need none.

``composer``  rules -> text · ``prompts``  a need -> messages · ``orchestrator``  which upstream, which beside it, and
which next · ``admission``  who gets a free slot, ``fair_queue``  in which order · ``call``  one request under way ·
``endpoint``  one upstream's slots and condition, of ``breaker``, ``rates`` and ``live_figures`` · ``upstream``  HTTP
"""
