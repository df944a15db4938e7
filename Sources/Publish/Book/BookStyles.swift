import Workbook

/// The styles of a workbook. Colours are told apart by the colour-blind, and each goes with a word or with italics.
struct BookStyles: Sendable {
    static let blue: UInt32 = 0x0072B2
    static let vermilion: UInt32 = 0xD55E00
    static let ink: UInt32 = 0x1A1A1A
    static let grey: UInt32 = 0x595959
    static let headFill: UInt32 = 0xDCE6F1
    static let treatedFill: UInt32 = 0xCFE8FA
    static let amber: UInt32 = 0xFFE8B3
    static let red: UInt32 = 0xF8CFC4
    static let green: UInt32 = 0xCDEBD8

    let title: CellFormat
    let lead: CellFormat
    let head: CellFormat
    let numberHead: CellFormat
    let link: CellFormat
    let label: CellFormat
    let text: CellFormat
    let wrapped: CellFormat
    let banner: CellFormat
    let section: CellFormat
    let code: CellFormat

    /// Of numbers, by look, variant and flags.
    private let numbers: [CellFormat]
    /// Of words that are verdicts on something.
    private let words: [String: CellFormat]

    /// What is said of a value by its looks.
    struct Flags: OptionSet {
        let rawValue: Int
        static let illustrative = Flags(rawValue: 1)
        static let treated = Flags(rawValue: 2)
    }

    init(_ book: WorkbookFile) {
        title = book.format(
            CellStyle {
                $0.isBold = true
                $0.size = 14
                $0.color = Self.ink
            }
        )
        lead = book.format(CellStyle { $0.color = Self.grey })
        let headStyle = CellStyle {
            $0.isBold = true
            $0.fill = Self.headFill
            $0.isWrapped = true
            $0.isTop = true
            $0.hasLine = true
        }
        head = book.format(headStyle)
        numberHead = book.format(headStyle.with { $0.isRight = true })
        link = book.format(
            CellStyle {
                $0.color = 0x0563C1
                $0.isUnderlined = true
                $0.isTop = true
            }
        )
        label = book.format(
            CellStyle {
                $0.isBold = true
                $0.isTop = true
            }
        )
        text = book.format(CellStyle { $0.isTop = true })
        wrapped = book.format(
            CellStyle {
                $0.isWrapped = true
                $0.isTop = true
            }
        )
        banner = book.format(
            CellStyle {
                $0.isBold = true
                $0.fill = Self.amber
                $0.isWrapped = true
                $0.isTop = true
            }
        )
        section = book.format(
            CellStyle {
                $0.isBold = true
                $0.size = 12
                $0.isTop = true
            }
        )
        code = book.format(
            CellStyle {
                $0.color = Self.grey
                $0.isTop = true
            }
        )
        var numbers: [CellFormat] = []
        for look in NumberLook.allCases {
            for format in look.formats {
                for flags in 0..<4 {
                    numbers.append(
                        book.format(
                            CellStyle {
                                // A little room before a text in the next column.
                                $0.numberFormat = format + "_)"
                                $0.isItalic = Flags(rawValue: flags).contains(.illustrative)
                                if Flags(rawValue: flags).contains(.treated) { $0.fill = Self.treatedFill }
                            }
                        )
                    )
                }
            }
        }
        self.numbers = numbers
        let colours: [(UInt32, [String])] = [
            (Self.red, ["fail", "error", "behind", "moving-away", "missed", "not met"]),
            (Self.amber, ["warn", "warning", "illustrative", "stalled"]),
            (Self.green, ["pass", "met", "reached", "ahead", "on-track"]),
        ]
        var words: [String: CellFormat] = [:]
        for (fill, texts) in colours {
            let format = book.format(CellStyle { $0.fill = fill })
            for text in texts { words[text] = format }
        }
        self.words = words
    }

    func number(_ value: Double, _ look: NumberLook, _ flags: Flags = []) -> CellFormat {
        numbers[(look.rawValue * NumberLook.variants + look.variant(for: value)) * 4 + flags.rawValue]
    }

    /// The style of a word in a column of verdicts, `nil` for a plain one.
    func word(_ word: String) -> CellFormat? {
        words[word]
    }
}
