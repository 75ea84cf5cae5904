"""One figure of each kind, made by hand."""

from homeward.reports.figures.kinds import (
    Acceptability,
    Balanced,
    Bar,
    CostPlane,
    CumulativeIncidence,
    Districts,
    Estimate,
    Forest,
    ForestRow,
    Funnel,
    FunnelPoint,
    Incident,
    Love,
    Overlap,
    ParticipantFlow,
    Passage,
    Profile,
    ProfileLine,
    Source,
    Stages,
)

SOURCE = Source(412, 0.83, "2024-01 – 2024-12", 12, "North", "4f2ac1aa99", "77aa01b2cc")
BALANCED = (
    Balanced("baseline_economic", 0.46, 0.11, 1.2, 1.03, 0.45, 0.41),
    Balanced("sex=male", -0.44, -0.02),
)
SAMPLES = (
    ParticipantFlow(
        498,
        (
            ("in_extract", {"other_place": 40}),
            ("asked_about", {"unreachable": 68, "several_reasons": 17}),
            ("reached", {"incomplete": 12}),
        ),
        361,
        (("treated", 180), ("untreated", 181)),
        SOURCE,
    ),
    Stages(
        ("arrived", "planning", "closed"),
        {"arrived": 100},
        (
            Passage("arrived", "planning", 80, 14),
            Passage("planning", "closed", 60, 180),
            Passage("arrived", "closed", 10, 60),
        ),
        SOURCE,
    ),
    Love(BALANCED, SOURCE),
    Overlap((0.0, 0.25, 0.5, 0.75, 1.0), (9, 40, 60, 20), (30, 50, 40, 3), 0.07, 120, 118, 0.7, SOURCE),
    Forest(
        (
            ForestRow("female", Estimate(0.11, 0.03, 0.19), 116, Estimate(0.07, 0.03, 0.11), planned=True),
            ForestRow("male", Estimate(-0.04, -0.09, 0.01), 296, Estimate(0.02, -0.01, 0.05)),
        ),
        Estimate(0.06, 0.02, 0.1),
        (-0.03, 0.15),
        4.2,
        1,
        0.04,
        0.29,
        0.05,
        SOURCE,
    ),
    Funnel(
        (
            FunnelPoint("partner Z", 40, 0.51, (0.46, 0.54), (0.44, 0.56)),
            FunnelPoint("partner A", 90, 0.61, (0.48, 0.52), (0.46, 0.54)),
        ),
        0.5,
        0.0,
        SOURCE,
    ),
    Profile(
        (
            ProfileLine("start", Estimate(0.52, 0.49, 0.55), Estimate(0.61), Estimate(0.44)),
            ProfileLine("then", Estimate(0.6), Estimate(0.7), Estimate(0.55)),
        ),
        SOURCE,
    ),
    CostPlane(
        ((0.07, 310.0), (0.02, 250.0), (-0.01, 400.0)),
        Estimate(0.07, 0.02, 0.12),
        Estimate(310, 190, 420),
        {"dearer_better": 0.98, "dominated": 0.02},
        "EUR",
        source=SOURCE,
    ),
    Acceptability(((0.0, 0.01), (4000.0, 0.4), (8000.0, 0.97)), "EUR", SOURCE),
    CumulativeIncidence(
        ("choice", "necessity"),
        (Incident(12, {"choice": Estimate(0.08), "necessity": Estimate(0.06, 0.04, 0.09)}, (0.05, 0.12)),),
        "necessity",
        0.1,
        SOURCE,
    ),
    Districts((Bar("North", 0.52, 0.48, 0.56, 120), Bar("Hills", None)), source=SOURCE),
)
