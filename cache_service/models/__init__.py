"""Writing what is new: language models over OpenAI-compatible endpoints, and the rules that need none.

``composer``  rules -> text · ``prompts``  a need -> messages · ``upstream``  one endpoint · ``orchestrator``  which
endpoint, how many at once, and what next when one fails
"""
