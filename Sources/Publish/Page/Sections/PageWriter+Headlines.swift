import Indicators

extension PageWriter {
    /// What matters first, in sentences with numbers.
    func headlineSection() -> Markup {
        let gaps = latestGaps
        var sentences: [(kind: String, text: LocalisedMarkup)] = []
        if !gaps.isEmpty { sentences.append(("count", countSentence(gaps))) }
        let behind = gaps.filter { isBehind($0) }
        let widest = behind.sorted { ratioToBest($0) < ratioToBest($1) }
        // No more than one of a topic, so that three sentences tell of three things.
        var topics: Set<String> = []
        // What is long past is no news, context no aim; national figures are what both sides publish.
        let newest = gaps.map(\.row.year).max() ?? 0
        let fresh = widest.filter { $0.row.year > newest - 8 && $0.indicator.topic != "context" }
        let national = fresh.filter { $0.row.level == PlaceLevel.country.rawValue }
        let told = national.count >= 3 ? national : fresh
        for gap in told where topics.count < 3 && topics.insert(gap.indicator.topic).inserted {
            sentences.append(("wide", marked(gapSentence(gap), grade: gap.row.grade)))
        }
        if let ahead = gaps.filter({ !isBehind($0) }).min(by: { ratioToBest($0) < ratioToBest($1) }) {
            sentences.append(("ahead", marked(aheadSentence(ahead), grade: ahead.row.grade)))
        }
        if let moved = movement(in: gaps) { sentences.append(("change", moved)) }
        if let lag = timeDistanceSentence() { sentences.append(("time", lag)) }
        if let verdicts = verdictSentence() { sentences.append(("checks", verdicts)) }
        sentences.append(("data", dataSentence()))
        return "<ul class=\"headlines\">"
            + sentences.map { "<li class=\"\($0.kind)\">\($0.text.spans)</li>" as Markup }.joined() + "</ul>"
    }

    /// Whether the other country is worse off.
    private func isBehind(_ gap: LatestGap) -> Bool {
        (data.number(gap.table, gap.row.row, "absolute_gap")?.value ?? 0) > 0
    }

    /// 1 for no gap, nearer to 0 the wider it is.
    private func ratioToBest(_ gap: LatestGap) -> Double {
        data.number(gap.table, gap.row.row, "parity")?.value ?? 1
    }

    private var names: [String: LocalisedMarkup] {
        ["A": LocalisedMarkup(countries.reference), "B": LocalisedMarkup(countries.other)]
    }

    private func countSentence(_ gaps: [LatestGap]) -> LocalisedMarkup {
        let sentence = words.sentence(
            "headline.count",
            names.merging([
                "compared": LocalisedMarkup("<b>\(gaps.count)</b>"),
                "behind": LocalisedMarkup("<b>\(gaps.count { isBehind($0) })</b>"),
            ]) { $1 }
        )
        let made = gaps.count(where: isMade)
        guard made > 0 else { return sentence }
        let note = words.sentence("topics.made-up", ["count": LocalisedMarkup("\(made)")])
        return LocalisedMarkup { "\(sentence[$0]) <small class=\"mark\">(\(note[$0]))</small>" }
    }

    private func values(of gap: LatestGap) -> [String: LocalisedMarkup] {
        func value(_ column: String) -> Markup {
            data.number(gap.table, gap.row.row, column).map { number($0) } ?? "–"
        }
        let parity = data.number(gap.table, gap.row.row, "parity")
        return names.merging([
            "indicator": LocalisedMarkup(gap.indicator.names),
            "unit": LocalisedMarkup(unit(of: gap.indicator.id)),
            "a": LocalisedMarkup(value("value_reference")),
            "b": LocalisedMarkup(value("value_other")),
            "years": gap.row.yearReference == gap.row.yearOther
                ? year(gap.row.yearOther)
                : words.sentence(
                    "headline.years",
                    names.merging(["yearA": year(gap.row.yearReference), "yearB": year(gap.row.yearOther)]) { $1 }
                ),
            "parity": LocalisedMarkup(parity.map { number($0, NumberText.percent($0.value)) } ?? "–"),
        ]) { $1 }
    }

    private func gapSentence(_ gap: LatestGap) -> LocalisedMarkup {
        words.sentence(
            gap.indicator.direction == .higherIsBetter ? "headline.lower" : "headline.higher",
            values(of: gap)
        )
    }

    private func aheadSentence(_ gap: LatestGap) -> LocalisedMarkup {
        words.sentence("headline.ahead", values(of: gap))
    }

    /// How the gap with the longest history moved.
    private func movement(in gaps: [LatestGap]) -> LocalisedMarkup? {
        let long = gaps.filter { $0.rows.count >= 5 && $0.indicator.kind == .share && isBehind($0) }
        guard let gap = long.max(by: { $0.rows.count < $1.rows.count }), let last = gap.rows.last,
            let now = data.number(gap.table, last.row, "absolute_gap")
        else { return nil }
        let absolute = gap.rows.compactMap { row in
            data.number(gap.table, row.row, "absolute_gap").map { (year: row.yearOther, figures: $0) }
        }
        // The widest that it has been, the last of equals.
        guard let widest = absolute.max(by: { $0.figures.value < $1.figures.value }) else { return nil }
        let isWidest = widest.year == last.yearOther
        guard let start = isWidest ? absolute.first : widest, start.year != last.yearOther else { return nil }
        let sentence = words.sentence(
            isWidest ? "headline.widened" : "headline.narrowed",
            [
                "indicator": LocalisedMarkup(gap.indicator.names),
                "before": LocalisedMarkup(number(start.figures)), "year": year(start.year),
                "now": LocalisedMarkup(number(now)), "last": year(last.yearOther),
            ]
        )
        return marked(sentence, grade: gap.row.grade)
    }

    private func verdictSentence() -> LocalisedMarkup? {
        guard let (_, table) = data.table("checks"), table.rowCount > 0 else { return nil }
        func count(_ verdict: Verdict) -> LocalisedMarkup {
            LocalisedMarkup("<b>\((0..<table.rowCount).count { table[$0, "verdict"].text == verdict.rawValue })</b>")
        }
        return words.sentence(
            "headline.checks",
            [
                "cells": LocalisedMarkup("<b>\(table.rowCount)</b>"), "fail": count(.fail), "warn": count(.warn),
                "pass": count(.pass),
            ]
        )
    }

    private func dataSentence() -> LocalisedMarkup {
        let tally = page.summary.tally
        func plain(_ count: Int) -> LocalisedMarkup { LocalisedMarkup("<b>\(NumberText.rounded(Double(count)))</b>") }
        return words.sentence(
            "headline.data",
            [
                "files": plain(page.summary.inputs.count), "read": plain(tally.read), "used": plain(tally.used),
                "refused": plain(tally.refused), "aside": plain(tally.setAside),
                "grade": LocalisedMarkup(words.text("grade", page.summary.grade?.rawValue ?? "")),
            ]
        )
    }
}
