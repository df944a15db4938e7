internal import CSpawn
internal import Foundation
internal import Glibc

/// Starts a program in a process group of its own, that shares nothing with this process but the environment and what it is
/// given.
///
/// - Parameters:
///   - words: The program, sought in PATH where it has no slash, and its arguments.
///   - folder: Its working directory.
///   - open: Says what its descriptors 0, 1 and 2 are; it has no others.
/// - Returns: Its process, to be waited for.
/// - Throws: The system's word for what is in the way.
func spawn(
    _ words: [String],
    in folder: String,
    _ open: (UnsafeMutablePointer<posix_spawn_file_actions_t>) -> Void
) throws(SystemError) -> pid_t {
    var actions = unsafe posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    unsafe posix_spawn_file_actions_init(&actions)
    unsafe posix_spawnattr_init(&attributes)
    defer {
        unsafe posix_spawn_file_actions_destroy(&actions)
        unsafe posix_spawnattr_destroy(&attributes)
    }
    unsafe open(&actions)
    unsafe posix_spawn_file_actions_addclosefrom_np(&actions, 3)
    unsafe posix_spawn_file_actions_addchdir_np(&actions, folder)
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    unsafe posix_spawnattr_setsigmask(&attributes, &signals)
    for signal in [SIGINT, SIGPIPE, SIGTERM, SIGXFSZ] { unsafe sigaddset(&signals, signal) }
    unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
    unsafe posix_spawnattr_setpgroup(&attributes, 0)
    let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
    unsafe posix_spawnattr_setflags(&attributes, Int16(flags))
    let environment = ProcessInfo.processInfo.environment.map { "\($0.key)=\($0.value)" }
    let arguments = unsafe words.map { unsafe strdup($0) } + [nil]
    let variables = unsafe environment.map { unsafe strdup($0) } + [nil]
    let texts = unsafe arguments + variables
    defer { for index in unsafe texts.indices { unsafe free(texts[index]) } }
    var identifier: pid_t = 0
    let code = unsafe posix_spawnp(&identifier, words[0], &actions, &attributes, arguments, variables)
    guard code == 0 else { throw SystemError(code: code) }
    return identifier
}

/// What the operating system says of a call that failed.
struct SystemError: Error {
    var code: Int32

    var words: String {
        guard let words = unsafe strerror(code) else { return "error \(code)" }
        return unsafe String(cString: words)
    }
}
