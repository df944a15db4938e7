import Check
import Testing

@Suite struct `Bands` {
    @Test(arguments: [
        ("< 0.8", [0.79], [0.8, 1]),
        ("<0.8", [-5], [0.8]),
        ("<= 0.8", [0.8], [0.81]),
        (">5", [5.5], [5]),
        (">= 5", [5], [4.999]),
        ("== 0", [0, -0.0], [1e-300]),
        ("!= 3", [2], [3]),
        ("  between  1  and 2 ", [1, 1.5, 2], [0.999, 2.001]),
        ("outside 1 and 2", [0.999, 2.001], [1, 1.5, 2]),
        ("< -1e-3", [-0.002], [0]),
    ])
    func `hold what they say and no more`(text: String, inside: [Double], outside: [Double]) throws {
        let band = try Band(parsing: text)
        for value in inside { #expect(band.contains(value), "\(value)") }
        for value in outside { #expect(!band.contains(value), "\(value)") }
        #expect(try Band(parsing: band.text) == band)
    }

    @Test(arguments: [
        ("is behind", ["behind"], ["met", ""]), ("is behind,  far behind ", ["far behind"], ["far"]),
        ("is not met", ["behind"], ["met"]),
    ])
    func `of words hold these words and no number`(text: String, inside: [String], outside: [String]) throws {
        let band = try Band(parsing: text)
        for word in inside { #expect(band.contains(word)) }
        for word in outside { #expect(!band.contains(word)) }
        #expect(!band.contains(1))
        #expect(try Band(parsing: band.text) == band)
    }

    @Test(arguments: [
        "is", "is not", "is a,,b", "isnt a", "", "0.8", "<", "< x", "< nan", "< inf", "< 1e400", "< 0x1p3", "< 0,8",
        "=< 3", "= 3", "< 1 2", "between 1",
        "between 1 and",
        "between 1 to 2", "between 2 and 1", "outside 2 and 1", "between 1 and inf", "above 3", "< ๐.๘",
    ])
    func `what is no band is refused with what would be one`(text: String) {
        #expect { try Band(parsing: text) } throws: { error in
            guard let error = error as? BandError else { return false }
            return error.text == text && !error.expected.isEmpty
        }
    }
}
