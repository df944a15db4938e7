import CMalloc
import Compare
import Compose
import Glibc
import Indicators
import Normalise

/// Runs a random panel through normalise, compose and compare, and prints what each took.
///
/// `Benchmark [PLACES [INDICATORS [YEARS]]]`, by default the 9,500 × 50 × 20 that are promised. Run with a quarter and a half of
/// the places besides to see that the cost is linear; `measure` does.
@main
struct Benchmark {
    static func main() {
        // As `divide` begins.
        _ = mallopt(M_MMAP_MAX, 0)
        _ = mallopt(M_TRIM_THRESHOLD, .max)
        let sizes = CommandLine.arguments.dropFirst().compactMap { Int($0) }
        func size(_ position: Int, _ standard: Int) -> Int { sizes.count > position ? sizes[position] : standard }
        let (places, indicators, years) = (size(0, 9500), size(1, 50), size(2, 20))
        let panel = RandomPanel(places: places, indicators: indicators, years: years, seed: 1)
        var clock = StageClock(values: panel.observations.count)
        clock.begin()

        let normalised = normalise(
            panel.observations,
            catalogue: panel.catalogue,
            gazetteer: panel.gazetteer,
            options: options
        )
        clock.note("normalise", rows: [normalised.table, normalised.treatments])
        compose(panel, normalised.observations, &clock)
        for metrics in stages {
            let compared = compare(
                normalised.observations,
                catalogue: panel.catalogue,
                gazetteer: panel.gazetteer,
                options: CompareOptions(metrics: metrics)
            )
            clock.note("compare: " + metrics.map(\.rawValue).sorted().joined(separator: " "), rows: compared.tables)
        }
        clock.finish()
    }

    /// All metrics that are linear, or with DIVIDE_BENCHMARK=each one after the other, to see where the time goes.
    private static var stages: [Set<CompareOptions.Metric>] {
        let metrics: [CompareOptions.Metric] = [.gaps, .inequality, .convergence, .timeDistance, .trends]
        guard unsafe getenv("DIVIDE_BENCHMARK") != nil else { return [Set(metrics)] }
        return metrics.map { [$0] }
    }

    private static let options = NormaliseOptions(
        imputation: [ImputationRule(method: .linear(maximumGap: nil))],
        outliers: [OutlierRule(method: .shape(), years: .eachYear)],
        scales: [ScaleRule(method: .minMax(lower: 0, upper: 100), years: .wholePanel)]
    )

    /// Three levels: the index, seven pillars, their indicators.
    private static func compose(_ panel: RandomPanel, _ observations: [Observation], _ clock: inout StageClock) {
        var scoring = Scoring(
            ValuePanel(observations, level: .province, gazetteer: panel.gazetteer),
            catalogue: panel.catalogue,
            gazetteer: panel.gazetteer,
            options: options
        )
        let scored = scoring.scores(of: options.scales[0])
        clock.note("scores for the index", rows: [])
        let scores = ScorePanel(
            indicators: scored.indicators,
            groups: scored.groups,
            years: scored.years,
            places: scored.places.map(\.code),
            countries: scored.places.map(\.country),
            values: scored.values,
            statuses: scored.statuses,
            grades: scored.grades,
            treatments: scored.treatments
        )
        let pillars = Dictionary(grouping: panel.scored.indices) { $0 % 7 }.sorted { $0.key < $1.key }
        let nodes = pillars.map { number, members in
            IndexNode(id: "pillar_\(number)", children: members.map { IndexChild(panel.scored[$0]) })
        }
        let tree = IndexTree(
            nodes: [IndexNode(id: "index", children: nodes.map { IndexChild($0.id) })] + nodes,
            levels: [IndexLevel(aggregation: .geometric(floor: 1)), IndexLevel(aggregation: .arithmetic)],
            standard: IndexLevel(minimumCoverage: 0.5)
        )
        clock.note("compose", rows: Compose.compose(scores, tree: tree).tables)
    }
}
