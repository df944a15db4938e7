extension ObservationStatus {
    /// How much a reader must know of it when it stands for several values; statuses without a value come last.
    private var weight: Int {
        switch self {
        case .normal: 0
        case .provisional: 1
        case .estimated: 2
        case .includesOther: 3
        case .seriesBreak: 4
        case .imputed: 5
        case .unreliable: 6
        case .suppressed: 7
        case .impossible: 8
        case .missing: 9
        }
    }

    /// The one of the two that tells more against a result: `O M Q U I B W E P A`, from the most telling to the least.
    public func worse(_ other: ObservationStatus) -> ObservationStatus {
        weight >= other.weight ? self : other
    }

    /// The most telling of several, `nil` of none. Of an array: a loop that the compiler knows the types of.
    public static func worst(of statuses: [ObservationStatus]) -> ObservationStatus? {
        guard var worst = statuses.first else { return nil }
        for status in statuses where status != worst { worst = worst.worse(status) }
        return worst
    }

    /// The most telling of several, `nil` of none.
    public static func worst(of statuses: some Sequence<ObservationStatus>) -> ObservationStatus? {
        statuses.reduce(nil) { worst, status in worst?.worse(status) ?? status }
    }
}
