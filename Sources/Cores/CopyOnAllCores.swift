/// A copy of an array that shares nothing with it, made on all cores: most of a large one's time goes to the kernel, which clears
/// the pages that it is written to.
public func copyOnAllCores<Element: BitwiseCopyable & Sendable>(_ array: [Element]) -> [Element] {
    let size = 1 << 18
    let partCount = (array.count + size - 1) / size
    guard partCount > 1 else { return array }
    return unsafe [Element](unsafeUninitializedCapacity: array.count) { target, count in
        nonisolated(unsafe) let target = unsafe target
        unsafe array.withUnsafeBufferPointer { source in
            nonisolated(unsafe) let source = unsafe source
            _ = onAllCores(partCount, isWorthIt: true) { part in
                let range = part * size..<min((part + 1) * size, array.count)
                _ = unsafe target[range].initialize(fromContentsOf: source[range])
            }
        }
        count = array.count
    }
}
