/// Weights by number, in open addressing: what quantiles are read from.
///
/// Numbers are told apart by their bits, so that equal ones have to come reduced. A number or a sum that 64 or 128 bits
/// do not hold stands beside the table.
struct WeightTable: Sendable {
    private struct Slot {
        var weight: Int128 = 0
        var number: Int64 = 0
        var scale: Int32 = 0
        /// Of the weight; negative where the slot is free.
        var weightScale: Int32 = -1
    }

    private var slots: [Slot] = []
    private var taken = 0
    private var long: [Decimal: BigDecimal] = [:]
    /// What a weight has beyond its slot.
    private var spill: [Decimal: BigDecimal] = [:]

    /// How many numbers there are.
    var count: Int { taken + long.count }

    mutating func add(_ number: Decimal, weight: Decimal) {
        let mantissa = Int64(truncatingIfNeeded: number.mantissa)
        guard Int128(mantissa) == number.mantissa else {
            long[number, default: .zero] += BigDecimal(weight)
            return
        }
        if taken * 2 >= slots.count { grow() }
        let index = index(of: mantissa, number.scale)
        if slots[index].weightScale == Int32(weight.scale) {
            let (sum, overflow) = slots[index].weight.addingReportingOverflow(weight.mantissa)
            if !overflow {
                slots[index].weight = sum
                return
            }
        } else if slots[index].weightScale < 0 {
            slots[index] = Slot(
                weight: weight.mantissa,
                number: mantissa,
                scale: Int32(number.scale),
                weightScale: Int32(weight.scale)
            )
            taken += 1
            return
        } else if let sum = Decimal.plus(
            Decimal(unchecked: slots[index].weight, scale: Int(slots[index].weightScale)),
            weight
        ) {
            slots[index].weight = sum.mantissa
            slots[index].weightScale = Int32(sum.scale)
            return
        }
        spill[number, default: .zero] += BigDecimal(weight)
    }

    /// Adds what another table has.
    mutating func merge(_ other: WeightTable) {
        for slot in other.slots where slot.weightScale >= 0 {
            add(
                Decimal(unchecked: Int128(slot.number), scale: Int(slot.scale)),
                weight: Decimal(unchecked: slot.weight, scale: Int(slot.weightScale))
            )
        }
        long.merge(other.long) { $0 + $1 }
        spill.merge(other.spill) { $0 + $1 }
    }

    /// The same weights by other numbers, which may be fewer.
    func renumbered(_ change: (Decimal) -> Decimal) -> WeightTable {
        var table = WeightTable()
        for slot in slots where slot.weightScale >= 0 {
            table.add(
                change(Decimal(unchecked: Int128(slot.number), scale: Int(slot.scale))),
                weight: Decimal(unchecked: slot.weight, scale: Int(slot.weightScale))
            )
        }
        for (number, weight) in Array(long) + Array(spill) {
            table.add(change(number), weight: Decimal(0))
            table.spill[change(number), default: .zero] += weight
        }
        return table
    }

    /// The numbers with their weights, in no order.
    var weights: [(number: Decimal, weight: BigDecimal)] {
        var weights: [(number: Decimal, weight: BigDecimal)] = long.map { ($0.key, $0.value) }
        for slot in slots where slot.weightScale >= 0 {
            let number = Decimal(unchecked: Int128(slot.number), scale: Int(slot.scale))
            let weight = BigDecimal(slot.weight, scale: Int(slot.weightScale))
            weights.append((number, spill[number].map { $0 + weight } ?? weight))
        }
        return weights
    }

    /// Where the number is, or the free slot where it belongs.
    private func index(of number: Int64, _ scale: Int) -> Int {
        let hash = KeyTable.mixed(UInt64(bitPattern: number) ^ UInt64(scale) << 56)
        var index = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[index].weightScale >= 0 {
            if slots[index].number == number, slots[index].scale == Int32(scale) { break }
            index = (index + 1) & (slots.count - 1)
        }
        return index
    }

    private mutating func grow() {
        let old = slots
        slots = .init(repeating: Slot(), count: max(4, old.count * 2))
        for slot in old where slot.weightScale >= 0 { slots[index(of: slot.number, Int(slot.scale))] = slot }
    }
}
