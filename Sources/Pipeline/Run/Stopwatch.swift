/// Notes how long each stage took, by the monotonic clock.
struct Stopwatch {
    /// By the system's clock.
    let began = Timestamp.now
    private(set) var stages: [(name: String, seconds: Double)] = []
    /// Told the name of each stage once it is done.
    var observe: @Sendable (String) -> Void = { _ in }
    private var last = ContinuousClock.now

    /// The seconds up to the last note.
    var total: Double { stages.reduce(0) { $0 + $1.seconds } }

    /// Adds the time since the last note, or since the start, to what stands under this name.
    mutating func note(_ name: String) {
        let now = ContinuousClock.now
        let passed = now - last
        let seconds = Double(passed.components.seconds) + Double(passed.components.attoseconds) * 1e-18
        if let index = stages.firstIndex(where: { $0.name == name }) {
            stages[index].seconds += seconds
        } else {
            stages.append((name, seconds))
        }
        last = now
        observe(name)
    }

    /// Leaves out the time since the last note: it was spent waiting.
    mutating func skip() {
        last = ContinuousClock.now
    }
}
