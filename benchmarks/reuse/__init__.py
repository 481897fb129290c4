"""The evaluation of reuse: is nothing wrong served, and nearly every honest rewording?

postings     real postings as raw material (read, never stored), companies split for good into tune and test
wording      phrases, values, spellings, reworded items: ``data/``
base         a full request and the stored posting that answers it;  renderings: how a typed value may be worded
case         one case;  traps: one fact changed;  labels: what may not be said then;  rewordings: the same facts
suite        all of it, in both directions
judge        drives the service over HTTP and judges what it serves;  report: the figures
pairs        labelled pairs out of the cases, for comparing and for ``gonggo tune``
baselines    static cosine, GPTCache's default, vCache's policy;  compared: all of them and ours in one table
embedding_only  the baselines and our policies on public pairs and on a replayed stream

``python -m benchmarks.reuse --bases 40 --service-only --fact years_min --show 3`` shows what fails and why.
"""
