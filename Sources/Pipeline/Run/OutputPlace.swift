/// Where a pipeline's outputs lie, and what stands beside them.
///
/// ```
/// Output/thailand-laos/            the outputs of the last good run
/// Output/history.sqlite            what each run of the pipelines here came to
/// Output/.store/                   what runs were made of, once by hash
/// Output/.thailand-laos.lock       locked while a run is at work
/// Output/.thailand-laos.new-12-1/  a run that is being written
/// Output/.thailand-laos.previous/  the outputs of the run before, for readers that have its folder open
/// ```
struct OutputPlace: Hashable {
    /// The output folder: absolute, links resolved as far as it exists, so that two ways to it share a lock.
    let destination: String

    init(folder: String) {
        if let resolved = Paths.resolved(folder) {
            destination = resolved
        } else {
            let parent = Paths.parent(of: folder)
            destination = (Paths.resolved(parent) ?? parent) + "/" + (folder.split(separator: "/").last ?? "output")
        }
    }

    /// The folder that holds all of it.
    var folder: String { Paths.parent(of: destination) }
    var name: String { String(destination.split(separator: "/").last ?? "output") }

    var manifest: String { destination + "/" + Landing.mark }
    var lock: String { folder + "/." + name + ".lock" }
    /// What the names of all folders that are being written begin with.
    var stagingPrefix: String { "." + name + ".new-" }
    var previous: String { folder + "/." + name + ".previous" }
    /// Where the old outputs wait while their name is given away, on a file system that cannot exchange names.
    var retired: String { folder + "/." + name + ".old" }
    var history: String { folder + "/history.sqlite" }
    var store: String { folder + "/.store" }
}
