import Indicators

extension SourceReading {
    /// The standard error of a value, in the catalogue's unit: as the source gives it, or behind its limits.
    ///
    /// It is `nil`, with a finding, where the limits make no sense.
    mutating func standardError(of value: Double, _ raw: RawValue) -> Double? {
        if let error = raw.standardError { return abs(scaled(error)) }
        guard let interval = raw.interval else { return nil }
        let isShare = catalogue[raw.indicator]?.kind == .share
        let reading = IntervalReading(value, interval, isShare: isShare, factor: options.unitFactor)
        switch reading.standardError() {
        case .failure(let fault):
            report(fault, raw, interval)
            return nil
        case .success(let error):
            if !reading.isSymmetric { reportAsymmetry(raw, interval, reading.scaleOfSymmetry) }
            return error
        }
    }

    private mutating func report(_ fault: IntervalReading.Fault, _ raw: RawValue, _ interval: StatedInterval) {
        let code: String
        let expected: String
        var hint = "the value is kept without a standard error"
        switch fault {
        case .incomplete: (code, expected) = ("interval-incomplete", "both limits, or none")
        case .reversed: (code, expected) = ("interval-reversed", "a lower limit that is not above the upper one")
        case .valueOutside:
            (code, expected) = ("value-outside-interval", "a value between its limits")
            hint += "; are the limits in the unit of the value?"
        case .offScale:
            code = "interval-off-scale"
            expected =
                interval.form.scale == .logit
                ? "limits of a share, above 0 and below 100 percent, as interval_scale: logit says"
                : "limits above 0, as interval_scale: log says"
        case .notRepresentable: (code, expected) = ("not-representable", "limits that a double can tell apart")
        }
        note(code, raw, interval, expected, hint)
    }

    private mutating func reportAsymmetry(_ raw: RawValue, _ interval: StatedInterval, _ other: IntervalScale?) {
        let hint =
            other.map { "it lies there on the \($0.rawValue) scale: declare interval_scale: \($0.rawValue)" }
            ?? "the standard error is taken from their distance all the same"
        note(
            "interval-asymmetric",
            raw,
            interval,
            "a value in the middle of its limits, on the \(interval.form.scale.rawValue) scale",
            hint
        )
    }

    private mutating func note(
        _ code: String,
        _ raw: RawValue,
        _ interval: StatedInterval,
        _ expected: String,
        _ hint: String
    ) {
        let found = "\(raw.place), \(raw.period): \(raw.text) in \(interval.low.text) to \(interval.high.text)"
        ledger.add(code, about: "\(raw.indicator)\u{1F}\(raw.group)\u{1F}\(raw.place)", at: raw.origin) {
            Finding(code: code, severity: .warning, at: raw.origin, found: found, expected: expected, hint: hint)
        }
    }
}
