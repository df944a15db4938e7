import Records
import Testing

@Suite struct `Expressions` {
    private let people =
        "id,age,area,income,note\n1,14,rural,10.5,\n2,15,urban,0.1,\"a \"\"b\"\"\"\n3,,rural,0.2,x\n4,70,,,y\n"

    private func count(_ condition: String) throws -> Double? {
        try reading(people, order(["n": "count(\(condition))"])).result.value("n")
    }

    @Test(
        arguments: [
            ("age >= 15", 2.0), ("age < 15", 1), ("not age < 15", 2), ("age != 15", 2), ("age == 15.0", 1),
            ("age == 1.5e1", 1),
            ("area == \"rural\"", 2), ("area != 'rural'", 1), ("'rural' == area", 1 + 1),
            ("area in ('rural', 'urban')", 3),
            ("area not in ('rural')", 1), ("age in (14, 70)", 2), ("is_missing(age)", 1), ("not is_missing(age)", 3),
            ("age >= 15 and area == 'urban'", 1), ("age >= 15 or area == 'rural'", 4), ("note == 'a \"b\"'", 1),
            ("income + 0.1 == 0.3", 1), ("income * 10 == 105", 1), ("income / 3 > 3.49", 1), ("-income < -1", 1),
            ("abs(0 - age) >= 15", 2), ("min(age, 20) == 20", 1), ("max(age, 20) == 20", 2),
            ("if(age > 20, 1, 0) == 0", 2),
            ("number(id) == number(age)", 0), ("text(area) == text(area)", 3), ("1 + 2 * 3 == 7", 4),
            ("(1 + 2) * 3 == 9", 4),
            ("true", 4), ("`age` > 14 and not false", 2),
        ] as [(String, Double)]
    )
    func `mean what they say, and nothing where something is missing`(_ condition: String, _ records: Double) throws {
        #expect(try count(condition) == records)
    }

    @Test(
        arguments: [
            ("agee >= 15", 6..<10, "did you mean age?"), ("age = 15", 10..<11, "== compares"),
            ("age >= 'x'", 6..<16, ""),
            ("area < 'x'", 6..<16, ""), ("age >=", 12..<13, ""), ("age + ) 1", 12..<13, ""),
            ("area == 'x", 14..<15, ""),
            ("number(age", 17..<18, ""), ("id == age", 6..<15, "number(id) == number(age)"),
            ("1 < age < 3", 14..<15, ""),
            ("age", 6..<9, ""), ("sqrt(age) > 1", 6..<15, ""), ("area == 1x", 14..<16, ""), ("area == ''", 6..<10, ""),
        ] as [(String, Range<Int>, String)]
    )
    func `errors point at what is wrong`(_ condition: String, _ place: Range<Int>, _ hint: String) throws {
        let formula = "count(\(condition))"
        let error = #expect(throws: RecordError.self) { try reading(people, order(["n": formula])) }
        let pointer = try #require(error).pointer.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(pointer.count == 2)
        #expect(String(pointer[0]) == formula)
        #expect(pointer[1].prefix { $0 == " " }.count == place.lowerBound)
        #expect(pointer[1].count { $0 == "^" } == place.count)
        #expect(try #require(error).hint.contains(hint))
    }

    @Test func `deep nesting is an error and not a crash`() throws {
        let deep = String(repeating: "(", count: 5_000) + "1" + String(repeating: ")", count: 5_000)
        #expect(throws: RecordError.self) { try count("\(deep) == 1") }
        #expect(throws: RecordError.self) { try count(String(repeating: "not ", count: 3_000) + "true") }
        #expect(try count(Array(repeating: "age > 14", count: 1_000).joined(separator: " and ")) == 2)
    }
}
