/// A gap between two populations split into what comes of their composition by groups and what of the groups' rates: each effect
/// is the mean over both orders of change, which for two factors is Kitagawa's split and Shapley's value alike.
///
/// - SeeAlso: Kitagawa (1955), *Components of a difference between two rates*, JASA 50(272), 1168-1194.
package struct CompositionSplit: Equatable, Sendable {
    /// One population: of each group its share, adding up to 1, and its rate; `nil` where the group is not there.
    package struct Population: Sendable {
        package var shares: [Double]
        package var rates: [Double?]

        package init(shares: [Double], rates: [Double?]) {
            self.shares = shares
            self.rates = rates
        }
    }

    /// For each group, the rates used: a rate that is missing where the share is 0 is taken from the other population.
    package let rates: (reference: [Double], other: [Double])
    /// (c_A - c_B) (r_A + r_B) / 2.
    package let composition: [Double]
    /// (r_A - r_B) (c_A + c_B) / 2.
    package let rate: [Double]

    /// - Parameters:
    ///   - reference: A: shares that add up to 1, rates in the indicator's unit, both in the order of the groups.
    ///   - other: B, with as many groups.
    ///
    /// It is `nil` where a group with a share has no rate, or neither population has the group's rate. Not oriented: the effects
    /// of all groups add up to the rate of A less that of B.
    package init?(reference: Population, other: Population) {
        var used: (reference: [Double], other: [Double]) = ([], [])
        for group in reference.shares.indices {
            let one = reference.rates[group] ?? (reference.shares[group] == 0 ? other.rates[group] : nil)
            let two = other.rates[group] ?? (other.shares[group] == 0 ? reference.rates[group] : nil)
            guard let one, let two else { return nil }
            used.reference.append(one)
            used.other.append(two)
        }
        rates = used
        let groups = reference.shares.indices
        composition = groups.map {
            (reference.shares[$0] - other.shares[$0]) * (used.reference[$0] + used.other[$0]) / 2
        }
        rate = groups.map {
            (used.reference[$0] - used.other[$0]) * (reference.shares[$0] + other.shares[$0]) / 2
        }
    }

    package static func == (left: CompositionSplit, right: CompositionSplit) -> Bool {
        left.rates == right.rates && left.composition == right.composition && left.rate == right.rate
    }
}

/// What a gap between the two countries is split by.
package struct CompositionOptions: Hashable, Sendable {
    /// Where the groups' shares of a country come from.
    package enum Shares: Hashable, Sendable {
        /// An indicator that counts each group.
        case counts(String)
        /// An indicator that gives the first group's share in percent; the second is the rest.
        case percentOfFirst(String)
    }

    package var indicator: String
    /// They make up everyone, none twice: urban and rural.
    package var groups: [String]
    package var shares: Shares

    package init(indicator: String, groups: [String], shares: Shares) {
        self.indicator = indicator
        self.groups = groups
        self.shares = shares
    }

    var fault: (found: String, expected: String)? {
        if Set(groups).count < max(2, groups.count) {
            return ("groups \(groups.joined(separator: " "))", "two different groups or more")
        }
        if case .percentOfFirst = shares, groups.count != 2 {
            return ("\(groups.count) groups by the percentage of the first", "two groups, or counts of each")
        }
        return nil
    }
}
