extension Artefact {
    /// Writes the file into `folder`, over one that stands there.
    ///
    /// - Parameters:
    ///   - folder: An existing folder: the run's staging folder, from which everything is swapped in at once.
    ///   - observe: Sees each piece as it is written, so that a hash needs no second pass.
    /// - Returns: How many bytes the file has.
    /// - Throws: An error that names the file; what was written of it stays and is of no use.
    @discardableResult
    package func write(into folder: String, observe: ([UInt8]) -> Void = { _ in }) throws(PublishError) -> Int {
        0
    }
}
