import Indicators
import Synchronization
import Testing

@testable import Compose

/// Keeps answers in memory, and counts.
private final class Answers: Sendable {
    let known = Mutex<[[UInt8]: [UInt8]]>([:])
    let recalled = Mutex(0)

    var memo: Memo {
        Memo(
            recall: { question in
                let answer = self.known.withLock { $0[question] }
                if answer != nil { self.recalled.withLock { $0 += 1 } }
                return answer
            },
            keep: { question, answer in self.known.withLock { $0[question] = answer } }
        )
    }

    var count: Int { known.withLock(\.count) }
}

private let tree = IndexTree(
    nodes: [
        IndexNode(
            id: "index",
            children: [
                IndexChild("a", weight: 2), IndexChild("b", weight: 1), IndexChild("c", weight: 1),
            ]
        )
    ]
)

private func scores(_ change: Double = 0) -> ScorePanel {
    let numbers = Draws(seed: 3)
    return ScorePanel(
        indicators: ["a", "b", "c"],
        years: [2020],
        places: (0..<9).map { "P\($0)" },
        values: (0..<27).map { 1 + numbers.unit(at: UInt64($0)) + ($0 == 26 ? change : 0) }
    )
}

private func options(_ change: (inout RobustnessOptions) -> Void = { _ in }) -> RobustnessOptions {
    var options = RobustnessOptions(
        replications: 50,
        seed: 4,
        inputs: [.weights(noise: 0.25), .aggregation([.arithmetic, .geometric()]), .leaveOneOut]
    )
    change(&options)
    return options
}

private func rows(_ composed: Composed) -> [[[Cell]]] {
    composed.tables.map { table in (0..<table.rowCount).map(table.row) }
}

@Suite struct `Replications of an earlier run` {
    @Test func `give the same tables as those run again`() {
        let answers = Answers()
        let settings = ComposeOptions(robustness: options())
        let without = compose(scores(), tree: tree, options: settings)
        let first = compose(scores(), tree: tree, options: settings, memo: answers.memo)
        #expect(answers.recalled.withLock { $0 } == 0)
        let second = compose(scores(), tree: tree, options: settings, memo: answers.memo)
        #expect(answers.recalled.withLock { $0 } == 1)
        #expect(rows(first) == rows(without))
        #expect(rows(second) == rows(without))
        #expect(second.replay(7, year: 2020) == without.replay(7, year: 2020))
    }

    @Test func `are run again where anything that they depend on is another`() {
        let answers = Answers()
        var expected = 0
        func ask(_ options: RobustnessOptions, _ scores: ScorePanel = scores(), _ asked: IndexTree = tree) {
            let composed = compose(
                scores,
                tree: asked,
                options: ComposeOptions(robustness: options),
                memo: answers.memo
            )
            #expect(!composed.tables.isEmpty)
            expected += 1
            #expect(answers.count == expected)
            #expect(rows(composed) == rows(compose(scores, tree: asked, options: ComposeOptions(robustness: options))))
        }
        ask(options())
        ask(options { $0.seed = 5 })
        ask(options { $0.replications = 51 })
        ask(options { $0.sensitivity = false })
        ask(options { $0.dominance = false })
        ask(options { $0.inputs[0] = .weights(noise: 0.3) })
        ask(options { $0.inputs[1] = .aggregation([.arithmetic, .power(2)]) })
        ask(options { $0.inputs[1] = .aggregation([.arithmetic, .power(3)]) })
        ask(options { $0.inputs.removeLast() })
        ask(options(), scores(0.001))
        var heavier = tree
        heavier.nodes[0].children[0].weight = 3
        ask(options(), scores(), heavier)
    }

    @Test func `are the same whatever the number of threads, and need not be asked for again`() {
        let answers = Answers()
        for threads in [1, 3] {
            let settings = ComposeOptions(robustness: options { $0.threads = threads })
            _ = compose(scores(), tree: tree, options: settings, memo: answers.memo)
        }
        #expect(answers.recalled.withLock { $0 } == 1)
    }

    @Test func `are run again where the answer is damaged`() throws {
        let answers = Answers()
        let settings = ComposeOptions(robustness: options())
        let first = compose(scores(), tree: tree, options: settings, memo: answers.memo)
        let (question, answer) = try #require(answers.known.withLock { $0.first })
        for damaged in [[], Array(answer.dropLast()), answer + [0], Array(answer.dropFirst(8))] {
            answers.known.withLock { $0[question] = damaged }
            #expect(rows(compose(scores(), tree: tree, options: settings, memo: answers.memo)) == rows(first))
            let kept: [UInt8]? = answers.known.withLock { $0[question] }
            #expect(kept == answer)
        }
    }
}
