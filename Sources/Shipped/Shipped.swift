/// The gazetteer and the catalogue that travel inside the binary, so that an installed `divide` knows the provinces and
/// the indicators anywhere.
///
/// The files are those under `Datasets`, as they were when the binary was built.
package enum Shipped {
    /// The content of one file.
    package struct Resource: Sendable {
        /// As messages name it.
        package let file: String
        package let bytes: [UInt8]
    }

    package static var places: Resource { Resource(file: "provinces.csv", bytes: PackageResources.provinces_csv) }

    package static var names: Resource {
        Resource(file: "province-names.csv", bytes: PackageResources.province_names_csv)
    }

    package static var changes: Resource {
        Resource(file: "province-changes.csv", bytes: PackageResources.province_changes_csv)
    }

    package static var catalogue: Resource {
        Resource(file: "indicators.yaml", bytes: PackageResources.indicators_yaml)
    }
}
