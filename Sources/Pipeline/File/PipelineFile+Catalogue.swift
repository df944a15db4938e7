internal import Indicators

extension PipelineFile {
    /// The indicators of all catalogues together; an id may stand in one of them only.
    func catalogue(_ files: [String]) throws(RunFailure) -> Catalogue {
        if files.count == 1 {
            return try CatalogueFile.read(path: paths.absolute(files[0]), file: paths.name(of: files[0]))
        }
        var indicators: [Indicator] = []
        var topics: [Topic] = []
        var places: [String: String] = [:]
        var problems: [Problem] = []
        for written in files {
            let name = paths.name(of: written)
            let catalogue = try CatalogueFile.read(path: paths.absolute(written), file: name)
            topics += catalogue.topics
            for indicator in catalogue.indicators {
                if let other = places.updateValue(name, forKey: indicator.id) {
                    problems.append(
                        Problem(
                            file: name,
                            problem: "an indicator stands in two catalogues",
                            found: "\(indicator.id), also in \(other)"
                        )
                    )
                } else {
                    indicators.append(indicator)
                }
            }
        }
        if !problems.isEmpty { throw RunFailure(problems) }
        return Catalogue(indicators, topics: topics)
    }

    /// Every word of the file that should be an indicator's id and is not.
    func unknownIndicators(_ catalogue: Catalogue) -> [Problem] {
        let ids = catalogue.indicators.map(\.id)
        return indicatorWords.filter { catalogue[$0.word] == nil }.map { word, place in
            Problem(
                file: file,
                place: place,
                problem: "no such indicator",
                expected: "an id of the catalogue",
                found: Printable.quoted(word),
                hint: Indicators.hint(for: word, among: ids)
            )
        }
    }

    private var indicatorWords: [(word: String, place: TextPlace)] {
        var values: [Located?] = []
        var keys = content["validate"]?["rules"]?.entries ?? []
        for entry in content["sources"]?.items ?? [] {
            values.append(entry["indicator"])
            keys += entry["records"]?["measures"]?.entries ?? []
            values += (entry["indicators"]?.entries ?? []).map(\.value)
            for key in ["columns", "headings"] {
                for (_, _, value) in entry["layout"]?[key]?.entries ?? [] {
                    values.append(value.text == nil ? value["indicator"] : value)
                }
            }
        }
        for rule in content["normalise"]?["denominator"]?.items ?? [] {
            values += [rule["id"], rule["of"], rule["by"]?.text == "area" ? nil : rule["by"]]
        }
        for scale in content["normalise"]?["scale"]?.items ?? [] {
            values += scale["indicators"]?.items ?? []
            keys += scale["goalposts"]?.entries ?? []
        }
        values += StageOptions.indicatorsCompared(in: content["compare"])
        let peers = content["compare"]?["peers"]
        values += (peers?["indicators"]?.items ?? []) + (peers?["outcomes"]?.items ?? [])
        keys += content["compare"]?["time_distance"]?["levels"]?.entries ?? []
        values += (content["index"]?.items ?? []).flatMap(\.indicatorsOfIndex)
        let words = values.compactMap { value in value.flatMap { located in located.text.map { ($0, located.place) } } }
        return words + keys.map { ($0.key, $0.keyPlace) }
    }
}
