/// One thing that a run was made of or came to, kept in the store by its hash.
package struct Kept: Hashable, Sendable {
    package enum Role: String, Sendable {
        /// The pipeline file.
        case pipeline
        /// A catalogue, the places, their names and changes: all that the run read but the sources, so that its methods
        /// can be applied again.
        case reference
        /// What the columns of the tables are, and which of them are keys.
        case schemas
        /// A table of the run as CSV, as RFC 4180 has it whatever the pipeline's dialect: `observations.csv` always.
        case table
        /// The numbers of a table as the history takes them.
        case results
        /// Something that a later run need not work out again; its path is a hash of the question.
        case answer
    }

    package var role: Role
    /// `observations.csv`, `thailand-laos.yaml`, `../Datasets/indicators.yaml`: as the manifest names it elsewhere.
    package var path: String
    package var sha256: String
    package var bytes: Int
}
