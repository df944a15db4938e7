internal import Foundation
internal import Harmonise
internal import Indicators
internal import Ingest
internal import Shipped

/// Writes files into a folder that is new or empty.
///
/// - Parameters:
///   - files: Paths in the folder, and contents.
///   - folder: Made where it is not there.
/// - Throws: ``RunFailure`` where something stands there already, or cannot be written; nothing is ever overwritten.
package func writeNewFolder(_ files: [(path: String, bytes: [UInt8])], to folder: String) throws(RunFailure) {
    let manager = FileManager.default
    if let standing = try? manager.contentsOfDirectory(atPath: folder), let first = standing.sorted().first {
        throw RunFailure(
            Problem(
                file: folder,
                problem: "the folder is not empty",
                expected: "a folder that is new or empty",
                found: first,
                hint: "nothing was written"
            )
        )
    }
    for (path, bytes) in files {
        let file = URL(filePath: folder).appending(path: path)
        do {
            try manager.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(bytes).write(to: file, options: .withoutOverwriting)
        } catch {
            throw RunFailure(
                Problem(file: folder + "/" + path, problem: "cannot be written", hint: "check the folder's permissions")
            )
        }
    }
}

/// The provinces that travel in the binary, in the order of their file.
func shippedPlaces() throws(RunFailure) -> [Place] {
    do {
        let table = try readTextTable(bytes: Shipped.places.bytes, file: Shipped.places.file)
        return try makeGazetteer(places: table, changes: nil).0.places.filter { $0.level == .province }
    } catch let error as IngestError {
        throw RunFailure(Problem(error))
    } catch let error as HarmoniseError {
        throw RunFailure(Problem(error))
    } catch {
        throw RunFailure(Problem(file: Shipped.places.file, problem: "\(error)"))
    }
}
