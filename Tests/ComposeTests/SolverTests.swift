import Indicators
import Testing

@testable import Compose

@Suite struct `The solver` {
    @Test func `is refused with the loader's reason where its library is missing`() {
        let error = #expect(throws: LinearSolver.Missing.self) {
            try LinearSolver(library: "libof-no-such-solver.so.9")
        }
        #expect(error?.reason.contains("libof-no-such-solver.so.9") == true)
    }

    @Test func `is refused where the library is another`() {
        let error = #expect(throws: LinearSolver.Missing.self) { try LinearSolver(library: "libc.so.6") }
        #expect(error?.reason.contains("Clp_newModel") == true)
    }

    @Test func `is missed in words that name the node, what is missing and what to do`() {
        let finding = Finding.index(solverMissing: .init(reason: "no libClp.so.1"), line: 7, node: "digital")
        #expect(finding.code == "index-solver-missing")
        #expect(finding.line == 7)
        #expect(finding.found == "digital: benefit of the doubt, and no solver for it (no libClp.so.1)")
        #expect(finding.hint.contains("coinor-libclp1"))
    }

    /// A programme of two variables, solved by hand: the best corner of a quadrilateral.
    @Test func `finds the best corner`() throws {
        var programme = LinearProgramme(maximising: [3, 2])
        programme.add([1, 1], to: 4)
        programme.add([1, 3], to: 6)
        programme.add([1, 0], to: 3)
        let best = try #require(try LinearSolver.found.get().solution(of: programme))
        #expect(near(best, [3, 1]))
    }

    @Test func `says that there is no end to better ones`() throws {
        var programme = LinearProgramme(maximising: [1, 1])
        programme.add([1, -1], to: 1)
        #expect(try LinearSolver.found.get().solution(of: programme) == nil)
    }
}
