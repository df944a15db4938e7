import Foundation
import Synchronization
import Testing

@testable import Cores

@Suite struct `On all cores` {
    @Test(arguments: [0, 1, 2, 3, 1_000])
    func `the parts come back in order`(count: Int) {
        #expect(onAllCores(count, isWorthIt: true) { $0 * $0 } == (0..<count).map { $0 * $0 })
        #expect(onAllCores(count, isWorthIt: false) { $0 * $0 } == (0..<count).map { $0 * $0 })
    }

    @Test func `each part is worked out once`() {
        let seen = Mutex([Int](repeating: 0, count: 500))
        _ = onAllCores(500, isWorthIt: true) { part in seen.withLock { $0[part] += 1 } }
        #expect(seen.withLock { $0 } == [Int](repeating: 1, count: 500))
    }

    /// Each part waits until the other has begun: one thread would wait for ever, so each gives up after a while.
    @Test(.enabled(if: ProcessInfo.processInfo.activeProcessorCount > 1))
    func `work within work has several threads too`() {
        let met = onAllCores(2, isWorthIt: true) { _ in
            let begun = Atomic<Int>(0)
            return onAllCores(2, isWorthIt: true) { _ in
                begun.add(1, ordering: .relaxed)
                let clock = ContinuousClock()
                let end = clock.now + .seconds(20)
                while begun.load(ordering: .relaxed) < 2, clock.now < end {}
                return begun.load(ordering: .relaxed) == 2
            }
        }
        #expect(met == [[true, true], [true, true]])
    }
}
