"""``gonggo tune``: from labelled pairs to a reuse policy with a proved error bound, and a report on it.

``pairs``  reads them from a file or from feedback · ``split``  by company · ``fit``  scikit-learn to plain numbers ·
``thresholds``  what may be served under each bound · ``measure``  what that does on pairs set aside · ``plots`` and
``report``  pictures and pages · ``command``  the whole way · ``cli``  files in, files out
"""
