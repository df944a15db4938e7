/// Calculating with whole columns.
extension ColumnRegisters {
    /// What the states of two columns make of a third, where each value needs both.
    ///
    /// Sets values to 0 where there is none.
    private mutating func meet(_ register: Int, _ left: Int, _ right: Int, _ count: Int) {
        if shapes[left].isWhole, shapes[right].isWhole {
            shapes[register].isWhole = true
            return
        }
        shapes[register].isWhole = false
        shapes[register].isSure = shapes[left].isSure && shapes[right].isSure
        let (values, states) = unsafe (values(register), states(register))
        for index in 0..<count {
            let (first, second) = (state(left, index), state(right, index))
            let isDoubtful = first == State.doubtful || second == State.doubtful
            let isPresent = first == State.present && second == State.present
            unsafe states[index] = isDoubtful ? State.doubtful : isPresent ? State.present : State.missing
            if !isPresent { unsafe values[index] = 0 }
        }
    }

    /// What to multiply the values of two columns by so that they have one unit; `nil` where a value may not fit.
    private func aligned(_ left: Int, _ right: Int) -> (Int64, Int64, Shape)? {
        let (first, second) = (shapes[left], shapes[right])
        let scale = max(first.scale, second.scale)
        let (rise, otherRise) = (scale - first.scale, scale - second.scale)
        guard rise <= 18, otherRise <= 18 else { return nil }
        func bits(_ shape: Shape, _ rise: Int) -> Int {
            // Ten to the n takes no more than 10 n / 3 bits and one.
            shape.bits == 0 || rise == 0 ? shape.bits : shape.bits + rise * 10 / 3 + 1
        }
        let most = max(bits(first, rise), bits(second, otherRise))
        guard most <= Self.bitLimit else { return nil }
        return unsafe (powers[rise], powers[otherRise], Shape(scale: scale, bits: most))
    }

    mutating func add(_ register: Int, _ left: Int, _ right: Int, _ count: Int, sign: Int64) -> Bool {
        guard let (rise, otherRise, shape) = aligned(left, right), shape.bits < Self.bitLimit else { return false }
        shapes[register] = Shape(scale: shape.scale, bits: shape.bits + 1)
        let (result, first, second) = unsafe (values(register), values(left), values(right))
        let factor = otherRise * sign
        for index in 0..<count { unsafe result[index] = first[index] &* rise &+ second[index] &* factor }
        meet(register, left, right, count)
        return true
    }

    mutating func multiply(_ register: Int, _ left: Int, _ right: Int, _ count: Int) -> Bool {
        let bits = shapes[left].bits + shapes[right].bits
        let scale = shapes[left].scale + shapes[right].scale
        guard bits <= Self.bitLimit, scale <= 18 else { return false }
        shapes[register] = Shape(scale: scale, bits: bits)
        let (result, first, second) = unsafe (values(register), values(left), values(right))
        for index in 0..<count { unsafe result[index] = first[index] &* second[index] }
        meet(register, left, right, count)
        return true
    }

    @inline(__always)
    mutating func map(_ register: Int, _ inner: Int, _ count: Int, _ change: (Int64) -> Int64) {
        shapes[register] = shapes[inner]
        shapes[register].bits = max(1, shapes[inner].bits)
        let (result, values) = unsafe (values(register), values(inner))
        for index in 0..<count { unsafe result[index] = change(values[index]) }
        meet(register, inner, inner, count)
    }

    @inline(__always)
    mutating func choose(
        _ register: Int,
        _ left: Int,
        _ right: Int,
        _ count: Int,
        _ choice: (Int64, Int64) -> Int64
    ) -> Bool {
        guard let (rise, otherRise, shape) = aligned(left, right) else { return false }
        shapes[register] = shape
        let (result, first, second) = unsafe (values(register), values(left), values(right))
        for index in 0..<count {
            unsafe result[index] = choice(first[index] &* rise, second[index] &* otherRise)
        }
        meet(register, left, right, count)
        return true
    }

    @inline(__always)
    mutating func compare(
        _ register: Int,
        _ left: Int,
        _ right: Int,
        _ count: Int,
        _ comparison: (Int64, Int64) -> Bool
    ) -> Bool {
        guard let (rise, otherRise, _) = aligned(left, right) else { return false }
        shapes[register] = Shape(bits: 1)
        let (result, first, second) = unsafe (values(register), values(left), values(right))
        for index in 0..<count {
            unsafe result[index] = comparison(first[index] &* rise, second[index] &* otherRise) ? 1 : 0
        }
        meet(register, left, right, count)
        return true
    }

    /// `and` where false decides, `or` where true does: three-valued, as in SQL.
    mutating func connect(_ register: Int, _ left: Int, _ right: Int, _ count: Int, deciding: Bool) {
        shapes[register] = Shape(bits: 1, isWhole: shapes[left].isWhole && shapes[right].isWhole)
        let (result, first, second) = unsafe (values(register), values(left), values(right))
        if shapes[register].isWhole {
            for index in 0..<count {
                let (one, other) = unsafe (first[index] != 0, second[index] != 0)
                unsafe result[index] = (deciding ? one || other : one && other) ? 1 : 0
            }
            return
        }
        shapes[register].isSure = shapes[left].isSure && shapes[right].isSure
        let states = unsafe states(register)
        for index in 0..<count {
            let (one, other) = (state(left, index), state(right, index))
            let decides =
                unsafe (one == State.present && (first[index] != 0) == deciding)
                || (other == State.present && (second[index] != 0) == deciding)
            let isDoubtful = one == State.doubtful || other == State.doubtful
            let isPresent = one == State.present && other == State.present
            unsafe states[index] =
                decides || (isPresent && !isDoubtful) ? State.present : isDoubtful ? State.doubtful : State.missing
            unsafe result[index] = decides == deciding && (decides || isPresent) ? 1 : 0
        }
    }

    mutating func branch(_ register: Int, _ condition: Int, _ then: Int, _ otherwise: Int, _ count: Int) -> Bool {
        guard let (rise, otherRise, shape) = aligned(then, otherwise) else { return false }
        shapes[register] = shape
        let isWhole = shapes[condition].isWhole && shapes[then].isWhole && shapes[otherwise].isWhole
        shapes[register].isWhole = isWhole
        shapes[register].isSure = shapes[condition].isSure && shapes[then].isSure && shapes[otherwise].isSure
        let (result, first, second) = unsafe (values(register), values(then), values(otherwise))
        let conditions = unsafe values(condition)
        for index in 0..<count {
            unsafe result[index] = conditions[index] != 0 ? first[index] &* rise : second[index] &* otherRise
        }
        guard !isWhole else { return true }
        let states = unsafe states(register)
        for index in 0..<count {
            let asked = state(condition, index)
            let chosen = unsafe state(conditions[index] != 0 ? then : otherwise, index)
            unsafe states[index] = asked == State.present ? chosen : asked
            if unsafe states[index] != State.present { unsafe result[index] = 0 }
        }
        return true
    }
}
