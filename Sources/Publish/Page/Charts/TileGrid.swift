import Indicators
import PageAssets

/// The layout of the tile-grid map: one tile for each province of both countries, neighbours as near as a grid allows,
/// and the Mekong between them.
struct TileGrid {
    struct Tile {
        var code: String
        var column: Int
        var row: Int
        /// What stands on it.
        var label: LocalisedText
    }

    let tiles: [Tile]
    private let positions: [String: Int]
    /// The corners that the river passes.
    let river: [Point]

    /// The layout that travels with the page.
    static let shipped = TileGrid(tiles: PageAssets.tiles, river: PageAssets.river)

    private init(tiles: [UInt8], river: [UInt8]) {
        func rows(_ bytes: [UInt8]) -> [[String]] {
            String(decoding: bytes, as: UTF8.self).split(separator: "\n").dropFirst()
                .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
        }
        self.tiles = rows(tiles).map { fields in
            guard fields.count == 6, let column = Int(fields[1]), let row = Int(fields[2]) else {
                preconditionFailure("tile-grid.csv is ours and was tested, but: \(fields)")
            }
            let label = LocalisedText(english: fields[3], thai: fields[4], lao: fields[5])
            return Tile(code: fields[0], column: column, row: row, label: label)
        }
        positions = Dictionary(uniqueKeysWithValues: self.tiles.enumerated().map { ($1.code, $0) })
        self.river = rows(river).map { fields in
            guard fields.count == 2, let column = Double(fields[0]), let row = Double(fields[1]) else {
                preconditionFailure("tile-river.csv is ours and was tested, but: \(fields)")
            }
            return Point(x: column, y: row)
        }
    }

    subscript(_ code: String) -> Tile? {
        positions[code].map { tiles[$0] }
    }
}
