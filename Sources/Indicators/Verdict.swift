/// How a check turned out.
package enum Verdict: String, Hashable, Sendable, CaseIterable, Comparable {
    case pass, warn, fail

    private var weight: Int {
        switch self {
        case .pass: 0
        case .warn: 1
        case .fail: 2
        }
    }

    package static func < (left: Verdict, right: Verdict) -> Bool {
        left.weight < right.weight
    }
}
