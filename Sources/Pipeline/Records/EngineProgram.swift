internal import Foundation
internal import Glibc

/// The engine's program at work, in a process group of its own, so that all that it starts can be ended with it.
///
/// Not Foundation's `Process`: that hands on the signals that this process blocks and those that it ignores, and a program
/// that never hears of SIGTERM outlives the run.
struct EngineProgram: ~Copyable {
    /// How it came to its end.
    enum Ending: Equatable {
        case exit(Int32)
        case signal(Int32)
        /// It was ended here, because the run was to end.
        case interrupted
    }

    /// How long it may take to end by itself once it was asked to, in microseconds: less than a run that is asked to end has.
    private static let patience: UInt32 = 400_000
    /// Between two looks at it.
    private static let pause: UInt32 = 20_000

    private let identifier: pid_t
    private let watch: GroupWatch?

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - words: The program, sought in PATH where it has no slash, and its arguments.
    ///   - folder: Its working directory.
    ///   - output: A file for its standard output.
    ///   - errors: A file for its standard error.
    /// - Throws: The system's word for what is in the way.
    init(_ words: [String], in folder: String, output: String, errors: String) throws(SystemError) {
        let mode = O_WRONLY | O_CREAT | O_TRUNC
        identifier = try unsafe spawn(words, in: folder) { actions in
            unsafe posix_spawn_file_actions_addopen(actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
            unsafe posix_spawn_file_actions_addopen(actions, STDOUT_FILENO, output, mode, 0o600)
            unsafe posix_spawn_file_actions_addopen(actions, STDERR_FILENO, errors, mode, 0o600)
        }
        watch = GroupWatch(identifier, folder: folder)
    }

    /// Waits until it has ended, or ends it, and all that it started, once the end of the run is asked for.
    func wait(_ interruption: Interruption) -> Ending {
        while true {
            if let ending = ending(WNOHANG) { return ending }
            if interruption.requested != nil {
                end()
                return .interrupted
            }
            usleep(Self.pause)
        }
    }

    private func end() {
        kill(-identifier, SIGTERM)
        var waited: UInt32 = 0
        while waited < Self.patience, ending(WNOHANG) == nil {
            usleep(Self.pause)
            waited += Self.pause
        }
        // What did not listen, itself or what it started.
        if kill(-identifier, SIGKILL) == 0 { _ = ending(0) }
    }

    /// `nil` where it is still at work.
    private func ending(_ options: Int32) -> Ending? {
        var status: Int32 = 0
        while true {
            let found = unsafe waitpid(identifier, &status, options)
            if found == 0 { return nil }
            if found == identifier { break }
            guard errno == EINTR else { return .exit(-1) }
        }
        let signal = status & 0x7F
        return signal == 0 ? .exit(status >> 8 & 0xFF) : .signal(signal)
    }
}
