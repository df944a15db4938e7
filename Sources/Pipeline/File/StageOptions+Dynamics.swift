internal import Compare
internal import Indicators

/// The keys of `compare:` that speak of figures over time, across the border and among peers.
extension StageOptions {
    func dynamics() -> DynamicsOptions {
        let section = content["compare"]
        let levels = (section?["time_distance"]?["levels"]?.entries ?? []).map { key, _, value in
            (key, value.items.compactMap(\.number))
        }
        let convergence = section?["convergence"]
        return DynamicsOptions(
            lastCrossing: section?["time_distance"]?["crossing"]?.text == "last",
            levels: Dictionary(levels) { first, _ in first },
            trendYears: section?["catch_up"]?["years"]?.integer,
            convergenceScales: convergence?["scales"]?.texts.compactMap(GrowthScale.init),
            convergenceFrom: convergence?["from"]?.integer,
            convergenceTo: convergence?["to"]?.integer,
            peers: peers(section?["peers"])
        )
    }

    private func peers(_ section: Located?) -> PeerOptions? {
        guard let section else { return nil }
        let usual = PeerOptions(indicators: section["indicators"]?.texts ?? [])
        return PeerOptions(
            indicators: usual.indicators,
            scale: section["scale"]?.text.flatMap(PeerOptions.Scale.init) ?? usual.scale,
            year: section["year"]?.integer,
            count: section["count"]?.integer ?? usual.count,
            level: section["level"]?.text.map(PlaceLevel.init) ?? usual.level,
            outcomes: section["outcomes"]?.texts ?? []
        )
    }

    /// Metrics that lack what they need, and what no metric asks for.
    mutating func refuseHalfDeclared() {
        let compare = content["compare"]
        let metrics = compare?["metrics"]
        let asked = Set(metrics?.texts ?? [])
        if asked.contains("targets"), content["targets"] == nil {
            refuse(metrics, "the metric targets without targets", expected: "targets: with a file of them")
        }
        if content["targets"] != nil, !asked.contains("targets") {
            refuse(
                content["targets"],
                "targets that no metric asks for",
                expected: "targets among the metrics of compare"
            )
        }
        if asked.contains("activities") != (content["activities"] != nil) {
            refuse(
                content["activities"] ?? metrics,
                asked.contains("activities")
                    ? "the metric activities without activities" : "activities that no metric asks for",
                expected: "activities: with a register, and activities among the metrics of compare"
            )
        }
        if asked.contains("peers"), compare?["peers"] == nil {
            refuse(metrics, "the metric peers without peers", expected: "peers: with the context indicators")
        }
        if compare?["peers"] != nil, !asked.contains("peers") {
            refuse(compare?["peers"], "peers that no metric asks for", expected: "peers among the metrics of compare")
        }
    }
}
