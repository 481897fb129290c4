"""The tiers that answer without writing: what is stored, found by facts or by meaning, and proved before it is sent.

``manager``  request -> plan · ``reuse_policy``  may this text be reused? · ``guard``  does a text state only what the
request supports? · ``known_companies``  names that may be another company's · ``entries``  what is stored
"""
