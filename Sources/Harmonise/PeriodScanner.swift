import Indicators

/// Takes a text for a period apart into numbers, words and marks, and makes sense of them.
struct PeriodScanner {
    private enum Token: Equatable {
        case number(Int, digits: Int)
        case era(PeriodReading.Era)
        case month(Int)
        /// The word for quarter or half, of which the number follows or precedes.
        case quarterWord
        case halfWord
        case mark(Unicode.Scalar)
        case other
    }

    private var tokens: [Token] = []

    init(_ text: String) {
        var letters: [Unicode.Scalar] = []
        var number: (value: Int, digits: Int)?
        func flushLetters(_ tokens: inout [Token]) {
            if !letters.isEmpty { tokens += Self.words(letters) }
            letters = []
        }
        func flushNumber(_ tokens: inout [Token]) {
            if let number { tokens.append(.number(number.value, digits: number.digits)) }
            number = nil
        }
        var tokens: [Token] = []
        for scalar in text.unicodeScalars {
            switch ScalarFolding.fold(scalar) {
            case .letters(let letter, let second):
                if ("0"..."9").contains(letter) {
                    flushLetters(&tokens)
                    let digit = Int(letter.value - 0x30)
                    let (value, digits) = number ?? (0, 0)
                    number = (digits < 9 ? value * 10 + digit : value, digits + 1)
                } else if letter == "/" {
                    flushLetters(&tokens)
                    flushNumber(&tokens)
                    tokens.append(.mark("/"))
                } else if letter == ".", letters.isEmpty {
                    flushNumber(&tokens)
                    tokens.append(.mark("."))
                } else {
                    flushNumber(&tokens)
                    if letter != "." { NameFolding.append(letter, to: &letters) }
                    if let second { NameFolding.append(second, to: &letters) }
                }
            case .bracket(let bracket):
                flushLetters(&tokens)
                flushNumber(&tokens)
                tokens.append(.mark(bracket))
            case .separator:
                flushLetters(&tokens)
                flushNumber(&tokens)
                if let mark = Self.mark(scalar) {
                    tokens.append(.mark(mark))
                } else if !scalar.properties.isWhitespace {
                    tokens.append(.other)
                }
            case .nothing: break
            }
        }
        flushLetters(&tokens)
        flushNumber(&tokens)
        self.tokens = tokens
    }

    private static func mark(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        switch scalar.value {
        case 0x2D, 0x2010...0x2015, 0x2212: "-"
        case 0x3A: ":"
        case 0x2B: "+"
        default: nil
        }
    }

    mutating func read(calendar: YearCalendar) -> PeriodReading {
        let eras = takeEras()
        let numbers = tokens.compactMap { if case .number(let value, _) = $0 { value } else { nil } }
        if eras.count == 2, eras[0] != eras[1], shape == "4(4)" || shape == "4/4" {
            return Self.pair(numbers[0], numbers[1])
        }
        guard Set(eras).count < 2 else { return .contradictory("one era") }
        func year(_ number: Int, _ part: YearPart? = nil) -> PeriodReading {
            let reading = PeriodReading.resolve(number, declared: eras.first, calendar: calendar)
            guard case .year(let year, _, let era) = reading else { return reading }
            return .year(year, part: part, era: era)
        }
        switch shape {
        case "4": return year(numbers[0])
        case "4.1" where numbers[1] == 0: return year(numbers[0])  // a column of numbers with `.0`
        case "4(4)", "4/4": return Self.pair(numbers[0], numbers[1])
        case "4-4": return .unclear("one year; a span of years needs one to be chosen")
        case "m4": return year(numbers[0], .month(month))
        case "4m": return year(numbers[0], .month(month))
        case "q1/4", "1q/4", "q14", "q1-4", "1q4", "1/4q":
            return part(numbers[0], 4, YearPart.quarter, of: numbers[1], year)
        case "4q1", "4-q1", "4/q1", "4(q1)": return part(numbers[1], 4, YearPart.quarter, of: numbers[0], year)
        case "h1/4", "1h/4", "h14", "h1-4", "1h4": return part(numbers[0], 2, YearPart.half, of: numbers[1], year)
        case "4h1", "4-h1", "4/h1": return part(numbers[1], 2, YearPart.half, of: numbers[0], year)
        case "4-2", "4/2": return part(numbers[1], 12, YearPart.month, of: numbers[0], year)
        case "2/4", "2-4": return part(numbers[0], 12, YearPart.month, of: numbers[1], year)
        case "1/4", "1-4":
            return .unclear("Q\(numbers[0])/\(numbers[1]) for a quarter or 0\(numbers[0])/\(numbers[1]) for a month")
        case "4-2-2", "4/2/2", "4-2-22:2:2", "4-2-2x2:2:2x", "4-2-2x2:2:2", "4-2-22:2:2+2:2", "4-2-2x2:2:2+2:2",
            "4-2-22:2":
            return day(numbers[2], numbers[1], of: numbers[0], year)
        case "2/2/4", "1/2/4", "1/1/4", "2/1/4", "2-2-4", "2.2.4":
            return day(numbers[0], numbers[1], of: numbers[2], year)
        default: return Self.notUnderstood
        }
    }

    private static let notUnderstood = PeriodReading.unclear(
        "a year, a quarter (Q2/2561), a month (2018-03) or a date (2018-03-31)"
    )

    /// The tokens as a pattern: digits for numbers of so many digits, `m`, `q`, `h` for words, marks as they are.
    private var shape: String {
        var shape = ""
        for token in tokens {
            switch token {
            case .number(_, let digits): shape += String(digits)
            case .month: shape += "m"
            case .quarterWord: shape += "q"
            case .halfWord: shape += "h"
            case .mark(let mark): shape.unicodeScalars.append(mark)
            case .era, .other: shape += "x"
            }
        }
        return shape
    }

    /// The month that a word names.
    private var month: Int {
        for case .month(let month) in tokens { return month }
        return 0
    }

    private func part(
        _ number: Int,
        _ count: Int,
        _ make: (Int) -> YearPart,
        of yearNumber: Int,
        _ year: (Int, YearPart?) -> PeriodReading
    ) -> PeriodReading {
        (1...count).contains(number) ? year(yearNumber, make(number)) : Self.notUnderstood
    }

    private func day(
        _ day: Int,
        _ month: Int,
        of yearNumber: Int,
        _ year: (Int, YearPart?) -> PeriodReading
    ) -> PeriodReading {
        guard (1...12).contains(month), (1...31).contains(day) else { return Self.notUnderstood }
        return year(yearNumber, .day(month: month, day: day))
    }

    /// `2561 (2018)` and `2561/2018`: the same year twice, or nothing that we may choose from.
    private static func pair(_ first: Int, _ second: Int) -> PeriodReading {
        let difference = abs(first - second)
        guard difference == PeriodReading.buddhistOffset else {
            return difference < 100
                ? .unclear("one year; a span of years needs one to be chosen")
                : .contradictory("the same year in both eras, 543 apart")
        }
        return PeriodReading.resolve(first, declared: first > second ? .buddhist : .common, calendar: .automatic)
    }

    /// Takes the words for eras out: `พ.ศ.`, `BE`, `ค.ศ.`, `ຄ.ສ.`, `AD`.
    private mutating func takeEras() -> [PeriodReading.Era] {
        var found: [PeriodReading.Era] = []
        tokens.removeAll { token in
            guard case .era(let era) = token else { return false }
            found.append(era)
            return true
        }
        return found
    }

    /// What a run of letters means; words for "year" and for "period" mean nothing.
    private static func words(_ letters: [Unicode.Scalar]) -> [Token] {
        // The word of nearly all quarters, for which the others need not be known.
        if letters == ["q"] { return [.quarterWord] }
        var word = ""
        for letter in letters { word.unicodeScalars.append(letter) }
        if let token = known[Spelling(word)] { return token == .other ? [] : [token] }
        // `ปีพ.ศ.` without a space.
        for silent in ["ปี", "ປີ"] where word.hasPrefix(silent) && word != silent {
            return words(Array(word.dropFirst(silent.count).unicodeScalars))
        }
        return [.other]
    }

    /// By folded spelling, which there is one of.
    private static let known: [Spelling: Token] = {
        var known: [Spelling: Token] = [:]
        func add(_ spellings: String, _ token: Token) {
            for spelling in spellings.unicodeScalars.split(separator: " ") {
                var folded = ""
                for token in NameFolding.tokens(of: String(spelling)) {
                    for scalar in token where scalar != "." { folded.unicodeScalars.append(scalar) }
                }
                known[Spelling(folded)] = token
            }
        }
        add("พ.ศ. พศ ພ.ສ. ພສ be b.e.", .era(.buddhist))
        add("ค.ศ. คศ ຄ.ສ. ຄສ ce c.e. ad a.d.", .era(.common))
        add("ปี ປີ year fy cy ที่ ທີ", .other)
        add("q quarter qtr ไตรมาส ไตรมาสที่ ໄຕມາດ ໄຕມາດທີ", .quarterWord)
        add("h half ครึ่งปี ครึ่งปีที่", .halfWord)
        for (index, names) in PeriodScanner.months.enumerated() { add(names, .month(index + 1)) }
        return known
    }()

    private static let months = [
        "january jan มกราคม ม.ค. ມັງກອນ",
        "february feb กุมภาพันธ์ ก.พ. ກຸມພາ",
        "march mar มีนาคม มี.ค. ມີນາ",
        "april apr เมษายน เม.ย. ເມສາ",
        "may พฤษภาคม พ.ค. ພຶດສະພາ",
        "june jun มิถุนายน มิ.ย. ມິຖຸນາ",
        "july jul กรกฎาคม ก.ค. ກໍລະກົດ",
        "august aug สิงหาคม ส.ค. ສິງຫາ",
        "september sep sept กันยายน ก.ย. ກັນຍາ",
        "october oct ตุลาคม ต.ค. ຕຸລາ",
        "november nov พฤศจิกายน พ.ย. ພະຈິກ",
        "december dec ธันวาคม ธ.ค. ທັນວາ",
    ]
}
