/// How a check turned out.
public enum Verdict: String, Hashable, Sendable, CaseIterable, Comparable {
    case pass, warn, fail
    /// Could not be judged yet: there is no earlier run to compare with. Better than a pass, so that it worsens nothing.
    case skipped

    private var weight: Int {
        switch self {
        case .pass: 0
        case .warn: 1
        case .fail: 2
        case .skipped: -1
        }
    }

    public static func < (left: Verdict, right: Verdict) -> Bool {
        left.weight < right.weight
    }
}
