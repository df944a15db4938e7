internal import Foundation
internal import Glibc
internal import Pipeline

/// Ends the process with 143 or 130 when someone asks for it, within a second, with nothing half-written.
enum Signals {
    /// Who asks; runs look at it.
    static let interruption = Interruption()

    /// How long a run that is writing may take to clean up.
    private static let graceMicroseconds: UInt32 = 700_000

    /// Takes SIGTERM and SIGINT from here on. To be called before there is a second thread.
    ///
    /// They are blocked everywhere and waited for by a thread of their own, so that none is lost and no call is cut
    /// short. A reader that has gone away (SIGPIPE) and a file-size limit (SIGXFSZ) become errors of the call.
    static func take() {
        _ = signal(SIGPIPE, SIG_IGN)
        _ = signal(SIGXFSZ, SIG_IGN)
        var wanted = wanted
        _ = unsafe pthread_sigmask(SIG_BLOCK, &wanted, nil)
        let thread = Thread {
            var wanted = Signals.wanted
            var signal: Int32 = 0
            while unsafe sigwait(&wanted, &signal) != 0 {}
            interruption.request(signal)
            var waited: UInt32 = 0
            while interruption.isBusyWriting && waited < graceMicroseconds {
                usleep(10_000)
                waited += 10_000
            }
            _exit(128 + signal)
        }
        thread.stackSize = 256 << 10
        thread.start()
    }

    private static var wanted: sigset_t {
        var set = sigset_t()
        _ = unsafe sigemptyset(&set)
        _ = unsafe sigaddset(&set, SIGTERM)
        _ = unsafe sigaddset(&set, SIGINT)
        return set
    }
}
