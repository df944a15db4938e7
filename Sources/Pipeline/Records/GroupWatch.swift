internal import CSpawn
internal import Foundation
internal import Glibc

/// Who ends a process group where this process comes to its end without a word, by SIGKILL or for want of memory: else what
/// it began would go on for hours.
///
/// A shell that waits for the end of a pipe whose other end is here.
struct GroupWatch: ~Copyable {
    private let shell: pid_t
    private let line: Int32

    private static let script = """
        read -r end; kill -TERM "-$1"; sleep 1; kill -KILL "-$1"; rm -rf -- "$2"
        """

    /// It is `nil` where nobody can be found for it.
    ///
    /// - Parameters:
    ///   - group: What is to be ended.
    ///   - folder: What is to be taken away with it.
    init?(_ group: pid_t, folder: String) {
        var ends: [Int32] = [-1, -1]
        guard unsafe pipe2(&ends, O_CLOEXEC) == 0 else { return nil }
        let input = ends[0]
        let words = ["/bin/sh", "-c", Self.script, "sh", "\(group)", folder]
        let begun = try? unsafe spawn(words, in: "/") { actions in
            unsafe posix_spawn_file_actions_adddup2(actions, input, STDIN_FILENO)
            unsafe posix_spawn_file_actions_addopen(actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
            unsafe posix_spawn_file_actions_addopen(actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
        }
        close(input)
        guard let begun else {
            close(ends[1])
            return nil
        }
        (shell, line) = (begun, ends[1])
    }

    deinit {
        kill(shell, SIGKILL)
        while waitpid(shell, nil, 0) < 0, errno == EINTR {}
        close(line)
    }
}
