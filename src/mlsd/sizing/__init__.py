"""The numbers a design stands on: pure functions, each result with its working.

Standard library and ``mlsd.errors`` only. Nothing is imported here, so that asking for one number stays cheap:
``from mlsd.sizing.ab_test import two_proportions``.

    working, domain, normal        what a result is; which values are accepted; the normal distribution
    ab_test (ab_plan, comparison)  sample, detectable effect or power of a test; duration: its days
    corrections, variance, clusters, non_inferiority, sequential, srm    what plain tests leave out
    ways_out, flip                 the value that would meet a limit; how far a number can move
    capacity, availability, latency, tail, memory    load and machines
    labelling                      labels, review queues, cut-offs
    llm, training, agent           language models
    cost                           the monthly bill

A number may be passed plainly or as an ``Input`` that remembers where it came from. An impossible question is
answered with ``None`` and a note; a value outside its range raises ``ValueRefused``.
"""
