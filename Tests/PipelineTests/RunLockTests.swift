import Foundation
import Testing

@testable import Pipeline

@Suite
struct `The lock of a pipeline` {
    private func isHeld(_ answer: consuming RunLock.Answer) -> Bool {
        switch answer {
        case .held: true
        case .busy: false
        case .unavailable: false
        }
    }

    @Test
    func `lets one run at a time in and says who it is`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/.a.lock"
        guard case .held(var lock) = RunLock.take(path) else {
            Issue.record("a free lock was not given")
            return
        }
        try lock.sign()
        guard case .busy(let holder) = RunLock.take(path) else {
            Issue.record("a lock was given twice")
            return
        }
        #expect(holder.process == getpid())
        #expect(holder.host?.isEmpty == false)
        #expect(holder.since?.hasSuffix("Z") == true)
        #expect(holder.description.contains("process \(getpid())"))
        lock.release()
        let isTaken = isHeld(RunLock.take(path))
        #expect(isTaken)
    }

    @Test
    func `is free after its holder died, whatever the file says`() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(".a.lock", "process 1\nhost elsewhere\nsince 2020-01-01T00:00:00Z\n")
        let isTaken = isHeld(RunLock.take(path))
        #expect(isTaken)
    }

    @Test
    func `names the process by the kernel where the file still has the words of a dead one`() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(".a.lock", "process 99999999\n")
        guard case .held(var lock) = RunLock.take(path), case .busy(let holder) = RunLock.take(path) else {
            Issue.record("the lock does not lock")
            return
        }
        // Where /proc/locks does not tell, the words of the file are all there is.
        #expect(holder.process == getpid() || holder.process == 99_999_999)
        lock.release()
    }

    @Test
    func `is not taken through a link and says where it cannot be made`() throws {
        let folder = try TemporaryFolder()
        try folder.write("target", "")
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/.a.lock",
            withDestinationPath: folder.path + "/target"
        )
        guard case .unavailable = RunLock.take(folder.path + "/.a.lock") else {
            Issue.record("a link was followed")
            return
        }
        guard case .unavailable(let failure) = RunLock.take(folder.path + "/absent/.a.lock") else {
            Issue.record("a lock in no folder")
            return
        }
        #expect(failure.description.contains(".a.lock"))
    }

    @Test
    func `keeps a second run out, or lets it wait`() throws {
        let house = try SmallHouse()
        try house.run()
        guard case .held(var lock) = RunLock.take(house.place.lock) else {
            Issue.record("the lock was not given back")
            return
        }
        for patience in [0, 0.05] {
            #expect {
                try house.run { $0.patience = patience }
            } throws: { error in
                guard case RunStop.busy = error else { return false }
                return true
            }
        }
        lock.release()
        #expect(try house.run { $0.patience = 60 }.unchangedSince != nil)
    }
}
