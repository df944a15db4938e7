internal import CSync
internal import Glibc

/// Makes all that is written to a file system last in one request.
///
/// Asked file by file, the kernel waits for the disk some times for each of them: with the hundred small files of a run that is
/// most of its time by the clock. One request for the whole file system waits for what other programs wrote there, too, which
/// is as a rule little.
///
/// Where the request may be answered by less than the disk (file systems over a network, in user space, or unknown to us)
/// there is none: there each file is synced by itself.
final class FileSystemSync: Sendable {
    private let descriptor: Int32
    private let device: UInt

    /// The local file systems of which Linux writes and reports all: ext2 to ext4, XFS, Btrfs, F2FS, ZFS, overlays of these,
    /// and memory.
    private static let kinds: Set<Int> = [
        0xEF53, 0x5846_5342, 0x9123_683E, 0xF2F5_2010, 0x2FC1_2FC1, 0x794C_7630, 0x0102_1994,
    ]

    /// `nil` where files are to be synced one by one.
    ///
    /// - Parameter folder: On the file system; to be opened before anything is written, so that no failure since then is missed.
    init?(of folder: String) {
        let descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        var (kind, status) = (statfs(), stat())
        guard unsafe fstatfs(descriptor, &kind) == 0, unsafe fstat(descriptor, &status) == 0,
            Self.kinds.contains(Int(kind.f_type))
        else {
            close(descriptor)
            return nil
        }
        self.descriptor = descriptor
        device = UInt(status.st_dev)
    }

    deinit { close(descriptor) }

    /// Whether what is written below a folder is synced with the rest.
    func covers(_ folder: String) -> Bool {
        var status = stat()
        return unsafe stat(folder, &status) == 0 && UInt(status.st_dev) == device
    }

    /// Returns once all that was written lasts; `false`, with `errno`, where it does not.
    func sync() -> Bool {
        syncfs(descriptor) == 0
    }
}
