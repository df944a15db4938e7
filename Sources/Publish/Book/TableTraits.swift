/// What is special about a table's sheet, besides what its schema says.
struct TableTraits {
    /// A scale of colours over the numbers of a column.
    enum Scale {
        /// Low is bad: from red over white to blue.
        case goodness
        /// From white to amber: how large a gap is.
        case size
    }

    /// By the column's id.
    var scales: [String: Scale] = [:]

    /// In the order in which a reader meets them. Others stand behind, in the order of the run.
    static let order = [
        "observations", "normalised", "treatments", "index", "weights", "correlations", "leave-one-out", "robustness",
        "dominance", "sensitivity", "gaps", "gap-contributions", "gap-composition", "parity", "inequality",
        "inequality-decomposition", "concentration", "association", "convergence", "sigma", "sigma-trend",
        "time-distance", "time-distance-levels", "catch-up", "trends", "neighbours", "border", "peers", "peer-gaps",
        "targets", "target-topics", "topics", "activities", "activity-indicators", "findings", "checks",
    ]

    init(of table: String) {
        scales =
            switch table {
            case "normalised", "index": ["score": .goodness]
            case "leave-one-out": ["score": .goodness, "score_without": .goodness]
            case "gaps", "neighbours", "peer-gaps", "parity": ["parity": .goodness]
            case "inequality": ["gini": .size]
            case "targets": ["progress": .goodness]
            case "correlations": ["correlation": .goodness]
            default: [:]
            }
    }
}
