"""What follows from a design: its numbers put through ``mlsd.sizing``, each result with its working.

    fact       what a derived number is: id, stage, name, working, and what is missing to compute it
    read       numbers of a design as inputs that remember where they stand and whether they are assumed
    home       quantities that stand in one place and are meant in another
    promised   the limits that a design sets itself, each in the unit of its kind; left, what remains of a latency
    load, service, funnel, memory, experiment, guardrails, labels, llm, agent, cost    one module for each subject
    every      all of them
    provenance, what_if    where a number comes from, and the design with another value in its place

Rules, prints, the interview and ``mlsd size`` all read their numbers here, so that a number is computed once. Nothing
here judges, and nothing is imported before it is asked for.
"""
