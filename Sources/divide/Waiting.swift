internal import ArgumentParser

/// How long to wait for another run: `--wait` for as long as it takes, `--wait 30` for half a minute.
struct Waiting: ExpressibleByArgument {
    var seconds: Double

    init?(argument: String) {
        if argument == Self.forever {
            seconds = .infinity
        } else if let seconds = Double(argument), seconds >= 0 {
            self.seconds = seconds
        } else {
            return nil
        }
    }

    private static let forever = "forever"

    /// The arguments with `--wait` given its value where the next word is none, since a pipeline file may follow it.
    static func spelt(in arguments: [String]) -> [String] {
        arguments.indices.map { index in
            guard arguments[index] == "--wait" else { return arguments[index] }
            let next = index + 1 < arguments.count ? arguments[index + 1] : ""
            return Waiting(argument: next) == nil ? "--wait=" + forever : arguments[index]
        }
    }
}
