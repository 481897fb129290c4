"""Whether a candidate that passed every hard rule is served: how sure must one be, and how sure is one?

``protocol``  the seam: Proposal in, Serve or Withhold out · ``static``  a similarity threshold; nothing but equal ·
``risk``  exact binomial bounds and fixed-sequence tests · ``artifact``  what ``gonggo tune`` writes and the service
loads · ``calibrated``  serves by an artifact · ``online``  what each entry's own use has shown · ``words``  content
words of free text · ``proposals``  from a pair of requests to a proposal · ``load``  from the setting to the policy
"""
